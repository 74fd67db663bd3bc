#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "campaign/mutants.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

constexpr int all_cores = -1;  ///< tbb::task_arena::automatic

/// An instance that refutes a mutant for which none is known, found by random draws and by search;
/// none where so many checks found none, which does not show that there is none.
std::optional<Instance> find_witness(const Theorem& theorem, const Mutant& mutant,
                                     std::int64_t checks);
constexpr std::int64_t checks_for_witness = 600;

/// Checks mutants on so many threads, in the order given, with expectations found as `how` says.
std::vector<MutantFinding> check_mutants(const std::vector<StatementRef>& mutants, int jobs,
                                         const EvaluationOptions& how = {});

}  // namespace graddiv::workbench
