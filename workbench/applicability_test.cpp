#include "workbench/applicability.h"

#include <gtest/gtest.h>

#include "theorems/from_file.h"

namespace graddiv::workbench {
namespace {

Theorem with_two_draws() {
  return theorem_from(
      "theorem t\nassume n ≥ 2\nassume short: γ·β ≤ 1\nassume B = 1\nclaim n ≥ 1\ndraw convex, "
      "quadratics\n",
      "t.theorem");
}

OutcomeCount outcome(const char* origin, std::int64_t count, Text reason = {}) {
  return {std::string(origin), reason.empty(), std::move(reason), count};
}

TEST(ApplicabilityTest, CountsWhichHypothesisFailedOfEveryClass) {
  const Applicability found = applicability(
      with_two_draws(),
      {outcome("random: convex", 3), outcome("random: convex", 5, "$n ≥ 2$: does not hold"),
       outcome("random: quadratics", 9, "$γ·β ≤ 1$: does not hold (for a reason)"),
       outcome("random: quadratics", 2, "$γ·β ≤ 1$: could not be certified"),
       outcome("search", 1, "nothing is claimed of this instance"), outcome("witness: t/m", 1)});
  EXPECT_EQ(found.all.instances, 21);
  EXPECT_EQ(found.all.applicable, 4);
  ASSERT_EQ(found.all.failures.size(), 3U);
  EXPECT_EQ(found.all.failures[0].what, "short: γ·β ≤ 1");
  EXPECT_EQ(found.all.failures[0].is_false, 9);
  EXPECT_EQ(found.all.failures[0].not_certified, 2);
  EXPECT_EQ(found.all.failures[0].remedy, "γ = 1/β");
  EXPECT_EQ(found.all.failures[1].what, "n ≥ 2");
  EXPECT_EQ(found.all.failures[1].remedy, "");
  EXPECT_EQ(found.all.failures[2].what, "what its claims speak of");
  EXPECT_EQ(found.all.failures[2].example.plain(), "nothing is claimed of this instance");
  ASSERT_EQ(found.origins.size(), 3U);
  EXPECT_EQ(found.origins[0].applicable, 3);
  EXPECT_EQ(found.origins[1].name, "quadratics");
  EXPECT_EQ(found.origins[1].instances, 11);
  EXPECT_EQ(found.origins[2].instances, 2);
  EXPECT_FALSE(found.origins[2].is_named);
  EXPECT_FALSE(found.is_hardly_ever());
}

TEST(ApplicabilityTest, KnowsWhichBatchAnEquationAsksFor) {
  const Applicability found =
      applicability(with_two_draws(), {outcome("random: convex", 3, "$B = 1$: does not hold")});
  EXPECT_EQ(found.all.failures.at(0).remedy, "B = 1");
}

TEST(ApplicabilityTest, IsHardlyEverBelowOneInFiftyOrAtNoneOfTwenty) {
  const auto of_draw = [](std::int64_t applicable, std::int64_t others) {
    return applicability(
               with_two_draws(),
               {outcome("random: convex", 1000), outcome("random: quadratics", applicable),
                outcome("random: quadratics", others, "$n ≥ 2$: does not hold")})
        .is_hardly_ever();
  };
  EXPECT_FALSE(of_draw(0, 19));
  EXPECT_TRUE(of_draw(0, 20));
  EXPECT_FALSE(of_draw(1, 98));
  EXPECT_TRUE(of_draw(1, 99));
  EXPECT_FALSE(of_draw(2, 98));
  const Theorem of_all_classes =
      theorem_from("theorem t\nassume n ≥ 2\nclaim n ≥ 1\n", "t.theorem");
  EXPECT_FALSE(
      applicability(of_all_classes, {outcome("random: convex", 50),
                                     outcome("random: bounded", 20, "$n ≥ 2$: does not hold")})
          .is_hardly_ever())
      << "nobody named that class";
  EXPECT_FALSE(applicability(with_two_draws(), {}).is_hardly_ever()) << "nothing was asked";
  EXPECT_TRUE(applicability(with_two_draws(), {outcome("search", 3, "$n ≥ 2$: does not hold")})
                  .is_hardly_ever());
}

}  // namespace
}  // namespace graddiv::workbench
