#include "workbench/mutants.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "claim/check.h"
#include "claim/statement_error.h"
#include "constructions/catalogue.h"
#include "workbench/sharp_instance.h"

namespace graddiv::workbench {
namespace {

MutantFinding checked(const StatementRef& of, const std::vector<FamilyEntry>& known,
                      const EvaluationOptions& how) {
  Mutant mutant = *of.mutant;
  if (mutant.witness.empty()) {
    const auto found = find_witness(*of.theorem, mutant, checks_for_witness);
    if (!found) {
      MutantFinding none;
      none.record.theorem = of.theorem->id;
      none.record.mutant = mutant.id;
      none.record.change = mutant.change;
      none.record.reason = "no witness found";
      return none;
    }
    mutant.witness = to_text(*found);
  }
  return check_mutant(*of.theorem, mutant, known, how);
}

}  // namespace

std::optional<Instance> find_witness(const Theorem& theorem, const Mutant& mutant,
                                     std::int64_t checks) {
  Theorem changed = theorem;
  changed.statement = mutant.statement;
  changed.mutants.clear();
  const auto is_refuted = [&](const Instance& instance) {
    try {
      return check(mutant.statement, instance).verdict == Verdict::refuted;
    } catch (const StatementError&) {
      return false;  // without its hypothesis a claim may divide by zero
    }
  };
  constexpr std::uint64_t seed = 1;
  const auto classes = static_cast<std::int64_t>(changed.drawn_from.size());
  for (std::int64_t i = 0; classes > 0 && i < checks / 2; ++i) {
    const DrawnFrom& from = changed.drawn_from[static_cast<std::size_t>(i % classes)];
    Instance drawn = from.instance(seed, i / classes);
    if (is_refuted(drawn)) return drawn;
  }
  constexpr std::int64_t of_one_search = 100;
  for (std::int64_t search = 0; search < checks / 2 / of_one_search; ++search) {
    const auto found = find_sharp_instance(changed, seed, search, of_one_search);
    if (found && is_refuted(found->instance)) return found->instance;
  }
  return std::nullopt;
}

std::vector<MutantFinding> check_mutants(const std::vector<StatementRef>& mutants, int jobs,
                                         const EvaluationOptions& how) {
  const auto known = families_and_constructions();
  std::vector<MutantFinding> found(mutants.size());
  tbb::task_arena(jobs).execute([&] {
    tbb::parallel_for(std::size_t{0}, mutants.size(),
                      [&](std::size_t i) { found[i] = checked(mutants[i], known, how); });
  });
  return found;
}

}  // namespace graddiv::workbench
