#include "linear/near_matrix.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "linear/eigenvalue.h"
#include "linear/gram.h"
#include "linear/ldlt.h"
#include "number/exact.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::integer;

struct Known {
  Matrix<Rational> exact;
  NearMatrix near;
};

/// A matrix, and doubles as far from it as the radius says: off by e vvᵀ for a unit vector v.
Known any_known() {
  const int d = integer(1, 6);
  Known known{integer(0, 2) == 0 ? gram(test::matrix(d + 1, d)) : test::symmetric(d), {}};
  const double off = *rc::gen::element(0.0, 1e-9, 1e-3, 0.5);
  const int j = integer(0, d);
  known.near.middle = to_double(known.exact);
  known.near.middle(j, j) += integer(0, 2) == 0 ? off : -off;
  known.near.radius = off * (1 + 1e-12) + 1e-12;
  return known;
}

bool is_semidefinite_above(const Matrix<Rational>& M, double t) {
  Matrix<Rational> A = M;
  A.diagonal().array() -= rational_from(t);
  return certify_psd(A).positive_semidefinite;
}

// The doubles are as far off as they may be, so that a radius left out shows.
RC_GTEST_PROP(NearMatrix, BoundsTheEigenvaluesOfTheExactOne, ()) {
  const Known known = any_known();
  const double below = eigenvalue_below(known.near);
  const double above = eigenvalue_above(known.near);
  RC_ASSERT(is_semidefinite_above(known.exact, below));
  RC_ASSERT(is_semidefinite_above(-known.exact, -above));
  const Enclosure exact = enclose_largest_eigenvalue(known.exact);
  RC_ASSERT((enclose_largest_eigenvalue(known.near).lower() <= exact).truth() != Truth::no);
  RC_ASSERT((enclose_largest_eigenvalue(known.near).upper() >= exact).truth() != Truth::no);
}

RC_GTEST_PROP(NearMatrix, IsCloseToThem, ()) {
  const int d = integer(1, 6);
  Matrix<Rational> M = gram(test::matrix(d + 2, d));
  M.diagonal().array() += Rational(1, 4);
  const NearMatrix near{to_double(M), 1e-12};
  const auto smallest = static_cast<double>(smallest_eigenvalue_bound(M).value);
  const auto largest = static_cast<double>(largest_eigenvalue_bound(M).value);
  RC_ASSERT(eigenvalue_below(near) >= smallest * (1 - 0.6));
  RC_ASSERT(eigenvalue_above(near) <= largest * 1.02);
  RC_ASSERT(is_above(near, smallest * (1 - 1e-6)));
  RC_ASSERT(!is_above(near, smallest * (1 + 1e-6)));
  RC_ASSERT(is_below(near, largest * (1 + 1e-6)));
  RC_ASSERT(!is_below(near, largest * (1 - 1e-6)));
}

TEST(NearMatrix, OfZerosHasTheEigenvalueZero) {
  const NearMatrix zero{Matrix<double>::Zero(3, 3), 0};
  EXPECT_EQ(eigenvalue_below(zero), 0);
  EXPECT_EQ(eigenvalue_above(zero), 0);
  const NearMatrix nearly{Matrix<double>::Zero(3, 3), 0.5};
  EXPECT_LE(eigenvalue_below(nearly), -0.5);
  EXPECT_GE(eigenvalue_above(nearly), 0.5);
}

TEST(NearMatrix, OfSeveralHundredRowsIsBoundedClosely) {
  const Eigen::Index d = 300;
  NearMatrix M{Matrix<double>::Zero(d, d), 1e-11};
  for (Eigen::Index j = 0; j < d; ++j) M.middle(j, j) = 1 + static_cast<double>(j) / 100;
  EXPECT_GT(eigenvalue_below(M), 0.98);
  EXPECT_LE(eigenvalue_below(M), 1);
  EXPECT_LT(eigenvalue_above(M), 4.1);
  EXPECT_GE(eigenvalue_above(M), 3.99);
}

}  // namespace
}  // namespace graddiv
