#include "linear/eigenvalue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "linear/ldlt.h"
#include "number/exact.h"
#include "number/precision.h"
#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

Matrix<Rational> minus(const Matrix<Rational>& A, const Rational& t) {
  Matrix<Rational> shifted = A;
  shifted.diagonal().array() -= t;
  return shifted;
}

/// t ≤ λ_min(A), and λ_min(A) < t + slack.
void assert_is_lower_bound(const EigenvalueBound& bound, const Matrix<Rational>& A,
                           const Rational& slack) {
  const PsdCertificate below = certify_psd(minus(A, bound.value));
  RC_ASSERT(below.positive_semidefinite);
  RC_ASSERT(below.positive_definite == !bound.exact);
  RC_ASSERT(!certify_psd(minus(A, bound.value + slack)).positive_semidefinite);
}

Rational largest_entry(const Matrix<Rational>& A) {
  Rational largest = 0;
  for (const Rational& x : A.reshaped()) largest = std::max(largest, Rational(abs(x)));
  return largest;
}

// An eigenvalue that is tiny against the matrix, of either sign: eigenvalues in floating point know
// nothing of it.
TEST(EigenvalueBounds, AreRelativeToTheEigenvalueAndNotToTheMatrix) {
  const Rational eps = power_of_ten(-30);
  for (const Rational& scale : {Rational(1), power_of_ten(200), power_of_ten(-200)}) {
    for (const Rational& last : {Rational(1 + eps), Rational(1 - eps), Rational(1 + eps * eps)}) {
      Matrix<Rational> A(2, 2);
      A << scale, scale, scale, scale * last;
      Matrix<Rational> B(2, 2);  // the same eigenvalue, in units 10^30 apart
      B << scale / eps, scale, scale, scale * eps * last;
      for (const Matrix<Rational>& M : {A, B}) {
        const EigenvalueBound bound = smallest_eigenvalue_bound(M);
        EXPECT_EQ(bound.value > 0, last > 1) << bound.value;
        EXPECT_TRUE(certify_psd(minus(M, bound.value)).positive_semidefinite);
        const Rational above = bound.value + abs(bound.value) * power_of_ten(-9);
        EXPECT_FALSE(certify_psd(minus(M, above)).positive_semidefinite) << bound.value;
        const Enclosure both = enclose_smallest_eigenvalue(M);
        EXPECT_LT(both.relative_width(), 1e-9);
      }
    }
  }
}

RC_GTEST_PROP(EigenvalueBounds, AreCertifiedAndTight, ()) {
  const Index n = *rc::gen::inRange(1, 7);
  const Rational scale = *rc::gen::element(Rational(1), power_of_ten(300), power_of_ten(-300));
  const Matrix<Rational> A = scale * *symmetric_matrices(n);
  const Rational slack = std::max(largest_entry(A), scale) * power_of_ten(-12);
  const EigenvalueBound smallest = smallest_eigenvalue_bound(A);
  assert_is_lower_bound(smallest, A, slack);
  const EigenvalueBound largest = largest_eigenvalue_bound(A);
  assert_is_lower_bound({-largest.value, largest.exact}, -A, slack);
  RC_ASSERT(smallest.value <= largest.value);

  const Enclosure low = enclose_smallest_eigenvalue(A);
  const Enclosure high = enclose_largest_eigenvalue(A);
  RC_ASSERT(low.is_exact() == smallest.exact);
  RC_ASSERT(high.is_exact() == largest.exact);
  RC_ASSERT(low.relative_width() <= 1e-12);
  RC_ASSERT(high.relative_width() <= 1e-12);
  if (!high.is_exact()) {  // strictly between its ends
    RC_ASSERT(!certify_psd(minus(-A, -lower_end(high))).positive_semidefinite);
    RC_ASSERT(certify_psd(minus(-A, -upper_end(high))).positive_definite);
  }
  if (!low.is_exact()) {
    RC_ASSERT(!certify_psd(minus(A, upper_end(low))).positive_semidefinite);
    RC_ASSERT(certify_psd(minus(A, lower_end(low))).positive_definite);
  }
}

