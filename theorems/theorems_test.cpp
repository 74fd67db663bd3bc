#include <gtest/gtest.h>

#include <algorithm>

#include "claim/check.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

Finding check_on(const std::string& id, const std::string& problem, const std::string& run) {
  return check(find_theorem(id).statement,
               read_instance(JsonReader::from_text(witness(problem, run), id)));
}

const std::string valley =
    R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0", "40"]], "c": ["0", "0"]}])";

TEST(Theorems, HaveDistinctIdsAndSayWhatTheyAssertAndWhereItComesFrom) {
  for (const Theorem& t : theorems()) {
    EXPECT_EQ(&find_theorem(t.id), &t);
    for (const std::string* text : {&t.title, &t.source, &t.cites, &t.latex, &t.text})
      EXPECT_FALSE(text->empty()) << t.id;
    EXPECT_FALSE(t.drawn_from.empty()) << t.id;
  }
}

TEST(Theorems, AnUnknownIdIsAnsweredWithTheKnownOnes) {
  try {
    find_theorem("rate-strong");
    FAIL();
  } catch (const std::out_of_range& e) {
    EXPECT_NE(std::string(e.what()).find("rate-strongly-convex"), std::string::npos);
  }
}

// n = 1, ½(x² + 40y²), B = 20, γ = 1/40, w_0 = (0,1): e_1 = 361, ε = 40, δ = 19, bound 420 (theory G).
TEST(RateStronglyConvex, ReachesTheSharpnessOfTheTheorysInstanceWithLargeDelta) {
  const Finding f =
      check_on("rate-strongly-convex", valley,
               R"("start": ["0", "1"], "step": "1/40", "batch": 20, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::exact);
  ASSERT_TRUE(f.tightness);
  EXPECT_EQ((*f.tightness == Enclosure::parse("361/420")).truth(), Truth::yes)
      << f.tightness->to_string();
}

// γ = 1/1000, w_0 = 1/5, T = 2172 on the noise floor: exact error / bound = 0.97310, and T is the first eligible horizon.
TEST(RateStronglyConvex, IsNearlyTightOnTheNoiseFloorFromTheFirstEligibleHorizonOn) {
  const std::string floor =
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}])";
  const Finding f =
      check_on("rate-strongly-convex", floor,
               R"("start": ["1/5"], "step": "1/1000", "batch": 1, "iterations": 2172)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  ASSERT_TRUE(f.tightness);
  EXPECT_EQ((*f.tightness >= Enclosure::parse("0.97309")).truth(), Truth::yes)
      << f.tightness->to_string();
  EXPECT_EQ((*f.tightness <= Enclosure::parse("0.97311")).truth(), Truth::yes)
      << f.tightness->to_string();
  const auto claimed = std::ranges::count_if(
      f.conclusions, [](const ConclusionFinding& x) { return !x.conclusion.is_lemma; });
  EXPECT_EQ(claimed, 1) << "one iteration less is not eligible";
}

TEST(RateStronglyConvex, ClaimsNothingWhereAHypothesisFails) {
  const auto not_applicable = [](const std::string& problem, const std::string& run,
                                 const std::string& hypothesis) {
    const Finding f = check_on("rate-strongly-convex", problem, run);
    EXPECT_EQ(f.verdict, Verdict::not_applicable);
    EXPECT_NE(f.reason.find(hypothesis), std::string::npos) << f.reason;
  };
  not_applicable(valley, R"("start": ["0", "1"], "step": "1/39", "batch": 20, "iterations": 1)",
                 "2γλB ≤ 1");
  not_applicable(valley, R"("start": ["0", "1"], "step": "-1/40", "batch": 20, "iterations": 1)",
                 "γ > 0");
  not_applicable(valley,
                 R"("start": ["0", "1"], "step": ["1/40", "1/41"], "batch": 1, "iterations": 2)",
                 "constant");
  not_applicable(
      valley + R"(, "domain": {"kind": "box", "lower": ["1", "1"], "upper": ["2", "2"]})",
      R"("start": ["0", "1"], "step": "1/40", "batch": 1, "iterations": 1)", "w_0 ∈ W");
  not_applicable(
      R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"]], "targets": ["0"])",
      R"("start": ["0", "1"], "step": "1/40", "batch": 1, "iterations": 1)", "strongly convex");
  not_applicable(valley, R"("start": ["0", "1"], "step": "1/40", "batch": 1, "iterations": 0)",
                 "nothing is claimed");
}

