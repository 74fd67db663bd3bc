#pragma once

#include <optional>
#include <vector>

#include "claim/place.h"
#include "claim/views/asked.h"
#include "number/text.h"

namespace graddiv {

/// The gradients of an instance at one point w, as a statement sees them.
class Point {
 public:
  const Place& place() const;                    ///< "the start", "k = 2, point 5"
  Enclosure second_moment() const;               ///< M²(w) = (1/n) Σ‖∇f_i(w)‖²
  Enclosure gradient_norm2() const;              ///< ‖∇F(w)‖²
  Enclosure objective() const;                   ///< F(w)
  Enclosure inverse_gradient_diversity() const;  ///< 1/Δ_S(w), where 1/∞ = 0
  Enclosure inverse_batch_size_bound() const;    ///< 1/B_S(w), where 1/∞ = 0
  // The same with every f_i replaced by r copies.
  Enclosure inverse_gradient_diversity_of_copies(int r) const;
  Enclosure inverse_batch_size_bound_of_copies(int r) const;
  Truth gradients_are_equal() const;  ///< ∇f_1(w) = … = ∇f_n(w)
  // From a reference point x ∈ W: w* where it is exact, else a surrogate of it in W, or a point of
  // W beside the start where w* is not known, since whether an equation holds can only be told of
  // exact numbers.
  Enclosure distance() const;                 ///< ‖w − x‖²
  Enclosure slope_towards_reference() const;  ///< ⟨∇F(w), w − x⟩

  /// The same point, measured from w* itself, as it is enclosed: for statements that do not hold
  /// for any reference point. NotCertified where w* is not known.
  Point from_minimizer() const;
  /// The same point with ∇f_i(w) = a_i x_i for surrogates a_i of ℓ_i'(x_iᵀw), for generalized
  /// linear functions: a statement that holds for all losses holds for these derivatives too, and
  /// ties can be decided. place() says so.
  Point with_exact_derivatives() const;
  /// The same with surrogates of the gradients, for statements that hold for all vectors in their
  /// place. The functions stay as they are.
  Point with_exact_gradients() const;

  // By enumeration of all multisets of B indices, with no formula in between. NotCertified where
  // there are too many.
  Enclosure expected_squared_sum(const Enclosure& B) const;  ///< E‖Σ_{ℓ=1}^B ∇f_{s_ℓ}(w)‖²
  Enclosure expected_distance_after_step(const Enclosure& gamma,
                                         const Enclosure& B) const;  ///< E‖w⁺ − x‖²
  /// E F(w⁺) − F(w) for W = R^d, where a draw that does not move w contributes exactly 0.
  Enclosure expected_change_of_objective(const Enclosure& gamma, const Enclosure& B) const;

  bool is_all_exact() const;  ///< the point and its gradients are

  struct State;
  explicit Point(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

/// What a run can visit, as far as its law is small enough to list.
class PointsView {
 public:
  /// The start, and points that the run can visit; in place of one whose coordinates are irrational
  /// or long stands a surrogate.
  const std::vector<Point>& points() const;
  /// The reference point that they are measured from, and why it is not w*; nothing where it is.
  std::optional<Text> stand_in_for_minimizer() const;

  // Whatever is drawn: the least over all index sequences, k = 0, …, K. NotCertified where there
  // are too many to list.
  Enclosure least_distance(int k) const;       ///< min ‖w_k − w*‖²
  Enclosure least_suboptimality(int k) const;  ///< min F(w_k) − F*

 protected:
  explicit PointsView(AskedPtr asked) : asked_(std::move(asked)) {}

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
