#pragma once

#include <vector>

#include "facts/facts.h"
#include "linear/eigenvalue.h"

// β and λ from the matrices lower ⪯ ∇²f ⪯ upper that a family knows:
//   f is β-smooth with β = max(λ_max(upper), −λ_min(lower)),
//   and λ-strongly convex with λ = λ_min(lower).
// Where every function is quadratic the two matrices are one and these are the best
// constants.
namespace graddiv::curvature {

Fact<Rational> smoothness(const Problem& problem);
Fact<Rational> component_smoothness(const Problem& problem);
Fact<Rational> strong_convexity(const Problem& problem);
Fact<Rational> component_strong_convexity(const Problem& problem);

/// A number t ≥ λ_max(A) for all A, one or more; `exact` where it is the largest of these
/// eigenvalues.
EigenvalueBound largest_eigenvalue_of_all(const std::vector<SymmetricMatrix>& matrices);

/// Whether F is convex on R^d by these bounds.
bool is_certainly_convex(const Problem& problem);

}  // namespace graddiv::curvature
