#include "facts/facts.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

#include "diversity/diversity.h"
#include "facts/branch_and_bound.h"
#include "facts/pl_constant.h"
#include "facts/registry.h"
#include "facts/rows.h"
#include "facts/verify.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::can_be_below;
using test::mat;
using test::squared_norm;
using test::vec;

void expect_value(const Fact<Rational>& fact, const char* value) {
  ASSERT_TRUE(fact.value.has_value()) << to_sentence(fact.proof);
  EXPECT_EQ(to_string(*fact.value), value);
  EXPECT_TRUE(fact.is_best) << to_sentence(fact.proof);
}

TEST(PlConstant, OfASingularQuadraticIsItsSmallestNonzeroEigenvalue) {
  expect_value(Facts({least_squares(mat({{"1", "0"}, {"0", "0"}}), vec({"1", "0"}))}).pl_constant(),
               "1/2");
  expect_value(Facts({quadratic_sum({{mat({{"5", "4", "0"}, {"4", "5", "0"}, {"0", "0", "0"}}),
                                      vec({"1", "2", "3"}), 0}})})
                   .pl_constant(),
               "1");
  expect_value(
      Facts({quadratic_sum({{mat({{"2", "0"}, {"0", "1/3"}}), vec({"1", "1"}), 0}})}).pl_constant(),
      "1/3");
}

// XᵀX = [[50, 24], [24, 25]]: σ_max(X)² is irrational, and 25 times that of the unit rows.
TEST(SingularValues, OfUnitRowsAreThoseOfRowsOfOneNorm) {
  const Facts facts({least_squares(mat({{"5", "0"}, {"3", "4"}, {"4", "3"}, {"0", "0"}}),
                                   vec({"0", "0", "0", "0"}))});
  const Enclosure own = *facts.largest_singular_value2().value;
  const auto& of_unit_rows = facts.largest_singular_value2_of_unit_rows();
  EXPECT_FALSE(own.is_exact());
  EXPECT_EQ((25 * *of_unit_rows.value == own).truth(), Truth::yes);
  EXPECT_TRUE(fact::largest_singular_value2_of_unit_rows.verify(facts.problem(), of_unit_rows));
}

Enclosure unit_singular_value2(const Problem& problem, unsigned bits) {
  const PrecisionScope scope(bits);
  return *Facts(problem).largest_singular_value2_of_unit_rows().value;
}

// Roots are rounded, the less the more precision there is.
// x_1 = e_1 + e_2, x_2 = e_1 in R^100: YYᵀ = [[1, 1/√2], [1/√2, 1]], σ_max(Y)² = 1 + 1/√2.
TEST(SingularValues, OfUnitRowsOfManyColumnsNeedNoLargeMatrix) {
  Matrix<Rational> X = Matrix<Rational>::Zero(3, 100);
  X(0, 0) = X(0, 1) = X(1, 0) = 1;  // and a row of zeros, which is dropped
  const Problem problem{linear_sum(X, Vector<Rational>::Zero(3)), Domain::all()};
  for (const unsigned bits : {256U, 1024U}) {
    const Enclosure found = unit_singular_value2(problem, bits);
    const PrecisionScope scope(2 * bits);
    EXPECT_TRUE(found.contains(1 + 1 / sqrt(Enclosure(2)))) << found;
    EXPECT_LT(found.relative_width(), bits == 256 ? 1e-30 : 1e-120);
  }
}

// The denominator of YᵀY would be the product of all squared norms: they are rounded likewise.
TEST(SingularValues, OfManyUnitRowsAreEnclosedWithRoundedWeights) {
  Matrix<Rational> X(200, 2);
  Matrix<Rational> exact = Matrix<Rational>::Zero(2, 2);
  for (int i = 0; i < 200; ++i) {
    X.row(i) << Rational(1009 + 7 * i, 10), Rational(13 * i - 500, 3);
    exact += X.row(i).transpose() * X.row(i) / Rational(X.row(i).squaredNorm());
  }
  const Problem problem{linear_sum(X, Vector<Rational>::Zero(200))};
  for (const unsigned bits : {256U, 1024U}) {
    const Enclosure found = unit_singular_value2(problem, bits);
    const PrecisionScope scope(2 * bits);
    // The larger root of z² − tr z + det.
    const Enclosure half = enclose(Rational(exact.trace() / 2));
    const Enclosure det = enclose(Rational(exact(0, 0) * exact(1, 1) - exact(0, 1) * exact(1, 0)));
    const Enclosure root = half + sqrt(square(half) - det);
    EXPECT_TRUE(found.contains(root)) << found << " " << root;
    EXPECT_LT(found.relative_width(), bits == 256 ? 1e-12 : 1e-120);
    EXPECT_EQ((enclose(*rows::sharp_bound(X)) * root <= 1).truth(), Truth::yes);
  }
}

