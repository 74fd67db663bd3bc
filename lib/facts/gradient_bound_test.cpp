#include "facts/gradient_bound.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "diversity/diversity.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::can_be_below;
using test::mat;
using test::squared_norm;
using test::vec;

void expect_exactly(const Fact<Enclosure>& fact, const char* value) {
  ASSERT_TRUE(fact.value.has_value()) << to_sentence(fact.proof);
  EXPECT_EQ(fact.value->to_string(), value) << to_sentence(fact.proof);
  EXPECT_TRUE(fact.is_best) << to_sentence(fact.proof);
}

TEST(GradientBound, OfQuadraticsOnABoxAreLargestAtAVertex) {
  // ∇f = (w₁ − 1, 2w₂): at (−2, 2) it is (−3, 4).
  const Problem problem{quadratic_sum({{mat({{"1", "0"}, {"0", "2"}}), vec({"1", "0"}), 0}}),
                        Domain::box(vec({"-2", "-1"}), vec({"3", "2"}))};
  expect_exactly(gradient_bound::lipschitz(problem), "5");
  expect_exactly(gradient_bound::second_moment_bound(problem), "25");
}

TEST(GradientBound, OfASpiralOnABallAroundItsMinimiserAreExact) {
  const Problem problem{quadratic_sum({{mat({{"3", "0"}, {"0", "-2"}}), vec({"1", "1"}), 0}}),
                        Domain::ball(vec({"1", "1"}), 2)};
  expect_exactly(gradient_bound::lipschitz(problem), "6");
  expect_exactly(gradient_bound::second_moment_bound(problem), "36");
}

TEST(GradientBound, OfLinearFunctionsAreExactEverywhere) {
  const auto sum = linear_sum(mat({{"3", "4"}, {"1", "0"}}), vec({"0", "0"}));
  for (const Domain& domain : {Domain::all(), Domain::ball(vec({"0", "0"}), 3),
                               Domain::box(vec({"0", "0"}), vec({"1", "1"}))}) {
    expect_exactly(gradient_bound::lipschitz({sum, domain}), "5");
    expect_exactly(gradient_bound::second_moment_bound({sum, domain}), "13");
  }
}

TEST(GradientBound, OfLossesWithBoundedSlopeAreBoundedOnTheWholeSpace) {
  const Problem huber{generalized_linear(mat({{"3", "4"}}), vec({"1"}), Loss::huber, {1, 3})};
  expect_exactly(gradient_bound::lipschitz(huber), "5/3");
  expect_exactly(gradient_bound::second_moment_bound(huber), "25/9");
  const Problem logistic{generalized_linear(mat({{"3", "4"}}), vec({"-2"}), Loss::logistic)};
  EXPECT_EQ(gradient_bound::lipschitz(logistic).value->to_string(), "10");
}

// |r| ≤ 1/3 on the box and τ = 1: the slope 1/3·5 is taken at its end. Beyond τ = 1/7 it is 1/7·5.
TEST(GradientBound, OfConvexLossesAreTakenAtAnEndOfTheRange) {
  const Domain interval = Domain::box(vec({"-1/9", "0"}), vec({"1/9", "0"}));
  for (const auto& [tau, slope] : {std::pair<Rational, const char*>{1, "5/3"}, {{1, 7}, "5/7"}}) {
    const Problem huber{generalized_linear(mat({{"3", "4"}}), vec({"0"}), Loss::huber, tau),
                        interval};
    expect_exactly(gradient_bound::lipschitz(huber), slope);
  }
}

// ‖x‖ = √2 on the ball of radius 3 around 0: |xᵀw| ≤ 3√2, ‖∇f‖ = |xᵀw| ‖x‖ ≤ 6.
TEST(GradientBound, OfRowsOfIrrationalNormOnABallAreExact) {
  const Problem problem{least_squares(mat({{"1", "1"}}), vec({"0"})),
                        Domain::ball(vec({"0", "0"}), 3)};
  expect_exactly(gradient_bound::lipschitz(problem), "6");
}

TEST(GradientBound, OfQuadraticsOnTheWholeSpaceAreUnknown) {
  const Problem problem{least_squares(mat({{"1"}}), vec({"1"}))};
  EXPECT_FALSE(gradient_bound::lipschitz(problem).value.has_value());
  EXPECT_NE(to_sentence(gradient_bound::lipschitz(problem).proof).find("unbounded"),
            std::string::npos);
  EXPECT_FALSE(gradient_bound::second_moment_bound(problem).value.has_value());
  // … but for functions that are constant.
  expect_exactly(gradient_bound::lipschitz({least_squares(mat({{"0"}}), vec({"1"}))}), "0");
  expect_exactly(gradient_bound::second_moment_bound({least_squares(mat({{"0"}}), vec({"1"}))}),
                 "0");
}