TEST(SerialStronglyConvex, WantsBatchSizeOne) {
  const Finding f = check_on("serial-strongly-convex", valley,
                             R"("start": ["0", "1"], "step": "1/40", "batch": 2, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_NE(f.reason.find("B = 1"), std::string::npos);
}

TEST(OneStep, IsAnEqualityWithoutProjectionAndAnInequalityWithOne) {
  const Finding free = check_on(
      "one-step", valley, R"("start": ["0", "1"], "step": "1/40", "batch": 3, "iterations": 1)");
  EXPECT_EQ(free.verdict, Verdict::proved);
  EXPECT_EQ(free.conclusions.front().conclusion.comparison.relation, Relation::equal);
  const Finding boxed = check_on(
      "one-step",
      valley + R"(, "domain": {"kind": "box", "lower": ["-1", "-1"], "upper": ["1", "1"]})",
      R"("start": ["0", "1"], "step": "1/10", "batch": 3, "iterations": 1)");
  EXPECT_EQ(boxed.verdict, Verdict::proved);
  EXPECT_EQ(boxed.conclusions.front().conclusion.comparison.relation, Relation::less_equal);
}

TEST(Glm, IsAttainedByOrthonormalRows) {
  const Finding f = check_on(
      "glm",
      R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"], ["0", "1"]], "targets": ["0", "0"])",
      R"("start": ["1", "1"], "step": "1", "batch": 1, "iterations": 0)");
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

TEST(SparseConflicts, IsAttainedByACliqueOfEqualGradients) {
  const Finding f =
      check_on("sparse-conflicts",
               R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]}])",
               R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)");
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

Finding check_text(const std::string& id, const std::string& text) {
  return check(find_theorem(id).statement, read_instance(JsonReader::from_text(text, id)));
}

// f(w; z) = zw with z = ±1: every draw of the example in which S and S' differ moves the runs 2γ apart.
TEST(StabilityConvex, IsAttainedByLinearFunctions) {
  const auto line = [](const std::string& functions) {
    return R"({"family": "linear", "dimension": 1, "functions": [)" + functions + "]}";
  };
  const Finding f = check_text(
      "stability-convex", R"({"format": "graddiv-instance/1", "problem": )" +
                              line(R"({"a": [1]}, {"a": [-1]}, {"a": [1]})") +
                              R"(, "run": {"start": [0], "step": 3, "batch": 2, "iterations": 3},
                        "neighbour": {"index": 2, "replacement": )" +
                              line(R"({"a": [-1]})") + "}}");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

// κ = 3, γ = 2/(β+λ): every direction is halved, and the factor is exactly 1/4.
TEST(ContractiveStronglyConvex, IsAttainedAtTheThreshold) {
  const Finding f = check_on(
      "contractive-strongly-convex",
      R"("family": "quadratic", "dimension": 2, "functions": [{"A": [[1, 0], [0, 3]], "c": [0, 0]}])",
      R"("start": [0, 0], "step": "1/2", "batch": 1, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

TEST(Stability, ClaimsNothingWithoutANeighbourOrBoundedSlopes) {
  const std::string parabola =
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [0]}])";
  const std::string run = R"("start": [0], "step": "1/2", "batch": 1, "iterations": 1)";
  EXPECT_NE(check_on("stability-convex", parabola, run).reason.find("one example"),
            std::string::npos);
  const Finding f =
      check_text("stability-convex",
                 R"({"format": "graddiv-instance/1", "problem": {)" + parabola + R"(}, "run": {)" +
                     run + R"(}, "neighbour": {"index": 0, "replacement": {)" + parabola + "}}}");
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_NE(f.reason.find("Lipschitz"), std::string::npos) << f.reason;
}

}  // namespace
}  // namespace graddiv
