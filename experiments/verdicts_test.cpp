#include "experiments/verdicts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace graddiv::experiments {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Band, IsMeanLeastAndLargest) {
  const Band b = band({3, 1, 5});
  EXPECT_EQ(b.mean, 3);
  EXPECT_EQ(b.low, 1);
  EXPECT_EQ(b.high, 5);
  EXPECT_THROW(band({}), std::invalid_argument);
}

TEST(Band, WhatDivergedIsInfinite) {
  const Band b = band({1, std::nan(""), 2});
  EXPECT_EQ(b.low, 1);
  EXPECT_EQ(b.high, infinity);
  EXPECT_EQ(b.mean, infinity);
  EXPECT_EQ(band({-infinity}).low, infinity) << "no loss is as small as that";
}

TEST(Verdicts, BandsApartDecide) {
  const Band low = band({1, 2});
  const Band high = band({3, 4});
  EXPECT_EQ(lies_below(low, high), Reading::respected);
  EXPECT_EQ(lies_below(high, low), Reading::violated);
}

TEST(Verdicts, BandsThatMeetDoNot) {
  EXPECT_EQ(lies_below(band({1, 3}), band({2, 4})), Reading::inconclusive);
  EXPECT_EQ(lies_below(band({1, 2}), band({2, 3})), Reading::inconclusive) << "touching";
  EXPECT_EQ(lies_below(band({infinity}), band({infinity})), Reading::inconclusive);
}

TEST(Verdicts, ALimitHoldsForEveryRepetition) {
  EXPECT_EQ(stay_below({band({1, 1.5}), band({0.5})}, 1.5), Reading::respected);
  EXPECT_EQ(stay_below({band({1, 1.5}), band({1.6, 2})}, 1.5), Reading::violated);
  EXPECT_EQ(stay_below({band({1}), band({1.4, 1.6})}, 1.5), Reading::inconclusive);
  EXPECT_EQ(stay_below({}, 1.5), Reading::inconclusive);
}

TEST(Verdicts, OneOfSeveral) {
  using enum Reading;
  EXPECT_EQ(any_of({violated, respected}), respected);
  EXPECT_EQ(any_of({violated, violated}), violated);
  EXPECT_EQ(any_of({violated, inconclusive}), inconclusive);
  EXPECT_EQ(any_of({}), inconclusive);
  EXPECT_EQ(all_of({respected, respected}), respected);
  EXPECT_EQ(all_of({respected, inconclusive, violated}), violated);
  EXPECT_EQ(all_of({respected, inconclusive}), inconclusive);
}

}  // namespace
}  // namespace graddiv::experiments
