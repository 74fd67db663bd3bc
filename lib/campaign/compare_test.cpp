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

Results results(const TheoremSummary& s) { return {{s}, {}, {}, {}}; }

/// The only change, or "" for none; "!" in front of what is worse.
std::string change_to(const TheoremSummary& b, const TheoremSummary& a = summary()) {
  const auto changes = compare(results(a), results(b));
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
  EXPECT_EQ(change_to(b), "!proved 8 → 7");
  b = summary();
  b.supported = 0;
  EXPECT_EQ(change_to(b), "!supported 1 → 0");
  b = summary();
  b.instances = 20;
  EXPECT_EQ(change_to(b), "instances 10 → 20");
}

// A proof that became a support is a loss; among fewer instances fewer proofs are none.
TEST(Compare, TellsALossFromASmallerCampaign) {
  auto b = summary();
  b.proved = 7;
  b.supported = 2;
  const auto changes = compare(results(summary()), results(b));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_TRUE(changes[0].is_worse);
  EXPECT_FALSE(changes[1].is_worse);
  b = summary();
  b.instances = 5;
  b.proved = 4;
  for (const Change& change : compare(results(summary()), results(b)))
    EXPECT_FALSE(change.is_worse) << change.what;
}

TEST(Compare, SeesMutantsLawsAndTheGallery) {
  Results before = results(summary());
  before.mutants.emplace_back();
  before.mutants[0].theorem = "glm";
  before.mutants[0].mutant = "mean";
  before.mutants[0].refuted = true;
  before.constructions.emplace_back();
  before.constructions[0].id = "slope";
  before.constructions[0].law_holds = true;
  before.gallery = {{.theorem = "glm", .regime = Regime::any, .ratio = "1"}};
  EXPECT_TRUE(compare(before, before).empty());

  const auto expect_one_worse = [&](const Results& after, const std::string& what) {
    const auto changes = compare(before, after);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].what, what);
    EXPECT_TRUE(changes[0].is_worse);
    for (const Change& change : compare(after, before)) EXPECT_FALSE(change.is_worse);
  };
  Results after = before;
  after.mutants[0].refuted = false;
  expect_one_worse(after, "the mutant mean is refuted no longer");
  after.mutants.clear();
  expect_one_worse(after, "the mutant mean is not in the new one");
  after = before;
  after.constructions[0].law_holds = false;
  expect_one_worse(after, "its law holds no longer");
  after = before;
  after.gallery[0].ratio = "0.999999";
  expect_one_worse(after, "gallery (any) 1 → 0.999999");
  after.gallery.clear();
  expect_one_worse(after, "the gallery (any) is not in the new one");
}

TEST(Compare, SeesTheoremsComeAndGo) {
  const auto gone = compare(results(summary()), {});
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_TRUE(gone[0].is_worse);
  const auto came = compare({}, results(summary()));
  ASSERT_EQ(came.size(), 1U);
  EXPECT_FALSE(came[0].is_worse);
}

}  // namespace
}  // namespace graddiv
