#pragma once

#include <functional>
#include <vector>

#include "campaign/mutants.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

constexpr int all_cores = -1;  ///< tbb::task_arena::automatic

/// Checks mutants on so many threads, in the order given; those not yet begun when `is_over` says
/// so are left out.
std::vector<MutantFinding> check_mutants(
    const std::vector<StatementRef>& mutants, int jobs,
    const std::function<bool()>& is_over = [] { return false; });

}  // namespace graddiv::workbench