TEST(GradientBound, OnAPointAreExact) {
  const auto sum = least_squares(mat({{"1", "2"}, {"0", "1"}}), vec({"1", "1"}));
  for (const Domain& point :
       {Domain::ball(vec({"1", "3"}), 0), Domain::box(vec({"1", "3"}), vec({"1", "3"}))}) {
    // ∇f_1 = 6 (1, 2), ∇f_2 = 2 (0, 1).
    expect_exactly(gradient_bound::second_moment_bound({sum, point}), "92");
  }
}

RC_GTEST_PROP(GradientBound, AreNeverExceeded, ()) {
  const Problem problem = test::any_problem();
  const Fact<Enclosure> L = gradient_bound::lipschitz(problem);
  const Fact<Enclosure> moment = gradient_bound::second_moment_bound(problem);
  const bool both = L.value && moment.value;
  RC_ASSERT(both || !problem.domain.is_bounded());
  for (int k = 0; k < 5; ++k) {
    const Vector<Enclosure> w = enclose(test::point_of(problem.domain, problem.dimension()));
    for (const Vector<Enclosure>& g : gradients(problem, w)) {
      if (L.value) RC_ASSERT(can_be_below(squared_norm(g), square(*L.value)));
    }
    if (moment.value)
      RC_ASSERT(can_be_below(gradient_sums(problem, w).second_moment(), *moment.value));
  }
}

// In one dimension the extremes can be found by trying many points. Where bisection has to find
// them, it stops after some 200 evaluations, a few per cent above them for Geman–McClure and sine
// losses.
RC_GTEST_PROP(GradientBound, InOneDimensionAreTight, ()) {
  const auto sum = test::sum_of_kind(test::integer(0, test::kinds));
  RC_PRE(sum->dimension() == 1);
  // A kink at an end of W counts with both of its slopes, and the points beside it have one.
  RC_PRE(std::ranges::none_of(sum->facts().functions,
                              [](const auto& f) { return f.max_affine != nullptr; }));
  const Problem problem{sum, test::bounded_domain(1)};
  const Vector<Enclosure> box = *problem.domain.coordinate_ranges();
  const double lower = box(0).lower().approximate();
  const double width = box(0).upper().approximate() - lower;
  double moment = 0;
  double largest = 0;
  for (int k = 0; k <= 2000; ++k) {
    Vector<double> w(1);
    w(0) = lower + width * k / 2000;
    double mean = 0;
    for (const Vector<double>& g : gradients(problem, w)) {
      mean += g.squaredNorm() / problem.size();
      largest = std::max(largest, g.norm());
    }
    moment = std::max(moment, mean);
  }
  RC_ASSERT(gradient_bound::lipschitz(problem).value->approximate() <= largest * 1.05 + 1e-9);
  // Of several losses that are largest at different points, the mean of the largest is what is
  // certified.
  if (problem.size() == 1 || sum->facts().is_quadratic())
    RC_ASSERT(gradient_bound::second_moment_bound(problem).value->approximate() <=
              moment * 1.1 + 1e-9);
}

// The S-lemma loses nothing: in two dimensions, compare with many points of the circle (a convex
// function is largest there).
RC_GTEST_PROP(GradientBound, OfQuadraticsOnADiskAreTight, ()) {
  const Problem problem{test::quadratic(test::integer(1, 4), 2), test::ball(2)};
  const Vector<double> center = to_double(problem.domain.center());
  const auto radius = static_cast<double>(problem.domain.radius());
  double moment = 0;
  for (int k = 0; k < 3000; ++k) {
    const double angle = k * 2 * 3.14159265358979 / 3000;
    Vector<double> w = center;
    w(0) += radius * std::cos(angle);
    w(1) += radius * std::sin(angle);
    double mean = 0;
    for (const Vector<double>& g : gradients(problem, w)) mean += g.squaredNorm() / problem.size();
    moment = std::max(moment, mean);
  }
  RC_ASSERT(gradient_bound::second_moment_bound(problem).value->approximate() <=
            moment * 1.001 + 1e-9);
}

// ½‖w‖² on the disc about (1, 0): longest at (2, 0), where the multiplier of the S-lemma has its
// point.
TEST(GradientBound, OnABallIsTheBestWhereItIsAttained) {
  const Problem disc{quadratic_sum({{mat({{"1", "0"}, {"0", "1"}}), vec({"0", "0"}), 0}}),
                     Domain::ball(vec({"1", "0"}), 1)};
  expect_exactly(gradient_bound::lipschitz(disc), "2");
  expect_exactly(gradient_bound::second_moment_bound(disc), "4");
}

// ½w_1² on [−1, 1]^11: the ball around the box reaches out to √11.
TEST(GradientBound, OnABoxOfManyDimensionsIsNotThatOfTheBallAroundIt) {
  constexpr int d = 11;
  Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
  A(0, 0) = 1;
  const Vector<Rational> ones = Vector<Rational>::Ones(d);
  const Problem box{quadratic_sum({{A, Vector<Rational>::Zero(d), 0}}), Domain::box(-ones, ones)};
  EXPECT_EQ(gradient_bound::lipschitz(box).value->to_string(), "1");
  EXPECT_EQ(gradient_bound::second_moment_bound(box).value->to_string(), "1");
}

}  // namespace
}  // namespace graddiv
