#pragma once

#include <vector>

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sampling/mean_bounds.h"
#include "sampling/run_bounds.h"
#include "sampling/sampled_run.h"

// What the numbers that are recorded of runs can be. Private to the sampling engine.
namespace graddiv {

/// A number X of runs lies in [−below, above], and what is recorded of it in doubles is off by at
/// most `error`. Where X can be farther away, E X is at most `beyond` farther from 0 than the mean
/// of what is left of X when it is cut there: E (|X| − c)_+ ≤ E X²/(4c), as
/// X² − 4c (|X| − c) = (|X| − 2c)².
struct Gauge {
  UpperBound below, above, error, beyond;
};

/// Entry k = 0, …, K.
std::vector<Gauge> gauges(Quantity quantity, const Problem& problem, const Run& run,
                          const SampledRun& sampled, const RunBounds& bounds,
                          const Reference& reference, const Vector<double>& minimizer,
                          const MeanLevel& level);

}  // namespace graddiv