TEST(PlConstant, IsUnknownWithAReasonWhereThereIsNone) {
  EXPECT_FALSE(Facts({linear_sum(mat({{"1"}}), vec({"0"}))}).pl_constant().value.has_value());
  const Proof why = Facts({linear_sum(mat({{"1"}}), vec({"0"}))}).pl_constant().proof;
  EXPECT_NE(to_sentence(why).find("unbounded"), std::string::npos);
  const auto saddle = quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "0"}), 0}});
  EXPECT_FALSE(Facts({saddle}).pl_constant().value.has_value());
  const Facts on_ball({linear_sum(mat({{"1"}}), vec({"0"})), Domain::ball(vec({"0"}), 1)});
  EXPECT_NE(to_sentence(on_ball.pl_constant().proof).find("none is known on"), std::string::npos);
}

// What holds on R^d holds on W, whose least value is no smaller.
RC_GTEST_PROP(PlConstant, HoldsOnABoundedDomain, ()) {
  const int d = test::integer(1, 3);
  const Facts facts({*rc::gen::arbitrary<bool>()
                         ? test::convex_quadratics(test::integer(1, 3), d)
                         : least_squares(test::matrix(2, d), test::vector(2)),
                     test::bounded_domain(d)});
  const Problem& problem = facts.problem();
  const Fact<Rational>& mu = facts.pl_constant();
  RC_ASSERT(mu.value.has_value());
  RC_ASSERT(!mu.is_best);
  RC_ASSERT(verify::pl_constant(problem, mu));
  const Vector<Enclosure> w = problem.domain.project(enclose(test::vector(d)));
  RC_ASSERT((squared_norm(full_gradient(problem, w)) / 2 >=
             enclose(*mu.value) * (objective(problem, w) - *facts.optimum().value)) != Truth::no);
}

RC_GTEST_PROP(PlConstant, BoundsTheSuboptimalityByTheGradient, ()) {
  const int d = test::integer(1, 4);
  const Facts facts({*rc::gen::arbitrary<bool>()
                         ? test::convex_quadratics(test::integer(1, 4), d)
                         : least_squares(test::matrix(2, d), test::vector(2))});
  const Problem& problem = facts.problem();
  RC_ASSERT(facts.pl_constant().value.has_value());
  RC_ASSERT(*facts.pl_constant().value > 0);
  const Vector<Enclosure> w = enclose(test::vector(d));
  RC_ASSERT((squared_norm(full_gradient(problem, w)) / 2 >=
             enclose(*facts.pl_constant().value) *
                 (objective(problem, w) - *facts.optimum().value)) == Truth::yes);
}

TEST(PlConstant, OfPlLossesNeedsIndependentRows) {
  // λ_min(XXᵀ) = 4, m = 11/64, n = 2.
  const Facts facts(
      {generalized_linear(mat({{"2", "0"}, {"0", "3"}}), vec({"1", "-1"}), Loss::sine)});
  ASSERT_TRUE(facts.pl_constant().value.has_value()) << to_sentence(facts.pl_constant().proof);
  EXPECT_EQ(to_string(*facts.pl_constant().value), "11/32");
  for (const char* rows : {"1", "2"}) {
    const Facts dependent({generalized_linear(mat({{"1"}, {rows}}), vec({"0", "1"}), Loss::sine)});
    EXPECT_FALSE(dependent.pl_constant().value.has_value());
  }
  EXPECT_FALSE(Facts({generalized_linear(mat({{"1"}}), vec({"0"}), Loss::geman_mcclure)})
                   .pl_constant()
                   .value.has_value());
}

