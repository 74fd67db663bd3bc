#include "workbench/large_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "json/reader.h"
#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

const std::string nowhere = "/no/such/folder";

TEST(LargePlan, HasInstancesOfEveryTheoremThatItServes) {
  const LargePlan large(1, nowhere);
  const Plan plan = large.plan();
  const auto served = LargePlan::theorems();
  EXPECT_TRUE(std::ranges::find(served, &find_theorem("rate-convex")) != served.end());
  EXPECT_TRUE(std::ranges::find(served, &find_theorem("one-step")) == served.end());
  for (const Theorem* theorem : served) {
    const auto first = plan.at(*theorem, 0, {});
    ASSERT_TRUE(first) << theorem->id;
    EXPECT_TRUE(first->origin.starts_with("large: ")) << first->origin;
    ASSERT_TRUE(first->sampling);
    EXPECT_GE(first->sampling->runs, 2);
    EXPECT_NE(first->instance.problem.sum->in_doubles(), nullptr);
    EXPECT_LT(to_text(first->instance).size(), 20'000U);  // few words in a store
    EXPECT_FALSE(plan.at(*theorem, large.instances(), {})) << theorem->id;
  }
  EXPECT_FALSE(plan.at(find_theorem("one-step"), 0, {}));
}

// In doubles, as a store has its text: read again it is the same instance.
TEST(LargePlan, IsAFunctionOfTheSeed) {
  const Theorem& glm = find_theorem("glm");
  const auto text = [&](std::uint64_t seed) {
    return to_text(LargePlan(seed, nowhere).plan().at(glm, 0, {})->instance);
  };
  EXPECT_EQ(text(1), text(1));
  EXPECT_NE(text(1), text(2));
  const Instance again = read_instance(JsonReader::from_text(text(1), "again"));
  const Planned first = *LargePlan(1, nowhere).plan().at(glm, 0, {});
  EXPECT_EQ(*again.problem.sum->facts().rows, *first.instance.problem.sum->facts().rows);
  EXPECT_EQ(again.run.start, first.instance.run.start);
  EXPECT_EQ(LargePlan(1, nowhere).fingerprint(), LargePlan(1, nowhere).fingerprint());
  EXPECT_NE(LargePlan(1, nowhere).fingerprint(), LargePlan(2, nowhere).fingerprint());
}

TEST(LargePlan, SharesAnInstanceAmongItsTheorems) {
  const LargePlan large(1, nowhere);
  const Plan plan = large.plan();
  const Theorem& glm = find_theorem("glm");
  const Theorem& sharp = find_theorem("glm-sharp");
  EXPECT_EQ(plan.same(glm, 0, sharp), std::vector<std::int64_t>{0});
  EXPECT_EQ(plan.same(glm, 0, find_theorem("rate-convex")), std::vector<std::int64_t>{});
  const auto one = plan.at(glm, 0, {});
  const auto other = plan.at(sharp, 0, {});
  EXPECT_EQ(one->instance.problem.sum, other->instance.problem.sum);
  EXPECT_EQ(to_text(one->instance), to_text(other->instance));
  EXPECT_EQ(one->sampling->instance, other->sampling->instance);
}

// The random numbers of no two instances are the same.
TEST(LargePlan, DrawsOtherRunsForEveryInstance) {
  const Plan plan = LargePlan(1, nowhere).plan();
  const Theorem& glm = find_theorem("glm");
  EXPECT_NE(plan.at(glm, 0, {})->sampling->instance, plan.at(glm, 1, {})->sampling->instance);
}

TEST(LargePlan, SaysWhatItHasNoDataFor) {
  const LargePlan without(1, nowhere);
  ASSERT_EQ(without.left_out().size(), 1U);
  EXPECT_EQ(without.left_out()[0], "Fashion-MNIST, logistic n=2000 d=49: no " + nowhere);
}

}  // namespace
}  // namespace graddiv::workbench
