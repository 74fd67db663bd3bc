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
  constexpr std::size_t runs = 3;
  constexpr std::size_t stride = 16;
  const std::size_t padded = rows->padded_dimension();
  RowDraws::Padded points(runs * padded);
  std::vector<std::uint32_t> indices(runs * stride);
  for (std::size_t r = 0; r < runs; ++r) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j)
      points[r * padded + j] = test::integer(-9, 9);
    for (std::size_t l = 0; l < stride; ++l)
      indices[r * stride + l] = static_cast<std::uint32_t>(test::integer(0, n));
  }
  const auto count = static_cast<std::size_t>(test::integer(0, 13));
  RowDraws::Padded sums(points.size());
  std::vector<double> residuals(indices.size());
  rows->gradients({runs, indices.data(), stride, count}, points.data(), residuals.data(),
                  sums.data());
  for (std::size_t r = 0; r < runs; ++r) {
    const Eigen::Map<const Vector<double>> point(&points[r * padded], d);
    const Vector<Enclosure> at = enclose(exact_rational(point));
    Vector<Enclosure> total = Vector<Enclosure>::Zero(d);
    for (std::size_t l = r * stride; l < r * stride + count; ++l) {
      const auto i = static_cast<int>(indices[l]);
      const Vector<Enclosure> g = sum->gradient(i, at);
      total += g;
      const Enclosure square = pow(Enclosure(residuals[l]), 2);
      RC_ASSERT((square == 2 * sum->value(i, at)).truth() == Truth::yes);
      const Enclosure norm2 = square * Enclosure(rows->squared_norm(indices[l]));
      RC_ASSERT((norm2 == g.squaredNorm()).truth() == Truth::yes);
    }
    for (Eigen::Index j = 0; j < d; ++j) {
      const double computed = sums[r * padded + static_cast<std::size_t>(j)];
      RC_ASSERT((total(j) == Enclosure(computed)).truth() == Truth::yes);
    }
  }
}

// Distances and steps too, of numbers that are rounded; more runs, draws and columns than are taken
// at once.
RC_GTEST_PROP(RowDraws, AreTheSameOnEveryProcessor, ()) {
  const int d = test::integer(1, 60);
  Matrix<Rational> X(3, d);
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = test::rational();
    X(i, 0) = Rational(1, 3);
  }
  const auto sum = least_squares(X, Vector<Rational>::Constant(3, Rational(1, 7)));
  const auto runs = static_cast<std::size_t>(test::integer(1, 20));
  const auto count = static_cast<std::size_t>(test::integer(0, 20));
  constexpr std::size_t stride = 24;
  std::vector<std::uint32_t> indices(runs * stride);
  for (std::uint32_t& i : indices) i = static_cast<std::uint32_t>(test::integer(0, 3));
  const RowDraws::Draws draws{runs, indices.data(), stride, count};
  const auto numbers_by = [&](Instructions instructions) {
    const auto rows = RowDraws::of(*sum, instructions);
    const std::size_t padded = rows->padded_dimension();
    RowDraws::Padded points(runs * padded);
    for (std::size_t r = 0; r < runs; ++r) {
      for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j)
        points[r * padded + j] = 1 / (3.0 + static_cast<double>(j) + static_cast<double>(5 * r));
    }
    std::vector<double> residuals(indices.size());
    RowDraws::Padded sums(points.size());
    rows->gradients(draws, points.data(), residuals.data(), sums.data());
    const RowDraws::Padded from = points;
    rows->move(runs, 1 / 7.0, sums.data(), points.data());
    std::vector<double> distances(runs);
    rows->squared_distances(runs, points.data(), from.data(), distances.data());
    // All in one, to the same points.
    RowDraws::Padded moved = from;
    std::vector<double> room(indices.size());
    std::vector<double> at_once(runs);
    RowDraws::Padded unused(points.size());
    rows->step(draws, {1 / 7.0, moved.data(), from.data(), at_once.data()}, room.data(),
               unused.data());
    RC_ASSERT(moved == points);
    RC_ASSERT(at_once == distances);
    std::vector<double> numbers(sums.begin(), sums.end());
    numbers.insert(numbers.end(), points.begin(), points.end());
    numbers.insert(numbers.end(), distances.begin(), distances.end());
    for (std::size_t r = 0; r < runs; ++r) {
      const auto first = residuals.begin() + static_cast<std::ptrdiff_t>(r * stride);
      numbers.insert(numbers.end(), first, first + static_cast<std::ptrdiff_t>(count));
    }
    return numbers;
  };
  RC_ASSERT(numbers_by(Instructions::best) == numbers_by(Instructions::portable));
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
