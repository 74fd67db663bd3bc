#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "claim/check.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

struct Case {
  const Theorem* theorem;
  const Mutant* mutant;
};

std::vector<Case> all_mutants() {
  std::vector<Case> result;
  for (const Theorem& t : theorems()) {
    for (const Mutant& m : t.mutants) result.push_back({&t, &m});
  }
  return result;
}

Instance instance_of(const Mutant& m) {
  return read_instance(JsonReader::from_text(m.witness, m.id));
}

/// Whether a statement speaks of a probability that only draws can tell.
bool is_sampled(const Finding& f) {
  return std::ranges::any_of(
      f.conclusions, [](const ConclusionFinding& x) { return x.conclusion.sample.has_value(); });
}

class EveryMutant : public testing::TestWithParam<Case> {};

TEST_P(EveryMutant, IsRefutedByItsWitnessWithRigorousEvidence) {
  const Finding f = check(GetParam().mutant->statement, instance_of(*GetParam().mutant));
  EXPECT_EQ(f.verdict, Verdict::refuted) << f.reason;
  const bool is_rigorous = f.evidence == Evidence::exact || f.evidence == Evidence::interval;
  EXPECT_TRUE(is_rigorous || (f.evidence == Evidence::statistical && is_sampled(f)));
}

TEST_P(EveryMutant, HasAWitnessOnWhichTheTheoremItselfIsProved) {
  const Finding f = check(GetParam().theorem->statement, instance_of(*GetParam().mutant));
  // A mutant that drops or relaxes a hypothesis has a witness outside the theorem: there it claims
  // nothing.
  const bool proved_or_outside = f.verdict == Verdict::proved ||
                                 f.verdict == Verdict::not_applicable ||
                                 (f.verdict == Verdict::supported && is_sampled(f));
  EXPECT_TRUE(proved_or_outside) << to_string(f.verdict) << ": " << f.reason;
}

INSTANTIATE_TEST_SUITE_P(Mutants, EveryMutant, testing::ValuesIn(all_mutants()),
                         [](const auto& parameter) {
                           std::string name =
                               parameter.param.theorem->id + "__" + parameter.param.mutant->id;
                           for (char& c : name) {
                             if (c == '-') c = '_';
                           }
                           return name;
                         });

// Theory G, and counted or computed again here.
TEST(Mutants, OfRandomRowsFailWithTheProbabilitiesOfTheTheory) {
  const auto probability = [](const char* theorem, const char* mutant) {
    for (const Mutant& m : find_theorem(theorem).mutants) {
      if (m.id != mutant) continue;
      const Finding f = check(m.statement, instance_of(m));
      EXPECT_EQ(f.evidence, Evidence::interval);  // e^{−…} stands on the right
      return f.conclusions.front().conclusion.comparison.left.to_string();
    }
    throw std::out_of_range(mutant);
  };
  EXPECT_EQ(probability("glm-gaussian", "twice-d"), "1");
  EXPECT_EQ(probability("glm-gaussian", "any-n"), "1");
  EXPECT_EQ(probability("glm-rademacher", "one"), "5/8");
  EXPECT_EQ(probability("glm-rademacher", "three-halves"), "17/512");
  EXPECT_EQ(probability("glm-rademacher", "any-n"), "1");
}

// They stand in rows of tables, of which each is a line.
TEST(Mutants, SayInOneLineWhatTheyChange) {
  for (const Theorem& theorem : theorems()) {
    for (const Mutant& mutant : theorem.mutants)
      EXPECT_EQ(mutant.change.find('\n'), std::string::npos) << theorem.id << "/" << mutant.id;
  }
}

TEST(Mutants, EveryTheoremHasAtLeastThreeAndTheirIdsDiffer) {
  for (const Theorem& t : theorems()) {
    EXPECT_GE(t.mutants.size(), 3U) << t.id;
    std::map<std::string, int> seen;
    for (const Mutant& m : t.mutants) EXPECT_EQ(seen[m.id]++, 0) << t.id << "/" << m.id;
  }
}

/// The largest left/right that a mutant's witness reaches.
Enclosure worst_ratio(const std::string& theorem, const std::string& mutant) {
  for (const Mutant& m : find_theorem(theorem).mutants) {
    if (m.id == mutant) return check(m.statement, instance_of(m)).tightness.value();
  }
  throw std::out_of_range(mutant);
}

// The ratios of theory G, section "mutants", worked out independently of this code.
TEST(Mutants, TheirWitnessesHaveTheRatiosOfTheTheory) {
  const auto expect_ratio = [](const char* mutant, const char* low, const char* high) {
    const Enclosure ratio = worst_ratio("rate-strongly-convex", mutant);
    EXPECT_EQ((ratio >= Enclosure::parse(low)).truth(), Truth::yes)
        << mutant << " " << ratio.to_string();
    EXPECT_EQ((ratio <= Enclosure::parse(high)).truth(), Truth::yes)
        << mutant << " " << ratio.to_string();
  };
  expect_ratio("half-horizon", "1.8530", "1.8531");
  expect_ratio("three-times-step", "1.4917", "1.4918");  // M² = max over j < k; 1.489 with M² = 8/7
  expect_ratio("less-delta", "361/344", "361/344");
  expect_ratio("without-delta", "65/32", "65/32");  // M² = 64; 2 with M² = 65 on W
  expect_ratio("unlimited-step", "9801/5050", "9801/5050");
  expect_ratio("nine-tenths", "1.0225", "1.0226");  // 0.92033/0.9
}

// E‖w − w'‖ and factors that theory F and G give, worked out independently of this code.
TEST(Mutants, OfStabilityHaveTheRatiosOfTheTheory) {
  const auto expect_ratio = [](const char* theorem, const char* mutant, const char* low,
                               const char* high) {
    const Enclosure ratio = worst_ratio(theorem, mutant);
    EXPECT_EQ((ratio >= Enclosure::parse(low)).truth(), Truth::yes) << ratio.to_string();
    EXPECT_EQ((ratio <= Enclosure::parse(high)).truth(), Truth::yes) << ratio.to_string();
  };
  expect_ratio("nonexpansive-convex", "twice-the-step", "9", "9");
  expect_ratio("nonexpansive-convex", "without-interior", "2209/1849", "2209/1849");
  expect_ratio("stability-convex", "199-hundredths", "200/199", "200/199");
  expect_ratio("stability-convex", "longer-steps", "1.0038", "1.0039");
}

}  // namespace
}  // namespace graddiv
