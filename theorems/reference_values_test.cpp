#include <gtest/gtest.h>

#include "claim/case.h"
#include "claim/theorem.h"
#include "sgd/instance.h"

// Published worst-case values of gradient descent and SGD, attained by small instances: the engines
// and constants must reproduce them to the last digit.
namespace graddiv {
namespace {

Case case_of(const std::string& problem, const std::string& run) {
  return Case(read_instance(JsonReader::from_text(witness(problem, run), "reference value")));
}

Case one_step_of_descent(const std::string& curvature, const std::string& step) {
  return case_of(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[")" + curvature +
                     R"("]], "c": ["0"]}])",
                 R"("start": ["1"], "step": ")" + step + R"(", "batch": 1, "iterations": 1)");
}

// f_i(w) = ½ a_i w_i² for i = 1..d: a step moves one random coordinate.
Case coordinate_descent(int d, const std::string& curvature) {
  std::string functions;
  std::string zeros;
  for (int i = 0; i < d; ++i) {
    std::string rows;
    for (int j = 0; j < d; ++j) {
      std::string row;
      for (int l = 0; l < d; ++l)
        row += (l == 0 ? "\"" : ", \"") + (j == i && l == i ? curvature : std::string("0")) + "\"";
      rows += (j == 0 ? "[" : ", [") + row + "]";
    }
    zeros += i == 0 ? R"("0")" : R"(, "0")";
    functions += (i == 0 ? R"({"A": [)" : R"(, {"A": [)") + rows + R"(], "c": [ZEROS]})";
  }
  for (auto at = functions.find("ZEROS"); at != std::string::npos; at = functions.find("ZEROS"))
    functions.replace(at, 5, zeros);
  std::string start = zeros;
  for (char& c : start) c = c == '0' ? '1' : c;
  return case_of(R"("family": "quadratic", "dimension": )" + std::to_string(d) +
                     R"(, "functions": [)" + functions + "]",
                 R"("start": [)" + start + R"(], "step": "20/11", "batch": 1, "iterations": 1)");
}

void expect_factor(const Enclosure& after, const Enclosure& before, const std::string& factor) {
  EXPECT_EQ((after == Enclosure::parse(factor) * before).truth(), Truth::yes)
      << after.to_string() << " is not " << factor << " of " << before.to_string();
}

TEST(ReferenceValues, GradientDescentContractsByTheSquareOfOneMinusMu) {
  // L = γ = 1, μ = 1/10
  const Case c = one_step_of_descent("1/10", "1");
  expect_factor(c.distance(1), c.distance(0), "81/100");
}

TEST(ReferenceValues, SgdWithInterpolationGrowsBeyondTheStableStep) {
  const Case c = one_step_of_descent("1", "23/10");
  expect_factor(c.distance(1), c.distance(0), "169/100");
}

TEST(ReferenceValues, RandomizedCoordinateDescentContractsAsInTheWorstCase) {
  // L = 1, μ = 1/10, γ = 2/(L+μ); both ends of the spectrum attain it
  for (const char* curvature : {"1", "1/10"}) {
    const Case two = coordinate_descent(2, curvature);
    expect_factor(two.distance(1), two.distance(0), "101/121");
    const Case three = coordinate_descent(3, curvature);
    expect_factor(three.distance(1), three.distance(0), "323/363");
  }
}

TEST(ReferenceValues, NoPlFunctionLosesLessThanThreeElevenths) {
  // L = γ = 1, μ = 1/5: (F_1 − F*)/(F_0 − F*) ≤ 8/11 over all L-smooth μ-PL functions.
  for (int k = 0; k <= 40; ++k) {
    const Case c = one_step_of_descent(std::to_string(10 + k) + "/50", "1");
    ASSERT_EQ((c.mu() >= Enclosure::parse("1/5") && c.beta() <= 1), Truth::yes);
    EXPECT_EQ((c.suboptimality(1) <= Enclosure::parse("8/11") * c.suboptimality(0)).truth(),
              Truth::yes);
  }
  // r² + 3 sin² r is PL but not convex; with γ = 1/β gradient descent loses a factor of 1 − μ/β at
  // most.
  for (int k = 1; k <= 60; ++k) {
    const Case c = case_of(
        R"("family": "glm", "dimension": 1, "loss": "sine", "rows": [["1"]], "targets": ["0"])",
        R"("start": [")" + std::to_string(k) +
            R"(/20"], "step": "1/8", "batch": 1, "iterations": 1)");
    ASSERT_EQ((c.beta() == 8).truth(), Truth::yes);
    EXPECT_EQ((c.suboptimality(1) <= (1 - c.mu() / c.beta()) * c.suboptimality(0)).truth(),
              Truth::yes);
  }
}

}  // namespace
}  // namespace graddiv
