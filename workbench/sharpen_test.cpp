#include "workbench/sharpen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ranges>

#include "number/rational.h"
#include "theorems/from_file.h"
#include "workbench/sharpen_records.h"

namespace graddiv::workbench {
namespace {

using Outcome = VariantFinding::Outcome;

/// Gradient descent on a parabola does not get farther from its minimum while γBβ ≤ 2.
const Theorem& descent() {
  static const Theorem theorem = theorem_from(R"(theorem descent
assume every f_i is quadratic
assume F is strongly convex
assume W = R^d
assume w* is optimal for every f_i
assume n = 1
assume d = 1
assume γ and B are constant
assume short: 0 < γ and γ·B·β ≤ 2
for every k
  claim E‖w_k − w*‖² ≤ D_0
draw strongly-convex with n = 1 and γ = 1/(B·β)
)",
                                              "descent.theorem");
  return theorem;
}

SharpenResult sharpened(const Theorem& theorem, std::int64_t instances, std::int64_t effort) {
  return sharpen({.theorem = &theorem, .instances = instances, .effort = effort, .jobs = 2});
}

TEST(Sharpen, TellsInstancesOfEachKindApart) {
  const SharpenResult result = sharpened(descent(), 40, 40);
  EXPECT_FALSE(result.refutation);
  std::vector<std::string> slices;
  for (const NumberFinding& f : result.numbers) {
    if (f.number.where != "claim") continue;
    slices.push_back(f.slice);
    // A long step can leave a distance as it is, a short one cannot.
    if (f.slice == "γBβ ≥ 1") {
      EXPECT_TRUE(f.refuted && *f.refuted > Rational(9, 10));
    }
    if (f.slice == "1/10 ≤ γBβ < 1") {
      EXPECT_TRUE(f.refuted && *f.refuted < Rational(82, 100));
    }
  }
  for (const char* slice : {"", "γBβ ≥ 1", "1/10 ≤ γBβ < 1"})
    EXPECT_NE(std::ranges::find(slices, slice), slices.end()) << slice;
}

TEST(Sharpen, DoesNotCountWhatSaysLess) {
  const Theorem theorem = theorem_from(R"(theorem slack
assume every f_i is quadratic
assume W = R^d
assume γ and B are constant
assume γ > 0
for every k
  claim (γ·B − 1)·(γ·B − 1)·E‖w_k − w*‖² ≤ ((γ·B − 1)·(γ·B − 1) + 1)·E‖w_k − w*‖²
draw strongly-convex
)",
                                       "slack.theorem");
  const SharpenResult result = sharpened(theorem, 20, 0);
  EXPECT_FALSE(result.refutation);
  int weaker = 0;
  for (const VariantFinding& f : result.mutants) {
    if (f.outcome != Outcome::weaker) continue;
    ++weaker;
    EXPECT_FALSE(f.by) << f.variant.change;
    EXPECT_FALSE(f.variant.is_implied) << f.variant.change;
  }
  EXPECT_GT(weaker, 0);
}

Outcome outcome_with(const SharpenResult& result, const std::string& change) {
  const auto found = std::ranges::find_if(result.mutants, [&](const VariantFinding& f) {
    return f.variant.change.find(change) != std::string::npos;
  });
  if (found == result.mutants.end()) throw std::out_of_range(change);
  return found->outcome;
}

// Without the claims of a condition that never holds a mutant says what the others say.
TEST(Sharpen, DoesNotCountWhatDropsClaims) {
  const Theorem theorem = theorem_from(R"(theorem parts
assume W = R^d
assume γ and B are constant and γ > 0
for every k
  claim first: E‖w_k − w*‖² ≤ 2·E‖w_k − w*‖²
  when γ·B > 0
  claim second: D_0 ≤ 2·D_0
draw strongly-convex
)",
                                       "parts.theorem");
  const SharpenResult result = sharpened(theorem, 20, 0);
  EXPECT_EQ(outcome_with(result, "γ·B > 0 → γ·B < 0"), Outcome::weaker);
}

