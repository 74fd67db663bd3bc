#pragma once

#include <vector>

#include "number/enclosure.h"
#include "sgd/run.h"

namespace graddiv {

/// Sets the steps γ_k > 0, k = 0, …, K − 1, of a run, or one for all its iterations: at least one
/// step, none unbounded. Where they are known to be c/(k + offset) or c/√(k + offset) for a whole
/// offset, the run is by that rule, with c rounded down to few digits; where no rule fits, each
/// step is rounded so.
void set_steps(Run& run, const std::vector<Enclosure>& steps);

}  // namespace graddiv
