#include "facts/batch_size_infimum.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "diversity/diversity.h"
#include "facts/diversity_forms.h"
#include "facts/facts.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

Fact<BatchSizeInfimum> infimum(const Problem& problem) {
  return Facts(problem).batch_size_infimum();
}

void expect_exactly(const Problem& problem, const char* value) {
  const Fact<BatchSizeInfimum> fact = infimum(problem);
  ASSERT_TRUE(fact.value.has_value()) << to_sentence(fact.proof);
  ASSERT_TRUE(fact.value->value.has_value()) << "infinite: " << to_sentence(fact.proof);
  EXPECT_EQ(to_string(*fact.value->value), value) << to_sentence(fact.proof);
  EXPECT_TRUE(fact.is_best) << to_sentence(fact.proof);
}

void expect_infinite(const Problem& problem) {
  const Fact<BatchSizeInfimum> fact = infimum(problem);
  ASSERT_TRUE(fact.value.has_value()) << to_sentence(fact.proof);
  EXPECT_FALSE(fact.value->value.has_value()) << to_sentence(fact.proof);
}

// B_S(w) ≥ t at a point of W.
void check_at_a_point(const Problem& problem, const Fact<BatchSizeInfimum>& fact) {
  const Vector<Enclosure> w = enclose(test::point_of(problem.domain, problem.dimension()));
  const GradientSums sums = gradient_sums(problem, w);
  if (!fact.value->value) {
    RC_ASSERT((sums.square_of_sum == 0) != Truth::no);
    return;
  }
  RC_ASSERT(test::can_be_below(enclose(*fact.value->value) * sums.square_of_sum,
                               problem.size() * sums.sum_of_squares));
}

TEST(BatchSizeInfimum, OfOneFunctionIsOne) {
  expect_exactly({least_squares(mat({{"2", "1"}}), vec({"3"}))}, "1");
  expect_exactly({generalized_linear(mat({{"2"}}), vec({"3"}), Loss::huber)}, "1");
  expect_exactly({linear_sum(mat({{"2"}}), vec({"0"})), Domain::ball(vec({"1"}), 1)}, "1");
}

// Irrational gradients or not: B_S ≡ 1 for one function, and for several that are one.
TEST(BatchSizeInfimum, OfOneIrrationalFunctionIsOne) {
  for (const auto& rows : {mat({{"1", "2"}}), mat({{"1", "2"}, {"1", "2"}, {"1", "2"}})}) {
    const Vector<Rational> targets = Vector<Rational>::Ones(rows.rows());
    for (const Domain& domain : {Domain::all(), Domain::ball(vec({"1", "0"}), 2),
                                 Domain::box(vec({"0", "0"}), vec({"1", "0"}))})
      expect_exactly({generalized_linear(rows, targets, Loss::logistic), domain}, "1");
  }
  const auto two =
      generalized_linear(mat({{"1", "2"}, {"1", "3"}}), vec({"1", "1"}), Loss::logistic);
  EXPECT_FALSE(infimum({two}).is_best);
  const auto signs = generalized_linear(mat({{"1"}, {"1"}}), vec({"1", "-1"}), Loss::logistic);
  EXPECT_FALSE(infimum({signs}).is_best);
}

TEST(BatchSizeInfimum, OfEqualFunctionsIsOne) {
  const auto f = least_squares(mat({{"2", "1"}, {"2", "1"}, {"2", "1"}}), vec({"3", "3", "3"}));
  for (const Domain& domain : {Domain::all(), Domain::ball(vec({"1", "0"}), 2),
                               Domain::box(vec({"0", "0"}), vec({"1", "2"}))}) {
    expect_exactly({f, domain}, "1");
  }
}

TEST(BatchSizeInfimum, OfFunctionsOnBlocksOfTheirOwnIsTheirNumber) {
  // m = 2 blocks: B_S(w) = 2 wherever w ≠ 0.
  const auto blocks = quadratic_sum({{mat({{"1", "0"}, {"0", "0"}}), vec({"0", "0"}), 0},
                                     {mat({{"0", "0"}, {"0", "3"}}), vec({"0", "0"}), 0}});
  expect_exactly({blocks}, "2");
  expect_exactly({blocks, Domain::ball(vec({"0", "0"}), 1)}, "2");
  expect_exactly({blocks, Domain::box(vec({"-1", "-1"}), vec({"1", "2"}))}, "2");
  expect_exactly({generalized_linear(mat({{"1", "0"}, {"0", "3"}}), vec({"1", "1"}), Loss::huber)},
                 "2");
}

TEST(BatchSizeInfimum, OfTheNoiseFloorIsThatAtTheFarEnd) {
  // f_i = ½(w ∓ 1)²: B_S(w) = 1 + 1/w², on [−2, 2] at least 5/4, on [1/2, 3] at least 10/9, on R it
  // tends to 1.
  const auto sum = quadratic_sum({{mat({{"1"}}), vec({"1"}), 0}, {mat({{"1"}}), vec({"-1"}), 0}});
  expect_exactly({sum}, "1");
  expect_exactly({sum, Domain::box(vec({"-2"}), vec({"2"}))}, "5/4");
  expect_exactly({sum, Domain::ball(vec({"0"}), 2)}, "5/4");
  expect_exactly({sum, Domain::box(vec({"1/2"}), vec({"3"}))}, "10/9");
  expect_exactly({sum, Domain::ball(vec({"2"}), 0)}, "5/4");
  expect_exactly({sum, Domain::box(vec({"2"}), vec({"2"}))}, "5/4");
  expect_infinite({sum, Domain::ball(vec({"0"}), 0)});
}

TEST(BatchSizeInfimum, OfGradientsThatSumUpToZeroIsInfinite) {
  expect_infinite({linear_sum(mat({{"1", "2"}, {"-1", "-2"}}), vec({"0", "0"}))});
  expect_infinite({least_squares(mat({{"0", "0"}}), vec({"1"}))});
  expect_infinite({generalized_linear(mat({{"0"}}), vec({"1"}), Loss::logistic)});
  // Σ∇f = (w₁, 0) vanishes on a box without width in w₁ that lies at w₁ = 0.
  const auto sum = quadratic_sum({{mat({{"1", "0"}, {"0", "1"}}), vec({"0", "0"}), 0},
                                  {mat({{"0", "0"}, {"0", "-1"}}), vec({"0", "0"}), 0}});
  expect_infinite({sum, Domain::box(vec({"0", "-1"}), vec({"0", "1"}))});
}

TEST(BatchSizeInfimum, OfLinearFunctionsIsTheirRatio) {
  // Gradients 1 and −1/2: 2 (5/4) / (1/4) = 10.
  expect_exactly({linear_sum(mat({{"1"}, {"-1/2"}}), vec({"0", "0"}))}, "10");
  expect_exactly(
      {linear_sum(mat({{"1"}, {"-1/2"}}), vec({"0", "0"})), Domain::box(vec({"0"}), vec({"1"}))},
      "10");
}

TEST(BatchSizeInfimum, OfGeneralizedLinearFunctionsUsesUnitRows) {
  // Rows (1, 0) four times and (0, 2): YᵀY = diag(4, 1), so n/σ² = 5/4, where the bound of Theorem
  // 1 is 5·1/4 as well; with the longer row first scaled it would be less.
  const Matrix<Rational> X = mat({{"1", "0"}, {"1", "0"}, {"1", "0"}, {"1", "0"}, {"0", "2"}});
  const auto fact =
      infimum({generalized_linear(X, vec({"1", "1", "1", "1", "1"}), Loss::logistic)});
  EXPECT_EQ(*fact.value->value, Rational(5, 4)) << to_sentence(fact.proof);
  // More columns than rows: certified through XXᵀ. Unit rows are orthogonal: n = 2.
  const auto wide = infimum({generalized_linear(mat({{"1", "1", "0"}, {"2", "-2", "0"}}),
                                                vec({"1", "1"}), Loss::logistic)});
  EXPECT_EQ(*wide.value->value, Rational(2)) << to_sentence(wide.proof);
}

