#include "workbench/verify_result.h"

#include <gtest/gtest.h>

#include "theorems/catalogue.h"
#include "workbench/verify.h"

namespace graddiv::workbench {
namespace {

TEST(VerifyResults, AreWellOnlyWhereEverythingIs) {
  VerifyResult result;
  EXPECT_TRUE(result.all_well());
  result.laws.push_back({});  // a law that does not hold
  EXPECT_FALSE(result.all_well());
  result.laws[0].law_holds = true;
  result.mutants.push_back({});  // a mutant that is not refuted
  EXPECT_FALSE(result.all_well());
  result.mutants[0].refuted = true;
  EXPECT_TRUE(result.all_well());
  result.mutants[0].truth = Verdict::refuted;
  EXPECT_FALSE(result.all_well());
  result.mutants[0].truth = Verdict::proved;
  result.gallery.push_back({});  // less sharp than it was
  EXPECT_FALSE(result.all_well());
  result.gallery[0].as_stored = true;
  EXPECT_TRUE(result.all_well());
  result.errors.push_back({});
  EXPECT_FALSE(result.all_well());
  result.errors.clear();
  result.refutations.push_back({});
  EXPECT_FALSE(result.all_well());
}

TheoremSummary summary_of(const char* id, std::int64_t instances, std::int64_t applicable,
                          std::int64_t telling, std::int64_t at_positive_delta = 0) {
  TheoremSummary summary;
  summary.id = id;
  summary.instances = instances;
  summary.applicable = applicable;
  summary.telling = telling;
  summary.telling_at_positive_delta = at_positive_delta;
  return summary;
}

// rate-pl: at least 20 % applicable, of these 60 % telling and 33 % with δ > 0.
TEST(Vacuity, IsACampaignThatHardlyEverAppliedOrToldSomething) {
  EXPECT_EQ(vacuous(summary_of("rate-pl", 500, 100, 60, 33)), std::nullopt);
  EXPECT_EQ(vacuous(summary_of("rate-pl", 500, 99, 60, 33)),
            "applies to 99 of 500 instances, less than 20 %");
  EXPECT_EQ(vacuous(summary_of("rate-pl", 500, 100, 59, 33)),
            "tells something on 59 of 100 applicable instances, less than 60 %");
  EXPECT_EQ(vacuous(summary_of("rate-pl", 500, 100, 60, 32)),
            "tells something at δ > 0 on 32 of 100 applicable instances, less than 33 %");
  EXPECT_EQ(vacuous(summary_of("serial-pl", 500, 100, 60)), std::nullopt) << "δ = 0 always";
}

// 8 applicable instances at 60 %: 1.6 or fewer telling ones are no chance.
TEST(Vacuity, AllowsForChanceAmongFewInstances) {
  EXPECT_EQ(vacuous(summary_of("serial-pl", 8, 8, 2)), std::nullopt);
  EXPECT_EQ(vacuous(summary_of("serial-pl", 8, 8, 1)),
            "tells something on 1 of 8 applicable instances, less than 60 %");
  EXPECT_TRUE(vacuous(summary_of("serial-pl", 50, 50, 29)))
      << "of fifty on, the floor is the floor";
}

TEST(Vacuity, IsACampaignThatSaysNothing) {
  EXPECT_EQ(vacuous(summary_of("rate-pl", 0, 0, 0)), "applies to 0 of 0 instances, less than 20 %");
  EXPECT_EQ(vacuous(summary_of("rate-pl", 1, 0, 0)), "applies to 0 of 1 instances, less than 20 %");
  for (const Theorem& theorem : theorems())
    EXPECT_TRUE(vacuous(summary_of(theorem.id.c_str(), 3, 3, 0))) << theorem.id;
}

}  // namespace
}  // namespace graddiv::workbench