// Whatever is not exact gets narrower, and stays certified, however close the eigenvalues are.
RC_GTEST_PROP(EigenvalueBounds, NarrowWithThePrecision, ()) {
  const Index n = *rc::gen::inRange(1, 5);
  const Rational scale = *rc::gen::element(Rational(1), power_of_ten(300), power_of_ten(-300));
  const Rational close = *rc::gen::element(Rational(1), power_of_ten(-16), power_of_ten(-40));
  const Matrix<Rational> I = Matrix<Rational>::Identity(n, n);
  const Matrix<Rational> A = scale * (I + close * *symmetric_matrices(n));
  for (const unsigned bits : {512U, 2048U}) {
    const PrecisionScope scope(bits);
    for (const Enclosure& x : {enclose_largest_eigenvalue(A), -enclose_smallest_eigenvalue(-A)}) {
      if (x.is_exact()) continue;
      const Rational most = abs(upper_end(x)) * power_of_two(80 - static_cast<int>(bits) / 2);
      RC_ASSERT(upper_end(x) - lower_end(x) <= most);
      RC_ASSERT(certify_psd(upper_end(x) * I - A).positive_semidefinite);
      RC_ASSERT(!certify_psd(lower_end(x) * I - A).positive_definite);
    }
  }
}

RC_GTEST_PROP(EigenvalueBounds, FindRationalEigenvaluesExactly, ()) {
  const Index n = *rc::gen::inRange(1, 6);
  const Rational scale = *rc::gen::element(Rational(1), power_of_ten(300), power_of_ten(-300));
  const Vector<Rational> eigenvalues = scale * *vectors(n);
  const Matrix<Rational> A = with_eigenvalues(eigenvalues, *vectors(n));
  const EigenvalueBound smallest = smallest_eigenvalue_bound(A);
  const EigenvalueBound largest = largest_eigenvalue_bound(A);
  RC_ASSERT(smallest.exact);
  RC_ASSERT(smallest.value == eigenvalues.minCoeff());
  RC_ASSERT(largest.exact);
  RC_ASSERT(largest.value == eigenvalues.maxCoeff());
  RC_ASSERT(exact_value(enclose_largest_eigenvalue(A)) == eigenvalues.maxCoeff());
  RC_ASSERT(exact_value(enclose_smallest_eigenvalue(A)) == eigenvalues.minCoeff());
}

RC_GTEST_PROP(EigenvalueBounds, SeeThatASingularMatrixHasTheEigenvalueZero, ()) {
  const Index n = *rc::gen::inRange(2, 7);
  const Matrix<Rational> A = *gram_matrices(n, *rc::gen::inRange(Index{0}, n));
  const EigenvalueBound bound = smallest_eigenvalue_bound(A);
  RC_ASSERT(bound.exact);
  RC_ASSERT(bound.value == 0);
}

TEST(EigenvalueBounds, OfMatricesWithKnownEigenvalues) {
  EXPECT_EQ(smallest_eigenvalue_bound(matrix({{-7}})).value, -7);
  EXPECT_EQ(largest_eigenvalue_bound(matrix({{0, 0}, {0, 0}})).value, 0);
  EXPECT_TRUE(largest_eigenvalue_bound(matrix({{0, 0}, {0, 0}})).exact);
  // (1 1; 1 0) has the golden ratio.
  const Enclosure golden = enclose_largest_eigenvalue(matrix({{1, 1}, {1, 0}}));
  EXPECT_FALSE(golden.is_exact());
  EXPECT_TRUE(golden.contains((1 + sqrt(Enclosure(5))) / 2));
  EXPECT_FALSE(smallest_eigenvalue_bound(matrix({{1, 1}, {1, 0}})).exact);
  EXPECT_THROW(smallest_eigenvalue_bound(Matrix<Rational>(0, 0)), std::invalid_argument);
  EXPECT_THROW(largest_eigenvalue_bound(matrix({{1, 2}, {3, 4}})), std::invalid_argument);
}

