#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "claim/place.h"
#include "number/enclosure.h"
#include "sampling/failure_probability.h"

namespace graddiv {

struct Instance;
class CoupledCase;

/// A constant or an expectation that a statement asks for and that is not to be had on this instance: says which and why.
class NotCertified : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The gradients of an instance at one point w, as a statement sees them.
class Point {
 public:
  const Place& place() const;                    ///< "the start", "k = 2, point 5"
  Enclosure second_moment() const;               ///< M²(w) = (1/n) Σ‖∇f_i(w)‖²
  Enclosure gradient_norm2() const;              ///< ‖∇F(w)‖²
  Enclosure inverse_gradient_diversity() const;  ///< 1/Δ_S(w), where 1/∞ = 0
  Enclosure inverse_batch_size_bound() const;    ///< 1/B_S(w), where 1/∞ = 0
  Enclosure inverse_gradient_diversity_of_copies(
      int r) const;  ///< the same with every f_i replaced by r copies
  Enclosure inverse_batch_size_bound_of_copies(int r) const;
  Truth gradients_are_equal() const;  ///< ∇f_1(w) = … = ∇f_n(w)
  // From a reference point x ∈ W: w* where it is exact, else an exact point of W beside it, since
  // whether an equation holds can only be told of exact numbers.
  Enclosure distance() const;                 ///< ‖w − x‖²
  Enclosure slope_towards_reference() const;  ///< ⟨∇F(w), w − x⟩

  /// The same point with ∇f_i(w) = a_i x_i for exact a_i beside ℓ_i'(x_iᵀw), for generalized linear functions:
  /// a statement that holds for all losses holds for these derivatives too, and ties can be decided. place() says so.
  Point with_exact_derivatives() const;
  /// The same with exact gradients, for statements that hold for all vectors in their place. The functions stay as they are.
  Point with_exact_gradients() const;

  // By enumeration of all multisets of B indices, with no formula in between. NotCertified where there are too many.
  Enclosure expected_squared_sum(const Enclosure& B) const;  ///< E‖Σ_{ℓ=1}^B ∇f_{s_ℓ}(w)‖²
  Enclosure expected_distance_after_step(const Enclosure& gamma,
                                         const Enclosure& B) const;  ///< E‖w⁺ − x‖²
  /// E F(w⁺) − F(w) for W = R^d, where a draw that does not move w contributes exactly 0.
  Enclosure expected_change_of_objective(const Enclosure& gamma, const Enclosure& B) const;

