#pragma once

#include <vector>

#include "campaign/mutants.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

constexpr int all_cores = -1;  ///< tbb::task_arena::automatic

/// Checks mutants on so many threads, in the order given, with expectations found as `how` says.
std::vector<MutantFinding> check_mutants(const std::vector<StatementRef>& mutants, int jobs,
                                         const EvaluationOptions& how = {});

}  // namespace graddiv::workbench
