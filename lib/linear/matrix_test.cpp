#include "linear/matrix.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "number/exact.h"
#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

RC_GTEST_PROP(MatricesOfEnclosures, HaveTheProductsOfTheExactOnes, ()) {
  const Index n = *rc::gen::inRange(0, 12);
  const Index k = *rc::gen::inRange(0, 12);
  const Matrix<Rational> A = *matrices(n, k);
  const Matrix<Rational> B = *matrices(k, n);
  const Vector<Rational> x = *vectors(k);
  const Matrix<Enclosure> a = enclose(A);
  const Matrix<Enclosure> b = enclose(B);
  const Vector<Enclosure> v = enclose(x);
  const Matrix<Rational> AB = A * B;
  const Matrix<Enclosure> ab = a * b;
  const Vector<Rational> Ax = A * x;
  const Vector<Enclosure> av = a * v;
  const Matrix<Enclosure> combined = 2 * ab - a * b.transpose().transpose();
  for (Index i = 0; i < n; ++i) {
    RC_ASSERT(exact_value(av(i)) == Ax(i));
    for (Index j = 0; j < n; ++j) {
      RC_ASSERT(exact_value(ab(i, j)) == AB(i, j));
      RC_ASSERT(exact_value(combined(i, j)) == AB(i, j));
    }
  }
  RC_ASSERT(exact_value(v.dot(v)) == x.squaredNorm());
  RC_ASSERT(exact_value(v.squaredNorm()) == x.squaredNorm());
  RC_ASSERT(exact_value(v.sum()) == x.sum());
  RC_ASSERT(exact_value((v * v.transpose()).trace()) == x.squaredNorm());
}

TEST(MatricesOfEnclosures, TakeSquaresInNorms) {
  Vector<Enclosure> v(2);
  v << Enclosure::hull(-1, 1), Enclosure(2);
  EXPECT_EQ(v.squaredNorm().to_string(), "[4, 5]");
  EXPECT_EQ(exact_value(enclose(Vector<Rational>::Constant(4, Rational(1, 2))).norm()), 1);
}

TEST(MatricesOfIntervals, CanBeMultiplied) {
  const Matrix<Rational> A = matrix({{1, 2}, {3, 4}});
  const Matrix<Interval> a = A.unaryExpr(&interval_around);
  const Matrix<Interval> square = a * a;
  EXPECT_EQ(lower_end(square(1, 0)), 15);
  EXPECT_EQ(upper_end(square(1, 0)), 15);
}

TEST(ConvertingAMatrix, GoesToDoublesAndBack) {
  const Matrix<double> a = (Matrix<double>(2, 2) << 0.1, -3, 1e300, 5e-324).finished();
  EXPECT_EQ(to_double(exact_rational(a)), a);
  EXPECT_EQ(exact_rational(a)(0, 0), rational_from(0.1));
  EXPECT_EQ(to_double(matrix({{1}, {3}}) / Rational(3))(0, 0), 1.0 / 3);
  Vector<double> bad(1);
  bad << std::nan("");
  EXPECT_THROW(exact_rational(bad), std::domain_error);
}

TEST(Symmetry, IsExact) {
  EXPECT_TRUE(is_symmetric(Matrix<Rational>(0, 0)));
  EXPECT_TRUE(is_symmetric(matrix({{1, 2}, {2, 3}})));
  EXPECT_FALSE(is_symmetric(matrix({{1, 2, 0}, {2, 3, 0}})));
  Matrix<Rational> A = matrix({{1, 2}, {2, 3}});
  A(0, 1) += power_of_two(-300);
  EXPECT_FALSE(is_symmetric(A));
}

}  // namespace
}  // namespace graddiv