RC_GTEST_PROP(PlConstant, OfPlLossesBoundsTheSuboptimalityByTheGradient, ()) {
  const Matrix<Rational> X = test::matrix(test::integer(1, 2), 2);
  const Facts facts({generalized_linear(X, test::vector(static_cast<int>(X.rows())), Loss::sine)});
  RC_PRE(facts.pl_constant().value.has_value());
  const Vector<Enclosure> w = enclose(test::vector(2));
  // F* = 0: independent rows interpolate.
  RC_ASSERT((squared_norm(full_gradient(facts.problem(), w)) / 2 >=
             enclose(*facts.pl_constant().value) * objective(facts.problem(), w)) != Truth::no);
}

TEST(Rows, AreMeasuredExactly) {
  const Facts facts(
      {least_squares(mat({{"3", "4"}, {"4", "-3"}, {"1", "0"}}), vec({"0", "0", "0"}))});
  EXPECT_EQ(facts.smallest_row_norm2().value->to_string(), "1");
  EXPECT_EQ(facts.largest_singular_value2().value->to_string(), "26");
  // One row: XXᵀ is a number.
  EXPECT_EQ(Facts({linear_sum(mat({{"1", "2", "2"}}), vec({"0"}))})
                .largest_singular_value2()
                .value->to_string(),
            "9");
  EXPECT_FALSE(Facts({quadratic_sum({{mat({{"1"}}), vec({"0"}), 0}})})
                   .smallest_row_norm2()
                   .value.has_value());
  EXPECT_FALSE(rows::sharp_bound(mat({{"0", "0"}})).has_value());
}

TEST(Rows, OfUnitLengthHaveASingularValueOfTheirOwn) {
  const auto unit = [](const Matrix<Rational>& X) {
    return Facts({least_squares(X, Vector<Rational>::Zero(X.rows()))})
        .largest_singular_value2_of_unit_rows()
        .value->to_string();
  };
  EXPECT_EQ(unit(mat({{"3", "4"}, {"6", "8"}, {"0", "0"}})),
            "2");  // parallel rows, and one that drops out
  EXPECT_EQ(unit(mat({{"7", "0"}, {"0", "1/9"}})), "1");
  EXPECT_EQ(unit(mat({{"0", "0"}})), "0");
}

RC_GTEST_PROP(Rows, OfUnitLengthGiveTheSharpBound, ()) {
  // ‖Xᵀa‖² ≤ ‖Da‖²/t with D the row lengths, for all a.
  const Matrix<Rational> X = test::matrix(test::integer(1, 5), test::integer(1, 5));
  const auto t = rows::sharp_bound(X);
  const Vector<Rational> a = test::vector(static_cast<int>(X.rows()));
  const Vector<Rational> Xa = X.transpose().lazyProduct(a);
  RC_ASSERT(t.has_value() == !X.isZero());
  RC_PRE(t.has_value());
  Rational scaled = 0;
  for (Eigen::Index i = 0; i < X.rows(); ++i) scaled += a(i) * a(i) * X.row(i).squaredNorm();
  RC_ASSERT(*t * Xa.squaredNorm() <= scaled);
  // ‖Y‖_F² is the number m of non-zero rows, so 1/σ_max(Y)² ≤ min(m, d)/m.
  Eigen::Index nonzero = 0;
  for (Eigen::Index i = 0; i < X.rows(); ++i) nonzero += X.row(i).isZero() ? 0 : 1;
  RC_ASSERT(*t * nonzero <= std::min(nonzero, X.cols()));
}

TEST(BranchAndBound, ClosesInOnTheMinimumFromBelow) {
  // (w − 1/3)² + 1 on [0, 1].
  const auto f = [](const Vector<Enclosure>& w) { return square(w(0) - Enclosure(1) / 3) + 1; };
  const BoxFunction function{
      [&](const Vector<Enclosure>& w) { return std::optional<Rational>(lower_end(f(w))); },
      [&](const Vector<Rational>& w) { return std::optional<Rational>(upper_end(f(enclose(w)))); }};
  const auto bound = lower_bound_on_box(vec({"0"}), vec({"1"}), function, {500, 1e-6});
  ASSERT_TRUE(bound.value.has_value());
  EXPECT_LE(*bound.value, Rational(1));
  EXPECT_GE(*bound.value, 1 - Rational(1, 100000));
  // Too little work gives a worse bound, never a wrong one.
  EXPECT_LE(*lower_bound_on_box(vec({"0"}), vec({"1"}), function, {1, 1e-6}).value, Rational(1));
  const BoxFunction infinite{[](const Vector<Enclosure>&) { return std::optional<Rational>(); },
                             [](const Vector<Rational>&) { return std::optional<Rational>(); }};
  EXPECT_FALSE(lower_bound_on_box(vec({"0"}), vec({"1"}), infinite).value.has_value());
}

