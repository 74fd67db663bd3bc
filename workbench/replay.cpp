#include "workbench/replay.h"

#include "constructions/catalogue.h"
#include "theorems/catalogue.h"
#include "workbench/check.h"

namespace graddiv::workbench {

std::vector<Difference> differences(const CounterexampleFile& saved, const Finding& finding) {
  std::vector<Difference> found;
  const auto compare = [&](const char* what, std::string_view recorded, std::string_view now) {
    if (recorded != now) found.push_back({what, std::string(recorded), std::string(now)});
  };
  compare("verdict", to_string(saved.verdict), to_string(finding.verdict));
  if (saved.evidence)
    compare("evidence", to_string(*saved.evidence), to_string(EvidenceName(finding.rests_on)));
  if (saved.reason) compare("reason", *saved.reason, finding.reason.plain());
  if (saved.sides) {
    const Sides now = sides_of(finding).value_or(Sides{"nowhere", "none", "none"});
    compare("where it is false", saved.sides->where, now.where);
    compare("left side", saved.sides->left, now.left);
    compare("right side", saved.sides->right, now.right);
  }
  return found;
}

ReplayedFile replay_counterexample(const std::string& file) {
  ReplayedFile replayed;
  replayed.saved = read_counterexample(file, families_and_constructions());
  const auto& saved = replayed.saved;
  if (saved.theorem_file) theorem_from_text(*saved.theorem_file, file);
  replayed.statement = find_statement(saved.statement + (saved.mutant ? "/" + *saved.mutant : ""));
  replayed.finding = check_named(replayed.statement, saved.instance, file, how_checked(saved));
  replayed.differences = differences(saved, replayed.finding);
  return replayed;
}

}  // namespace graddiv::workbench