TEST(BatchSizeInfimum, NearASharedMinimiserInsideIsThatOfTheWholeSpace) {
  const auto sum = least_squares(mat({{"1", "2"}, {"3", "-1"}, {"1", "0"}}),
                                 vec({"5", "1", "1"}));  // w* = (1, 2)
  const auto everywhere = infimum({sum});
  const auto nearby = infimum({sum, Domain::ball(vec({"1", "2"}), Rational(1, 1000))});
  EXPECT_EQ(*nearby.value->value, *everywhere.value->value);
}

RC_GTEST_PROP(BatchSizeInfimum, IsNeverUndercutAtAPoint, ()) {
  const Problem problem = test::any_problem();
  const auto fact = infimum(problem);
  RC_ASSERT(fact.value.has_value());
  if (fact.value->value) RC_ASSERT(*fact.value->value >= 1);
  for (int k = 0; k < 5; ++k) check_at_a_point(problem, fact);
}

RC_GTEST_PROP(BatchSizeInfimum, OfConvexQuadraticsIsNeverUndercutAtAPoint, ()) {
  const int d = test::integer(1, 4);
  const Problem problem{test::convex_quadratics(test::integer(1, 4), d), test::any_domain(d)};
  const auto fact = infimum(problem);
  for (int k = 0; k < 10; ++k) check_at_a_point(problem, fact);
}

// The certificate shows both sides: (N − tQ) z = 0 with zᵀQz > 0 gives points (w, 1) near multiples
// of z with B_S(w) as near t as you like.
RC_GTEST_PROP(BatchSizeInfimum, CalledBestOnTheWholeSpaceIsApproached, ()) {
  const Problem problem{*rc::gen::arbitrary<bool>()
                            ? test::quadratic(test::integer(1, 4), test::integer(1, 4))
                            : test::sum_of_kind(test::integer(1, 4))};
  const auto forms = diversity_forms(problem);
  const auto fact = infimum(problem);
  const bool finite_and_best = fact.is_best && fact.value->value.has_value();
  RC_PRE(finite_and_best);
  const Matrix<Rational> gap = forms->N - *fact.value->value * forms->Q;
  RC_ASSERT(certify_psd(gap).positive_semidefinite);
  const Matrix<Rational> kernel = null_space(gap);
  bool approached = false;
  for (Eigen::Index k = 0; k < kernel.cols(); ++k) {
    approached = approached || quadratic_form(forms->Q, kernel.col(k)) > 0;
  }
  RC_ASSERT(approached);
}

double smallest_on_grid(const Problem& problem) {
  const Vector<Enclosure> box = *problem.domain.coordinate_ranges();
  const double lower = box(0).lower().approximate();
  const double width = box(0).upper().approximate() - lower;
  double smallest = INFINITY;
  for (int k = 0; k <= 4000; ++k) {
    Vector<double> w(1);
    w(0) = lower + width * k / 4000;
    double squares = 0;
    double sum = 0;
    for (const Vector<double>& g : gradients(problem, w)) {
      squares += g(0) * g(0);
      sum += g(0);
    }
    if (sum * sum > 1e-12 * squares)
      smallest = std::min(smallest, problem.size() * squares / (sum * sum));
  }
  return smallest;
}

RC_GTEST_PROP(BatchSizeInfimum, OfQuadraticsInOneDimensionIsTight, ()) {
  const Problem problem{test::quadratic(test::integer(1, 5), 1), test::bounded_domain(1)};
  const auto fact = infimum(problem);
  RC_PRE(fact.value->value.has_value());
  const double smallest = smallest_on_grid(problem);
  RC_PRE(std::isfinite(smallest));
  RC_ASSERT(static_cast<double>(*fact.value->value) >= smallest * 0.99);
}

