#include "facts/strong_convexity_on_W.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/registry.h"
#include "testing/points.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

Problem on(std::shared_ptr<const FiniteSum> sum, const Domain& W) { return {std::move(sum), W}; }

Domain box(std::initializer_list<const char*> lower, std::initializer_list<const char*> upper) {
  return Domain::box(vec(lower), vec(upper));
}

void expect_best(const Problem& problem, const char* value) {
  const Facts facts(problem);
  const Fact<Rational>& lambda = facts.strong_convexity_on_W();
  ASSERT_TRUE(lambda.value.has_value()) << to_sentence(lambda.proof);
  EXPECT_EQ(to_string(*lambda.value), value) << to_sentence(lambda.proof);
  EXPECT_TRUE(lambda.is_best) << to_sentence(lambda.proof);
  EXPECT_TRUE(fact::strong_convexity_on_W.verify(problem, lambda)) << to_sentence(lambda.proof);
  Fact<Rational> better = lambda;
  *better.value += Rational(1, 1000);
  EXPECT_FALSE(fact::strong_convexity_on_W.verify(problem, better));
}

// ½(h(w + ½) + h(w − ½)) with h = ½r² for |r| ≤ ½: each half of [−1, 1] has the curvature of one
// of both, and no more.
TEST(StrongConvexityOnBoxes, OfHuberLossesIsFoundBetweenTheirJumps) {
  const auto two =
      generalized_linear(mat({{"1"}, {"1"}}), vec({"-1/2", "1/2"}), Loss::huber, Rational(1, 2));
  expect_best(on(two, box({"-1"}, {"1"})), "1/2");
  expect_best(on(two, Domain::ball(vec({"0"}), 1)), "1/2");
  expect_best(on(two, box({"-1/4"}, {"0"})), "1/2");
  expect_best(on(two, box({"-1"}, {"11/10"})), "0");  // both are flat beyond 1
  // Jumps at thirds: no double holds them.
  const auto thirds =
      generalized_linear(mat({{"3"}, {"3"}}), vec({"-1", "1"}), Loss::huber, Rational(1));
  expect_best(on(thirds, box({"-2/3"}, {"2/3"})), "9/2");
}

// One coordinate each: the jumps are across the sides.
TEST(StrongConvexityOnBoxes, OfHuberLossesInThePlane) {
  const auto rows = mat({{"1", "0"}, {"1", "0"}, {"0", "2"}});
  const auto sum = generalized_linear(rows, vec({"-1/2", "1/2", "0"}), Loss::huber, Rational(1, 2));
  expect_best(on(sum, box({"-1", "-1/4"}, {"1", "1/4"})), "1/3");
  expect_best(on(sum, box({"-1", "-1/4"}, {"1", "1/3"})), "0");
  expect_best(on(sum, Domain::ball(vec({"0", "0"}), Rational(1, 4))), "1/3");
}

TEST(StrongConvexityOnBoxes, IsZeroBesideTheRows) {
  const auto one = generalized_linear(mat({{"1", "2"}}), vec({"1"}), Loss::logistic);
  expect_best(on(one, Domain::ball(vec({"1", "0"}), 2)), "0");
  const auto two = generalized_linear(mat({{"1", "2"}, {"2", "4"}}), vec({"1", "1"}), Loss::huber);
  expect_best(on(two, box({"0", "0"}, {"1", "1"})), "0");
  // Along a line through W there may be more.
  const Facts thin(on(two, box({"0", "0"}, {"1", "0"})));
  EXPECT_FALSE(thin.strong_convexity_on_W().is_best);
}

// Confined margins: every loss has the least curvature at an end of its range, but not both at one
// point, so that a single box tells less than many.
TEST(StrongConvexityOnBoxes, OfLogisticLossesIsNearTheTruthOnManyBoxes) {
  const auto two = generalized_linear(mat({{"1"}, {"2"}}), vec({"1", "1"}), Loss::logistic);
  const Problem problem = on(two, box({"-3"}, {"1"}));
  const double lambda = static_cast<double>(*Facts(problem).strong_convexity_on_W().value);
  const auto bump = [](double t) { return 1 / (2 + std::exp(t) + std::exp(-t)); };
  const double least = (bump(3) + 4 * bump(6)) / 2;  // at w = −3
  EXPECT_LE(lambda, least);
  EXPECT_GT(lambda, least * 0.99);
}

