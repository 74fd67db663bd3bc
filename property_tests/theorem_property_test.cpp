#include "property_tests/support/theorem_property.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

// The property suites must be able to fail: a false statement has to be found out, and to leave
// evidence.
namespace graddiv {
namespace {

// E‖Σ_{ℓ=1}^B ∇f_{s_ℓ}(w)‖² ≤ B M²(w) leaves out the factor 1 + (B−1)/B_S(w): false once B ≥ 2
// and ∇F(w) ≠ 0.
Statement without_the_diversity_factor() {
  Statement statement;
  statement.claims_at_every_point([](const Case& c, const Point& w) {
    return w.expected_squared_sum(c.B()) <= c.B() * w.second_moment();
  });
  return statement;
}

class FailureDirectory : public testing::Test {
 protected:
  FailureDirectory()
      : path(std::filesystem::path(testing::TempDir()) / "graddiv-property-failures") {
    std::filesystem::remove_all(path);
    setenv("GRADDIV_FAILURE_DIR", path.c_str(), 1);
  }
  ~FailureDirectory() override {
    unsetenv("GRADDIV_FAILURE_DIR");
    std::filesystem::remove_all(path);
  }
  std::filesystem::path path;
};

TEST_F(FailureDirectory, KeepsTheSmallestCounterexampleOfAFalseStatementToBeReplayed) {
  const Statement statement = without_the_diversity_factor();
  const StatementSearch found = search_counterexample("without-the-diversity-factor", statement,
                                                      InstanceClass::any_rational, 100);

  ASSERT_TRUE(found.counterexample.has_value());
  EXPECT_EQ(found.saved_as, path / "counterexample-without-the-diversity-factor.json");
  EXPECT_EQ(found.replay_command, "graddiv check without-the-diversity-factor " + found.saved_as);

  const Instance replayed = read_instance(found.saved_as);
  EXPECT_EQ(check(statement, replayed).verdict, Verdict::refuted);
  // n = 1, d = 1, B = 2 is the smallest instance there is.
  EXPECT_EQ(replayed.problem.size(), 1) << to_text(replayed);
  EXPECT_EQ(replayed.problem.dimension(), 1) << to_text(replayed);
  EXPECT_EQ(replayed.run.batch(0), 2) << to_text(replayed);
}

TEST_F(FailureDirectory, StaysEmptyForATrueStatementAndCountsHowOftenItApplies) {
  Statement statement;
  statement.assumes("n = 1", [](const Case& c) { return c.n() == 1; });
  statement.claims_at_every_point(
      [](const Case&, const Point& w) { return w.second_moment() == w.gradient_norm2(); });
  const StatementSearch found =
      search_counterexample("single-function", statement, InstanceClass::any_rational, 100);
  EXPECT_FALSE(found.counterexample.has_value());
  EXPECT_EQ(found.drawn, 100);
  EXPECT_GT(found.applicable, 0);
  EXPECT_LT(found.applicable, 100);
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace graddiv
