#include "sampling/row_draws.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "number/exact.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

// Whole numbers, so that nothing is rounded: any number of rows and of coordinates, also where
// neither is a multiple of four.
RC_GTEST_PROP(RowDraws, AreTheSumOfTheGradientsDrawn, ()) {
  const int n = test::integer(1, 6);
  const int d = test::integer(1, 30);
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = test::integer(-9, 9);
    X(i, test::integer(0, d)) = 1;
    y(i) = test::integer(-9, 9);
  }
  const auto sum = least_squares(X, y);
  const auto rows = RowDraws::of(*sum);
  RC_ASSERT(rows != nullptr);
  Vector<Rational> w(d);
  RowDraws::Padded point(rows->padded_dimension());
  for (int j = 0; j < d; ++j) {
    const int x = test::integer(-9, 9);
    w(j) = x;
    point[static_cast<std::size_t>(j)] = x;
  }
  std::vector<std::uint32_t> indices;
  for (int m = test::integer(1, 12); m > 0; --m)
    indices.push_back(static_cast<std::uint32_t>(test::integer(0, n)));
  RowDraws::Padded gradient(rows->padded_dimension());
  const auto drawn = rows->add_gradients(indices, point.data(), gradient.data());
  const Vector<Enclosure> at = enclose(w);
  Vector<Enclosure> total = Vector<Enclosure>::Zero(d);
  Enclosure values = 0;
  Enclosure squares = 0;
  for (const std::uint32_t i : indices) {
    const Vector<Enclosure> g = sum->gradient(static_cast<int>(i), at);
    total += g;
    squares += g.squaredNorm();
    values += 2 * sum->value(static_cast<int>(i), at);
  }
  for (int j = 0; j < d; ++j)
    RC_ASSERT((total(j) == Enclosure(gradient[static_cast<std::size_t>(j)])).truth() == Truth::yes);
  RC_ASSERT((squares == Enclosure(drawn.squares)).truth() == Truth::yes);
  RC_ASSERT((values == Enclosure(drawn.twice_values)).truth() == Truth::yes);
}

RC_GTEST_PROP(RowDraws, AreTheSameOnEveryProcessor, ()) {
  const int d = test::integer(1, 30);
  Matrix<Rational> X(3, d);
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = test::rational();
    X(i, 0) = Rational(1, 3);
  }
  const auto sum = least_squares(X, Vector<Rational>::Constant(3, Rational(1, 7)));
  const std::vector<std::uint32_t> indices{0, 2, 1, 1, 0, 2, 2};
  const auto gradient_by = [&](RowDraws::Instructions instructions) {
    const auto rows = RowDraws::of(*sum, instructions);
    RowDraws::Padded point(rows->padded_dimension());
    for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j)
      point[j] = 1 / (3.0 + static_cast<double>(j));
    RowDraws::Padded gradient(point.size());
    rows->add_gradients(indices, point.data(), gradient.data());
    return gradient;
  };
  RC_ASSERT(gradient_by(RowDraws::Instructions::best) ==
            gradient_by(RowDraws::Instructions::portable));
}

TEST(RowDraws, AreForLeastSquaresAlone) {
  const Vector<Rational> one = Vector<Rational>::Constant(1, 1);
  const Matrix<Rational> row = Matrix<Rational>::Constant(1, 1, 1);
  EXPECT_NE(RowDraws::of(*least_squares(row, one)), nullptr);
  EXPECT_EQ(RowDraws::of(*linear_sum(row, one)), nullptr);
  EXPECT_EQ(RowDraws::of(*quadratic_sum({{row, one, 0}})), nullptr);
  EXPECT_EQ(RowDraws::of(*least_squares(Matrix<Rational>::Zero(1, 1), one)), nullptr);
}

}  // namespace
}  // namespace graddiv
