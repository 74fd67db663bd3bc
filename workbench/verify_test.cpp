#include "workbench/verify.h"

#include <gtest/gtest.h>

#include "workbench/lookup.h"

namespace graddiv::workbench {
namespace {

VerifyRequest request_for(const std::string& id) {
  VerifyRequest request;
  request.theorems = select_theorems({id});
  request.instances = 2;
  return request;
}

TEST(VerifyRequests, GiveWhatIsKnownOfTheTheoremsAskedFor) {
  VerifyRequest request = request_for("second-moment");
  CampaignProgress last;
  request.progress = [&](const CampaignProgress& progress) { last = progress; };
  const VerifyResult result = verify(request);
  ASSERT_EQ(result.summaries.size(), 1U);
  EXPECT_EQ(result.summaries[0].id, "second-moment");
  EXPECT_EQ(result.summaries[0].instances, 2);
  EXPECT_EQ(result.mutants.size(), request.theorems[0]->mutants.size());
  EXPECT_EQ(result.laws_that_hold(), static_cast<std::int64_t>(result.laws.size()));
  EXPECT_TRUE(result.gallery.empty()) << "nobody could see it";
  EXPECT_EQ(result.campaign.left, 0);
  EXPECT_EQ(last.done, 2);
  EXPECT_TRUE(result.all_well());
}

TEST(VerifyRequests, BeginNothingOnceCancelled) {
  VerifyRequest request = request_for("second-moment");
  request.cancelled = [] { return true; };
  const VerifyResult result = verify(request);
  EXPECT_TRUE(result.mutants.empty());
  EXPECT_TRUE(result.laws.empty());
  EXPECT_EQ(result.campaign.ending, Ending::cancelled);
  EXPECT_EQ(result.campaign.left, 2);
}

TEST(VerifyRequests, RefuseAnExampleThatCannotBeRead) {
  VerifyRequest request = request_for("second-moment");
  request.examples = {"no-such-example.json"};
  EXPECT_THROW(verify(request), InputError);
}

TEST(VerifyResults, AreWellOnlyWhereEverythingIs) {
  VerifyResult result;
  EXPECT_TRUE(result.all_well());
  result.laws.push_back({});  // a law that does not hold
  EXPECT_FALSE(result.all_well());
  result.laws[0].record.law_holds = true;
  result.mutants.push_back({});  // a mutant that is not refuted
  EXPECT_FALSE(result.all_well());
  result.mutants[0].record.refuted = true;
  EXPECT_TRUE(result.all_well());
  result.gallery.push_back({});  // less sharp than it was
  EXPECT_FALSE(result.all_well());
  result.gallery[0].as_stored = true;
  result.refutations.push_back({});
  EXPECT_FALSE(result.all_well());
}

TEST(Vacuity, IsACampaignThatHardlyEverApplied) {
  TheoremSummary summary;
  summary.id = "second-moment";
  const int floor = select_theorems({summary.id})[0]->least_applicable_percent;
  summary.instances = 100;
  summary.applicable = floor;
  EXPECT_FALSE(is_vacuous(summary));
  summary.applicable = floor - 1;
  EXPECT_TRUE(is_vacuous(summary));
  summary.instances = 49;  // too few to say
  summary.applicable = 0;
  EXPECT_FALSE(is_vacuous(summary));
}

}  // namespace
}  // namespace graddiv::workbench
