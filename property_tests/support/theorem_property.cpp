#include "property_tests/support/theorem_property.h"

#include <gtest/gtest.h>

#include "theorems/catalogue.h"

namespace graddiv {

StatementSearch search_counterexample(const std::string& id, const Statement& statement,
                                      InstanceClass drawn_from, int cases) {
  StatementSearch result;
  result.counterexample =
      search(drawn_from, cases, [&](const Instance& instance) -> std::optional<std::string> {
        const Finding finding = check(statement, instance);
        ++result.drawn;
        if (finding.verdict != Verdict::not_applicable) ++result.applicable;
        result.telling += finding.is_telling;
        result.telling_at_positive_delta += finding.is_telling_at_positive_delta;
        if (finding.verdict != Verdict::refuted && finding.verdict != Verdict::inconclusive) {
          return std::nullopt;
        }
        return std::string(to_string(finding.verdict)) + ": " + finding.reason.plain();
      });
  if (result.counterexample) {
    result.saved_as =
        save_instance(result.counterexample->instance, "counterexample-" + id + ".json");
    result.replay_command = "graddiv check " + id + " " + result.saved_as;
  }
  return result;
}

void expect_theorem_holds(const std::string& id) {
  const Theorem& theorem = find_theorem(id);
  ASSERT_FALSE(theorem.drawn_from.empty()) << id << " names no class of instances to draw from";
  const int classes = static_cast<int>(theorem.drawn_from.size());
  const int cases = (property_cases() + classes - 1) / classes;
  StatementSearch all;
  for (const DrawnFrom& from : theorem.drawn_from) {
    const std::string& name = from.name;
    ASSERT_TRUE(from.is_as_registered) << name;
    const StatementSearch found =
        search_counterexample(id, theorem.statement, *from.registered, cases);
    if (found.counterexample) {
      ADD_FAILURE() << id << " on the class " << name << ": " << found.counterexample->reason
                    << "\n"
                    << found.counterexample->how << "\nReplay with: " << found.replay_command;
      continue;
    }
    const int percent = 100 * found.applicable / found.drawn;
    std::cout << id << " on " << name << ": " << found.drawn << " instances, applicable to "
              << found.applicable << " (" << percent << " %), tells something on " << found.telling
              << ", at δ > 0 on " << found.telling_at_positive_delta << "\n";
    EXPECT_GE(percent, theorem.least_applicable_percent)
        << id << " hardly ever applies to the class " << name;
    constexpr int enough_to_tell = 10;
    if (found.applicable >= enough_to_tell) {
      EXPECT_GT(found.telling, 0) << id << " tells nothing on the class " << name;
    }
    all.applicable += found.applicable;
    all.telling += found.telling;
    all.telling_at_positive_delta += found.telling_at_positive_delta;
  }
  EXPECT_GE(100 * all.telling, theorem.least_telling_percent * all.applicable) << id;
  EXPECT_GE(100 * all.telling_at_positive_delta,
            theorem.least_percent_at_positive_delta * all.applicable)
      << id;
}

}  // namespace graddiv
