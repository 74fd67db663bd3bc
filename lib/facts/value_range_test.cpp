#include "facts/value_range.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/points.h"

namespace graddiv {
namespace {

using test::can_be_below;
using test::mat;
using test::vec;

Domain square_box() { return Domain::box(vec({"-1", "-1"}), vec({"2", "1"})); }

void expect_range(const Problem& problem, const char* least, const char* largest) {
  const ValueRange range = value_range(problem);
  ASSERT_TRUE(range.least && range.largest);
  EXPECT_EQ(range.least->to_string(), least);
  EXPECT_EQ(range.largest->to_string(), largest);
}

TEST(ValueRange, OfQuadraticsIsExactAtRationalEnds) {
  // ½w₁² − ½w₂² + 1: least at (0, ±1), largest at (2, 0).
  const auto saddle = quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "0"}), 1}});
  expect_range({saddle, square_box()}, "1/2", "3");
  expect_range({saddle, Domain::ball(vec({"0", "0"}), 2)}, "-1", "3");
  // Not even: ½·3(w₁ − 1)² is 6 at −1.
  const auto valley = quadratic_sum({{mat({{"3", "0"}, {"0", "0"}}), vec({"1", "0"}), 0}});
  expect_range({valley, square_box()}, "0", "6");
}

TEST(ValueRange, OfLinearFunctionsOnABallIsTheNormAboutItsCentre) {
  const auto sum = linear_sum(mat({{"3", "4"}, {"0", "0"}}), vec({"1", "7"}));
  expect_range({sum, Domain::ball(vec({"1", "0"}), 2)}, "-6", "14");
  const ValueRange open = value_range({sum, Domain::all()});
  EXPECT_FALSE(open.least || open.largest);
}

TEST(ValueRange, OfMaximaIsThatOfTheirPieces) {
  // |w₁| + ½w₂²
  const auto sum =
      max_affine_sum({{{{vec({"1", "0"}), 0}, {vec({"-1", "0"}), 0}}, vec({"0", "1"})}});
  expect_range({sum, square_box()}, "0", "5/2");
}

TEST(ValueRange, OfConvexLossesIsTakenAtTheEndsOfTheRange) {
  // x = (1, 1): −2 ≤ xᵀw ≤ 3.
  const Matrix<Rational> x = mat({{"1", "1"}});
  expect_range({least_squares(x, vec({"1"})), square_box()}, "0", "9/2");
  expect_range({least_squares(x, vec({"5"})), square_box()}, "2", "49/2");
  expect_range({generalized_linear(x, vec({"5"}), Loss::huber), square_box()}, "3/2", "13/2");
  // xᵀw = 5 ± √2, ½(5 ± √2)² = 27/2 ± 5√2.
  const ValueRange about =
      value_range({least_squares(x, vec({"0"})), Domain::ball(vec({"5/2", "5/2"}), 1)});
  const Enclosure half = 5 * sqrt(Enclosure(2));
  EXPECT_EQ((2 * *about.least == 27 - 2 * half).truth(), Truth::yes);
  EXPECT_EQ((2 * *about.largest == 27 + 2 * half).truth(), Truth::yes);
}

TEST(ValueRange, OfBoundedLossesIsKnownOnTheWholeSpace) {
  const Matrix<Rational> x = mat({{"1", "1"}, {"0", "0"}});
  const ValueRange bounded =
      value_range({generalized_linear(x, vec({"1", "1"}), Loss::geman_mcclure), Domain::all()});
  EXPECT_EQ((*bounded.least >= 0).truth(), Truth::yes);
  EXPECT_EQ((*bounded.largest <= 1).truth(), Truth::yes);
  EXPECT_NE((*bounded.largest <= Enclosure(999) / 1000).truth(), Truth::yes);
  const ValueRange half =
      value_range({generalized_linear(x, vec({"1", "1"}), Loss::logistic), Domain::all()});
  EXPECT_EQ((*half.least >= 0).truth(), Truth::yes);
  EXPECT_LT(half.least->upper().approximate(), 1e-30);
  EXPECT_FALSE(half.largest);
  // Where the loss is least, whatever the target.
  const ValueRange squares = value_range({least_squares(mat({{"2"}}), vec({"3"})), Domain::all()});
  EXPECT_EQ(squares.least->to_string(), "0");
}

RC_GTEST_PROP(ValueRange, HoldsAtEveryPointOfW, ()) {
  const auto sum = test::any_sum();
  const int d = sum->dimension();
  const Problem problem{sum, test::integer(0, 3) == 0 ? Domain::all() : test::bounded_domain(d)};
  const ValueRange range = value_range(problem);
  if (problem.domain.is_bounded()) RC_ASSERT(range.least && range.largest);
  for (int point = 0; point < 5; ++point) {
    const Vector<Enclosure> w = enclose(test::point_of(problem.domain, d));
    for (int i = 0; i < sum->size(); ++i) {
      const Enclosure value = sum->value(i, w);
      if (range.least) RC_ASSERT(can_be_below(*range.least, value));
      if (range.largest) RC_ASSERT(can_be_below(value, *range.largest));
    }
  }
}

}  // namespace
}  // namespace graddiv
