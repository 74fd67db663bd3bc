#include "workbench/words.h"

#include <gtest/gtest.h>

#include "number/precision.h"

namespace graddiv::workbench {
namespace {

Enclosure number(const char* text) { return Enclosure::parse(text); }

TEST(Brief, PrintsShortNumbersExactly) {
  EXPECT_EQ(brief(number("5/4")), "5/4");
  EXPECT_EQ(brief(number("-7")), "-7");
  EXPECT_EQ(brief(number("0")), "0");
}

TEST(Brief, CutsLongOnesOffTowardsZeroAndSaysSo) {
  EXPECT_EQ(brief(number("123456789012/1000000000001"), 5), "0.12345…");
  EXPECT_EQ(brief(number("-123456789012/1000000000001"), 5), "-0.12345…");
  EXPECT_EQ(brief(number("123456789012e-20"), 5), "1.2345…e-9");
  EXPECT_EQ(brief(number("123456789012/100000000000"), 12), "1.23456789012");
}

TEST(Brief, PrintsIntervalsByWhatAllTheirNumbersBeginWith) {
  const PrecisionScope scope(64);
  EXPECT_EQ(brief(sqrt(Enclosure(2)), 6), "1.41421…");
  EXPECT_EQ(brief(-sqrt(Enclosure(2)), 6), "-1.41421…");
  EXPECT_EQ(brief(Enclosure::hull(number("5/4"), number("3/2")), 6), "[1.25, 1.5]");
  EXPECT_EQ(brief(Enclosure::hull(-1, 1)), "[-1, 1]");
  EXPECT_EQ(brief(Enclosure::anything()), "[-inf, inf]");
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("k ≤ 7", 5), "k ≤ 7");
  EXPECT_EQ(shortened("k ≤ 7", 4), "k ≤ …");
  EXPECT_EQ(shortened("≤≤≤", 2), "≤≤…");
}

}  // namespace
}  // namespace graddiv::workbench