RC_GTEST_PROP(BatchSizeInfimum, OfLossesInOneDimensionIsTightByBisection, ()) {
  const Problem problem{test::glm(test::integer(1, 4), 1, Loss::huber), test::bounded_domain(1)};
  const auto fact = infimum(problem);
  RC_PRE(fact.value->value.has_value());
  // Around a common zero of all gradients no interval tells their ratio, and weaker bounds on R^d
  // remain.
  RC_PRE(to_sentence(fact.proof) == "interval evaluation, bisecting W");
  const double smallest = smallest_on_grid(problem);
  RC_PRE(smallest < 1e6);
  RC_ASSERT(static_cast<double>(*fact.value->value) >= smallest * 0.95);
}

// Lossless on balls: the ratio at the tightest z, pulled back into the ball, is the bound.
RC_GTEST_PROP(BatchSizeInfimum, OfQuadraticsOnADiskIsTight, ()) {
  const Problem problem{test::quadratic(test::integer(1, 4), 2), test::ball(2)};
  const auto fact = infimum(problem);
  RC_PRE(fact.value->value.has_value());
  RC_PRE(problem.domain.radius() > 0);
  const Vector<double> center = to_double(problem.domain.center());
  const auto radius = static_cast<double>(problem.domain.radius());
  double smallest = INFINITY;
  for (int ring = 0; ring <= 60; ++ring) {
    for (int k = 0; k < 120; ++k) {
      const double angle = k * 2 * 3.14159265358979 / 120;
      Vector<double> w = center;
      w(0) += radius * ring / 60 * std::cos(angle);
      w(1) += radius * ring / 60 * std::sin(angle);
      double squares = 0;
      Vector<double> sum = Vector<double>::Zero(2);
      for (const Vector<double>& g : gradients(problem, w)) {
        squares += g.squaredNorm();
        sum += g;
      }
      if (sum.squaredNorm() > 1e-12 * squares) {
        smallest = std::min(smallest, problem.size() * squares / sum.squaredNorm());
      }
    }
  }
  RC_PRE(std::isfinite(smallest));
  // 0.8: the grid is coarse where the ratio is steep.
  RC_ASSERT(static_cast<double>(*fact.value->value) >= smallest * 0.8);
}

// f_i(w) = ½(w − c_i)ᵀA_i(w − c_i).
Problem quadratics(const std::vector<std::pair<Matrix<Rational>, Vector<Rational>>>& functions,
                   const Domain& domain) {
  std::vector<QuadraticTerm> terms;
  for (const auto& [A, c] : functions) terms.push_back({A, c, 0});
  return {quadratic_sum(terms), domain};
}

// The gradients meet at one point of the disc, where they are short: B_S = 1 there, and about 1.98
// on any grid.
TEST(BatchSizeInfimum, OfQuadraticsIsFoundWhereAGridDoesNotSeeIt) {
  const Problem problem = quadratics({{mat({{"8/3", "0"}, {"0", "0"}}), vec({"-4", "-8"})},
                                      {mat({{"0", "-1/7"}, {"-1/7", "-16"}}), vec({"-8/3", "-6"})}},
                                     Domain::ball(vec({"-8/7", "-8"}), 8));
  expect_exactly(problem, "1");
  const Fact<BatchSizeInfimum> fact = infimum(problem);
  const auto* attained = std::get_if<proof::Derived>(&fact.proof.kind());
  ASSERT_NE(attained, nullptr);
  const GradientSums sums = gradient_sums(problem, enclose(*attained->w));
  EXPECT_EQ((sums.batch_size_bound().value() == 1).truth(), Truth::yes);
  EXPECT_EQ((sums.square_of_sum > 0).truth(), Truth::yes);
  // About another centre the point lies outside.
  const Problem beside = quadratics({{mat({{"8/3", "0"}, {"0", "0"}}), vec({"-4", "-8"})},
                                     {mat({{"0", "-1/7"}, {"-1/7", "-16"}}), vec({"-8/3", "-6"})}},
                                    Domain::ball(vec({"8", "-8"}), 8));
  EXPECT_GT(*infimum(beside).value->value, 1);
}

}  // namespace
}  // namespace graddiv
