#pragma once

#include <memory>

namespace graddiv {

class Facts;
struct Instance;

/// An instance with all that was computed about it: its facts, the trajectories of its run and the
/// laws of its points. Every statement, mutant and precision that is checked on it shares them;
/// what is exact is computed once, what is an interval once for each precision (PrecisionScope).
///
/// Copies share what is known. For one thread at a time: threads take instances, not statements.
class Evaluation {
 public:
  explicit Evaluation(Instance instance);
  /// With room for so many bits of the exact values along a run, in place of 256 MB: beyond it the
  /// run is followed in intervals.
  Evaluation(Instance instance, double largest_exact_bits);

  const Instance& instance() const;
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
