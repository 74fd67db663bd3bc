#include "workbench/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "constructions/catalogue.h"
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
  EXPECT_EQ(users.at("random: convex-runs 3"), (std::set<std::string>{"one-step", "rate-convex"}));
}

std::string kind(const Planned& planned) {
  return planned.origin.substr(0, planned.origin.find(':'));
}

// Small campaigns too, and whatever shard of one.
TEST(VerificationPlan, MixesRandomInstancesWithGivenOnesFromTheFirstNumberOn) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan verification({&theorem}, {}, 5);
  const Plan plan = verification.plan();
  std::map<std::string, int> of_20;
  for (std::int64_t number = 0; number < 20; ++number) ++of_20[kind(*plan.at(theorem, number))];
  EXPECT_EQ(of_20["construction"], 8);
  EXPECT_EQ(of_20["random"], 12);
  for (const int shards : {2, 3, 5, 8, 10}) {
    for (int index = 0; index < shards; ++index) {
      int random = 0;
      int all = 0;
      for (std::int64_t number = index; number < 80; number += shards, ++all) {
        random += kind(*plan.at(theorem, number)) == "random" ? 1 : 0;
      }
      EXPECT_GE(10 * random, 3 * all) << index << " of " << shards;
      EXPECT_LT(random, all) << index << " of " << shards;
    }
  }
}

TEST(VerificationPlan, LeavesNoGivenInstanceOutAndThenDrawsAlone) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan verification({&theorem}, {}, 5);
  const Plan plan = verification.plan();
  std::multiset<std::string> given;
  std::int64_t last = 0;
  for (std::int64_t number = 0; number < 400; ++number) {
    const Planned planned = *plan.at(theorem, number);
    if (kind(planned) == "random") continue;
    given.insert(kind(planned));
    last = number;
  }
  std::size_t showcases = 0;
  for (const auto& construction : constructions()) showcases += construction.showcases.size();
  EXPECT_EQ(given.count("construction"), showcases);
  EXPECT_EQ(given.count("witness"), theorem.mutants.size());
  EXPECT_LT(last, 150);
}

// The seed turns the random instances, the first of all too, and no other.
TEST(VerificationPlan, ASeedHasAnEffectOnSmallCampaignsToo) {
  const Theorem& theorem = find_theorem("one-step");
  const VerificationPlan one({&theorem}, {}, 1);
  const VerificationPlan two({&theorem}, {}, 2);
  int others = 0;
  for (std::int64_t number = 0; number < 20; ++number) {
    const Planned a = *one.plan().at(theorem, number);
    const Planned b = *two.plan().at(theorem, number);
    EXPECT_EQ(a.origin, b.origin);
    const bool is_other = to_text(a.instance) != to_text(b.instance);
    EXPECT_TRUE(kind(a) == "random" || !is_other) << a.origin;
    others += is_other ? 1 : 0;
  }
  EXPECT_GE(others, 10);
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