TEST(BranchAndBound, ItsBoxesShowTheBoundAgainAndNothingBetter) {
  // w² − w + uw − u on [0, 2]²: intervals of the terms forget that they are of one w.
  const Vector<Rational> lower = vec({"0", "0"}), upper = vec({"2", "2"});
  const auto f = [](const Vector<Enclosure>& w) { return w(0) * w(0) - w(0) + w(1) * w(0) - w(1); };
  const BoxFunction function{
      [&](const Vector<Enclosure>& w) { return std::optional<Rational>(lower_end(f(w))); },
      [&](const Vector<Rational>& w) { return std::optional<Rational>(upper_end(f(enclose(w)))); }};
  const BoxBound bound = lower_bound_on_box(lower, upper, function, {300, 1e-6});
  const auto shows = [&](const std::vector<bool>& halved, const Rational& value) {
    return is_bound_on_boxes(lower, upper, function, halved, value);
  };
  EXPECT_TRUE(shows(*bound.halved, *bound.value));
  EXPECT_FALSE(shows(*bound.halved, *bound.value + Rational(1, 10)));
  EXPECT_FALSE(shows({false}, *bound.value));
  std::vector<bool> one_less = *bound.halved;
  one_less.pop_back();
  EXPECT_FALSE(shows(one_less, *bound.value));
  EXPECT_FALSE(shows({false, false}, -10));
}

TEST(Facts, AreComputedOnceAndSharedBetweenThreads) {
  const Facts facts({least_squares(mat({{"1", "2"}, {"3", "-1"}}), vec({"5", "2"})),
                     Domain::ball(vec({"0", "0"}), 1)});
  const Facts copy = facts;
  std::vector<const void*> seen(8);
  std::vector<std::thread> threads;
  for (std::size_t k = 0; k < seen.size(); ++k) {
    threads.emplace_back([&, k] {
      const PrecisionScope scope(Precision{16 + static_cast<unsigned>(k), 4});
      seen[k] = &(k % 2 == 0 ? facts : copy).minimizer();
      copy.batch_size_infimum();
      facts.lipschitz();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const void* address : seen) EXPECT_EQ(address, seen.front());
}

TEST(Facts, StayExactUnderAnyPrecision) {
  const Problem problem{
      least_squares(mat({{"1", "2/7"}, {"3", "-1/9"}, {"1/11", "5"}}), vec({"5", "2", "1/13"}))};
  const Facts plain(problem);
  const Facts coarse(problem);
  const PrecisionScope scope(Precision{8, 3});
  EXPECT_EQ(test::written(*coarse.minimizer().value), test::written(*plain.minimizer().value));
  EXPECT_TRUE(coarse.optimum().value->is_exact());
  EXPECT_EQ(*coarse.smoothness().value, *plain.smoothness().value);
  EXPECT_EQ(*coarse.batch_size_infimum().value->value, *plain.batch_size_infimum().value->value);
}

TEST(Facts, OfARatherLargeLeastSquaresProblemAreQuick) {
  // Integer data of the size of pooled images: 60 rows, 20 columns, up to 4080.
  Matrix<Rational> X(60, 20);
  Vector<Rational> y(60);
  unsigned state = 1;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    y(i) = i % 2 == 0 ? 1 : -1;
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
      state = state * 1664525U + 1013904223U;
      X(i, j) = state / 16777216U * 16U;
    }
  }
  const Facts facts({least_squares(X, y)});
  ASSERT_TRUE(facts.minimizer().value.has_value());
  const Vector<Enclosure> g = full_gradient(facts.problem(), *facts.minimizer().value);
  for (Eigen::Index j = 0; j < g.size(); ++j) EXPECT_EQ(g(j).to_string(), "0");
  EXPECT_GE(*facts.batch_size_infimum().value->value, Rational(1));
}

