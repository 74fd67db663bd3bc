#pragma once

#include <memory>
#include <optional>

#include "number/rational.h"
#include "sampling/sampled_trajectory.h"

namespace graddiv {

class Facts;
struct Instance;

/// How what a statement asks is found out.
struct EvaluationOptions {
  /// Room for the exact values along a run, in bits, in place of 256 MB: beyond it the run is
  /// followed in intervals.
  std::optional<double> largest_exact_bits = {};
  /// Independent runs in doubles, in place of the exact engines; of which quantities, and to which
  /// level, is for the statements.
  std::optional<SamplingOptions> sampling = {};
  /// All that is known from draws, of runs or of random rows, is true but for this probability.
  Rational error_level{1, 1'000'000};
};

/// An instance with all that was computed about it: its facts, the trajectories of its run and the
/// laws of its points. Every statement, mutant and precision that is checked on it shares them;
/// what is exact is computed once, what is an interval once for each precision (PrecisionScope).
///
/// Copies share what is known. For one thread at a time: threads take instances, not statements.
class Evaluation {
 public:
  explicit Evaluation(Instance instance, const EvaluationOptions& options = {});

  const Instance& instance() const;
  const EvaluationOptions& options() const;
  /// Certified at the thread's precision, or at a higher one.
  const Facts& facts() const;
  /// Of the function in a neighbouring data set that S lacks. NotCertified where there is none.
  const Facts& facts_of_replacement() const;

  struct State;  // claim/evaluation_state.h, for the views
  State& state() const { return *state_; }

 private:
  std::shared_ptr<State> state_;
};

}  // namespace graddiv
