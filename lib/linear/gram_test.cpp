#include "linear/gram.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/matrices.h"

namespace graddiv {
namespace {

using namespace testing;

RC_GTEST_PROP(WeightedGram, IsTheSumOfWeightedOuterProducts, ()) {
  const auto n = *rc::gen::inRange<Index>(1, 6), d = *rc::gen::inRange<Index>(1, 6);
  const Matrix<Rational> X = *matrices(n, d);
  const Vector<Rational> weights = *vectors(n);
  Matrix<Rational> expected = Matrix<Rational>::Zero(d, d);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < d; ++j)
      for (Index k = 0; k < d; ++k) expected(j, k) += weights(i) * X(i, j) * X(i, k);
  }
  RC_ASSERT(weighted_gram(X, weights) == expected);
  RC_ASSERT(gram(X) == X.transpose().lazyProduct(X).eval());
}

TEST(WeightedGram, NeedsOneWeightARow) {
  EXPECT_THROW(weighted_gram(Matrix<Rational>(2, 1), Vector<Rational>(1)), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv
