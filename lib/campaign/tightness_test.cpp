#include "campaign/tightness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "campaign/free_numbers.h"
#include "number/exact.h"

namespace graddiv {
namespace {

Instance read(const std::string& problem, const std::string& run) {
  return read_instance(JsonReader::from_text(witness(problem, run), "test"));
}

Instance parabola(const std::string& start, int batch = 1) {
  return read(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["2"]], "c": ["0"]}])",
              R"("start": [")" + start + R"("], "step": "1/8", "batch": )" + std::to_string(batch) +
                  R"(, "iterations": 1)");
}

/// D_0 ≤ 4 wherever D_0 ≤ 4: tight at |w_0| = 2, and says nothing beyond it.
Statement at_most_4() {
  return Statement().claims([](const Case& c) {
    return std::vector<Conclusion>{
        {"the start", c.distance(0) <= 4, c.distance(0) <= Enclosure(4)}};
  });
}

TEST(SearchSharpest, FindsAnInstanceAtTheEdgeOfTheStatement) {
  const auto found = search_sharpest(at_most_4(), {parabola("1")}, {.evaluations = 300}).sharpest;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].attained.evidence, Evidence::exact);
  EXPECT_EQ((found[0].attained.ratio >= Enclosure::parse("0.9999")).truth(), Truth::yes)
      << found[0].attained.ratio.to_string();
  EXPECT_EQ((found[0].attained.ratio <= 1).truth(), Truth::yes);
}

// n ≤ 10 wherever n ≤ 10: tight for ten functions, which no turning of numbers makes of two.
TEST(SearchSharpest, TurnsTheParametersOfAFamily) {
  const auto at_most_ten = Statement().claims([](const Case& c) {
    return std::vector<Conclusion>{{"n", c.n() <= 10, c.n() <= Enclosure(10)}};
  });
  const InstanceFamily copies{{2}, [](const std::vector<Rational>& values) {
                                const auto n = std::lround(values[0].convert_to<double>());
                                Instance instance = parabola("1");
                                instance.problem = replicate(instance.problem, static_cast<int>(n));
                                return std::optional(instance);
                              }};
  const auto found = search_sharpest(at_most_ten, {}, {.evaluations = 150}, {copies}).sharpest;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(exact_value(found[0].attained.ratio), 1);
  EXPECT_EQ(found[0].instance.problem.size(), 10);

  // Also beside starts that take their rounds.
  const auto beside = search_sharpest(at_most_ten, {parabola("1"), parabola("2"), parabola("3")},
                                      {.evaluations = 150}, {copies})
                          .sharpest;
  ASSERT_EQ(beside.size(), 1U);
  EXPECT_EQ(beside[0].instance.problem.size(), 10);
}

TEST(SearchSharpest, CertifiesWhatItReturns) {
  const auto found = search_sharpest(at_most_4(), {parabola("1")}, {.evaluations = 40}).sharpest;
  ASSERT_EQ(found.size(), 1U);
  const auto again = attained(check(at_most_4(), found[0].instance), Regime::any);
  EXPECT_TRUE(again.value().ratio.same_as(found[0].attained.ratio));
}

TEST(SearchSharpest, DependsOnItsArgumentsAlone) {
  const auto text = [](std::uint64_t seed) {
    return to_text(search_sharpest(at_most_4(), {parabola("1"), parabola("1/3")},
                                   {.evaluations = 90, .seed = seed})
                       .sharpest[0]
                       .instance);
  };
  EXPECT_EQ(text(1), text(1));
  EXPECT_EQ(text(2), text(2));
}

TEST(SearchSharpest, ReturnsTheBestStartWhereThereIsNothingToSpend) {
  const auto found =
      search_sharpest(at_most_4(), {parabola("1"), parabola("3/2")}, {.evaluations = 2}).sharpest;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(exact_value(found[0].attained.ratio), Rational(9, 16));
}

TEST(SearchSharpest, FindsNothingWhereTheStatementDoesNotApplyAndTellsWhereItIsFalse) {
  const auto false_everywhere = Statement().claims([](const Case& c) {
    return std::vector<Conclusion>{{"the start", Truth::yes, c.distance(0) >= Enclosure(100)}};
  });
  const auto result = search_sharpest(false_everywhere, {parabola("1")}, {.evaluations = 10});
  EXPECT_TRUE(result.sharpest.empty());
  ASSERT_TRUE(result.counterexample.has_value());
  EXPECT_EQ(to_text(*result.counterexample), to_text(parabola("1")));

  const auto outside = search_sharpest(at_most_4(), {parabola("3")}, {.evaluations = 1});
  EXPECT_TRUE(outside.sharpest.empty());
  EXPECT_FALSE(outside.counterexample.has_value());
}

