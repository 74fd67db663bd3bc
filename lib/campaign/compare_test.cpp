#include "campaign/compare.h"

#include <gtest/gtest.h>

namespace graddiv {
namespace {

TheoremSummary summary() {
  return {.id = "glm",
          .instances = 10,
          .applicable = 9,
          .proved = 8,
          .supported = 1,
          .refuted = 0,
          .inconclusive = 0,
          .tightness = "0.9"};
}

/// The only change, or "" for none; "!" in front of what is worse.
std::string change_to(const TheoremSummary& b, const TheoremSummary& a = summary()) {
  const auto changes = compare({a}, {b});
  if (changes.empty()) return "";
  EXPECT_EQ(changes.size(), 1U);
  return (changes[0].is_worse ? "!" : "") + changes[0].what;
}

TEST(Compare, FindsNothingBetweenEqualCampaigns) { EXPECT_EQ(change_to(summary()), ""); }

TEST(Compare, SeesTightnessFallAndRise) {
  auto b = summary();
  b.tightness = "0.89";
  EXPECT_EQ(change_to(b), "!best tightness 0.9 → 0.89");
  b.tightness = "1";
  EXPECT_EQ(change_to(b), "best tightness 0.9 → 1");
  b.tightness = "9.5e-1";
  EXPECT_EQ(change_to(b), "best tightness 0.9 → 9.5e-1");
  b.tightness.reset();
  EXPECT_EQ(change_to(b), "!best tightness 0.9 → none");
  EXPECT_EQ(change_to(summary(), b), "best tightness none → 0.9");
}

TEST(Compare, SeesVerdictsGetWorseAndBetter) {
  auto b = summary();
  b.refuted = 1;
  EXPECT_EQ(change_to(b), "!refuted 0 → 1");
  EXPECT_EQ(change_to(summary(), b), "refuted 1 → 0");
  b = summary();
  b.inconclusive = 2;
  EXPECT_EQ(change_to(b), "!inconclusive 0 → 2");
  b = summary();
  b.proved = 7;
  EXPECT_EQ(change_to(b), "!proved or supported 9 → 8");
  b = summary();
  b.instances = 20;
  EXPECT_EQ(change_to(b), "instances 10 → 20");
}

TEST(Compare, SeesTheoremsComeAndGo) {
  const auto gone = compare({summary()}, {});
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_TRUE(gone[0].is_worse);
  const auto came = compare({}, {summary()});
  ASSERT_EQ(came.size(), 1U);
  EXPECT_FALSE(came[0].is_worse);
}

}  // namespace
}  // namespace graddiv
