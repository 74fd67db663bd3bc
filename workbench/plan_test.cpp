#include "workbench/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

// What has one name is one instance, whichever theorem asks for it, and theorems that draw from the
// same class share all that they can.
TEST(VerificationPlan, GivesEqualNamesToEqualInstances) {
  std::vector<const Theorem*> chosen;
  for (const char* id : {"rate-convex", "serial-convex", "one-step", "lower-noise-floor"})
    chosen.push_back(&find_theorem(id));
  const VerificationPlan verification(chosen, {}, 5);
  const Plan plan = verification.plan();
  std::map<std::string, std::string> texts;
  std::map<std::string, std::set<std::string>> users;
  for (const Theorem* theorem : chosen) {
    std::set<std::string> seen;
    for (std::int64_t number = 0; number < 100; ++number) {
      const std::string name = plan.name(*theorem, number);
      const auto planned = plan.at(*theorem, number);
      ASSERT_TRUE(planned);
      const std::string text = to_text(planned->instance);
      EXPECT_EQ(texts.emplace(name, text).first->second, text) << name;
      if (planned->origin.starts_with("random")) {
        EXPECT_TRUE(seen.insert(name).second) << theorem->id << " has twice " << name;
      }
      users[name].insert(theorem->id);
    }
  }
  EXPECT_EQ(users.at("shared 0").size(), 4U);
  EXPECT_EQ(users.at("random: convex-serial 3"),
            (std::set<std::string>{"rate-convex", "serial-convex"}));
  EXPECT_EQ(users.at("random: convex-runs 3"), (std::set<std::string>{"one-step", "rate-convex"}));
}

TEST(VerificationPlan, HasNothingBeyondTheWorstCasesForATheoremThatDrawsFromNoClass) {
  Theorem theorem = find_theorem("rate-convex");
  theorem.drawn_from.clear();
  const VerificationPlan verification({&theorem}, {}, 5);
  EXPECT_FALSE(verification.plan().at(theorem, 1000));
  EXPECT_EQ(verification.plan().name(theorem, 1000), "");
}

}  // namespace
}  // namespace graddiv::workbench
