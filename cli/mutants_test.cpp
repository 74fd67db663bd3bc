#include "cli/testing/tool.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class MutantsCommand : public testing::ToolTest {};

TEST_F(MutantsCommand, RefutesEveryOneOfThem) {
  const auto outcome = graddiv({"mutants", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  std::size_t expected = 0;
  for (const auto& theorem : theorems()) expected += theorem.mutants.size();
  ASSERT_EQ(json.at("mutants").size(), expected);
  for (const auto& entry : json["mutants"]) {
    EXPECT_EQ(entry.at("refuted"), true) << entry;
    EXPECT_NE(entry.at("evidence"), "none");
    EXPECT_EQ(entry.at("witness").at("format"), "graddiv-instance/1");
    EXPECT_NE(entry.at("verdict_on_theorem"), "refuted");
    EXPECT_TRUE(entry.at("statement").is_string());
    EXPECT_TRUE(entry.at("mutant").is_string());
  }
}

TEST_F(MutantsCommand, ChecksOnlyThoseThatAreNamed) {
  const auto& theorem = theorems().front();
  EXPECT_EQ(graddiv({"mutants", theorem.id, "--json"}).json().at("mutants").size(),
            theorem.mutants.size());
  const auto one = theorem.id + "/" + theorem.mutants.front().id;
  const auto json = graddiv({"mutants", one, "--json"}).json();
  ASSERT_EQ(json.at("mutants").size(), 1U);
  EXPECT_EQ(json["mutants"][0].at("mutant"), theorem.mutants.front().id);
  EXPECT_NE(graddiv({"mutants", one}).out.find(one), std::string::npos);
}

// The noise of langevin has no bound: its values are guesses.
constexpr auto noisy_theorem = R"(theorem noisy
constants bound = 1
for every k, under each (δ, M_Q²)
  claim E‖w_k − w*‖² ≤ bound·M_Q²
mutant less: bound = 1/1000
  refuted by {"format": "graddiv-instance/1", "problem": {"family": "quadratic", "dimension": 1,
    "functions": [{"A": [[1]], "c": [0]}]}, "run": {"start": [0], "step": "1/2", "batch": 1,
    "iterations": 1, "mechanism": {"kind": "langevin", "variance": 1}}}
)";

// By runs: those that are false by far fall, noise without a bound refutes nothing, and neither is
// wrong. The theorem itself holds.
TEST_F(MutantsCommand, RefutesByRunsWhatIsFalseByFar) {
  const auto by_runs = [&](const std::string& mutant) {
    const auto outcome =
        graddiv({"mutants", mutant, "--engine", "sampling", "--runs", "2000", "--json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.err, "");
    return outcome.json().at("mutants").at(0);
  };
  const auto far = by_runs("rate-strongly-convex/half-horizon");
  EXPECT_EQ(far.at("verdict"), "refuted");
  EXPECT_EQ(far.at("evidence"), "statistical");
  EXPECT_NE(far.at("verdict_on_theorem"), "refuted");
  const auto near = by_runs("rate-strongly-convex/nine-tenths");
  EXPECT_EQ(near.at("verdict"), "inconclusive");
  EXPECT_NE(std::string(near.at("reason")).find("could not be decided"), std::string::npos);
  EXPECT_GT(near.at("runs_needed"), 100'000);
  EXPECT_LT(near.at("runs_needed"), 10'000'000);
  const auto noisy = by_runs(write("noisy.theorem", noisy_theorem));
  EXPECT_EQ(noisy.at("verdict"), "inconclusive");
  EXPECT_TRUE(noisy.at("runs_needed").is_null());
  EXPECT_FALSE(far.contains("runs_needed"));
  EXPECT_EQ(by_runs("second-moment").at("evidence"), "exact") << "takes no runs";
  expect_bad_input(graddiv({"mutants", "--runs", "10"}), "--runs: only with --engine sampling");
}

TEST_F(MutantsCommand, UnknownOnesAreErrors) {
  expect_bad_input(graddiv({"mutants", "nonsense"}), "nonsense");
}

}  // namespace
}  // namespace graddiv::cli
