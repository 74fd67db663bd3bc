#include "workbench/verify_result.h"

#include <algorithm>

#include "theorems/catalogue.h"
#include "workbench/verify.h"

namespace graddiv::workbench {

std::int64_t VerifyResult::laws_that_hold() const {
  return std::ranges::count_if(laws, &ConstructionRecord::law_holds);
}

bool VerifyResult::all_well() const {
  return refutations.empty() && errors.empty() &&
         std::ranges::all_of(mutants, &MutantRecord::as_it_should_be) &&
         laws_that_hold() == static_cast<std::int64_t>(laws.size()) &&
         std::ranges::all_of(gallery, &SharpestRecord::as_stored);
}

std::optional<std::string> vacuous(const TheoremSummary& summary) {
  const Theorem& theorem = find_theorem(summary.id);
  struct Floor {
    std::int64_t part, of;
    int percent;
    std::string does, what;
  };
  const std::string applicable = "applicable instances";
  for (const Floor& floor : {Floor{summary.applicable, summary.instances,
                                   theorem.least_applicable_percent, "applies to", "instances"},
                             Floor{summary.telling, summary.applicable,
                                   theorem.least_telling_percent, "tells something on", applicable},
                             Floor{summary.telling_at_positive_delta, summary.applicable,
                                   theorem.least_percent_at_positive_delta,
                                   "tells something at δ > 0 on", applicable}}) {
    if (!falls_short(floor.part, floor.of, floor.percent)) continue;
    return floor.does + " " + std::to_string(floor.part) + " of " + std::to_string(floor.of) + " " +
           floor.what + ", less than " + std::to_string(floor.percent) + " %";
  }
  return std::nullopt;
}

}  // namespace graddiv::workbench
