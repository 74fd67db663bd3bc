#include "workbench/sharp_instance.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "claim/check.h"
#include "theorems/catalogue.h"

namespace graddiv::workbench {
namespace {

TEST(SharpInstance, DependsOnItsArgumentsAlone) {
  const Theorem& theorem = find_theorem("second-moment");
  const auto once = find_sharp_instance(theorem, 7, 1, 50);
  const auto again = find_sharp_instance(theorem, 7, 1, 50);
  ASSERT_TRUE(once && again);
  EXPECT_EQ(to_text(once->instance), to_text(again->instance));
  EXPECT_EQ(once->origin, "search");
  EXPECT_EQ(once->search_checks, 50);
}

// A false claim that few instances refute: the step of the noise floor's worst case and its like.
TEST(SharpInstance, IsACounterexampleOfAClaimThatRandomInstancesLetLive) {
  const Theorem& theorem = find_theorem("rate-strongly-convex");
  const auto wrong = std::ranges::find(theorem.mutants, "nine-tenths", &Mutant::id);
  ASSERT_NE(wrong, theorem.mutants.end());
  Theorem claim = theorem;
  claim.statement = wrong->statement;
  claim.mutants.clear();
  const auto found = find_sharp_instance(claim, 1, 0, 25);
  ASSERT_TRUE(found);
  EXPECT_EQ(check(claim.statement, found->instance).verdict, Verdict::refuted);
}

TEST(SharpInstance, IsNotFoundOnceItIsOver) {
  int asked = 0;
  const auto is_over = [&] { return ++asked > 3; };
  EXPECT_THROW(find_sharp_instance(find_theorem("second-moment"), 7, 1, 50, is_over), Unwanted);
  EXPECT_EQ(asked, 4) << "nothing more is checked";
}

// Where nothing attains anything, an instance like all others.
TEST(SharpInstance, IsARandomDrawWhereNothingTellsOfARatio) {
  Theorem theorem = find_theorem("rate-convex");
  theorem.id = "none of the gallery";
  theorem.statement = Statement{};
  EXPECT_TRUE(find_sharp_instance(theorem, 1, 0, 25));
  theorem.drawn_from.clear();
  EXPECT_FALSE(find_sharp_instance(theorem, 1, 0, 25));
}

}  // namespace
}  // namespace graddiv::workbench
