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

template <class T>
struct FactDefinition;
struct Minimum;

/// The constants of a problem that the theorems speak of, found by guessing in floating point and
/// certifying exactly. Each is computed when first asked for; one object may be shared between
/// threads. All of them stand in facts/registry.h, what they state with their definition.
class Facts {
 public:
  explicit Facts(Problem problem);

  const Problem& problem() const;
  /// The problem on R^d, a box or a ball: the given one, or for a product of sets that on its
  /// bounding box. What bounds every point of the box bounds every point of W.
  const Problem& on_bounding_box() const;

  /// Any constant, of the registry or not. T: Rational, Enclosure, Vector<Enclosure>,
  /// BatchSizeInfimum.
  template <class T>
  const Fact<T>& get(const FactDefinition<T>& definition) const;

  // Those that the theorems speak of.
  const Fact<Rational>& smoothness() const;            ///< β of F
  const Fact<Rational>& component_smoothness() const;  ///< β of every f_i
  const Fact<Rational>& strong_convexity() const;      ///< λ of F; negative: weakly convex
  const Fact<Rational>& component_strong_convexity() const;
  const Fact<Rational>& strong_convexity_on_W() const;  ///< λ of F on W, at least that on R^d
  const Fact<Rational>& pl_constant() const;            ///< μ
  const Fact<Enclosure>& lipschitz() const;             ///< L: a bound of every ‖∇f_i‖ on W
  const Fact<Vector<Enclosure>>& minimizer() const;     ///< w*
  const Fact<Enclosure>& optimum() const;               ///< F*
  const Fact<BatchSizeInfimum>& batch_size_infimum() const;  ///< of B_S over W, from below
  const Fact<Enclosure>& second_moment_bound() const;        ///< of M² over W, from above
  const Fact<Enclosure>& smallest_row_norm2() const;         ///< min_i ‖x_i‖²
  const Fact<Enclosure>& largest_singular_value2() const;    ///< σ_max(X)²
  const Fact<Enclosure>& largest_singular_value2_of_unit_rows() const;

  /// w* and F* together, over W and over its bounding box.
  const Minimum& minimum() const;
  const Minimum& minimum_over_bounding_box() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graddiv
