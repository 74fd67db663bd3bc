#include "claim/case.h"

#include <gtest/gtest.h>

#include "number/evidence.h"
#include "sgd/instance.h"
#include "testing/statements.h"

namespace graddiv {
namespace {

using namespace testing;

TEST(Check, SharesWhatIsKnownOfAnInstanceBetweenStatements) {
  const Evaluation evaluation(parabola());
  const auto by_distance = [](const Enclosure& factor) {
    return Statement().claims([factor](const Case& c) {
      return std::vector<Conclusion>{
          {Place::at(1), Truth::yes, c.distance(1) <= factor * c.distance(0)}};
    });
  };
  const Finding a = check(by_distance(1), evaluation);
  const Finding b = check(by_distance(Enclosure(1) / 8), evaluation);
  EXPECT_EQ(a.verdict, Verdict::proved);
  EXPECT_EQ(b.verdict, Verdict::refuted);
  EXPECT_EQ(a.provenance, b.provenance);
  EXPECT_FALSE(b.provenance.empty());
}

TEST(Case, GivesHBatchInExpectationAndPointwise) {
  // ½w² from 1 with γ = 1/2, B = 1: one function, so B_S = 1 and δ = 0; M² = 1.
  const Case c(parabola());
  const auto& conditions = c.batch_conditions(1);
  ASSERT_EQ(conditions.size(), 2U);
  for (const BatchCondition& h : conditions) {
    EXPECT_EQ((h.delta == 0).truth(), Truth::yes) << to_string(h.form);
    EXPECT_EQ((h.second_moment == 1).truth(), Truth::yes) << to_string(h.form);
  }
}

TEST(Case, TakesTheSmallestAndTheMeanOfTheGradientsBeforeAnIteration) {
  const Instance two_steps = read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 2)"),
      "two steps"));
  const Case c(two_steps);  // gradients 1, 1/2
  EXPECT_EQ(c.smallest_gradient_norm2(1).to_string(), "1");
  EXPECT_EQ(c.smallest_gradient_norm2(2).to_string(), "1/4");
  EXPECT_EQ(c.mean_gradient_norm2(2).to_string(), "5/8");
}

TEST(Case, SerialRunsHaveNoDeltaNotEvenAnIntervalAroundZero) {
  const Case c(read_instance(JsonReader::from_text(
      witness(
          R"("family": "glm", "loss": "logistic", "dimension": 1, "rows": [["1"], ["2"]], "targets":
    ["1", "-1"])",
          R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "logistic")));
  for (const BatchCondition& h : c.batch_conditions(1))
    EXPECT_EQ((h.delta == 0).truth(), Truth::yes);
}

}  // namespace
}  // namespace graddiv
