#include "cli/support/progress.h"

#include <gtest/gtest.h>

namespace graddiv::cli {
namespace {

using Seconds = RemainingTime::Seconds;

TEST(RemainingTimeTest, IsExactAtASteadyPace) {
  RemainingTime remaining;
  EXPECT_FALSE(remaining.update(Seconds(0), 100, 1100));  // of these 100 nothing is known
  for (int second = 1; second <= 60; ++second) {
    const auto left = remaining.update(Seconds(second), 100 + 10 * second, 1100);
    ASSERT_TRUE(left);
    EXPECT_NEAR(left->count(), 100 - second, 1e-9);
  }
}

TEST(RemainingTimeTest, FollowsAPaceThatChanges) {
  RemainingTime remaining;
  remaining.update(Seconds(0), 0, 10000);
  for (int second = 1; second <= 50; ++second) remaining.update(Seconds(second), second, 10000);
  std::optional<Seconds> left;
  for (int second = 51; second <= 90; ++second) {
    left = remaining.update(Seconds(second), 50 + 100 * (second - 50), 10000);
  }
  EXPECT_NEAR(left->count(), (10000 - 4050) / 100.0, 5);
}

TEST(RemainingTimeTest, GoesByTheMeanOfLongUnits) {
  RemainingTime remaining;
  std::optional<Seconds> left;
  double now = 0;
  remaining.update(Seconds(now), 0, 100);
  for (int unit = 1; unit <= 30; ++unit) {  // of ten seconds and of a minute by turns
    now += unit % 2 == 0 ? 60 : 10;
    left = remaining.update(Seconds(now), unit, 100);
    if (unit <= 15) continue;
    EXPECT_NEAR(left->count(), 35 * (100 - unit), 0.06 * 35 * (100 - unit)) << unit;
  }
}

TEST(RemainingTimeTest, SaysNothingWhileThereIsNothingToSay) {
  RemainingTime remaining;
  EXPECT_FALSE(remaining.update(Seconds(0), 0, 10));
  EXPECT_FALSE(remaining.update(Seconds(0.2), 5, 10));
  EXPECT_FALSE(RemainingTime().update(Seconds(5), 0, 10));
  EXPECT_EQ(remaining.update(Seconds(0.5), 10, 10), Seconds(0));
}

TEST(ClockText, RoundsUpToSeconds) {
  EXPECT_EQ(clock_text(Seconds(0)), "0:00");
  EXPECT_EQ(clock_text(Seconds(41.2)), "0:42");
  EXPECT_EQ(clock_text(Seconds(59.5)), "1:00");
  EXPECT_EQ(clock_text(Seconds(3900)), "1:05:00");
}

}  // namespace
}  // namespace graddiv::cli
