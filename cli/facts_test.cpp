#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class FactsCommand : public testing::ToolTest {};

TEST_F(FactsCommand, GivesEachConstantWithItsMethod) {
  const auto outcome = graddiv({"facts", noise_floor(), "--json"});
  EXPECT_EQ(outcome.code, 0);
  const auto facts = outcome.json().at("facts");
  EXPECT_EQ(facts.at("smoothness").at("exact"), "1");
  EXPECT_EQ(facts.at("strong_convexity").at("exact"), "1");
  EXPECT_EQ(facts.at("optimum").at("exact"), "1/2");
  EXPECT_EQ(facts.at("minimizer").at("coordinates").at(0).at("exact"), "0");
  for (const auto& [name, fact] : facts.items()) {
    const auto& text = fact.contains("unknown") ? fact["unknown"] : fact.at("method");
    EXPECT_NE(text, "") << name;
  }
}

TEST_F(FactsCommand, SaysWhatIsUnknownAndWhy) {
  const auto facts = graddiv({"facts", unbounded(), "--json"}).json().at("facts");
  EXPECT_TRUE(facts.at("minimizer").at("unknown").is_string());
  const auto text = graddiv({"facts", unbounded()});
  EXPECT_EQ(text.code, 0);
  EXPECT_NE(text.out.find("w*"), std::string::npos);
  EXPECT_NE(text.out.find("unknown"), std::string::npos);
}

// ℓ = r²/(1 + r²) has its steepest slope, 3√3/8, at r² = 1/3.
TEST_F(FactsCommand, KnowsTheSlopeOfGemanAndMcClure) {
  const auto file = write("slope.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "geman-mcclure", "dimension": 2, "rows": [[3, 4], [0, 1]],
                "targets": [1, 0], "domain": {"kind": "all"}},
    "run": {"start": [0, 0], "step": "1/64", "batch": 2, "iterations": 2}})");
  const auto facts = graddiv({"facts", file, "--json"}).json().at("facts");
  // 15√3/8 = 3.24759…, and the mean of 25 · 27/64 and 27/64.
  EXPECT_EQ(facts.at("lipschitz").at("lower").get<std::string>().substr(0, 12), "3.2475952641");
  EXPECT_EQ(facts.at("second_moment_bound").at("exact"), "351/64");
}

}  // namespace
}  // namespace graddiv::cli