// Exact numbers have no limits; guesses in floating point have.
TEST(Facts, AreUnknownWhereNoGuessCanBeMade) {
  const auto huge = mat({{"3e200", "1e200"}, {"1e200", "2e200"}});
  const auto sum = quadratic_sum({{huge, vec({"1", "2"}), 0}, {huge, vec({"0", "1e200"}), 0}});
  for (const Domain& W : {Domain::all(), Domain::ball(vec({"7", "8"}), 1),
                          Domain::box(vec({"7", "8"}), vec({"8", "9"}))}) {
    const Facts facts({sum, W});
    EXPECT_NO_THROW(facts.smoothness());
    EXPECT_NO_THROW(facts.strong_convexity());
    EXPECT_NO_THROW(facts.minimizer());
    EXPECT_NO_THROW(facts.optimum());
    EXPECT_NO_THROW(facts.batch_size_infimum());
    EXPECT_NO_THROW(facts.lipschitz());
    EXPECT_NO_THROW(facts.second_moment_bound());
  }
}

// 2 + 6 cos(11/7) cos(2w − 11/7) > 0 for F'', though the known bounds of the parts' curvature do
// not tell.
TEST(Facts, ABoundThatIsNotTheBestDeniesNothing) {
  const Fact<Rational> bound{Rational(-4), false, {}};
  const Fact<Rational> best{Rational(-4), true, {}};
  EXPECT_EQ(certainly(bound, Truth::no), Truth::unknown);
  EXPECT_EQ(certainly(bound, Truth::yes), Truth::yes);
  EXPECT_EQ(certainly(best, Truth::no), Truth::no);
}

TEST(FactsOnAProduct, AreThoseOfItsBoxWhereTheMinimiserLiesInside) {
  const Domain W =
      Domain::product({Domain::box(vec({"1"}), vec({"2"})), Domain::ball(vec({"0", "0"}), 1)});
  const auto identity = mat({{"1", "0", "0"}, {"0", "1", "0"}, {"0", "0", "1"}});
  const Facts inside({quadratic_sum({{identity, vec({"0", "0", "0"}), 0}}), W});
  EXPECT_EQ(test::written(inside.minimizer().value.value()), "1, 0, 0");
  EXPECT_EQ(inside.optimum().value->to_string(), "1/2");

  // The minimiser is (1, 1/√2, 1/√2), the one over the box (1, 1, 1).
  const Facts outside({quadratic_sum({{identity, vec({"0", "1", "1"}), 0}}), W});
  ASSERT_TRUE(outside.minimizer().value.has_value());
  const Enclosure half = 1 / sqrt(Enclosure(2));
  EXPECT_TRUE((*outside.minimizer().value)(0).contains(1));
  EXPECT_NE(((*outside.minimizer().value)(1) == half).truth(), Truth::no);
  const Enclosure optimum = outside.optimum().value.value();
  const Enclosure value = Enclosure(1) / 2 + square(1 - half);
  EXPECT_NE((optimum == value).truth(), Truth::no) << optimum.to_string();
  EXPECT_LT(optimum.width(), 1e-6);
}

// w*_1 is the end 11/10 of the box, which no interval has for an end of its own.
TEST(FactsOnAProduct, KnowAnIrrationalMinimiserOnASideOfABox) {
  const auto sum =
      generalized_linear(mat({{"1", "0"}, {"0", "1"}, {"-1", "-1"}, {"2", "-1"}, {"-1", "0"}}),
                         vec({"1", "1", "1", "1", "1"}), Loss::logistic);
  const Facts facts({sum, Domain::product({Domain::box(vec({"11/10"}), vec({"2"})),
                                           Domain::ball(vec({"0"}), 5)})});
  ASSERT_TRUE(facts.minimizer().value.has_value()) << to_sentence(facts.minimizer().proof);
  EXPECT_TRUE(facts.minimizer().value->coeff(0).contains(Enclosure(11) / 10));
}