TEST(FreeNumbers, TurnTogetherAsTheirTiesSay) {
  using enum FreeNumbers::Ties;
  const Instance instance = read(
      R"("family": "quadratic", "dimension": 2, "functions": [
         {"A": [["2", "1"], ["1", "2"]], "c": ["1", "0"]}, {"A": [["2", "0"], ["0", "2"]],
    "c": ["-1", "0"]}])",
      R"("start": ["2", "0"], "step": "1/8", "batch": 1, "iterations": 1)");
  // 2 and ±1 of the problem, the start and the step.
  EXPECT_EQ(FreeNumbers(instance, equal_values).values(),
            (std::vector<Rational>{2, 1, 2, Rational(1, 8)}));
  // Four on diagonals, one off, two centres, the start and the step.
  const FreeNumbers apart(instance, symmetry);
  EXPECT_EQ(apart.values().size(), 9U);

  std::vector<Rational> values = apart.values();
  values[1] = 5;
  const auto changed = apart.with(values);
  ASSERT_TRUE(changed.has_value());
  EXPECT_NE(to_text(*changed), to_text(instance));
  EXPECT_EQ(to_text(*apart.with(apart.values())), to_text(instance));
}

// θ/k stays θ/k, for whatever θ.
TEST(FreeNumbers, KeepTheStepsOfAScheduleInProportion) {
  using enum FreeNumbers::Ties;
  const Instance instance =
      read(R"("family": "linear", "dimension": 1, "functions": [{"a": ["3"]}])",
           R"("start": ["5"], "step": ["1/2", "1/4", "1/6"], "batch": 1,
                                    "iterations": 3)");
  const FreeNumbers numbers(instance, equal_values);
  ASSERT_EQ(numbers.values(), (std::vector<Rational>{3, 5, Rational(1, 2)}));
  const auto changed = numbers.with({3, 5, 6});
  ASSERT_TRUE(changed.has_value());
  EXPECT_EQ(changed->run.steps, (std::vector<Rational>{6, 3, 2}));
  EXPECT_EQ(FreeNumbers(instance, symmetry).values().size(), 5U) << "each by itself";
}

// Of c/k and c/√k c alone turns.
TEST(FreeNumbers, KeepTheRuleOfTheSteps) {
  for (const char* rule : {"c/k", "c/sqrt(k)"}) {
    SCOPED_TRACE(rule);
    const Instance instance =
        read(R"("family": "linear", "dimension": 1, "functions": [{"a": ["3"]}])",
             R"("start": ["5"], "step": {"rule": ")" + std::string(rule) +
                 R"(", "c": "1/2", "offset": 2}, "batch": 1, "iterations": 3)");
    const FreeNumbers numbers(instance, FreeNumbers::Ties::equal_values);
    ASSERT_EQ(numbers.values(), (std::vector<Rational>{3, 5, Rational(1, 2)}));
    const auto changed = numbers.with({3, 5, 6});
    ASSERT_TRUE(changed.has_value());
    const auto step = to_json(*changed).at("run").at("step");
    EXPECT_EQ(step.at("rule"), rule);
    EXPECT_EQ(step.at("c"), "6");
    EXPECT_EQ(step.at("offset"), 2);
  }
}

// ‖w_1 − w*‖² ≤ K ‖w_0 − w*‖² for γ_0 β ≤ 2 is attained by one iteration alone.
TEST(SearchSharpest, TriesTheFirstIterationsOfASchedule) {
  const auto claim = Statement().claims([](const Case& c) {
    return std::vector<Conclusion>{{"the first step", c.gamma(0) * c.beta() <= 2,
                                    c.distance(1) <= Enclosure(c.iterations()) * c.distance(0)}};
  });
  const Instance two =
      read(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
           R"("start": ["1"], "step": ["3/2", "3/4"], "batch": 1, "iterations": 2)");
  const auto found = search_sharpest(claim, {two}, {.evaluations = 400}).sharpest;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].instance.run.iterations, 1);
  EXPECT_EQ((found[0].attained.ratio > Enclosure::parse("0.99")).truth(), Truth::yes);
}

TEST(FreeNumbers, KeepSignsAndZeros) {
  const Instance instance = read(
      R"("family": "linear", "dimension": 2, "functions": [{"a": ["3", "0"]}, {"a": ["-3", "0"]}])",
      R"("start": ["0", "0"], "step": "1", "batch": 1, "iterations": 1)");
  const FreeNumbers numbers(instance, FreeNumbers::Ties::equal_values);
  ASSERT_EQ(numbers.values().size(), 2U);
  const auto changed = numbers.with({7, 1});
  EXPECT_NE(to_text(*changed).find(R"(["7", "0"])"), std::string::npos) << to_text(*changed);
  EXPECT_NE(to_text(*changed).find(R"(["-7", "0"])"), std::string::npos) << to_text(*changed);
}

}  // namespace
}  // namespace graddiv
