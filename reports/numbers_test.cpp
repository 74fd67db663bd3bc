#include "reports/numbers.h"

#include <gtest/gtest.h>

namespace graddiv::reports {
namespace {

TEST(Numbers, AreShortenedInTheDirectionThatKeepsThemTrue) {
  EXPECT_EQ(shortened_down("0.973109999"), "0.9731");
  EXPECT_EQ(shortened_up("0.973101"), "0.97311");
  EXPECT_EQ(shortened_down("-1.23456"), "$-1.2346$");
  EXPECT_EQ(shortened_down("1"), "1");
}

TEST(Numbers, RatiosAreShortenedTowardsOne) {
  EXPECT_EQ(shortened_towards_one("1.8530201888"), "1.853");
  EXPECT_EQ(shortened_towards_one("0.1234561"), "0.12346");
  EXPECT_EQ(shortened_towards_one("1"), "1");
}

TEST(Numbers, AreSetWithPowersOfTen) {
  EXPECT_EQ(shortened_down("9.7123456e-12"), "$9.7123\\cdot10^{-12}$");
  EXPECT_EQ(shortened_down("1e-40"), "$10^{-40}$");
  EXPECT_EQ(shortened_up("10299999999999.5"), "$1.03\\cdot10^{13}$");
}

TEST(Numbers, WhatIsNoDecimalStaysAsItIs) {
  EXPECT_EQ(shortened_down("[1, 2]"), "[1, 2]");
  EXPECT_EQ(shortened_up("∞"), "\\ensuremath{\\infty}");
  EXPECT_EQ(shortened_towards_one(""), "");
}

TEST(Numbers, LoosenessIsTheReciprocalRoundedUp) {
  EXPECT_EQ(looseness("0.5"), "2");
  EXPECT_EQ(looseness("0.97310"), "1.028");
  EXPECT_EQ(looseness("0.999"), "1.002");  // as `tightness` has it
  EXPECT_EQ(looseness("0.9999999999"), "1.001");
  EXPECT_EQ(looseness("0"), "");
  EXPECT_EQ(looseness("?"), "");
}

TEST(Numbers, ABoundIsAttainedAtOneOnly) {
  EXPECT_TRUE(is_attained("1"));
  EXPECT_FALSE(is_attained("0.99999999999999999999"));
  EXPECT_FALSE(is_attained(""));
}

TEST(Numbers, LongNumbersOfATextAreCutWithAMark) {
  EXPECT_EQ(with_short_numbers("k = 8: 123456789012345678901234567890/7 ≤ 1/3 is false"),
            "k = 8: 1.7636684e28… ≤ 1/3 is false");
  EXPECT_EQ(with_short_numbers("0.333333333333333333333333333333 = -0.25"), "0.33333333… = -0.25");
  EXPECT_EQ(with_short_numbers("5000000000000000000000000000/10000000000000000000000000000"),
            "0.5");
  EXPECT_EQ(with_short_numbers("1/0, 7., 3/x, ½"), "1/0, 7., 3/x, ½");
  EXPECT_EQ(with_short_numbers(""), "");
}

TEST(Numbers, CountsAreGroupedFromFiveDigitsOn) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(9999), "9999");
  EXPECT_EQ(count_text(12345), "12\\,345");
  EXPECT_EQ(count_text(1234567), "1\\,234\\,567");
}

}  // namespace
}  // namespace graddiv::reports