// Whatever is certified about a product of sets holds at its points.
RC_GTEST_PROP(FactsOnAProduct, AreNeverContradictedByAPoint, ()) {
  const auto sum = test::any_sum();
  const Problem problem{sum, test::product(sum->dimension())};
  const Facts facts(problem);
  const Vector<Enclosure> w = enclose(test::point_of(problem.domain, problem.dimension()));
  RC_ASSERT(problem.domain.contains(w) == Truth::yes);
  const GradientSums sums = gradient_sums(problem, w);
  if (const auto& M2 = facts.second_moment_bound().value)
    RC_ASSERT(can_be_below(sums.second_moment(), *M2));
  if (const auto& b = facts.batch_size_infimum().value; b && sums.batch_size_bound()) {
    RC_ASSERT(b->value.has_value());
    RC_ASSERT(can_be_below(enclose(*b->value), *sums.batch_size_bound()));
  }
  if (const auto& F = facts.optimum().value)
    RC_ASSERT(can_be_below(F->lower(), objective(problem, w)));
  if (const auto& best = facts.minimizer().value) {
    RC_ASSERT(problem.domain.contains(*best) != Truth::no);
    RC_ASSERT(can_be_below(objective(problem, *best), objective(problem, w)));
  }
}

// ---- sizes --------------------------------------------------------------------------------------

/// Entries of six decimals in (−1, 1).
Matrix<Rational> decimals(int rows, int columns) {
  Matrix<Rational> X(rows, columns);
  std::uint64_t state = 1;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      X(i, j) = Rational(static_cast<long>((state >> 33U) % 2000001) - 1000000, 1000000);
    }
  }
  return X;
}

void ask_everything(const Facts& facts) {
  facts.smoothness();
  facts.component_smoothness();
  facts.strong_convexity();
  facts.component_strong_convexity();
  facts.pl_constant();
  facts.lipschitz();
  facts.minimizer();
  facts.batch_size_infimum();
  facts.second_moment_bound();
  facts.largest_singular_value2();
}

// Each took more than 20 s, some gigabytes: a test that never ends says so too.
TEST(FactsOfLargeProblems, OfLeastSquaresOnABallAreThere) {
  const Matrix<Rational> X = decimals(200, 40);
  const Facts facts({least_squares(X, decimals(200, 1).col(0)),
                     Domain::ball(Vector<Rational>::Zero(40), Rational(1, 100))});
  ask_everything(facts);
  EXPECT_TRUE(facts.minimizer().is_best);
  EXPECT_LT(facts.optimum().value->width(), 1e-30);
  EXPECT_TRUE(can_be_below(
      facts.optimum().value->lower(),
      objective(facts.problem(), enclose(Vector<Rational>(Vector<Rational>::Zero(40))))));
}

TEST(FactsOfLargeProblems, OfLogisticLossesAreThere) {
  const Matrix<Rational> X = decimals(120, 70);
  Vector<Rational> y(120);
  for (int i = 0; i < 120; ++i) y(i) = i % 3 == 0 ? 1 : -1;
  const Facts facts({generalized_linear(X, y, Loss::logistic)});
  ask_everything(facts);
  EXPECT_GT(*facts.batch_size_infimum().value->value, 1);
}

TEST(FactsOfLargeProblems, OfLinearFunctionsTakeNothingDense) {
  const Matrix<Rational> A = decimals(3, 10000);
  for (const Domain& W : {Domain::all(), Domain::ball(Vector<Rational>::Zero(10000), 1)}) {
    const Facts facts({linear_sum(A, Vector<Rational>::Zero(3)), W});
    ask_everything(facts);
    EXPECT_EQ(*facts.smoothness().value, 0);
    Rational squares = 0;
    for (int i = 0; i < 3; ++i) squares += A.row(i).squaredNorm();
    const Vector<Rational> sum = A.colwise().sum().transpose();
    EXPECT_EQ(*facts.batch_size_infimum().value->value, Rational(3 * squares / sum.squaredNorm()));
  }
}

// W is nearly a point, where B_S = 2 · 3/1.
TEST(BatchSizeInfimumOnATinyBall, IsNearlyTheValueThere) {
  const Facts facts({generalized_linear(mat({{"1", "0", "0", "0"}, {"1", "1", "0", "0"}}),
                                        vec({"1", "-1"}), Loss::huber, 10),
                     Domain::ball(vec({"0", "0", "0", "0"}), Rational(1, 1000000))});
  const Rational bound = *facts.batch_size_infimum().value->value;
  EXPECT_GT(bound, Rational(599, 100));
  EXPECT_LE(bound, 6);
}

}  // namespace
}  // namespace graddiv
