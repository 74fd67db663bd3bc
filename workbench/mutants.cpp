#include "workbench/mutants.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "constructions/catalogue.h"

namespace graddiv::workbench {

std::vector<MutantFinding> check_mutants(const std::vector<StatementRef>& mutants, int jobs,
                                         const EvaluationOptions& how) {
  const auto known = families_and_constructions();
  std::vector<MutantFinding> checked(mutants.size());
  tbb::task_arena(jobs).execute([&] {
    tbb::parallel_for(std::size_t{0}, mutants.size(), [&](std::size_t i) {
      checked[i] = check_mutant(*mutants[i].theorem, *mutants[i].mutant, known, how);
    });
  });
  return checked;
}

}  // namespace graddiv::workbench
