#include "sampling/row_diversity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "number/exact.h"
#include "testing/rows.h"

namespace graddiv {
namespace {

using enum RowLaw::Kind;

/// n/σ_max(Y)² of the integers themselves, certified exactly.
Enclosure sharp_bound(const Matrix<long>& X) {
  return testing::sharp_diversity_of_rows(X.unaryExpr([](long k) { return Rational(k); }));
}

Rational times(const Enclosure& x, double factor) {
  return rational_from(x.approximate() * factor);
}

class RowsAreDiverse : public ::testing::TestWithParam<RowLaw> {};

// Against exact elimination: yes below n/σ_max(Y)², no above it, and nothing but the margin stays
// open. For signs the margin is that of floating point, for Gaussian rows 2η√c or so, with η ≤ 2 ·
// 9/16 √(nd)/min ‖x_i‖.
TEST_P(RowsAreDiverse, AgreesWithExactEliminationUpToItsMargin) {
  const RowLaw law = GetParam();
  for (std::uint64_t index = 0; index < 30; ++index) {
    const Matrix<long> X = draw(law, index);
    const Enclosure bound = sharp_bound(X);
    const auto shortest = static_cast<double>(X.rowwise().squaredNorm().minCoeff());
    const double eta = 1.125 * std::sqrt(static_cast<double>(X.size()) / shortest);
    const double margin = law.kind == rademacher ? 1e-11 : 1e-11 + 4 * eta;
    EXPECT_EQ(rows_are_diverse(law, X, times(bound, 1 - margin)), Truth::yes) << index;
    EXPECT_EQ(rows_are_diverse(law, X, times(bound, 1 + margin)), Truth::no) << index;
    // Where the rows are rounded, a bound met so closely by the integers may be missed by what they
    // stand for.
    if (law.kind == gaussian) {
      EXPECT_EQ(rows_are_diverse(law, X, times(bound, 1 - eta / 100)), Truth::unknown) << index;
      EXPECT_EQ(rows_are_diverse(law, X, times(bound, 1 + eta / 100)), Truth::unknown) << index;
    }
    // The answers are never on the wrong side, however close.
    for (const double off : {1e-16, 1e-15, 1e-14, 1e-13}) {
      EXPECT_NE(rows_are_diverse(law, X, times(bound, 1 - off)), Truth::no) << index;
      EXPECT_NE(rows_are_diverse(law, X, times(bound, 1 + off)), Truth::yes) << index;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, RowsAreDiverse,
                         ::testing::Values(RowLaw{gaussian, 5, 3, 1}, RowLaw{gaussian, 3, 5, 2},
                                           RowLaw{gaussian, 8, 8, 3}, RowLaw{rademacher, 6, 4, 4},
                                           RowLaw{rademacher, 4, 9, 5},
                                           RowLaw{rademacher, 9, 9, 6}));

// What the rounding of a draw may hide: other rows within it, at random and at their worst, keep
// the answer.
TEST(RowsAreDiverse, CoversAllRowsThatADrawStandsFor) {
  const RowLaw law{gaussian, 4, 3, 1};
  const Matrix<long> X = draw(law, 0) / 4096;  // 16 to a unit: rounding matters
  const Enclosure bound = sharp_bound(X);
  Rational diverse = 0;  // the largest bound certified
  for (int part = 100; part < 500; ++part) {
    const double factor = 0.002 * part;
    if (rows_are_diverse(law, X, times(bound, factor)) == Truth::yes)
      diverse = times(bound, factor);
  }
  ASSERT_GT(diverse, 0);
  int closest = 100;
  for (int corner = 0; corner < 4096; ++corner) {
    Matrix<long> moved = 16 * X;  // in sixteenths: off by 9 of them
    for (int k = 0; k < 12; ++k) moved(k / 3, k % 3) += ((corner >> k) & 1) != 0 ? 9 : -9;
    const Enclosure other = sharp_bound(moved);
    ASSERT_EQ((other >= enclose(diverse)).truth(), Truth::yes) << corner;
    closest = std::min(closest, static_cast<int>(100 * (other / enclose(diverse)).approximate()));
  }
  EXPECT_LT(closest, 150);  // the margin is no more than it has to be by much
}

// Orthogonal rows: n/σ_max(Y)² is n exactly, and all eigenvalues of (n/b) I − YYᵀ are near zero
// together, where the roundings of Y are all that there is.
TEST(RowsAreDiverse, CoversTheRoundingsOfTheUnitRows) {
  Matrix<long> X(2, 2);
  X << 1, 1, 1, -1;
  for (int bits = 30; bits <= 70; ++bits) {
    const Rational beyond = 2 + Rational(1, Integer(1) << bits);
    EXPECT_NE(rows_are_diverse({rademacher, 2, 2, 1}, X, beyond), Truth::yes) << bits;
    EXPECT_NE(rows_are_diverse({rademacher, 2, 2, 1}, X, 4 - beyond), Truth::no) << bits;
  }
}

TEST(RowsAreDiverse, DoesNotDecideWhereTheDrawSaysTooLittle) {
  const RowLaw law{gaussian, 2, 2, 1};
  Matrix<long> X(2, 2);
  X << 65536, 0, 0, 65536;  // n/σ_max(Y)² = 2
  EXPECT_EQ(rows_are_diverse(law, X, Rational(3, 2)), Truth::yes);
  X(0, 0) = 8L * 65536;  // beyond what rounding() holds for
  EXPECT_EQ(rows_are_diverse(law, X, Rational(3, 2)), Truth::unknown);
  X(0, 0) = 0;
  EXPECT_EQ(rows_are_diverse(law, X, Rational(3, 2)), Truth::unknown);
}

}  // namespace
}  // namespace graddiv
