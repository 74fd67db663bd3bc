#pragma once

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv {

/// The expectations of the run, over all B_0 + … + B_{K−1} random indices: exact, or rigorously
/// enclosed; no sampling. Throws ExpectationError where the chosen engine or arithmetic cannot do
/// it, and says which could.
Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const ExpectationOptions& options = {});

}  // namespace graddiv
