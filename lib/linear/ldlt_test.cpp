#include "linear/ldlt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "linear/solve.h"
#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

void assert_is_factorisation(const Ldlt& f, const Matrix<Rational>& A) {
  RC_ASSERT(f.L.rows() == A.rows());
  RC_ASSERT(f.L.cols() == f.rank);
  RC_ASSERT(f.D.size() == f.rank);
  for (Index k = 0; k < f.rank; ++k) {
    RC_ASSERT(f.D(k) != 0);
    RC_ASSERT(f.L(k, k) == 1);
    for (Index i = 0; i < k; ++i) RC_ASSERT(f.L(i, k) == 0);
  }
  std::vector<Index> sorted = f.permutation;
  std::sort(sorted.begin(), sorted.end());
  for (Index i = 0; i < A.rows(); ++i) RC_ASSERT(sorted[static_cast<std::size_t>(i)] == i);
  RC_ASSERT(f.reconstruct() == A);
  // The same by Eigen's products: P A Pᵀ = L D Lᵀ.
  Matrix<Rational> permuted(A.rows(), A.rows());
  for (Index i = 0; i < A.rows(); ++i)
    for (Index j = 0; j < A.rows(); ++j)
      permuted(i, j) =
          A(f.permutation[static_cast<std::size_t>(i)], f.permutation[static_cast<std::size_t>(j)]);
  RC_ASSERT(Matrix<Rational>(f.L * f.D.asDiagonal() * f.L.transpose()) == permuted);
}

RC_GTEST_PROP(TheFactorisation, GivesBackTheMatrix, ()) {
  const Matrix<Rational> A = *symmetric_matrices(*rc::gen::inRange(0, 7));
  const std::optional<Ldlt> f = ldlt(A);
  if (!f) {
    RC_ASSERT(!certify_psd(A).positive_semidefinite);
    return;
  }
  assert_is_factorisation(*f, A);
  RC_ASSERT(f->rank == A.cols() - null_space(A).cols());
}

RC_GTEST_PROP(TheFactorisation, ExistsForEverySemidefiniteMatrixAndShowsItsRank, ()) {
  const Index n = *rc::gen::inRange(0, 7);
  const Matrix<Rational> A = *gram_matrices(n, *rc::gen::inRange(0, 7));
  const std::optional<Ldlt> f = ldlt(A);
  RC_ASSERT(f.has_value());
  assert_is_factorisation(*f, A);
  for (const Rational& d : f->D) RC_ASSERT(d > 0);
  RC_ASSERT(f->rank == A.cols() - null_space(A).cols());
}

TEST(TheFactorisation, OfSmallMatricesByHand) {
  const Ldlt f = ldlt(matrix({{2, 1}, {1, 3}})).value();
  EXPECT_EQ(f.L, (Matrix<Rational>(2, 2) << 1, 0, Rational(1, 2), 1).finished());
  EXPECT_EQ(f.D, (Vector<Rational>(2) << 2, Rational(5, 2)).finished());
  EXPECT_EQ(f.permutation, (std::vector<Index>{0, 1}));
  // A zero diagonal entry is passed over.
  EXPECT_EQ(ldlt(matrix({{0, 1}, {1, 2}})).value().permutation, (std::vector<Index>{1, 0}));
  EXPECT_FALSE(ldlt(matrix({{0, 1}, {1, 0}})).has_value());
  EXPECT_EQ(ldlt(matrix({{0, 0}, {0, 0}})).value().rank, 0);
  EXPECT_EQ(ldlt(matrix({{-7}})).value().D(0), -7);
  EXPECT_EQ(ldlt(Matrix<Rational>(0, 0)).value().rank, 0);
  EXPECT_THROW(ldlt(matrix({{1, 2}, {3, 4}})), std::invalid_argument);
  EXPECT_THROW(ldlt(matrix({{1, 2, 3}, {2, 1, 1}})), std::invalid_argument);
}

/// What a certificate must satisfy whatever the matrix.
void assert_is_proof(const PsdCertificate& c, const Matrix<Rational>& A) {
  RC_ASSERT(c.positive_semidefinite == !c.negative_direction.has_value());
  if (c.negative_direction) {
    const Vector<Rational>& v = *c.negative_direction;
    RC_ASSERT((v.transpose() * A * v).value() < 0);
  } else {
    RC_ASSERT(c.rank == A.cols() - null_space(A).cols());
    RC_ASSERT(c.positive_definite == (c.rank == A.rows()));
  }
}

RC_GTEST_PROP(ThePsdCertificate, IsAProofOfWhatItSays, ()) {
  const Matrix<Rational> A = *symmetric_matrices(*rc::gen::inRange(0, 6));
  const PsdCertificate c = certify_psd(A);
  assert_is_proof(c, A);
  // All principal minors of a positive semidefinite matrix are at least 0; those of order 2 are
  // easily seen.
  if (c.positive_semidefinite)
    for (Index i = 0; i < A.rows(); ++i)
      for (Index j = 0; j < A.rows(); ++j) RC_ASSERT(A(i, i) * A(j, j) - A(i, j) * A(j, i) >= 0);
}

RC_GTEST_PROP(ThePsdCertificate, AcceptsGramMatricesAndRefusesThemShiftedBelowZero, ()) {
  const Index n = *rc::gen::inRange(1, 7);
  Matrix<Rational> A = *gram_matrices(n, *rc::gen::inRange(0, 7));
  const PsdCertificate c = certify_psd(A);
  RC_ASSERT(c.positive_semidefinite);
  assert_is_proof(c, A);
  // Whatever is singular has an eigenvalue 0, and the least shift makes it negative.
  const Rational shift = power_of_two(-*rc::gen::inRange(0, 300));
  const bool singular = !c.positive_definite;
  A.diagonal().array() -= shift;
  const PsdCertificate below = certify_psd(A);
  assert_is_proof(below, A);
  if (singular) RC_ASSERT(!below.positive_semidefinite);
}

RC_GTEST_PROP(ThePsdCertificate, KnowsTheSignsOfGivenEigenvalues, ()) {
  const Index n = *rc::gen::inRange(1, 6);
  const Vector<Rational> eigenvalues = *vectors(n);
  const Matrix<Rational> A = with_eigenvalues(eigenvalues, *vectors(n));
  const PsdCertificate c = certify_psd(A);
  assert_is_proof(c, A);
  RC_ASSERT(c.positive_semidefinite == (eigenvalues.minCoeff() >= 0));
  RC_ASSERT(c.positive_definite == (eigenvalues.minCoeff() > 0));
}

TEST(ThePsdCertificate, OfSmallMatricesByHand) {
  EXPECT_TRUE(certify_psd(Matrix<Rational>(0, 0)).positive_definite);
  EXPECT_TRUE(certify_psd(matrix({{1}})).positive_definite);
  EXPECT_TRUE(certify_psd(matrix({{0}})).positive_semidefinite);
  EXPECT_FALSE(certify_psd(matrix({{0}})).positive_definite);
  EXPECT_EQ(certify_psd(matrix({{0, 0}, {0, 0}})).rank, 0);
  EXPECT_EQ(certify_psd(matrix({{1, 1}, {1, 1}})).rank, 1);
  EXPECT_EQ(certify_psd(matrix({{0, 0, 0}, {0, 1, 1}, {0, 1, 2}})).rank, 2);
  // A zero pivot with a non-zero entry beside it, in the first step and later, with and without
  // something on the diagonal.
  for (const Matrix<Rational>& A :
       {matrix({{0, 1}, {1, 0}}), matrix({{0, 1}, {1, 5}}), matrix({{5, 1}, {1, 0}}),
        matrix({{0, -1}, {-1, 1000000}}), matrix({{1, 1, 1}, {1, 1, 2}, {1, 2, 9}}), matrix({{-1}}),
        matrix({{1, 2}, {2, 1}}), matrix({{4, 2, 0}, {2, 1, 0}, {0, 0, -1}})}) {
    const PsdCertificate c = certify_psd(A);
    EXPECT_FALSE(c.positive_semidefinite) << A;
    ASSERT_TRUE(c.negative_direction.has_value()) << A;
    EXPECT_LT(quadratic_form(A, *c.negative_direction), 0) << A;
  }
  EXPECT_THROW(certify_psd(matrix({{1, 2}, {3, 4}})), std::invalid_argument);
  EXPECT_THROW(certify_psd(Matrix<Rational>(2, 3)), std::invalid_argument);
}

TEST(ThePsdCertificate, ShowsAShortNegativeDirection) {
  const Vector<Rational> v = certify_psd(matrix({{1, 2}, {2, 1}})).negative_direction.value();
  for (const Rational& x : v) EXPECT_LE(bit_size(x), 8U);
}

RC_GTEST_PROP(AQuadraticForm, IsTheProduct, ()) {
  const Index n = *rc::gen::inRange(0, 6);
  const Matrix<Rational> A = *matrices(n, n);
  const Vector<Rational> v = *vectors(n);
  RC_ASSERT(quadratic_form(A, v) == v.dot(A * v));
}

TEST(ThePsdCertificate, OfAMatrixOfSizeSixtyWithLongEntriesTakesUnderASecond) {
  std::mt19937_64 random(7);
  const Index n = 60;
  Matrix<Rational> A(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j <= i; ++j) A(i, j) = A(j, i) = Rational(Integer(random() >> 4));
    A(i, i) += power_of_two(70);
  }
  const auto start = std::clock();
  EXPECT_TRUE(certify_psd(A).positive_definite);
  A(n - 1, n - 1) = 0;
  EXPECT_LT(quadratic_form(A, certify_psd(A).negative_direction.value()), 0);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  // 0.3 s as measured in an optimised build; the limit leaves room for a debug build with
  // sanitizers.
  EXPECT_LT(seconds, 20);
}

}  // namespace
}  // namespace graddiv
