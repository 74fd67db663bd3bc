#include "problem/random_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "number/exact.h"
#include "problem/families.h"

namespace graddiv {
namespace {

using enum RowLaw::Kind;

std::string in_digits(const Matrix<long>& X) {
  std::string text;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    for (Eigen::Index j = 0; j < X.cols(); ++j) text += std::to_string(X(i, j)) + " ";
  }
  return text;
}

// Draws are part of instance files: whoever changes them changes what every file means.
TEST(RandomRows, AreTheSameForEver) {
  EXPECT_EQ(in_digits(draw({gaussian, 2, 3, 7}, 0)), "8172 18522 -2915 -107382 -96476 -101190 ");
  EXPECT_EQ(in_digits(draw({rademacher, 2, 5, 7}, 0)), "-1 -1 -1 1 1 1 1 1 -1 -1 ");
}

TEST(RandomRows, DifferBetweenLawsSeedsAndDraws) {
  std::set<std::string> seen;
  for (const std::uint64_t seed : {0U, 1U, 2U}) {
    for (std::uint64_t index = 0; index < 20; ++index) {
      seen.insert(in_digits(draw({gaussian, 4, 20, seed}, index)));
      seen.insert(in_digits(draw({rademacher, 4, 20, seed}, index)));
    }
  }
  EXPECT_EQ(seen.size(), 120U);
}

// P(|mean − E| > 6 standard deviations) < 10^−8 for each of these.
void expect_mean(double sum, double count, double mean, double variance, const char* what) {
  EXPECT_LT(std::abs(sum / count - mean), 6 * std::sqrt(variance / count)) << what;
}

TEST(RandomRows, HaveTheMomentsOfTheNormalLaw) {
  const RowLaw law{gaussian, 100, 100, 3};
  double x1 = 0, x2 = 0, x3 = 0, x4 = 0, tail = 0, beside = 0, below = 0;
  constexpr int draws = 40;
  for (std::uint64_t index = 0; index < draws; ++index) {
    const Matrix<double> X = draw(law, index).cast<double>() / 0x1p16;
    x1 += X.sum();
    x2 += X.array().pow(2).sum();
    x3 += X.array().pow(3).sum();
    x4 += X.array().pow(4).sum();
    tail += static_cast<double>((X.array() > 2).count());
    beside += (X.leftCols(99).array() * X.rightCols(99).array()).sum();
    below += (X.topRows(99).array() * X.bottomRows(99).array()).sum();
  }
  constexpr double count = draws * 1e4;
  expect_mean(x1, count, 0, 1, "x");
  expect_mean(x2, count, 1, 2, "x²");
  expect_mean(x3, count, 0, 15, "x³");
  expect_mean(x4, count, 3, 96, "x⁴");
  const double beyond_two = std::erfc(std::sqrt(2.0)) / 2;
  expect_mean(tail, count, beyond_two, beyond_two, "x > 2");
  expect_mean(beside, draws * 9900.0, 0, 1, "neighbours in a row");
  expect_mean(below, draws * 9900.0, 0, 1, "neighbours in a column");
}

TEST(RandomRows, AreEvenAndIndependentSigns) {
  const RowLaw law{rademacher, 100, 100, 3};
  double x1 = 0, beside = 0, below = 0;
  constexpr int draws = 40;
  for (std::uint64_t index = 0; index < draws; ++index) {
    const Matrix<long> X = draw(law, index);
    ASSERT_EQ(X.cwiseAbs().minCoeff(), 1);
    ASSERT_EQ(X.cwiseAbs().maxCoeff(), 1);
    x1 += static_cast<double>(X.sum());
    beside += static_cast<double>((X.leftCols(99).array() * X.rightCols(99).array()).sum());
    below += static_cast<double>((X.topRows(99).array() * X.bottomRows(99).array()).sum());
  }
  expect_mean(x1, draws * 1e4, 0, 1, "x");
  expect_mean(beside, draws * 9900.0, 0, 1, "neighbours in a row");
  expect_mean(below, draws * 9900.0, 0, 1, "neighbours in a column");
}

TEST(RandomRows, SayWhereTheirRoundingHolds) {
  const RowLaw law{gaussian, 1, 2, 1};
  Matrix<long> X(1, 2);
  X << 3, -7 * law.scale();
  EXPECT_TRUE(is_within_rounding(law, X));
  X(0, 1) -= 1;
  EXPECT_FALSE(is_within_rounding(law, X));
  EXPECT_EQ((RowLaw{rademacher, 1, 1, 1}).rounding(), 0);
}

TEST(RandomRows, AreLinearFunctionsThatKnowTheirLaw) {
  const auto sum = random_rows({gaussian, 3, 2, 11});
  const Matrix<long> X = draw({gaussian, 3, 2, 11}, 0);
  ASSERT_EQ(sum->facts().rows->rows(), 3);
  ASSERT_EQ(sum->facts().rows->cols(), 2);
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 2; ++j) EXPECT_EQ((*sum->facts().rows)(i, j), Rational(X(i, j), 65536));
  }
  EXPECT_EQ(sum->row_law()->seed, 11U);
  // The same functions without their law.
  const auto plain = sum->select({0, 1, 2});
  EXPECT_EQ(plain->row_law(), nullptr);
  EXPECT_EQ(plain->family(), "linear");
  EXPECT_EQ(*plain->facts().rows, *sum->facts().rows);
  const Vector<Enclosure> w = Vector<Enclosure>::Constant(2, Enclosure(3));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(sum->value(i, w).same_as(plain->value(i, w)));
    EXPECT_TRUE(sum->gradient(i, w)(1).same_as(plain->gradient(i, w)(1)));
    EXPECT_EQ(sum->facts(i).quadratic->b, plain->facts(i).quadratic->b);
    EXPECT_EQ(sum->facts(i).lower_bound, plain->facts(i).lower_bound);
    EXPECT_EQ(sum->facts(i).support, plain->facts(i).support);
    EXPECT_EQ(sum->facts(i).curvature.upper, plain->facts(i).curvature.upper);
  }
  EXPECT_TRUE(sum->facts().is_rational);
}

TEST(RandomRows, AreReadAsTheyAreWritten) {
  const std::string text =
      R"({"family":"random-rows","law":"rademacher","functions":4,"dimension":3,)"
      R"("seed":9223372036854775807})";
  const Problem problem = read_problem(JsonReader::from_text(text, "rows"));
  EXPECT_EQ(problem.sum->to_json().dump(), text);
  const RowLaw& law = *problem.sum->row_law();
  EXPECT_EQ(law.kind, rademacher);
  EXPECT_EQ(law.n, 4);
  EXPECT_EQ(law.d, 3);
}

TEST(RandomRows, AreRefusedBeyondTheirLimits) {
  EXPECT_THROW(random_rows({gaussian, 0, 1, 1}), std::invalid_argument);
  EXPECT_THROW(random_rows({gaussian, 1, 0, 1}), std::invalid_argument);
  EXPECT_THROW(random_rows({gaussian, 4097, 1, 1}), std::invalid_argument);
  EXPECT_THROW(random_rows({gaussian, 257, 256, 1}), std::invalid_argument);
  EXPECT_NO_THROW(random_rows({gaussian, 256, 256, 1}));
}

}  // namespace
}  // namespace graddiv
