#include "workbench/search_families.h"

#include <gtest/gtest.h>

namespace graddiv::workbench {
namespace {

std::vector<Rational> times(std::vector<Rational> values, const Rational& factor) {
  for (Rational& value : values) value *= factor;
  return values;
}

TEST(SearchFamilies, BeginWithAnInstanceThatCanBeWrittenAndRead) {
  const auto families = search_families();
  ASSERT_GE(families.size(), 7U);
  for (const InstanceFamily& family : families) {
    const auto first = family.with(family.values);
    ASSERT_TRUE(first.has_value());
    const std::string text = to_text(*first);
    EXPECT_EQ(to_text(read_instance(JsonReader::from_text(text, "first member"))), text);
  }
}

TEST(SearchFamilies, TurnTheirNumbers) {
  for (const InstanceFamily& family : search_families()) {
    const auto larger = family.with(times(family.values, Rational(3, 2)));
    if (larger) {
      EXPECT_NE(to_text(*larger), to_text(*family.with(family.values)));
    }
  }
}

TEST(SearchFamilies, HaveNoMembersThatASearchCannotAfford) {
  for (const InstanceFamily& family : search_families()) {
    for (const Rational& factor : {Rational(16), Rational(1'000'000), Rational(Integer(1) << 80)}) {
      const auto member = family.with(times(family.values, factor));
      if (!member) continue;
      EXPECT_LE(member->problem.size(), 1000);
      EXPECT_LE(member->problem.dimension(), 1000);
      EXPECT_LE(member->run.iterations, 256);
    }
  }
}

}  // namespace
}  // namespace graddiv::workbench
