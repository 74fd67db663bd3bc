#include "problem/sum_in_doubles.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linear/eigenvalue.h"
#include "linear/gram.h"
#include "number/exact.h"
#include "number/precision.h"
#include "problem/problem.h"
#include "problem/regularized.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::integer;
using Rows = SumInDoubles::Rows;

constexpr Loss all_losses[] = {Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::sine,
                               Loss::logistic};

/// A sum, and the same in doubles.
struct Both {
  std::shared_ptr<const FiniteSum> exact;
  std::shared_ptr<const FiniteSum> large = treated_as_large(*exact);
  const SumInDoubles& doubles = *large->in_doubles();

  Problem problem() const { return {exact, Domain::all()}; }
};

Both any_of(Loss loss, int most = 6) { return {test::glm(integer(1, most), integer(1, 4), loss)}; }

bool is_possible(const Comparison& comparison) { return comparison.truth() != Truth::no; }

SumInDoubles::Ball any_ball(int d) {
  return {enclose(test::vector(d)), enclose(Rational(integer(0, 9), 4))};
}

/// A point of a ball, on its sphere along an axis now and then.
Vector<Rational> point_in(const SumInDoubles::Ball& ball) {
  Vector<Rational> w = ball.center.unaryExpr([](const Enclosure& x) { return exact_value(x); });
  const int j = integer(0, static_cast<int>(w.size()));
  w(j) += exact_value(ball.radius) * Rational(integer(-4, 5), 4);
  return w;
}

Enclosure norm(const Vector<Enclosure>& x) { return sqrt(x.squaredNorm()); }

// Exact numbers, or intervals of 256 bits, are the oracle.
RC_GTEST_PROP(SumInDoubles, EnclosesTheSumAtAPoint, ()) {
  const PrecisionScope scope(256);
  for (const Loss loss : all_losses) {
    const Both sum = any_of(loss);
    const Vector<Enclosure> w = enclose(test::vector(sum.exact->dimension()));
    const auto at = sum.doubles.at(w);
    RC_ASSERT(at.value.contains(objective(sum.problem(), w)));
    const Vector<Enclosure> gradient = full_gradient(sum.problem(), w);
    for (Eigen::Index j = 0; j < w.size(); ++j) RC_ASSERT(at.gradient(j).contains(gradient(j)));
    Enclosure squares = 0;
    for (int i = 0; i < sum.exact->size(); ++i) {
      const Enclosure square = sum.exact->gradient(i, w).squaredNorm();
      squares += square;
      RC_ASSERT(is_possible(sqrt(square) <= Enclosure(at.largest_gradient.value())));
      RC_ASSERT(is_possible(abs(sum.exact->value(i, w)) <= Enclosure(at.largest_value.value())));
    }
    RC_ASSERT(at.second_moment.contains(squares / sum.exact->size()));
    // [−∞, ∞] would do for all of this.
    const double rows = 1 + to_double(*sum.exact->facts().rows).squaredNorm();
    const double size = rows * rows * (1 + w.squaredNorm().approximate());
    RC_ASSERT(at.value.width() < 1e-10 * size);
    RC_ASSERT(at.gradient(0).width() < 1e-10 * size);
    RC_ASSERT(at.second_moment.width() < 1e-10 * size);
  }
}

// With ½ρ‖w‖² in every function.
RC_GTEST_PROP(SumInDoubles, EnclosesRegularizedSums, ()) {
  const PrecisionScope scope(256);
  for (const Loss loss : all_losses) {
    const auto plain = test::glm(integer(1, 6), integer(1, 4), loss);
    const Rational rho(integer(1, 9), integer(1, 5));
    const Both sum{regularized(plain, rho), regularized(treated_as_large(*plain), rho)};
    const Vector<Enclosure> w = enclose(test::vector(plain->dimension()));
    const auto at = sum.doubles.at(w);
    RC_ASSERT(at.value.contains(objective(sum.problem(), w)));
    const Vector<Enclosure> gradient = full_gradient(sum.problem(), w);
    for (Eigen::Index j = 0; j < w.size(); ++j) RC_ASSERT(at.gradient(j).contains(gradient(j)));
    Enclosure squares = 0;
    for (int i = 0; i < plain->size(); ++i) {
      const Enclosure square = sum.exact->gradient(i, w).squaredNorm();
      squares += square;
      RC_ASSERT(is_possible(sqrt(square) <= Enclosure(at.largest_gradient.value())));
      RC_ASSERT(is_possible(abs(sum.exact->value(i, w)) <= Enclosure(at.largest_value.value())));
    }
    RC_ASSERT(at.second_moment.contains(squares / plain->size()));
    const double rows = 1 + to_double(*plain->facts().rows).squaredNorm();
    const double size = (9 + rows) * (9 + rows) * (1 + w.squaredNorm().approximate());
    RC_ASSERT(at.value.width() < 1e-10 * size);
    RC_ASSERT(at.gradient(0).width() < 1e-10 * size);
    RC_ASSERT(at.second_moment.width() < 1e-10 * size);
  }
}

