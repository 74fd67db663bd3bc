#include "linear/solve.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linear/ldlt.h"
#include "number/exact.h"
#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

/// Whether b is a combination of the columns of A: no row vector kills A but not b.
bool is_consistent(const Matrix<Rational>& A, const Vector<Rational>& b) {
  const Matrix<Rational> left_kernel = null_space(Matrix<Rational>(A.transpose()));
  const Vector<Rational> products = left_kernel.transpose() * b;
  return products.size() == 0 || products.squaredNorm() == 0;
}

RC_GTEST_PROP(TheSolution, SolvesEveryRegularSystem, ()) {
  const Index n = *rc::gen::inRange(0, 7);
  const Matrix<Rational> A = *matrices(n, n);
  const Vector<Rational> b = *vectors(n);
  const std::optional<Vector<Rational>> x = solve(A, b);
  RC_ASSERT(x.has_value() == (null_space(A).cols() == 0));
  if (x) RC_ASSERT(Vector<Rational>(A * *x) == b);
}

RC_GTEST_PROP(TheSolution, OfASystemMadeFromItIsItself, ()) {
  const Index n = *rc::gen::inRange(1, 7);
  const Matrix<Rational> A = *matrices(n, n);
  const Vector<Rational> x = *vectors(n);
  if (const auto found = solve(A, Vector<Rational>(A * x))) RC_ASSERT(*found == x);
}

RC_GTEST_PROP(TheSolution, OverEnclosuresContainsTheExactOne, ()) {
  const Index n = *rc::gen::inRange(0, 6);
  const Matrix<Rational> A = *matrices(n, n);
  const Vector<Rational> b = *vectors(n);
  const std::optional<Vector<Rational>> x = solve(A, b);
  const std::optional<Vector<Enclosure>> exact = solve(enclose(A), enclose(b));
  RC_ASSERT(x.has_value() == exact.has_value());
  Matrix<Enclosure> rounded = enclose(A);
  for (Enclosure& entry : rounded.reshaped()) entry = entry.as_interval();
  const std::optional<Vector<Enclosure>> inexact = solve(rounded, enclose(b));
  if (!x) RC_ASSERT(!inexact.has_value());
  if (!x) return;
  RC_ASSERT(inexact.has_value());
  for (Index i = 0; i < n; ++i) {
    RC_ASSERT(exact_value((*exact)(i)) == (*x)(i));
    RC_ASSERT((*inexact)(i).contains((*exact)(i)));
    RC_ASSERT((*inexact)(i).width() < 1e-20);
  }
}

RC_GTEST_PROP(TheLeastNormSolution, SolvesTheSystemAndIsOrthogonalToTheNullSpace, ()) {
  const Index m = *rc::gen::inRange(0, 6);
  const Index n = *rc::gen::inRange(0, 6);
  const Matrix<Rational> A = *matrices(m, n);
  const bool made_consistent = *rc::gen::arbitrary<bool>();
  const Vector<Rational> b = made_consistent ? Vector<Rational>(A * *vectors(n)) : *vectors(m);
  const std::optional<Vector<Rational>> x = least_norm_solve(A, b);
  RC_ASSERT(x.has_value() == is_consistent(A, b));
  if (made_consistent) RC_ASSERT(x.has_value());
  if (!x) return;
  RC_ASSERT(x->size() == n);
  RC_ASSERT(Vector<Rational>(A * *x) == b);
  // x ⟂ null(A): then ‖x + z‖² = ‖x‖² + ‖z‖² for every other solution x + z.
  const Vector<Rational> products = null_space(A).transpose() * *x;
  for (const Rational& product : products) RC_ASSERT(product == 0);
}

RC_GTEST_PROP(TheLeastSquaresSolution, HasAResidualOrthogonalToTheColumnsAndTheLeastNorm, ()) {
  const Index m = *rc::gen::inRange(0, 6);
  const Index n = *rc::gen::inRange(0, 6);
  const Matrix<Rational> A = *matrices(m, n);
  const Vector<Rational> b = *vectors(m);
  const Vector<Rational> x = least_squares_solve(A, b);
  RC_ASSERT(x.size() == n);
  const Vector<Rational> gradient = A.transpose() * Vector<Rational>(A * x - b);
  for (const Rational& entry : gradient) RC_ASSERT(entry == 0);
  const Vector<Rational> products = null_space(A).transpose() * x;
  for (const Rational& product : products) RC_ASSERT(product == 0);
}

RC_GTEST_PROP(TheNullSpace, IsKilledByTheMatrixAndIsAsLargeAsTheRankLeavesIt, ()) {
  const Index m = *rc::gen::inRange(0, 7);
  const Index n = *rc::gen::inRange(0, 7);
  const Matrix<Rational> A = *matrices(m, n);
  const Matrix<Rational> N = null_space(A);
  RC_ASSERT(N.rows() == n);
  const Matrix<Rational> product = A * N;
  for (const Rational& entry : product.reshaped()) RC_ASSERT(entry == 0);
  // Independent columns, and as many as n minus the rank of AᵀA, which LDLᵀ counts on its own.
  RC_ASSERT(certify_psd(N.transpose() * N).positive_definite);
  RC_ASSERT(N.cols() == n - certify_psd(A.transpose() * A).rank);
}

RC_GTEST_PROP(IndependentRows, AreTheRowsThatDoNotDependOnThoseBefore, ()) {
  const Index m = *rc::gen::inRange(0, 7);
  const Index n = *rc::gen::inRange(0, 5);
  const Matrix<Rational> A = *matrices(m, n);
  const std::vector<Index> chosen = independent_rows(A);
  std::size_t next = 0;
  for (Index i = 0; i < m; ++i) {
    const Index rank_before = n - null_space(Matrix<Rational>(A.topRows(i))).cols();
    const Index rank_with = n - null_space(Matrix<Rational>(A.topRows(i + 1))).cols();
    if (rank_with == rank_before) continue;
    RC_ASSERT(next < chosen.size());
    RC_ASSERT(chosen[next++] == i);
  }
  RC_ASSERT(next == chosen.size());
}

