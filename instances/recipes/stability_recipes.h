#pragma once

#include "instances/recipes/parts.h"

// Pairs of points and coupled runs: steps at, below and now and then above the thresholds of the
// theorems.
namespace graddiv::recipes {

/// Convex, smooth f_i on any domain: quadratics, least squares, Huber, linear.
Instance convex_steps(Choices choices);
/// Strongly convex quadratics on any domain.
Instance strongly_convex_steps(Choices choices);
/// Convex f_i with a neighbour: quadratics on a bounded W; linear, Huber and logistic also on R^d.
Instance stability_convex(Choices choices);
/// Strongly convex quadratics on a bounded W, with a neighbour.
Instance stability_strongly_convex(Choices choices);
/// Smooth f_i, convex or not, with a neighbour: quadratics, Huber, Geman–McClure, logistic.
Instance stability_smooth(Choices choices);
/// Few examples of equal probability, rational, and very few paths: every sample of them is listed.
Instance population(Choices choices);

}  // namespace graddiv::recipes
