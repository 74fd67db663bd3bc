#include "cli/testing/tool.h"
#include "number/rational.h"

namespace graddiv::cli {
namespace {

class Expect : public testing::ToolTest {
 protected:
  // The exact values of a quantity; every entry must be exact and enclosed by its decimals.
  static std::vector<std::string> exact(const nlohmann::json& json, const std::string& quantity) {
    std::vector<std::string> values;
    for (const auto& entry : json.at("quantities").at(quantity)) {
      const std::string value = entry.at("exact");
      EXPECT_LE(parse_rational(entry.at("lower").get<std::string>()), parse_rational(value));
      EXPECT_GE(parse_rational(entry.at("upper").get<std::string>()), parse_rational(value));
      values.push_back(value);
    }
    return values;
  }
};

using Values = std::vector<std::string>;

TEST_F(Expect, GivesTheFiveQuantitiesExactly) {
  const auto file = noise_floor();
  const auto outcome = graddiv({"expect", file, "--json"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  const auto json = outcome.json();
  EXPECT_EQ(json.at("instance"), file);
  EXPECT_EQ(json.at("iterations"), 3);
  EXPECT_EQ(json.at("arithmetic"), "rational");
  EXPECT_EQ(json.at("quantities").size(), 5U);
  EXPECT_FALSE(json.contains("absent"));
  EXPECT_EQ(exact(json, "distance"), (Values{"1", "1/2", "3/8", "11/32"}));
  EXPECT_EQ(exact(json, "suboptimality"), (Values{"1/2", "1/4", "3/16", "11/64"}));
  EXPECT_EQ(exact(json, "gradient-norm"), (Values{"1", "1/2", "3/8", "11/32"}));
  EXPECT_EQ(exact(json, "second-moment"), (Values{"2", "3/2", "11/8", "43/32"}));
  // w⁺ = w/2 ± 1/2, so w̄_1 = 1, 2w̄_2 = 1 + w_1 ∈ {1, 2}, 3w̄_3 = 1 + w_1 + w_2 ∈ {3, 2, 3/2,
  // 1/2}.
  EXPECT_EQ(exact(json, "average-suboptimality"), (Values{"1/2", "5/16", "31/144"}));
  EXPECT_EQ(json["quantities"]["average-suboptimality"][0].at("k"), 1);
  EXPECT_EQ(json["quantities"]["distance"][3].at("k"), 3);
}

TEST_F(Expect, GivesOnlyWhatIsAskedFor) {
  const auto json = graddiv({"expect", "--quantity", "distance", "--quantity", "second-moment",
                             noise_floor(), "--json"})
                        .json();
  EXPECT_EQ(json.at("quantities").size(), 2U);
  EXPECT_TRUE(json["quantities"].contains("distance"));
  EXPECT_TRUE(json["quantities"].contains("second-moment"));
}

TEST_F(Expect, TakesAnotherRunFromTheCommandLine) {
  const auto file = noise_floor();
  const auto json = graddiv({"expect", file, "--iterations", "1", "--batch", "2", "--step", "1/4",
                             "--quantity", "distance", "--json"})
                        .json();
  // (1−ηB)² e + η²Bζ² with η = 1/4, B = 2, e = ζ = 1
  EXPECT_EQ(exact(json, "distance"), (Values{"1", "3/8"}));
}

TEST_F(Expect, RefusesRunsThatDoNotFit) {
  const auto file = noise_floor();
  EXPECT_EQ(graddiv({"expect", file, "--step", "fast"}).code, 2);
  EXPECT_EQ(graddiv({"expect", file, "--batch", "0"}).code, 2);
  EXPECT_EQ(graddiv({"expect", file, "--iterations", "-1"}).code, 2);
}

TEST_F(Expect, EnginesAgreeAndAreNamed) {
  const auto file = noise_floor();
  const auto moments = graddiv({"expect", file, "--engine", "moments", "--json"}).json();
  const auto enumeration = graddiv({"expect", file, "--engine", "enumeration", "--json"}).json();
  EXPECT_EQ(moments.at("engine"), "moments");
  EXPECT_EQ(enumeration.at("engine"), "enumeration");
  EXPECT_EQ(moments.at("quantities"), enumeration.at("quantities"));
}

TEST_F(Expect, IntervalsEncloseTheExactValuesAndClaimNoExactness) {
  const auto json =
      graddiv({"expect", noise_floor(), "--arithmetic", "interval", "--precision", "64", "--json"})
          .json();
  EXPECT_EQ(json.at("arithmetic"), "interval");
  const Values expected{"1", "1/2", "3/8", "11/32"};
  const auto& rows = json.at("quantities").at("distance");
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto value = parse_rational(expected[k]);
    const auto lower = parse_rational(rows[k].at("lower").get<std::string>());
    const auto upper = parse_rational(rows[k].at("upper").get<std::string>());
    EXPECT_LE(lower, value);
    EXPECT_GE(upper, value);
    EXPECT_LE(upper - lower, value * parse_rational("1e-12"));
  }
}

TEST_F(Expect, NarrowsIntervalsAsFarAsAsked) {
  const auto file = write("logistic.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1], [2]],
                "targets": [1, -1], "domain": {"kind": "all"}},
    "run": {"start": [1], "step": "1/4", "batch": 1, "iterations": 2}})");
  for (const auto* width : {"1e-3", "1e-40"}) {
    const auto json = graddiv({"expect", file, "--quantity", "gradient-norm", "--relative-width",
                               width, "--json"})
                          .json();
    for (const auto& row : json.at("quantities").at("gradient-norm")) {
      EXPECT_FALSE(row.contains("exact"));
      const auto lower = parse_rational(row.at("lower").get<std::string>());
      const auto upper = parse_rational(row.at("upper").get<std::string>());
      EXPECT_LT(lower, upper);
      EXPECT_LE(upper - lower, 2 * lower * parse_rational(width));
    }
  }
}

TEST_F(Expect, ZeroIterationsLeaveTheAverageEmpty) {
  const auto json = graddiv({"expect", noise_floor(0), "--json"}).json();
  EXPECT_EQ(json.at("iterations"), 0);
  EXPECT_EQ(json.at("quantities").at("average-suboptimality"), nlohmann::json::array());
  EXPECT_EQ(exact(json, "distance"), (Values{"1"}));
}

TEST_F(Expect, WhatCannotBeHadIsLeftOutWithItsReason) {
  const auto outcome = graddiv({"expect", unbounded(), "--json"});
  EXPECT_EQ(outcome.code, 0);
  const auto json = outcome.json();
  EXPECT_FALSE(json.at("quantities").contains("distance"));
  EXPECT_TRUE(json.at("absent").at("distance").is_string());
  EXPECT_TRUE(json.at("absent").contains("suboptimality"));
  EXPECT_EQ(exact(json, "gradient-norm"), (Values{"1", "1", "1"}));
  const auto text = graddiv({"expect", unbounded()});
  EXPECT_NE(text.out.find("\nno distance: "), std::string::npos) << text.out;
}

TEST_F(Expect, WhatCannotBeHadAndIsAskedForIsAnError) {
  expect_bad_input(graddiv({"expect", unbounded(), "--quantity", "distance"}),
                   "unbounded.json: there is no distance: ");
}

TEST_F(Expect, QuantizationOfOneCoordinateHasNoVarianceHoweverIrrationalItIs) {
  const auto file = write("certain.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1]], "targets": [1],
                "domain": {"kind": "all"}},
    "run": {"start": [1], "step": "1/3", "batch": 1, "iterations": 2,
            "mechanism": {"kind": "quantization", "levels": 1}}})");
  const auto json = graddiv({"expect", file, "--quantity", "mechanism-variance", "--json"}).json();
  EXPECT_EQ(exact(json, "mechanism-variance"), (Values{"0", "0", "0"}));
}

