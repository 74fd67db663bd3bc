#include "cli/testing/tool.h"
#include "number/rational.h"

namespace graddiv::cli {
namespace {

class ExpectBySampling : public testing::ToolTest {};

// Every value encloses the exact one, all at once but for the level that is printed.
TEST_F(ExpectBySampling, SamplesWhereAskedAndSaysWhatItRestsOn) {
  const auto file = noise_floor();
  const auto json =
      graddiv({"expect", file, "--engine", "sampling", "--runs", "2000", "--json"}).json();
  EXPECT_EQ(json.at("engine"), "sampling");
  EXPECT_EQ(json.at("arithmetic"), "double");
  EXPECT_EQ(json.at("runs"), 2000);
  EXPECT_EQ(json.at("seed"), 1);
  EXPECT_EQ(json.at("error_level"), "1e-6");
  EXPECT_FALSE(json.contains("caveat"));
  const auto exactly = graddiv({"expect", file, "--json"}).json();
  for (const auto& [quantity, rows] : exactly.at("quantities").items()) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const Rational truth = parse_rational(rows[k].at("exact").get<std::string>());
      const auto& row = json.at("quantities").at(quantity).at(k);
      EXPECT_LE(parse_rational(row.at("lower").get<std::string>()), truth) << quantity << k;
      EXPECT_GE(parse_rational(row.at("upper").get<std::string>()), truth) << quantity << k;
      EXPECT_EQ(row.contains("exact"), k == 0) << quantity << k;
    }
  }
  const auto text = graddiv({"expect", file, "--engine", "sampling", "--seed", "7"}).out;
  EXPECT_NE(text.find("1000 runs, seed 7; all values as stated but for a probability of 1e-6\n"),
            std::string::npos)
      << text;
}

TEST_F(ExpectBySampling, RefusesWhatItsEngineDoesNotKnow) {
  const auto file = noise_floor();
  expect_bad_input(graddiv({"expect", file, "--runs", "10"}),
                   "--runs: only with --engine sampling");
  expect_bad_input(graddiv({"expect", file, "--engine", "moments", "--seed", "2"}),
                   "--seed: only with --engine sampling");
  expect_bad_input(graddiv({"expect", file, "--engine", "sampling", "--arithmetic", "interval"}),
                   "the engine sampling computes in doubles");
  expect_bad_input(graddiv({"expect", file, "--engine", "sampling", "--error-level", "1"}),
                   "expected a probability between 0 and 1");
}

}  // namespace
}  // namespace graddiv::cli
