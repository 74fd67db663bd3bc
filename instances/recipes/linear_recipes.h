#pragma once

#include "instances/recipes/parts.h"

// Functions of xᵀw.
namespace graddiv::recipes {

Instance rank_deficient(Choices choices);  ///< least squares with d > rank X
Instance least_squares(Choices choices);
Instance linear(Choices choices);
/// |x_iᵀw − y_i| and hinges, some with a third piece, some with a quadratic: convex, not smooth,
/// with subgradients chosen by the order of the pieces.
Instance maxima(Choices choices);
Instance generalized_linear(Choices choices);           ///< all losses
Instance generalized_linear_rational(Choices choices);  ///< squared, huber, geman-mcclure
Instance one_loss(Choices choices, Loss loss);
/// Least squares, linear functions and quadratics, each of which touches few coordinates.
Instance sparse(Choices choices);

}  // namespace graddiv::recipes
