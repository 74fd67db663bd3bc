#pragma once

#include <memory>
#include <optional>

#include "facts/proof.h"
#include "problem/problem.h"

namespace graddiv {

/// Something certified about a problem, or unknown. Nothing here is a mere estimate.
template <class T>
struct Fact {
  std::optional<T> value;  ///< absent: could not be certified
  bool is_best = false;    ///< no better constant exists (the certificate shows both sides)
  Proof proof;             ///< what shows it, or why there is none
};

/// A failure that rests on a constant that is not the best one is none for certain.
template <class T>
Truth certainly(const Fact<T>& fact, Truth holds) {
  return holds == Truth::no && !fact.is_best ? Truth::unknown : holds;
}

/// A certified lower bound of inf over W of B_S(w); `value` absent in here means +∞ (Σ∇f_i vanishes
/// on all of W).
struct BatchSizeInfimum {
  std::optional<Rational> value;
};

/// The constants of a problem that the theorems speak of, found by guessing in floating point and
/// certifying exactly. Each is computed when first asked for; one object may be shared between
/// threads.
class Facts {
 public:
  explicit Facts(Problem problem);

  const Problem& problem() const;

  /// β: ‖∇F(u) − ∇F(v)‖ ≤ β‖u − v‖ on R^d (Definition 1). The smallest that could be certified.
  const Fact<Rational>& smoothness() const;
  /// β of every single f_i: the largest of their certified smoothness constants.
  const Fact<Rational>& component_smoothness() const;
  /// λ: F − (λ/2)‖·‖² is convex on R^d (Definition 2). The largest that could be certified; 0 says
  /// convex, negative weakly convex.
  const Fact<Rational>& strong_convexity() const;
  /// The smallest of the certified λ of the single f_i.
  const Fact<Rational>& component_strong_convexity() const;
  /// μ > 0: ½‖∇F(w)‖² ≥ μ(F(w) − F*) on R^d (Definition 3), for W = R^d.
  const Fact<Rational>& pl_constant() const;
  /// L: ‖∇f_i(w)‖ ≤ L for every i and w ∈ W; needs a bounded W or bounded gradients. What is enclosed
  /// is a bound, so that its upper end is one too.
  const Fact<Enclosure>& lipschitz() const;
  /// w* ∈ argmin_W F: the one of least norm (of least distance to 0) where there are many and this
  /// can be told.
  const Fact<Vector<Enclosure>>& minimizer() const;
  /// F* = min_W F. An enclosure that is not `is_best` may be wide: between a lower bound and a value.
  const Fact<Enclosure>& optimum() const;
  /// inf over W of B_S(w), bounded below.
  const Fact<BatchSizeInfimum>& batch_size_infimum() const;
  /// sup over W of M²(w), bounded above likewise.
  const Fact<Enclosure>& second_moment_bound() const;
  /// Smallest squared row norm min_i ‖x_i‖² and largest squared singular value σ_max(X)², for
  /// generalized linear functions.
  const Fact<Enclosure>& smallest_row_norm2() const;
  const Fact<Enclosure>& largest_singular_value2() const;
  /// σ_max(Y)², where Y are the non-zero rows of X scaled to unit length; 0 if there are none.
  const Fact<Enclosure>& largest_singular_value2_of_unit_rows() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graddiv