// A run of 365 iterations is none to try on every mutant.
TEST(Sharpen, TriesAWitnessThatTakesLongOnWhatStaysOpen) {
  const Theorem theorem = theorem_from(R"(theorem longest
constants most = 400
for every k
  claim k ≤ most
mutant nine-tenths: most = 360
  refuted by {"format": "graddiv-instance/1", "problem": {"family": "linear", "dimension": 1,
    "functions": [{"a": [1]}]}, "run": {"start": [0], "step": 1, "batch": 1, "iterations": 365}}
draw strongly-convex
)",
                                       "longest.theorem");
  EXPECT_EQ(outcome_with(sharpened(theorem, 5, 0), "most = 360"), Outcome::refuted);
}

// 2 → 2.2 is false between the two alone: of steps just beyond the threshold.
TEST(Sharpen, TriesWhatLiesJustBeyondAThreshold) {
  const SharpenResult result = sharpened(descent(), 0, 0);
  const auto relaxed = std::ranges::find_if(result.mutants, [](const VariantFinding& f) {
    return f.variant.change.find("2.2") != std::string::npos;
  });
  ASSERT_NE(relaxed, result.mutants.end());
  EXPECT_EQ(relaxed->outcome, Outcome::refuted);
  EXPECT_NE(relaxed->by->origin.find("at the edge"), std::string::npos) << relaxed->by->origin;
}

// A claim that is true of everything needs nothing, whatever the steps of its proof need.
TEST(Sharpen, AsksWhetherTheClaimNeedsAHypothesis) {
  const Theorem theorem = theorem_from(R"(theorem stepped
assume F is convex
assume W = R^d
assume γ and B are constant and γ > 0
for every k
  step E‖w_k − w*‖² ≤ E‖w_{k − 1} − w*‖² + γ²·B²·E M²(w_{k − 1})
  claim E[F(w_k) − F*] ≥ 0
draw convex
)",
                                       "stepped.theorem");
  const SharpenResult result = sharpened(theorem, 20, 10);
  ASSERT_EQ(result.hypotheses.size(), 3U);
  int in_a_step = 0;
  for (const VariantFinding& h : result.hypotheses) {
    EXPECT_NE(h.outcome, Outcome::refuted) << h.variant.change;
    in_a_step += h.outcome == Outcome::in_a_step;
  }
  EXPECT_GT(in_a_step, 0);
}

TEST(Sharpen, FindsBySearchWhatNoTrialShows) {
  const auto farthest = [](const SharpenResult& result) {
    Rational most = 0;
    for (const NumberFinding& f : result.numbers)
      if (f.number.where == "claim" && f.slice.empty() && f.refuted) most = *f.refuted;
    return most;
  };
  static const Theorem theorem = theorem_from(R"(theorem half
assume every f_i is quadratic
assume F is strongly convex
assume W = R^d
assume n = 1
assume K = 1
assume γ·B·β ≤ 3/2
claim E‖w_1 − w*‖² + (γ·B·β − 6/5)²·D_0 ≤ D_0
draw strongly-convex with n = 1 and K = 1 and γ = 1/(B·β)
)",
                                              "half.theorem");
  const Rational without = farthest(sharpened(theorem, 10, 0));
  const Rational with = farthest(sharpened(theorem, 10, 200));
  EXPECT_GT(with, without);
}

TEST(Sharpen, SaysInWordsWhatWasFound) {
  const SharpenResult result = sharpened(descent(), 10, 10);
  const auto records = records_of(descent(), result);
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].rank, static_cast<int>(i));
    EXPECT_EQ(records[i].theorem, "descent");
  }
  EXPECT_EQ(records.back().part, SharpnessPart::mutants);
  EXPECT_EQ(records.back().outcome, score_of(result));
  EXPECT_NE(score_of(result).find(" refuted; "), std::string::npos) << score_of(result);
  const auto hypotheses =
      std::ranges::count(records, SharpnessPart::hypothesis, &SharpnessRecord::part);
  EXPECT_EQ(hypotheses, 8);
}

}  // namespace
}  // namespace graddiv::workbench