// From (9, −9) a step, projected onto the ball about (1, −1), ends at 1 ∓ 1/√2, where the gradient
// is 0.
TEST_F(Expect, QuantizationAfterAProjectionOntoABallHasAValue) {
  const auto file = write("ball.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "least-squares", "dimension": 2, "rows": [[1, 1]], "targets": [0],
                "domain": {"kind": "ball", "center": [1, -1], "radius": 1}},
    "run": {"start": [9, -9], "step": "1/3", "batch": 1, "iterations": 1,
            "mechanism": {"kind": "quantization", "levels": 1}}})");
  const auto outcome = graddiv({"expect", file, "--quantity", "second-moment", "--quantity",
                                "mechanism-variance", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  for (const auto& [name, values] : outcome.json().at("quantities").items()) {
    ASSERT_EQ(values.size(), 2U) << name;
    const Rational upper = parse_rational(values[1].at("upper").get<std::string>());
    EXPECT_LT(upper, parse_rational("1e-20")) << name;
  }
}

// Gradient (−1, −1): each coordinate of Q is −√2 with probability 1/√2, so w_1 − w* = (γ√2 b −
// 1/2)_j.
TEST_F(Expect, QuantizationOfAnIrrationalNormIsEnclosed) {
  const auto file = write("norm.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "least-squares", "dimension": 2, "rows": [[1, 1]], "targets": [1],
                "domain": {"kind": "all"}},
    "run": {"start": [0, 0], "step": "1/3", "batch": 1, "iterations": 1,
            "mechanism": {"kind": "quantization", "levels": 1}}})");
  const auto outcome = graddiv({"expect", file, "--quantity", "distance", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  // 2 E(√2 b/3 − 1/2)² = 2 (2/9 · 1/√2 − √2/3 · 1/√2 + 1/4) = √2 · 2/9 − 1/6 = 0.147603…
  const auto value = outcome.json().at("quantities").at("distance").at(1);
  EXPECT_EQ(value.at("lower").get<std::string>().substr(0, 12), "0.1476030138");
  EXPECT_EQ(value.at("upper").get<std::string>().substr(0, 12), "0.1476030138");
}

// log(1 + exp(z)) = z + log(1 + exp(−z)): F − F* = z/2 − log 2.
TEST_F(Expect, LogisticLossesFarOutAreEnclosedOnBothSides) {
  const auto file = write("far.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1], [1]],
                "targets": [1, -1], "domain": {"kind": "all"}},
    "run": {"start": [744261118], "step": "1/64", "batch": 1, "iterations": 0}})");
  const auto value = graddiv({"expect", file, "--quantity", "suboptimality", "--json"})
                         .json()
                         .at("quantities")
                         .at("suboptimality")
                         .at(0);
  EXPECT_EQ(value.at("lower").get<std::string>().substr(0, 15), "372130558.30685");
  EXPECT_EQ(value.at("upper").get<std::string>().substr(0, 15), "372130558.30685");
}

// F* of this sum of r² + 3 sin² r is known to lie in an interval: no more precision narrows F − F*.
TEST_F(Expect, StopsWhereItsReferenceIsWide) {
  const double before = seconds_of_tools();
  const auto file = write("sine.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "sine", "dimension": 1, "rows": [["1"], ["1"]],
                "targets": ["1", "2"], "domain": {"kind": "all"}},
    "run": {"start": ["0"], "step": "1/40", "batch": 1, "iterations": 8}})");
  const auto json = graddiv({"expect", file, "--json"}).json();
  EXPECT_EQ(json["quantities"]["suboptimality"].size(), 9U);
  EXPECT_LT(seconds_of_tools() - before, 10);
}

TEST_F(Expect, LeavesNumbersThatGrowWithEveryIteration) {
  const double before = seconds_of_tools();
  const auto file = write("geman-mcclure.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "geman-mcclure", "dimension": 2,
                "rows": [["1", "2"], ["1", "-1"], ["3", "1"]], "targets": ["1", "2", "0"],
                "domain": {"kind": "all"}},
    "run": {"start": ["0", "0"], "step": "1/40", "batch": 2, "iterations": 5}})");
  const auto json = graddiv({"expect", file, "--quantity", "gradient-norm", "--json"}).json();
  EXPECT_EQ(json.at("arithmetic"), "interval");
  EXPECT_EQ(json["quantities"]["gradient-norm"].size(), 6U);
  EXPECT_LT(seconds_of_tools() - before, 10);
}

TEST_F(Expect, FollowsALongRun) {
  const double before = seconds_of_tools();
  const auto file = write("long.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1,
                "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}]},
    "run": {"start": [0], "step": "1/10", "batch": 2, "iterations": 10000}})");
  const auto json = graddiv({"expect", file, "--json"}).json();
  EXPECT_EQ(json["quantities"]["distance"].size(), 10'001U);
  EXPECT_LT(seconds_of_tools() - before, 20);
}

TEST_F(Expect, PrintsATableForPeople) {
  const auto outcome = graddiv({"expect", noise_floor(), "--quantity", "distance"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("k  distance\n0  1\n1  1/2\n2  3/8\n3  11/32\n"), std::string::npos)
      << outcome.out;
}

TEST_F(Expect, SaysWhereTheStartIsNotInTheDomain) {
  const auto file = write("outside.json", R"({"format": "graddiv-instance/1",
"problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}],
            "domain": {"kind": "box", "lower": [0], "upper": [1]}},
"run": {"start": [2], "step": "1/2", "batch": 1, "iterations": 1}})");
  const std::string remark = "w_0 is not in W: the iterates are, from w_1 on";
  EXPECT_EQ(graddiv({"expect", file, "--json"}).json().at("remark"), remark);
  EXPECT_NE(graddiv({"expect", file}).out.find(remark + "\n"), std::string::npos);
  EXPECT_FALSE(graddiv({"expect", noise_floor(), "--json"}).json().contains("remark"));
}

TEST_F(Expect, AnEngineThatDoesNotFitIsAnError) {
  const auto file = write("box.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [1]}],
                "domain": {"kind": "box", "lower": [-1], "upper": [1]}},
    "run": {"start": [0], "step": "1/2", "batch": 1, "iterations": 1}})");
  expect_bad_input(graddiv({"expect", file, "--engine", "moments"}), "enumeration");
}

}  // namespace
}  // namespace graddiv::cli
