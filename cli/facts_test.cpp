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
    EXPECT_EQ(fact.contains("unknown"), fact.at("proof").at("kind") == "unknown") << name;
  }
}

TEST_F(FactsCommand, GivesTheProofsAsData) {
  const auto facts = graddiv({"facts", noise_floor(), "--json"}).json().at("facts");
  const auto hessian = facts.at("smoothness").at("proof");
  EXPECT_EQ(hessian.at("kind"), "semidefinite");
  EXPECT_EQ(hessian.at("inequality"), "hessian");
  EXPECT_EQ(hessian.at("bound"), "1");
  EXPECT_EQ(facts.at("minimizer").at("proof").at("kind"), "kkt-point");
  EXPECT_EQ(facts.at("minimizer").at("proof").at("w").at(0), "0");
}

TEST_F(FactsCommand, SaysWhatIsUnknownAndWhy) {
  const auto facts = graddiv({"facts", unbounded(), "--json"}).json().at("facts");
  EXPECT_TRUE(facts.at("minimizer").at("unknown").is_string());
  const auto text = graddiv({"facts", unbounded()});
  EXPECT_EQ(text.code, 0);
  // F(w) = w: what is not there is told from what is not known.
  EXPECT_NE(text.out.find("w*              none"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("unbounded below"), std::string::npos) << text.out;
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

std::string instance(const std::string& problem, const std::string& start) {
  return R"({"format": "graddiv-instance/1", "problem": )" + problem + R"(, "run": {"start": )" +
         start + R"(, "step": "1/64", "batch": 2, "iterations": 2}})";
}

TEST_F(FactsCommand, KnowsThatOneFunctionHasABatchSizeBoundOfOne) {
  const auto file = write("one.json", instance(R"({"family": "glm", "loss": "logistic",
      "dimension": 1, "rows": [["1"]], "targets": ["1"]})",
                                               R"(["1"])"));
  const auto infimum =
      graddiv({"facts", file, "--json"}).json().at("facts").at("batch_size_infimum");
  EXPECT_EQ(infimum.at("exact"), "1");
  EXPECT_TRUE(infimum.at("best").get<bool>());
}

TEST_F(FactsCommand, TellsAPositiveDefiniteHessianOfAnyScale) {
  const auto file = write("scaled.json", instance(R"({"family": "quadratic", "dimension": 2,
      "functions": [{"A": [["1e30", "1"], ["1", "1e-29"]], "c": ["1", "1"]}]})",
                                                  R"(["1", "1"])"));
  const auto facts = graddiv({"facts", file, "--json"}).json().at("facts");
  // det = 9, trace = 10^30 + 10^−29: λ is 9e−30 up to one part in 10^59.
  EXPECT_GT(std::stod(facts.at("strong_convexity").at("lower").get<std::string>()), 8.99999e-30);
  EXPECT_LT(std::stod(facts.at("strong_convexity").at("upper").get<std::string>()), 9.00001e-30);
  EXPECT_EQ(facts.at("minimizer").at("coordinates").at(0).at("exact"), "1");
}

TEST_F(FactsCommand, SaysHowFarFromConvexRoundedDataAre) {
  const auto file = write("rounded.json", instance(R"({"family": "quadratic", "dimension": 2,
      "functions": [{"A": [["1", "1"], ["1", "0.999999999999999999"]], "c": ["0", "0"]}]})",
                                                   R"(["1", "1"])"));
  const auto facts = graddiv({"facts", file, "--json"}).json().at("facts");
  for (const char* name : {"minimizer", "optimum", "pl_constant"}) {
    EXPECT_EQ(facts.at(name).at("proof").at("kind"), "unbounded-below") << name;
    const std::string why = facts.at(name).at("unknown");
    EXPECT_NE(why.find("misses semidefiniteness by 5e-19"), std::string::npos) << why;
  }
  const auto text = graddiv({"facts", file}).out;
  EXPECT_NE(text.find("-inf"), std::string::npos) << text;
}

// One dense matrix of this size is 128 MB, and has no place in facts of linear functions.
TEST_F(FactsCommand, FormsNoMatricesInManyDimensions) {
  constexpr int d = 2000;
  const auto repeated = [](const std::string& number) {
    std::string list = number;
    for (int j = 1; j < d; ++j) list += ", " + number;
    return "[" + list + "]";
  };
  const auto file = write("linear.json", instance(R"({"family": "linear", "dimension": 2000,
      "functions": [{"a": )" + repeated("1") + R"(}, {"a": )" +
                                                      repeated("\"1/3\"") + R"(}, {"a": )" +
                                                      repeated("-2") + "}]}",
                                                  repeated("0")));
  for (const bool json : {false, true}) {
    const auto outcome = json ? graddiv({"facts", file, "--json"}) : graddiv({"facts", file});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_LT(outcome.peak_kilobytes, 120'000) << (json ? "JSON" : "text");
    if (!json) continue;
    const auto proof = outcome.json().at("facts").at("smoothness").at("proof");
    EXPECT_FALSE(proof.contains("factors"));
    EXPECT_EQ(proof.at("factors_left_out"), "its matrices have more than 4096 entries");
  }
}

// Minors of 40 × 40 matrices with numbers of 100 digits have 4000: 20 MB of them.
TEST_F(FactsCommand, LeavesOutFactorsOfLongNumbers) {
  constexpr int d = 40;
  std::string A, c;
  for (int i = 0; i < d; ++i) {
    std::string row;
    for (int j = 0; j < d; ++j) {
      const std::string number = "1e-" + std::to_string(100 + i + j);
      row += (j == 0 ? "\"" : ", \"") + (i == j ? "1." + std::string(99, '3') : number) + "\"";
    }
    A += (i == 0 ? "[" : ", [") + row + "]";
    c += i == 0 ? "1" : ", 1";
  }
  const auto file = write("long.json", instance(R"({"family": "quadratic", "dimension": 40,
      "functions": [{"A": [)" + A + R"(], "c": [)" + c +
                                                    "]}]}",
                                                "[" + c + "]"));
  const auto proof =
      graddiv({"facts", file, "--json"}).json().at("facts").at("strong_convexity").at("proof");
  EXPECT_FALSE(proof.contains("factors"));
  EXPECT_EQ(proof.at("factors_left_out"), "their numbers would have more than 2^22 bits");
}

}  // namespace
}  // namespace graddiv::cli