RC_GTEST_PROP(SumInDoubles, EnclosesTheSumOnABox, ()) {
  const PrecisionScope scope(256);
  for (const Loss loss : all_losses) {
    const Both sum = any_of(loss);
    const Vector<Rational> center = test::vector(sum.exact->dimension());
    const Rational half(integer(0, 5), 8);
    Vector<Enclosure> box = enclose(center);
    Vector<Rational> inside = center;
    for (Eigen::Index j = 0; j < box.size(); ++j) {
      box(j) += enclose(Rational(-half), half);
      inside(j) += half * Rational(integer(-2, 3), 2);
    }
    const auto on_box = sum.doubles.at(box);
    RC_ASSERT(on_box.value.contains(objective(sum.problem(), enclose(inside))));
    const Vector<Enclosure> gradient = full_gradient(sum.problem(), enclose(inside));
    for (Eigen::Index j = 0; j < box.size(); ++j)
      RC_ASSERT(on_box.gradient(j).contains(gradient(j)));
  }
}

// More than one block of rows.
TEST(SumInDoubles, AddsUpBlocksOfRows) {
  const int n = 1000;
  Matrix<Rational> X(n, 3);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    X.row(i) << Rational(i % 17 - 8, 8), Rational(i % 5, 3), Rational(i, n);
    y(i) = i % 3 == 0 ? 1 : -1;
  }
  const Both sum{generalized_linear(X, y, Loss::logistic)};
  const PrecisionScope scope(128);
  const Vector<Enclosure> w = Vector<Enclosure>::Constant(3, Enclosure(1) / 3);
  EXPECT_TRUE(sum.doubles.at(w).value.contains(objective(sum.problem(), w)));
  EXPECT_TRUE(sum.doubles.at(w).gradient(2).contains(full_gradient(sum.problem(), w)(2)));
  EXPECT_LT(sum.doubles.at(w).value.width(), 1e-11);
}

TEST(SumInDoubles, IsUsedForManyNumbersOnly) {
  const auto of_size = [](int n) {
    return least_squares(Matrix<Rational>::Constant(n, 8, 1), Vector<Rational>::Zero(n));
  };
  EXPECT_EQ(of_size(4096)->in_doubles(), nullptr);
  const auto large = of_size(4097);
  ASSERT_NE(large->in_doubles(), nullptr);
  const Vector<Enclosure> w = Vector<Enclosure>::Constant(8, 1);
  EXPECT_TRUE(objective(Problem{large}, w).contains(32));
  EXPECT_FALSE(objective(Problem{large}, w).is_exact());
  EXPECT_TRUE(full_gradient(Problem{large}, w)(7).contains(8));
}

// A row that doubles take for zero would not be counted.
TEST(SumInDoubles, IsNotMadeOfRowsBeyondDoubles) {
  Matrix<Rational> X(1, 1);
  X(0, 0) = Rational(1) / Rational(pow(Integer(10), 200U));
  EXPECT_EQ(treated_as_large(*least_squares(X, Vector<Rational>::Zero(1)))->in_doubles(), nullptr);
  X(0, 0) = Rational(pow(Integer(10), 200U));
  EXPECT_EQ(treated_as_large(*least_squares(X, Vector<Rational>::Zero(1)))->in_doubles(), nullptr);
  X(0, 0) = 0;
  EXPECT_NE(treated_as_large(*least_squares(X, Vector<Rational>::Zero(1)))->in_doubles(), nullptr);
}

// (v − w)ᵀ(∇F(v) − ∇F(w)) lies between λ‖v − w‖² and β‖v − w‖² for all v and w of a ball.
RC_GTEST_PROP(SumInDoubles, BoundsTheCurvatureInABall, ()) {
  for (const Loss loss : all_losses) {
    const Both sum = any_of(loss);
    const auto ball = any_ball(sum.exact->dimension());
    const Vector<Enclosure> v = enclose(point_in(ball));
    const Vector<Enclosure> w = enclose(point_in(ball));
    const Enclosure slope =
        (full_gradient(sum.problem(), v) - full_gradient(sum.problem(), w)).eval().dot(v - w);
    const Enclosure distance = Vector<Enclosure>(v - w).squaredNorm();
    for (const auto& where : {std::optional(ball), std::optional<SumInDoubles::Ball>()}) {
      const Enclosure lambda(eigenvalue_below(sum.doubles.least_curvature(where)));
      RC_ASSERT(is_possible(slope >= lambda * distance));
    }
    RC_ASSERT(
        is_possible(slope <= Enclosure(eigenvalue_above(sum.doubles.most_curvature())) * distance));
  }
}