Matrix<Rational> hilbert(Index n) {
  Matrix<Rational> H(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) H(i, j) = Rational(1, i + j + 1);
  return H;
}

TEST(EigenvalueBounds, AreRelativelyTightForAnIllConditionedMatrix) {
  const Enclosure smallest = enclose_smallest_eigenvalue(hilbert(8));  // condition 1.5e10
  EXPECT_LT(smallest.relative_width(), 1e-10);
  EXPECT_NEAR(smallest.approximate(), 1.11153896637244e-10, 1e-17);  // by mpmath
}

// Σ x xᵀ/‖x‖² over rows of different lengths, whose common denominator is long.
TEST(EigenvalueBounds, AreCertifiedAndTightForLongDenominators) {
  const Index d = 8;
  Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
  Integer random = 1;
  for (int i = 0; i < 100; ++i) {
    Vector<Rational> x(d);
    for (Index j = 0; j < d; ++j) {
      random = random * 48271 % 2147483647;
      x(j) = random;
    }
    A += Matrix<Rational>(x * x.transpose()) / Rational(x.squaredNorm());
  }
  const Rational t = largest_eigenvalue_bound(A).value;
  const Matrix<Rational> I = Matrix<Rational>::Identity(d, d);
  EXPECT_TRUE(certify_psd(t * I - A).positive_definite);
  EXPECT_FALSE(certify_psd(t * (1 - power_of_two(-40)) * I - A).positive_semidefinite);
  const Enclosure enclosed = enclose_largest_eigenvalue(A);
  EXPECT_TRUE(certify_psd(exact_value(enclosed.upper()) * I - A).positive_definite);
  EXPECT_FALSE(certify_psd(exact_value(enclosed.lower()) * I - A).positive_semidefinite);
  EXPECT_LE(enclosed.relative_width(), 1e-12);
  const PrecisionScope scope(512);
  const Enclosure narrower = enclose_largest_eigenvalue(A);
  EXPECT_TRUE(enclosed.contains(narrower)) << narrower;
  EXPECT_LE(narrower.relative_width(), 0x1p-176);
}

