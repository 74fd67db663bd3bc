#include "cli/testing/tool.h"
#include "number/rational.h"

namespace graddiv::cli {
namespace {

class Diversity : public testing::ToolTest {};

// At w the gradients of the noise floor are w − 1 and w + 1: Δ = (2w² + 2)/(4w²), B = 1 + 1/w².
TEST_F(Diversity, IsExactAtAPoint) {
  const auto file = noise_floor();
  const auto at_start = graddiv({"diversity", file, "--json"}).json();
  EXPECT_EQ(at_start.at("at"), nlohmann::json({"1"}));
  EXPECT_EQ(at_start.at("gradient_diversity").at("exact"), "1");
  EXPECT_EQ(at_start.at("batch_size_bound").at("exact"), "2");
  EXPECT_FALSE(at_start.contains("infimum"));

  for (const auto* two : {"2", "0.2e1", "4/2", "-2"}) {
    const auto json = graddiv({"diversity", file, "--at", two, "--json"}).json();
    EXPECT_EQ(json.at("gradient_diversity").at("exact"), "5/8") << two;
    EXPECT_EQ(json.at("batch_size_bound").at("exact"), "5/4") << two;
  }
}

TEST_F(Diversity, IsInfiniteWhereTheGradientsCancel) {
  const auto json = graddiv({"diversity", noise_floor(), "--at", "0", "--json"}).json();
  EXPECT_EQ(json.at("gradient_diversity").at("exact"), "inf");
  EXPECT_EQ(json.at("batch_size_bound").at("exact"), "inf");
}

TEST_F(Diversity, ReadsAPointFromAFile) {
  write("w.txt", "\n  -2 \n\n");
  const auto json = graddiv({"diversity", noise_floor(), "--at", "w.txt", "--json"}).json();
  EXPECT_EQ(json.at("batch_size_bound").at("exact"), "5/4");
}

TEST_F(Diversity, KnowsItsCertifiedInfimum) {
  const auto file = noise_floor();
  const auto infimum = graddiv({"diversity", file, "--infimum", "--json"}).json().at("infimum");
  EXPECT_EQ(parse_rational(infimum.at("lower").get<std::string>()), 1);
  EXPECT_NE(infimum.at("method"), "");
  EXPECT_NE(graddiv({"diversity", file, "--infimum"}).out.find("infimum"), std::string::npos);
}

TEST_F(Diversity, EnclosesWhatIsNotRational) {
  const auto file = write("logistic.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1], [2]],
                "targets": [1, 1], "domain": {"kind": "all"}},
    "run": {"start": [0], "step": "1/4", "batch": 1, "iterations": 0}})");
  // At 0 the gradients are −1/2 and −1: Δ = (1/4 + 1)/(9/4) = 5/9. At 1 they are irrational.
  const auto json = graddiv({"diversity", file, "--at", "1", "--json"}).json();
  const auto& bound = json.at("batch_size_bound");
  EXPECT_FALSE(bound.contains("exact"));
  const auto lower = parse_rational(bound.at("lower").get<std::string>());
  const auto upper = parse_rational(bound.at("upper").get<std::string>());
  EXPECT_GT(lower, 1);
  EXPECT_LT(lower, upper);
  EXPECT_LT(upper - lower, parse_rational("1e-14"));
}

TEST_F(Diversity, RefusesPointsThatAreNone) {
  const auto file = noise_floor();
  expect_bad_input(graddiv({"diversity", file, "--at", "1,2"}),
                   "--at has 2 numbers, but noise-floor.json has dimension 1");
  expect_bad_input(graddiv({"diversity", file, "--at", "one"}), "one");
  expect_bad_input(graddiv({"diversity", file, "--at", "1/0"}), "1/0");
  expect_bad_input(graddiv({"diversity", file, "--at", "nan"}), "nan");
  expect_bad_input(graddiv({"diversity", file, "--at", "nosuch.txt"}), "nosuch.txt");
  write("w.txt", "1\n2..3\n");
  expect_bad_input(graddiv({"diversity", file, "--at", "w.txt"}), "w.txt, line 2");
}

}  // namespace
}  // namespace graddiv::cli
