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

// Shifted to a smallest eigenvalue of a few roundings on either side of zero, where floating point alone is as good as tossing a coin.
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

// Without its shift it would be wrong: Cholesky gets through some matrices that rounding has made indefinite.
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

}  // namespace
}  // namespace graddiv