// Where entries are rounded first, their rounding is part of the bound.
TEST(EigenvalueBounds, AllowForTheRoundingOfLongEntries) {
  const Rational x = 1 + power_of_two(-33'000);
  const Matrix<Rational> A = Matrix<Rational>::Constant(1, 1, x);
  EXPECT_TRUE(largest_eigenvalue_bound(A).value >= x);  // ten thousand digits
  EXPECT_FALSE(largest_eigenvalue_bound(A).exact);
  const Enclosure enclosed = enclose_largest_eigenvalue(A);
  EXPECT_TRUE(lower_end(enclosed) <= x && x <= upper_end(enclosed)) << enclosed;
}

TEST(EigenvalueBounds, HoldWhereFloatingPointIsLost) {
  // λ_min is 1.05e-16 and 7.8e-29, the condition 1.7e16 and 2.5e28 (by mpmath).
  for (const Index n : {12, 20}) {
    const Matrix<Rational> H = hilbert(n);
    const EigenvalueBound bound = smallest_eigenvalue_bound(H);
    EXPECT_FALSE(bound.exact);
    EXPECT_TRUE(certify_psd(minus(H, bound.value)).positive_semidefinite);
    const Enclosure smallest = enclose_smallest_eigenvalue(H);
    EXPECT_FALSE(certify_psd(minus(H, upper_end(smallest))).positive_semidefinite);
    const EigenvalueBound generalized =
        largest_generalized(H, hilbert(n).diagonal().asDiagonal()).value();
    EXPECT_GT(generalized.value, 0);
    EXPECT_TRUE(certify_psd(H - generalized.value * Matrix<Rational>(H.diagonal().asDiagonal()))
                    .positive_semidefinite);
  }
  EXPECT_GT(smallest_eigenvalue_bound(hilbert(12)).value, 5 * power_of_ten(-17));
}

RC_GTEST_PROP(TheLargestMultipleBelow, IsCertifiedAndTight, ()) {
  const Index n = *rc::gen::inRange(1, 6);
  const Matrix<Rational> A = *gram_matrices(n, *rc::gen::inRange(0, 7));
  const Matrix<Rational> B = *gram_matrices(n, *rc::gen::inRange(0, 7));
  const std::optional<EigenvalueBound> t = largest_generalized(A, B);
  RC_ASSERT(t.has_value() == (largest_entry(B) != 0));
  if (!t) return;
  RC_ASSERT(t->value >= 0);
  RC_ASSERT(certify_psd(A - t->value * B).positive_semidefinite);
  const Rational beyond =
      t->value * (1 + power_of_ten(-9)) + (t->value == 0 ? 1 : 0) * power_of_ten(-9);
  RC_ASSERT(!certify_psd(A - beyond * B).positive_semidefinite);
  if (t->exact)
    RC_ASSERT(!certify_psd(A - (t->value + power_of_two(-400)) * B).positive_semidefinite);
}

RC_GTEST_PROP(TheLargestMultipleBelow, IsFoundExactlyWhereItIsASimpleFraction, ()) {
  // A = Cᵀ diag(a) C and B = Cᵀ diag(b) C with a regular C: the answer is the least a_i/b_i.
  const Index n = *rc::gen::inRange(1, 5);
  const Matrix<Rational> C = *matrices(n, n) + 20 * Matrix<Rational>::Identity(n, n);
  const Vector<Rational> a = (*vectors(n)).cwiseAbs();
  const Vector<Rational> b = (*vectors(n)).cwiseAbs();
  const auto t =
      largest_generalized(C.transpose() * a.asDiagonal() * C, C.transpose() * b.asDiagonal() * C);
  std::optional<Rational> least;
  for (Index i = 0; i < n; ++i)
    if (b(i) > 0 && (!least || a(i) / b(i) < *least)) least = a(i) / b(i);
  RC_ASSERT(t.has_value() == least.has_value());
  if (!t) return;
  RC_ASSERT(t->exact);
  RC_ASSERT(t->value == *least);
}

TEST(TheLargestMultipleBelow, AtItsCorners) {
  const Matrix<Rational> zero = matrix({{0, 0}, {0, 0}});
  const Matrix<Rational> first = matrix({{1, 0}, {0, 0}});
  const Matrix<Rational> identity = matrix({{1, 0}, {0, 1}});
  EXPECT_FALSE(largest_generalized(identity, zero).has_value());
  EXPECT_FALSE(largest_generalized(zero, zero).has_value());
  EXPECT_EQ(largest_generalized(zero, first)->value, 0);
  EXPECT_EQ(largest_generalized(first, identity)->value, 0);
  EXPECT_TRUE(largest_generalized(first, identity)->exact);
  EXPECT_EQ(largest_generalized(identity, first)->value, 1);
  EXPECT_EQ(largest_generalized(3 * first, 2 * first)->value, Rational(3, 2));
  EXPECT_THROW(largest_generalized(-identity, identity), std::invalid_argument);
  EXPECT_THROW(largest_generalized(identity, -first), std::invalid_argument);
  EXPECT_THROW(largest_generalized(identity, matrix({{1}})), std::invalid_argument);
}

TEST(TheLargestMultipleBelow, IsFoundForMatricesOfVeryDifferentSize) {
  const Matrix<Rational> A = power_of_ten(200) * matrix({{2, 1}, {1, 2}});
  const Matrix<Rational> B = power_of_ten(-200) * matrix({{1, 0}, {0, 1}});
  EXPECT_EQ(largest_generalized(A, B)->value, power_of_ten(400));
  // A nearly singular.
  Matrix<Rational> C = matrix({{1, 1}, {1, 1}});
  C(0, 0) += power_of_ten(-30);
  const EigenvalueBound t = largest_generalized(C, matrix({{1, 0}, {0, 1}})).value();
  EXPECT_GT(t.value, 0);
  EXPECT_LT(t.value, power_of_ten(-30));
}

}  // namespace
}  // namespace graddiv
