#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/numbers.h"
#include "reports/view.h"

namespace graddiv::reports {

using nlohmann::json;

namespace {

struct Totals {
  TheoremSummary verdicts;
  std::int64_t conclusions = 0;
  std::int64_t mutants_refuted = 0;
  std::int64_t laws_held = 0;
};

Totals totals(const ReportData& data) {
  Totals t;
  for (const TheoremData& theorem : data.theorems) {
    const TheoremSummary& s = theorem.summary;
    t.verdicts.instances += s.instances;
    t.verdicts.applicable += s.applicable;
    t.verdicts.proved += s.proved;
    t.verdicts.telling += s.telling;
    t.verdicts.telling_at_positive_delta += s.telling_at_positive_delta;
    t.verdicts.supported += s.supported;
    t.verdicts.consistent += s.consistent;
    t.verdicts.refuted += s.refuted;
    t.verdicts.inconclusive += s.inconclusive;
    t.verdicts.errors += s.errors;
    t.verdicts.searches += s.searches;
    t.verdicts.search_checks += s.search_checks;
    t.conclusions += theorem.conclusions;
  }
  t.mutants_refuted = std::ranges::count(data.mutants, true, &MutantRecord::refuted);
  t.laws_held = std::ranges::count(data.constructions, true, &ConstructionRecord::law_holds);
  return t;
}

}  // namespace

json totals_view(const ReportData& data) {
  const Totals t = totals(data);
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  return {
      {"theorems_latex", count_text(size(data.theorems))},
      {"several_theorems", data.theorems.size() != 1},
      {"instances_latex", count_text(t.verdicts.instances)},
      {"applicable_latex", count_text(t.verdicts.applicable)},
      {"proved_latex", count_text(t.verdicts.proved)},
      {"telling_latex", count_text(t.verdicts.telling)},
      {"positive_delta_latex", count_text(t.verdicts.telling_at_positive_delta)},
      {"supported_latex", count_text(t.verdicts.supported)},
      {"consistent_latex", count_text(t.verdicts.consistent)},
      {"any_supported", t.verdicts.supported + t.verdicts.consistent > 0},
      {"refuted_latex", count_text(t.verdicts.refuted)},
      {"inconclusive_latex", count_text(t.verdicts.inconclusive)},
      {"search_latex", fmt::format("{}\\,\\%", t.verdicts.search_percent())},
      {"any_searched", t.verdicts.searches > 0},
      {"search_time_latex", fmt::format("{:.0f}\\,\\%", 100 * data.search_share_of_time)},
      {"spent_latex", shortened_up(data.spent_error_level)},
      {"conclusions_latex", count_text(t.conclusions)},
      {"mutants_latex", count_text(size(data.mutants))},
      {"mutants_refuted_latex", count_text(t.mutants_refuted)},
      {"constructions_latex", count_text(size(data.constructions))},
      {"laws_held_latex", count_text(t.laws_held)},
      {"several_constructions", data.constructions.size() != 1},
      {"any_applicable", t.verdicts.applicable > 0},
      {"any_inconclusive", t.verdicts.inconclusive > 0},
      {"errors_latex", t.verdicts.errors > 0 ? json(count_text(t.verdicts.errors)) : json(false)},
      {"any_refuted", t.verdicts.refuted > 0},
      {"all_mutants_refuted", t.mutants_refuted == size(data.mutants)},
      {"all_laws_held", t.laws_held == size(data.constructions)}};
}

}  // namespace graddiv::reports
