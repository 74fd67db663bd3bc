#include "workbench/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "constructions/catalogue.h"
#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

// The same for one is the same for all, whichever theorem asks, and theorems that draw from the
// same class share all that they can.
TEST(VerificationPlan, KnowsWhichNumbersHaveOneInstance) {
  std::vector<const Theorem*> chosen;
  for (const char* id : {"rate-convex", "serial-convex", "one-step", "lower-noise-floor"})
    chosen.push_back(&find_theorem(id));
  const VerificationPlan verification(chosen, {}, 5);
  const Plan plan = verification.plan();
  constexpr std::int64_t count = 150;  // with all that are given
  using Turn = std::pair<const Theorem*, std::int64_t>;
  std::map<Turn, std::string> texts;
  std::map<std::string, std::set<std::string>> users;
  for (const Theorem* theorem : chosen) {
    for (std::int64_t number = 0; number < count; ++number) {
      const auto planned = plan.at(*theorem, number);
      ASSERT_TRUE(planned);
      texts[{theorem, number}] = planned->origin + to_text(planned->instance);
    }
  }
  for (const auto& [turn, text] : texts) {
    const auto& [theorem, number] = turn;
    std::set<Turn> same;
    for (const Theorem* other : chosen) {
      std::int64_t last = -1;
      for (const std::int64_t n : plan.same(*theorem, number, *other)) {
        EXPECT_GT(n, last);
        last = n;
        same.insert({other, n});
        if (n < count && !text.starts_with("witness")) {
          EXPECT_EQ(texts.at({other, n}), text) << theorem->id << number << other->id << n;
        }
        users[text].insert(other->id);
      }
    }
    EXPECT_TRUE(same.contains(turn)) << theorem->id << " " << number;
    for (const auto& [other, n] : same) {
      std::set<Turn> of_that;
      for (const Theorem* t : chosen)
        for (const std::int64_t m : plan.same(*other, n, *t)) of_that.insert({t, m});
      EXPECT_EQ(of_that, same) << theorem->id << " " << number << " and " << other->id << " " << n;
    }
  }
  // All of them have the worst cases, two of these four draw runs on convex functions.
  std::set<std::size_t> shared_by;
  for (const auto& [text, ids] : users) {
    if (text.starts_with("construction")) {
      EXPECT_EQ(ids.size(), 4U) << text;
    }
    if (text.starts_with("random: convex-runs")) {
      EXPECT_EQ(ids, (std::set<std::string>{"one-step", "rate-convex"}));
    }
    shared_by.insert(ids.size());
  }
  EXPECT_TRUE(shared_by.contains(2) && shared_by.contains(4));
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
  EXPECT_TRUE(verification.plan().same(theorem, 1000, theorem).empty());
}

}  // namespace
}  // namespace graddiv::workbench