TEST(StrongConvexity, IsCertainlyNoneWhereGradientsAreBounded) {
  const auto rows = mat({{"1", "2"}, {"2", "-1"}});
  for (const Loss loss : {Loss::logistic, Loss::huber}) {
    const Problem problem{generalized_linear(rows, vec({"1", "-1"}), loss)};
    const Facts facts(problem);
    const Fact<Rational>& lambda = facts.strong_convexity();
    EXPECT_EQ(lambda.value, Rational(0));
    EXPECT_TRUE(lambda.is_best);
    EXPECT_TRUE(fact::strong_convexity.verify(problem, lambda));
    expect_best(problem, "0");
  }
  expect_best({linear_sum(rows, vec({"0", "0"}))}, "0");
  expect_best({quadratic_sum({{mat({{"1", "1"}, {"1", "1"}}), vec({"0", "0"}), 0}})}, "0");
  // Squares have no bounded gradients, and λ > 0.
  const Problem squares{least_squares(rows, vec({"1", "-1"}))};
  Fact<Rational> wrong = Facts(squares).strong_convexity();
  wrong.value = 0;
  wrong.proof = proof::ByDefinition{proof::ByDefinition::Rule::convex_with_bounded_gradients};
  EXPECT_FALSE(fact::strong_convexity.verify(squares, wrong));
}

// What is the best of one function need not be that of several.
TEST(StrongConvexity, OfSingleFunctionsIsTheBest) {
  const auto rows = mat({{"1"}, {"3"}});
  const Problem geman{generalized_linear(rows, vec({"0", "1"}), Loss::geman_mcclure)};
  const Facts facts(geman);
  EXPECT_EQ(facts.component_strong_convexity().value, Rational(-9, 2));
  EXPECT_TRUE(facts.component_strong_convexity().is_best);
  EXPECT_EQ(facts.component_smoothness().value, Rational(18));
  EXPECT_TRUE(facts.component_smoothness().is_best);
  EXPECT_FALSE(facts.strong_convexity().is_best);
}

// The curvature of a maximum between its kinks is that of its quadratic part.
TEST(StrongConvexity, OfMaximaIsTheBest) {
  const auto tent = max_affine_sum({{{{vec({"1"}), 0}, {vec({"-1"}), 0}}, vec({"3"})}});
  expect_best({tent}, "3");
  expect_best(on(tent, box({"-1"}, {"1"})), "3");
}

// (v − w)ᵀ(∇F(v) − ∇F(w)) ≥ λ‖v − w‖² for points of W; its proof shows it, and nothing better as
// the best.
RC_GTEST_PROP(StrongConvexityOnBoxes, HoldsBetweenPointsOfWAndIsShown, ()) {
  const int d = test::integer(1, 4);
  const Loss loss = *rc::gen::element(Loss::huber, Loss::logistic, Loss::sine, Loss::geman_mcclure);
  const Problem problem{test::glm(test::integer(1, 4), d, loss), test::bounded_domain(d)};
  const Facts facts(problem);
  const Fact<Rational>& lambda = facts.strong_convexity_on_W();
  RC_ASSERT(lambda.value.has_value());
  RC_ASSERT(fact::strong_convexity_on_W.verify(problem, lambda));
  const Vector<Enclosure> v = enclose(test::point_of(problem.domain, d));
  const Vector<Enclosure> w = enclose(test::point_of(problem.domain, d));
  const Enclosure slope =
      Vector<Enclosure>(full_gradient(problem, v) - full_gradient(problem, w)).dot(v - w);
  const Enclosure distance2 = Vector<Enclosure>(v - w).squaredNorm();
  RC_ASSERT(test::can_be_below(enclose(*lambda.value) * distance2, slope));
  Fact<Rational> boast = lambda;
  boast.is_best = true;
  if (!lambda.is_best) RC_ASSERT(!fact::strong_convexity_on_W.verify(problem, boast));
}

}  // namespace
}  // namespace graddiv