RC_GTEST_PROP(TheRankInMachineWords, IsTheRank, ()) {
  const Index m = *rc::gen::inRange(0, 7);
  const Index n = *rc::gen::inRange(0, 7);
  const Matrix<Rational> A = *matrices(m, n);
  RC_ASSERT(rank_at_least(A) == static_cast<Index>(independent_rows(A).size()));
}

// A multiple of the prime is 0 to machine words: they settle only that the rank is full.
TEST(TheRankInMachineWords, MisleadsNobodyWhereThePrimeDivides) {
  const Rational prime = (Rational(Integer(1) << 61)) - 1;
  Matrix<Rational> A = matrix({{1, 2}, {1, 2}, {0, 0}});
  A(1, 1) += prime;
  EXPECT_EQ(rank_at_least(A), 1);
  EXPECT_EQ(null_space(A).cols(), 0);
  const Vector<Rational> x = (Vector<Rational>(2) << 3, 5).finished();
  EXPECT_EQ(least_norm_solve(A, Vector<Rational>(A * x)).value(), x);
  Vector<Rational> contradiction = A * x;
  contradiction(2) = prime;
  EXPECT_FALSE(least_norm_solve(A, contradiction).has_value());
}

RC_GTEST_PROP(SolvingInDoubles, FollowsTheExactAnswer, ()) {
  const Index m = *rc::gen::inRange(1, 6);
  const Index n = *rc::gen::inRange(1, 6);
  const Matrix<Rational> A = *matrices(m, n);
  const Vector<Rational> b = A * *vectors(n);
  const auto near = [](const Vector<double>& x, const Vector<Rational>& y) {
    return (x - to_double(y)).norm() <= 1e-6 * (1 + to_double(y).norm());
  };
  const Matrix<double> a = to_double(A);
  // Up to the condition of the matrix, whose smallest singular value may be small for these
  // fractions, though not tiny.
  const auto x = least_norm_solve(a, to_double(b));
  RC_ASSERT(x.has_value());
  RC_ASSERT(near(*x, *least_norm_solve(A, b)));
  const Vector<Rational> other = *vectors(m);
  RC_ASSERT(near(least_squares_solve(a, to_double(other)), least_squares_solve(A, other)));
  RC_ASSERT(least_norm_solve(a, to_double(other)).has_value() == is_consistent(A, other));
  const Matrix<double> N = null_space(a);
  RC_ASSERT(N.rows() == n);
  RC_ASSERT(N.cols() == null_space(A).cols());
  if (N.cols() > 0) RC_ASSERT((a * N).norm() < 1e-9);
  if (m == n) {
    const auto y = solve(a, to_double(b));
    RC_ASSERT(y.has_value() == solve(A, b).has_value());
    if (y) RC_ASSERT(near(*y, *solve(A, b)));
  }
}

TEST(Solving, SmallSystemsByHand) {
  const Vector<Rational> b = (Vector<Rational>(2) << 2, 2).finished();
  const Vector<Rational> c = (Vector<Rational>(2) << 2, 3).finished();
  const Matrix<Rational> ones = matrix({{1, 1}, {1, 1}});
  EXPECT_FALSE(solve(ones, b).has_value());
  EXPECT_EQ(least_norm_solve(ones, b).value(), (Vector<Rational>(2) << 1, 1).finished());
  EXPECT_FALSE(least_norm_solve(ones, c).has_value());
  EXPECT_EQ(least_squares_solve(ones, c), Vector<Rational>::Constant(2, Rational(5, 4)));
  EXPECT_EQ(null_space(ones), matrix({{-1}, {1}}));
  EXPECT_EQ(null_space(matrix({{-2, 4}})), matrix({{2}, {1}}));  // the free entry is positive
  EXPECT_EQ(null_space(matrix({{2, 0}, {0, 3}})).cols(), 0);
  EXPECT_EQ(null_space(Matrix<Rational>(0, 2)), (Matrix<Rational>::Identity(2, 2)));
  EXPECT_EQ(independent_rows(matrix({{0, 0}, {1, 2}, {2, 4}, {0, 1}})), (std::vector<Index>{1, 3}));
}

TEST(Solving, RefusesShapesThatDoNotFit) {
  const Matrix<Rational> A(2, 3);
  const Vector<Rational> b(3);
  EXPECT_THROW(solve(A, Vector<Rational>(2)), std::invalid_argument);
  EXPECT_THROW(least_norm_solve(A, b), std::invalid_argument);
  EXPECT_THROW(least_squares_solve(A, b), std::invalid_argument);
  EXPECT_THROW(solve(Matrix<double>(2, 3), Vector<double>(2)), std::invalid_argument);
  EXPECT_THROW(solve(Matrix<Enclosure>(2, 2), Vector<Enclosure>(3)), std::invalid_argument);
}

TEST(Solving, IsNotConfusedByNumbersOfVeryDifferentSize) {
  const Matrix<Rational> A =
      (Matrix<Rational>(2, 2) << power_of_ten(300), 1, 1, power_of_ten(-300)).finished();
  EXPECT_FALSE(solve(A, Vector<Rational>(A.col(0))).has_value());  // singular, exactly
  Matrix<Rational> B = A;
  B(1, 1) *= 2;
  EXPECT_EQ(solve(B, Vector<Rational>(B.col(0))).value(), (Vector<Rational>(2) << 1, 0).finished());
}

}  // namespace
}  // namespace graddiv