// On R^d these are the family's bounds; at a point the second derivatives there.
RC_GTEST_PROP(SumInDoubles, BoundsTheCurvatureClosely, ()) {
  for (const Loss loss : all_losses) {
    const Both sum = any_of(loss);
    const auto at_most_apart = [](double a, const Rational& b) {
      return std::abs(a - static_cast<double>(b)) <= 1e-2 * (1 + std::abs(static_cast<double>(b)));
    };
    const auto bounds = objective_curvature(sum.problem());
    RC_ASSERT(at_most_apart(eigenvalue_above(sum.doubles.most_curvature()),
                            largest_eigenvalue_bound(bounds.upper->dense()).value));
    const auto point = test::vector(sum.exact->dimension());
    const auto at_point = least_curvature_within(sum.problem(), enclose(point));
    const SumInDoubles::Ball ball{enclose(point), 0};
    RC_ASSERT((sum.doubles.least_curvature(ball).middle - to_double(at_point->dense())).norm() <
              1e-9);
  }
}

RC_GTEST_PROP(SumInDoubles, BoundsTheGradientsInABall, ()) {
  for (const Loss loss : all_losses) {
    const Both sum = any_of(loss);
    const auto ball = any_ball(sum.exact->dimension());
    const Vector<Enclosure> w = enclose(point_in(ball));
    for (const auto& where : {std::optional(ball), std::optional<SumInDoubles::Ball>()}) {
      const auto lengths = sum.doubles.gradients(where);
      const bool may_be_unbounded = !where && (loss == Loss::squared || loss == Loss::sine);
      RC_ASSERT(lengths || may_be_unbounded);
      if (!lengths) continue;
      Enclosure squares = 0;
      for (int i = 0; i < sum.exact->size(); ++i) {
        const Vector<Enclosure> g = sum.exact->gradient(i, w);
        squares += g.squaredNorm();
        RC_ASSERT(is_possible(norm(g) <= Enclosure(lengths->largest.value())));
      }
      RC_ASSERT(
          is_possible(squares / sum.exact->size() <= Enclosure(lengths->mean_square.value())));
    }
  }
}

// Squared losses have the longest gradient of a ball at its sphere.
TEST(SumInDoubles, FindsTheLongestGradientOfSquaredLosses) {
  Matrix<Rational> X(1, 2);
  X << 3, 4;
  const Both sum{least_squares(X, Vector<Rational>::Constant(1, 5))};
  const auto lengths = sum.doubles.gradients(
      SumInDoubles::Ball{Vector<Enclosure>::Zero(2), 2});  // |0 − 5| · 5 + 25 · 2
  ASSERT_TRUE(lengths);
  EXPECT_NEAR(lengths->largest.value(), 75, 1e-6);
  EXPECT_NEAR(lengths->mean_square.value(), 75.0 * 75, 1e-3);
}

// σ_max(X)² and σ_max(Y)², with fewer rows than columns and with more.
RC_GTEST_PROP(SumInDoubles, EnclosesTheSingularValuesOfRows, ()) {
  const Both sum = any_of(Loss::squared);
  const Matrix<Rational>& X = *sum.exact->facts().rows;
  const Enclosure plain = enclose_largest_eigenvalue(gram(X));
  const Enclosure found = enclose_largest_eigenvalue(sum.doubles.smaller_gram(Rows::plain));
  RC_ASSERT(is_possible(found == plain));
  RC_ASSERT(found.width() <= 0.1 * (1 + plain.approximate()));
  Vector<Rational> weights = X.rowwise().squaredNorm();
  for (Rational& weight : weights) weight = weight == 0 ? Rational(0) : Rational(1 / weight);
  RC_ASSERT(is_possible(enclose_largest_eigenvalue(sum.doubles.smaller_gram(Rows::unit)) ==
                        enclose_largest_eigenvalue(weighted_gram(X, weights))));
}

TEST(SumInDoubles, SurroundsDomainsByBalls) {
  EXPECT_FALSE(SumInDoubles::Ball::around(Domain::all()));
  const Vector<Rational> ones = Vector<Rational>::Ones(2);
  const auto box = SumInDoubles::Ball::around(Domain::box(-3 * ones, 5 * ones));
  EXPECT_TRUE(box->radius.contains(sqrt(Enclosure(32))));
  EXPECT_EQ(box->center(1).to_string(), "1");
  const auto ball = SumInDoubles::Ball::around(Domain::ball(ones, 7));
  EXPECT_EQ(ball->radius.to_string(), "7");
}

}  // namespace
}  // namespace graddiv
