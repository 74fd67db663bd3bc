#include "workbench/mutants.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <optional>

#include "constructions/catalogue.h"

namespace graddiv::workbench {

std::vector<MutantFinding> check_mutants(const std::vector<StatementRef>& mutants, int jobs,
                                         const std::function<bool()>& is_over) {
  const auto known = families_and_constructions();
  std::vector<std::optional<MutantFinding>> checked(mutants.size());
  tbb::task_arena(jobs).execute([&] {
    tbb::parallel_for(std::size_t{0}, mutants.size(), [&](std::size_t i) {
      if (!is_over()) checked[i] = check_mutant(*mutants[i].theorem, *mutants[i].mutant, known);
    });
  });
  std::vector<MutantFinding> found;
  for (auto& finding : checked) {
    if (finding) found.push_back(std::move(*finding));
  }
  return found;
}

}  // namespace graddiv::workbench
