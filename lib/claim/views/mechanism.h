#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claim/place.h"
#include "claim/views/asked.h"
#include "number/text.h"

namespace graddiv {

/// The gradients g_i = ∇f_i(w) of an instance at one point w under its mechanism, as a statement
/// sees them. What is called expected is summed over the values of the random maps (and the draws),
/// with no formula in between; a normal law is replaced by a finite one with the same mean and
/// covariance, on which these expectations depend alone. NotCertified where there are too many
/// values.
class MechanismPoint {
 public:
  const Place& place() const;
  /// Why the laws of Q_i(g_i) are not rational, where they are not: the norm of a gradient is
  /// irrational. Sums of few square roots are compared exactly all the same, others as intervals.
  const std::optional<Text>& only_enclosed() const;
  Enclosure sum_of_squares() const;  ///< A = Σ‖g_i‖²
  Enclosure square_of_sum() const;   ///< D = ‖Σ g_i‖²
  Enclosure variance() const;        ///< V = Σ E‖Q_i(g_i) − g_i‖², in closed form
  /// Σ‖g_i‖‖g_i‖_1, the sum of E‖Q_i(g_i)‖² for quantization with one level.
  Enclosure sum_of_norm_products() const;

  Enclosure expected_variance() const;        ///< Σ E‖Q_i(g_i) − g_i‖²
  Enclosure expected_sum_of_squares() const;  ///< Σ E‖Q_i(g_i)‖²
  Enclosure expected_square_of_sum() const;   ///< E‖Σ Q_i(g_i)‖², Q_1, …, Q_n independent
  /// E‖Σ_{ℓ=1}^B Q(g_{s_ℓ})‖², fresh or shared as the run has it.
  Enclosure expected_squared_batch(const Enclosure& B) const;

  // From a reference point x ∈ W: w* where it is known and exact, else an exact point of W.
  Enclosure distance() const;                 ///< ‖w − x‖²
  Enclosure slope_towards_reference() const;  ///< ⟨∇F(w), w − x⟩
  /// E‖w⁺ − x‖². NotCertified for langevin with a projection, which sees more than two moments.
  Enclosure expected_distance_after_step(const Enclosure& gamma, const Enclosure& B) const;

  struct State;
  explicit MechanismPoint(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

/// The mechanism of a run, and the points at which its laws can be listed.
class MechanismView {
 public:
  Truth has_mechanism(const std::string& name) const;  ///< "dropout", "langevin", "quantization"
  Truth has_mechanism() const;                         ///< any of them
  Truth draws_are_fresh() const;                       ///< new randomness for every draw
  Enclosure mechanism_parameter() const;               ///< p, σ² or s
  /// The start, and points that the run can visit, at which the laws of Q_i(∇f_i(w)) are exact,
  /// with surrogates of irrational points and gradients; for langevin only the start. Where there
  /// is none, the first at which they are enclosed.
  const std::vector<MechanismPoint>& mechanism_points() const;

 protected:
  explicit MechanismView(AskedPtr asked) : asked_(std::move(asked)) {}

 private:
  AskedPtr asked_;
};

}  // namespace graddiv
