#include "linear/fast_psd.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

#include "linear/eigenvalue.h"
#include "linear/ldlt.h"
#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// A random symmetric matrix of doubles, with entries of all sizes below 1.
Matrix<double> symmetric_doubles(Index d) {
  Matrix<double> A(d, d);
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j <= i; ++j) {
      const auto bits = static_cast<double>(*rc::gen::inRange<std::int64_t>(-(1L << 52), 1L << 52));
      A(i, j) = A(j, i) = std::ldexp(bits, *rc::gen::inRange(-72, -52));
    }
  }
  return A;
}

double shift_at_most(const Matrix<double>& A) {
  return 3 * (static_cast<double>(A.rows()) + 5) * epsilon * A.trace();
}

// Shifted to a smallest eigenvalue of a few roundings on either side of zero, where floating point
// alone is as good as tossing a coin.
RC_GTEST_PROP(AProofInFloatingPoint, IsRightByExactElimination, ()) {
  const auto d = *rc::gen::inRange<Index>(1, 8);
  Matrix<double> A = symmetric_doubles(d);
  const double lowest = static_cast<double>(smallest_eigenvalue_bound(exact_rational(A)).value);
  const double roundings = *rc::gen::inRange(-40, 400);
  A.diagonal().array() += -lowest + roundings * epsilon;
  const double radius = *rc::gen::element(0.0, 4 * epsilon, 1e-9);
  if (!proves_psd(A, radius)) return;
  const Matrix<Rational> worst =
      exact_rational(A) - Matrix<Rational>::Identity(d, d) * rational_from(radius);
  RC_ASSERT(certify_psd(worst).positive_semidefinite);
}

RC_GTEST_PROP(AProofInFloatingPoint, IsFoundFromItsThresholdOn, ()) {
  const auto d = *rc::gen::inRange<Index>(1, 8);
  Matrix<double> A = symmetric_doubles(d);
  const double lowest = static_cast<double>(smallest_eigenvalue_bound(exact_rational(A)).value);
  const double radius = *rc::gen::element(0.0, 1e-9, 1e-3);
  const double rounding = 4 * epsilon * A.cwiseAbs().maxCoeff();  // of the next line
  A.diagonal().array() += -lowest + radius;
  // What is added adds to the trace: twice the threshold is enough.
  A.diagonal().array() += 2 * (shift_at_most(A) + rounding) + 1e-20;
  RC_ASSERT(proves_psd(A, radius));
}

// Without its shift it would be wrong: Cholesky gets through some matrices that rounding has made
// indefinite.
TEST(AProofInFloatingPoint, IsNotGivenForIndefiniteMatricesThatCholeskyGetsThrough) {
  int got_through = 0;
  for (int k = 1; k <= 400; ++k) {
    Matrix<double> V(4, 3);  // VVᵀ is singular before its entries are rounded
    for (int i = 0; i < 12; ++i) V(i / 3, i % 3) = std::sin(k * (i + 1));
    const Matrix<double> A = V * V.transpose();
    if (certify_psd(exact_rational(A)).positive_semidefinite) continue;
    EXPECT_FALSE(proves_psd(A, 0)) << k;
    if (Eigen::LLT<Matrix<double>>(A).info() == Eigen::Success) ++got_through;
  }
  EXPECT_GT(got_through, 0);
}

TEST(AProofInFloatingPoint, CoversTheWholeRadius) {
  const Matrix<double> I = Matrix<double>::Identity(5, 5);
  EXPECT_TRUE(proves_psd(I, 0.999999999));
  EXPECT_FALSE(proves_psd(I, 1));
  EXPECT_FALSE(proves_psd(-I, 0));
  EXPECT_FALSE(proves_psd(0 * I, 0));
  EXPECT_FALSE(proves_psd(I * std::numeric_limits<double>::quiet_NaN(), 0));
  EXPECT_FALSE(proves_psd(I * std::numeric_limits<double>::infinity(), 0));
}

// Shifted to a smallest eigenvalue of a few units of the last place on either side of zero.
RC_GTEST_PROP(AProofInShortIntegers, IsRightByExactElimination, ()) {
  const auto d = *rc::gen::inRange<Index>(1, 8);
  const Matrix<Rational> A = *gram_matrices(d, *rc::gen::inRange<Index>(0, d + 1));
  const Rational unit = Rational(1) / Rational(Integer(1) << 192U);
  const Rational shift = unit * *rc::gen::inRange(-20, 200) * (A.trace() + 1) / 16;
  const Matrix<Rational> shifted = A + shift * Matrix<Rational>::Identity(d, d);
  if (proves_positive_definite(shifted)) RC_ASSERT(ldlt(shifted)->D.minCoeff() > 0);
  if (proves_positive_definite(shifted)) RC_ASSERT(ldlt(shifted)->rank == d);
}

RC_GTEST_PROP(AProofInShortIntegers, IsFoundFromItsThresholdOnHoweverIllScaled, ()) {
  const auto d = *rc::gen::inRange<Index>(1, 8);
  const Matrix<Rational> A = *gram_matrices(d, *rc::gen::inRange<Index>(0, d + 1));
  // At least 2^−170 once the diagonal is scaled to about 1, and then scaled to anything.
  Matrix<Rational> M = A + Matrix<Rational>(A.diagonal().asDiagonal()) / (Integer(1) << 170U);
  for (Index j = 0; j < d; ++j) {
    if (A(j, j) == 0) M(j, j) = 1;
    const Rational factor = rational_from(std::ldexp(1.0, *rc::gen::inRange(-300, 300)));
    M.row(j) *= factor;
    M.col(j) *= factor;
  }
  RC_ASSERT(proves_positive_definite(M));
}

// Elimination of these in numbers of 192 bits gets through where it does not pay for its roundings.
TEST(AProofInShortIntegers, IsNotGivenForSingularMatrices) {
  for (int k = 1; k <= 200; ++k) {
    Matrix<Rational> V(5, 6);
    for (int i = 0; i < 30; ++i) V(i % 5, i / 5) = rational_from(std::sin(k * (i + 1)));
    EXPECT_FALSE(proves_positive_definite(V.transpose().lazyProduct(V))) << k;
  }
  EXPECT_FALSE(proves_positive_definite(matrix<int>({{1, 2}, {2, 1}})));
  EXPECT_FALSE(proves_positive_definite(matrix<int>({{0}})));
  EXPECT_FALSE(proves_positive_definite(matrix<int>({{-1}})));
  EXPECT_TRUE(proves_positive_definite(matrix<int>({{1}})));
}

// Above the size from which certify_psd tries short integers and floating point first.
RC_GTEST_PROP(PsdOfALargerMatrix, IsDecidedAsByItsFactors, ()) {
  constexpr Index d = 26;
  const auto rank = *rc::gen::inRange<Index>(d - 2, d + 1);
  Matrix<Rational> A = *gram_matrices(d, rank);
  const int sign = *rc::gen::inRange(-1, 2);
  A(3, 3) += Rational(sign, 1000);
  const PsdCertificate certificate = certify_psd(A);
  const auto factors = ldlt(A);
  const bool psd = factors && (factors->rank == 0 || factors->D.minCoeff() > 0);
  RC_ASSERT(certificate.positive_semidefinite == psd);
  if (psd) {
    RC_ASSERT(certificate.rank == factors->rank);
    RC_ASSERT(certificate.positive_definite == (factors->rank == d));
  } else {
    RC_ASSERT(quadratic_form(A, *certificate.negative_direction) < 0);
  }
}

}  // namespace
}  // namespace graddiv
