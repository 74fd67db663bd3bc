#include "cli/testing/verify_tool.h"

namespace graddiv::cli {
namespace {

class VerifyLarge : public testing::VerifyTool {};

// Large instances of one theorem, in the table, the store and the ledger of every campaign; the
// same command finds them in the store and makes nothing again.
TEST_F(VerifyLarge, ChecksByIndependentRunsAndResumes) {
  const std::vector<std::string> arguments = {"verify", "--large",     "rate-strongly-convex",
                                              "glm",    "--instances", "1",
                                              "--json", "--store",     "s.sqlite"};
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  EXPECT_EQ(json.at("left"), 0);
  ASSERT_EQ(json.at("theorems").size(), 2U);
  for (const auto& theorem : json.at("theorems")) {
    EXPECT_EQ(theorem.at("instances"), 1);
    EXPECT_EQ(theorem.at("telling"), 1);
    const bool is_rate = theorem.at("id") == "rate-strongly-convex";
    EXPECT_EQ(theorem.at("supported"), is_rate ? 1 : 0);
    EXPECT_EQ(theorem.at("proved"), is_rate ? 0 : 1);  // at a point, without a run
  }
  EXPECT_EQ(json.at("mutants").at("total"), 0);
  EXPECT_TRUE(json.at("left_out").is_array());

  const auto verdicts = store().verdicts("rate-strongly-convex");
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_EQ(verdicts[0].origin, "large: huber n=100000 d=10");
  EXPECT_EQ(verdicts[0].provenance, "sampling, double");
  EXPECT_LT(verdicts[0].instance.size(), 1000U);

  const auto again = graddiv(arguments);
  EXPECT_EQ(again.json(), json);
  EXPECT_EQ(store().verdicts("rate-strongly-convex")[0].seconds, verdicts[0].seconds);

  // Verdicts of one plan are not mixed with those of the other.
  const auto plain = graddiv({"verify", "glm", "--instances", "1", "--store", "s.sqlite"});
  EXPECT_EQ(plain.code, 2);
  EXPECT_NE(plain.err.find("cannot be mixed"), std::string::npos) << plain.err;
}

TEST_F(VerifyLarge, BeginsNothingWhenTheTimeIsUp) {
  const auto outcome = graddiv({"verify", "--large", "--time-budget", "0", "--json"});
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_GT(outcome.json().at("left"), 8);
}

TEST_F(VerifyLarge, IsMadeInParts) {
  const auto part = graddiv({"verify", "--large", "glm", "--shard", "2/2", "--json"});
  EXPECT_EQ(part.code, 0) << part.err;
  EXPECT_EQ(part.json().at("theorems")[0].at("instances"), 1);
}

TEST_F(VerifyLarge, RefusesWhatItHasNoInstancesOf) {
  const auto outcome = graddiv({"verify", "--large", "one-step"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.err.find("--large: found one-step, expected one of glm, "), std::string::npos)
      << outcome.err;
  EXPECT_EQ(graddiv({"verify", "--large", "--example", "x.json"}).code, 2);
}

}  // namespace
}  // namespace graddiv::cli
