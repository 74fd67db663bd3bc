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

}  // namespace
}  // namespace graddiv::cli