  struct State;
  explicit Point(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

class MechanismPoint;

/// How a statement on runs with a mechanism reads the moments of an iteration; what is false is for mutants.
struct MechanismMoments {
  bool noise = true;  ///< M² is M_Q²(w) = (1/n) Σ E‖Q_i(∇f_i(w))‖², not (1/n) Σ‖∇f_i(w)‖²
  bool sharing =
      true;  ///< B_S is B^Q_S(w) where the noise is shared, not B̃(w) = M_Q²(w)/‖∇F(w)‖² always
};

/// A pair (δ, M²) for which H-batch and H-moment hold before iteration k, and in which form they were established.
struct BatchCondition {
  BatchForm form;
  Enclosure delta;
  Enclosure second_moment;
};

/// An instance as a theorem sees it: its run, its certified constants and its expectations, all in enclosures. Whatever is not to be had
/// throws NotCertified; a hypothesis that throws so makes the statement not applicable.
class Case {
 public:
  /// Expectations and enclosures are computed at the thread's precision. Statements about plain runs learn nothing about runs with
  /// a mechanism, and statements that say how they read a mechanism's moments learn nothing about plain runs.
  explicit Case(const Instance& instance, std::optional<MechanismMoments> mechanism = {},
                bool is_last_resort = false);

  /// Whether what could not be decided at any precision may now be claimed of exact numbers beside irrational ones.
  bool is_last_resort() const;

  /// What it is written as: for statements about the members of a family, whoever can tell them.
  const Instance& instance() const;

  // The run.
  int iterations() const;              ///< K
  Enclosure gamma(int k = 0) const;    ///< γ_k
  Enclosure B(int k = 0) const;        ///< B_k
  Enclosure evaluations(int k) const;  ///< T = B_0 + … + B_{k−1}
  Truth constant_step_and_batch() const;
  Truth unconstrained() const;    ///< W = R^d
  Truth start_in_domain() const;  ///< w_0 ∈ W
  Truth start_is_zero() const;    ///< w_0 = 0
  /// How many balls {‖v‖ ≤ R} about 0, all of one radius and dimension, W is the product of: 1 for a ball, 0 where it is no such product.
  Enclosure balls_about_zero() const;
  Enclosure domain_radius() const;  ///< that R; NotCertified for other W

  // The problem: certified constants. A bound on λ that is not the best one tells only that F is convex, never that it is not.
  Truth convex() const;
  Truth strongly_convex() const;
  Enclosure n() const;
  Enclosure d() const;
  Enclosure lambda() const;                   ///< F is λ-strongly convex
  Enclosure beta() const;                     ///< F is β-smooth
  Enclosure mu() const;                       ///< F is μ-PL
  Truth generalized_linear() const;           ///< f_i(w) = ℓ_i(x_iᵀw)
  Enclosure smallest_row_norm2() const;       ///< min_i ‖x_i‖²
  Enclosure mean_row_norm2() const;           ///< (1/n) Σ ‖x_i‖²
  Enclosure largest_singular_value2() const;  ///< σ_max(X)²
  Truth has_zero_row() const;                 ///< some x_i = 0
  /// σ_max(Y)², Y the non-zero rows of X scaled to unit length.
  Enclosure largest_singular_value2_of_unit_rows() const;
  Truth has_random_rows(const std::string& law) const;  ///< "gaussian", "rademacher"
  /// P(B_S(w) < bound for some w and some losses) where the rows of X are drawn from their law, for an exact bound: a sample goes on
  /// while it is open whether the probability is at most `stated`. NotCertified where the rows have no law.
  FailureProbability failure_probability(const Enclosure& bound, const Enclosure& stated) const;
  Enclosure conflict_degree() const;  ///< ρ, the maximum degree of the conflict graph
  Enclosure mean_conflict_degree() const;

  // Expectations along the run, for k = 0, …, K.
  Enclosure distance(int k) const;                 ///< E‖w_k − w*‖²
  Enclosure objective(int k) const;                ///< E F(w_k)
  Enclosure suboptimality(int k) const;            ///< E[F(w_k) − F*]
  Enclosure average_suboptimality(int k) const;    ///< E[F(w̄_k) − F*], k ≥ 1
  Enclosure gradient_norm2(int k) const;           ///< E‖∇F(w_k)‖²
  Enclosure second_moment(int k) const;            ///< E M²(w_k)
  Enclosure smallest_gradient_norm2(int k) const;  ///< min over j < k of E‖∇F(w_j)‖², k ≥ 1
  Enclosure mean_gradient_norm2(int k) const;      ///< (1/k) Σ_{j<k} E‖∇F(w_j)‖², k ≥ 1

  // Whatever is drawn: the least over all index sequences, k = 0, …, K. NotCertified where there are too many to list.
  Enclosure least_distance(int k) const;       ///< min ‖w_k − w*‖²
  Enclosure least_suboptimality(int k) const;  ///< min F(w_k) − F*

  /// For constant batches: every form in which H-batch and H-moment could be established for iterations 0, …, k − 1, k ≥ 1.
  const std::vector<BatchCondition>& batch_conditions(int k) const;

  /// The start, and points that the run can visit, as far as its law is small enough to list; in place of one whose
  /// coordinates are irrational or long stands an exact point beside it.
  const std::vector<Point>& points() const;

  // Runs with a mechanism. Unless the statement is about them, batch_conditions() and the expectations above throw NotCertified for
  // them, as points() always does.
  Truth has_mechanism(const std::string& name) const;  ///< "dropout", "langevin", "quantization"
  Truth has_mechanism() const;                         ///< any of them
  Truth draws_are_fresh() const;                       ///< new randomness for every draw
  Enclosure mechanism_parameter() const;               ///< p, σ² or s
  /// The start, and points that the run can visit, at which the laws of Q_i(∇f_i(w)) are exact, with exact points and gradients beside
  /// irrational ones; for langevin only the start.
  const std::vector<MechanismPoint>& mechanism_points() const;

  /// What statements on two runs, or on pairs of points, ask for (claim/coupled_case.h).
  const CoupledCase& coupled() const;

  /// Which engine and arithmetic the expectations came from: "moments, rational".
  std::string provenance() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graddiv
