#pragma once

#include <cstdint>

#include "expectation/trajectory.h"
#include "number/rational.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv {

struct SamplingOptions {
  std::vector<Quantity> quantities{all_quantities.begin(), all_quantities.end()};
  std::int64_t runs = 1000;          ///< independent runs, at least 2
  std::uint64_t seed = 1;            ///< of their random numbers,
  std::uint64_t instance = 0;        ///< which are others for every instance
  Rational error_level{1, 1000000};  ///< of all values together, in (0, 1)
  int jobs = 1;                      ///< threads; the values do not depend on it
};

/// The expectations along a run as enclosures from independent runs in doubles (Monte Carlo): all
/// of them hold at once but for a probability of `error_level`, which is their evidence (Sample).
/// k = 0 is exact. Each number recorded of a run is bounded beforehand, whatever is drawn, and so
/// is what rounding may have done to it (sampling/run_bounds.h); its mean by betting
/// (sampling/mean_bounds.h).
///
/// Where a number or its rounding has no bound (noise by langevin or quantization, gradients that
/// jump), the values are those of the central limit theorem, six standard errors to both sides, and
/// their evidence says that they may mislead with any probability: error level 1, which supports
/// nothing. `caveat` of the trajectory says why.
///
/// The same for the same options, whatever the threads; the numbers of a run are a function of
/// (seed, instance, run). Throws ExpectationError for fewer than two runs.
Trajectory sample_trajectory(const Problem& problem, const Run& run, const Reference& reference,
                             const SamplingOptions& options = {});

/// A plan, not a promise: how many runs would make every value of a quantity as narrow as
/// `relative_width` times its middle, from what so many runs gave (widths fall as 1/√runs).
/// Infinite where a value may be 0.
double runs_needed(const Trajectory& sampled, Quantity quantity, std::int64_t runs,
                   double relative_width);

}  // namespace graddiv
