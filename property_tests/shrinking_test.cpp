#include <gtest/gtest.h>

#include "property_tests/support/search.h"

namespace graddiv {
namespace {

// Whether the runs of a class are as long as the horizon of a rate asks for.
bool is_run_to_a_horizon(const std::string& name) {
  return name.starts_with("strongly-convex") || name == "indefinite-parts" ||
         name.ends_with("-runs") || name.ends_with("-serial") || name == "pl" ||
         name.starts_with("mechanism-");
}

TEST(Shrinking, FindsTheSmallestInstanceOfEveryClassThatFails) {
  for (const InstanceClass drawn_from : instance_classes()) {
    const std::string name = to_string(drawn_from);
    const auto found = search(drawn_from, 100, [](const Instance& instance) {
      const bool fails = instance.problem.size() >= 2 && instance.run.iterations >= 1;
      return fails ? std::optional<std::string>("too large") : std::nullopt;
    });
    ASSERT_TRUE(found.has_value()) << to_string(drawn_from);
    const Instance& smallest = found->instance;
    const bool needs_a_plane = drawn_from == InstanceClass::rank_deficient ||
                               drawn_from == InstanceClass::replicated_blocks ||
                               drawn_from == InstanceClass::valley_blocks;
    const bool is_unequal = drawn_from == InstanceClass::unequal_valley_blocks;  // m = 3/2
    const int smallest_dimension = is_unequal ? 4 : needs_a_plane ? 2 : 1;
    EXPECT_EQ(smallest.problem.size(), is_unequal ? 3 : 2) << to_text(smallest);
    EXPECT_EQ(smallest.problem.dimension(), smallest_dimension) << to_text(smallest);
    EXPECT_TRUE(smallest.run.start.isZero()) << to_text(smallest);
    EXPECT_EQ(smallest.run.batch(0), 1) << to_text(smallest);
    if (!is_run_to_a_horizon(name)) {
      EXPECT_EQ(smallest.run.iterations, 1) << name << "\n" << to_text(smallest);
    }
  }
}

}  // namespace
}  // namespace graddiv
