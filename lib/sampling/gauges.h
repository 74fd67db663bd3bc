#pragma once

#include <vector>

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sampling/run_bounds.h"
#include "sampling/sampled_run.h"

// What the numbers that are recorded of runs can be. Private to the sampling engine.
namespace graddiv {

/// A number recorded in doubles lies in [−below, above], give or take `error`, what rounding may
/// have made of it.
struct Gauge {
  UpperBound below, above, error;
};

/// Entry k = 0, …, K.
std::vector<Gauge> gauges(Quantity quantity, const Problem& problem, const Run& run,
                          const SampledRun& sampled, const RunBounds& bounds,
                          const Reference& reference, const Vector<double>& minimizer);

}  // namespace graddiv
