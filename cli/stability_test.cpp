#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class Stability : public testing::ToolTest {
 protected:
  /// f_1 = f_2 = w and S' has −w in place of the second: E‖w_k − w'_k‖ = 2γkB/n, the bound itself.
  std::string slopes(const std::string& neighbour = "") const {
    return write("slopes.json", R"({"format": "graddiv-instance/1",
      "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [1]}]},
      "run": {"start": [0], "step": "1/4", "batch": 3, "iterations": 2})" +
                                    neighbour + "}");
  }
  std::string slopes_with_neighbour() const {
    return slopes(R"(, "neighbour": {"index": 1, "replacement":
      {"family": "linear", "dimension": 1, "functions": [{"a": [-1]}]}})");
  }
};

TEST_F(Stability, TellsTheExactDistanceAndTheBoundAtEveryIteration) {
  const auto outcome = graddiv({"stability", slopes_with_neighbour(), "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  const auto& rows = json.at("trajectory");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].at("distance").at("exact"), "0");
  EXPECT_TRUE(rows[0].at("bounds").empty());
  EXPECT_EQ(rows[1].at("distance").at("exact"), "3/4");
  EXPECT_EQ(rows[2].at("distance").at("exact"), "3/2");
  EXPECT_EQ(rows[2].at("bounds").at("stability-convex").at("exact"), "3/2");
  EXPECT_EQ(json.at("theorems").at("stability-convex").at("verdict"), "proved");
  EXPECT_EQ(json.at("theorems").at("stability-strongly-convex").at("verdict"), "not applicable");
}

TEST_F(Stability, TakesTheNeighbourFromTheCommandLine) {
  const auto file = slopes();
  write("z.json", R"({"family": "linear", "dimension": 1, "functions": [{"a": [-3]}]})");
  const auto json =
      graddiv({"stability", file, "--neighbour", "0", "--replacement", "z.json", "--json"}).json();
  // 4γB/n = 3/2 an iteration, and L = 3.
  EXPECT_EQ(json.at("trajectory")[1].at("distance").at("exact"), "3/2");
  EXPECT_EQ(json.at("trajectory")[1].at("bounds").at("stability-convex").at("exact"), "9/4");
  EXPECT_EQ(json.at("neighbour").at("index"), 0);
}

TEST_F(Stability, PrintsATableForPeople) {
  const auto outcome = graddiv({"stability", slopes_with_neighbour(), "--iterations", "1"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("≤ (stability-convex)"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("3/4"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("stability-smooth: not applicable"), std::string::npos) << outcome.out;
}

TEST_F(Stability, RefusesWhatIsNoNeighbour) {
  const auto file = slopes();
  expect_bad_input(graddiv({"stability", file}), "names no neighbouring data set");
  expect_bad_input(graddiv({"stability", file, "--neighbour", "0"}), "--replacement");
  write("z.json", R"({"family": "linear", "dimension": 1, "functions": [{"a": [-3]}]})");
  expect_bad_input(graddiv({"stability", file, "--replacement", "z.json"}), "--neighbour");
  expect_bad_input(graddiv({"stability", file, "--neighbour", "2", "--replacement", "z.json"}),
                   "--neighbour: found 2, expected an index from 0 to 1");
  write("z.json", R"({"family": "linear", "dimension": 2, "functions": [{"a": [-3, 1]}]})");
  expect_bad_input(graddiv({"stability", file, "--neighbour", "0", "--replacement", "z.json"}),
                   "dimension 1");
  expect_bad_input(graddiv({"stability", slopes_with_neighbour(), "--batch", "100000000"}),
                   "transitions");
}

}  // namespace
}  // namespace graddiv::cli
