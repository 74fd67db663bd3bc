#pragma once

#include <vector>

#include "facts/facts.h"
#include "linear/eigenvalue.h"

// β and λ from the matrices lower ⪯ ∇²f ⪯ upper that a family knows:
//   f is β-smooth with β = max(λ_max(upper), −λ_min(lower)),
//   and λ-strongly convex with λ = λ_min(lower).
// Those of single functions are the best ones (problem/function_facts.h), and so are those of F
// where ∇²F is one matrix. λ = 0 is the best one too where F is convex and its gradient is bounded.
namespace graddiv::curvature {

Fact<Rational> smoothness(const Problem& problem);
Fact<Rational> component_smoothness(const Problem& problem);
Fact<Rational> strong_convexity(const Problem& problem);
Fact<Rational> component_strong_convexity(const Problem& problem);

/// What is known of λ of the functions without their regularization, as what is known with it: ρ
/// more, exactly. Absent where they have none, or where ∇²F is one matrix, which knows it already.
struct WithoutRegularization {
  Problem problem;
  Rational rho;

  Fact<Rational> with_it(const Fact<Rational>& lambda) const;
  /// The fact on `problem` that a fact was made of; absent where it was not.
  std::optional<Fact<Rational>> made_of(const Fact<Rational>& lambda) const;
};
std::optional<WithoutRegularization> without_regularization(const Problem& problem);

/// A number t ≥ λ_max(A) for all A, one or more; `exact` where it is the largest of these
/// eigenvalues.
EigenvalueBound largest_eigenvalue_of_all(const std::vector<SymmetricMatrix>& matrices);

/// Whether ∇²F is one matrix wherever it exists: of quadratic functions, and of maxima of affine
/// ones with a quadratic part.
bool is_one_everywhere(const Problem& problem);
/// Whether the bounds of ∇²F are the best ones: no better constants of F exist.
bool are_best_bounds(const Problem& problem);
/// Whether the gradients of all functions are bounded on R^d: then F is not strongly convex there.
bool has_bounded_gradients(const Problem& problem);
/// Whether F is convex on R^d by these bounds.
bool is_certainly_convex(const Problem& problem);

}  // namespace graddiv::curvature
