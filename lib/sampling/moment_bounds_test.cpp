#include "sampling/moment_bounds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "expectation/enumeration.h"
#include "number/exact.h"
#include "problem/families.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

Enclosure norm(const Vector<Enclosure>& x) { return sqrt(x.squaredNorm()); }

MomentStart start_at(const Problem& problem, const graddiv::Run& run, const Vector<Enclosure>& x) {
  MomentStart start;
  Vector<Enclosure> total = Vector<Enclosure>::Zero(x.size());
  for (const auto& g : gradients(problem, x)) {
    start.gradients.push_back(above(norm(g)));
    total += g;
  }
  start.mean_gradient = above(norm(total) / problem.size());
  start.distance = above(norm(Vector<Enclosure>(enclose(run.start) - x)));
  return start;
}

// By enumeration of all that can be drawn: rows in any directions, and steps that expand some.
RC_GTEST_PROP(FourthMoments, AreAboveThoseOfTheLaw, ()) {
  const int d = test::integer(1, 3);
  const int n = test::integer(1, 4);
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = test::integer(-3, 4);
    X(i, test::integer(0, d)) = 1;
    y(i) = test::integer(-3, 4);
  }
  const bool is_ball = test::integer(0, 2) == 0;
  const Problem problem{
      test::integer(0, 2) == 0 ? least_squares(X, y) : generalized_linear(X, y, Loss::huber),
      is_ball ? Domain::ball(Vector<Rational>::Zero(d), 1) : Domain::all()};
  const graddiv::Run run{Vector<Rational>::Constant(d, Rational(1, 2)),
                         {Rational(1, test::integer(1, 40))},
                         {test::integer(1, 4)},
                         2};
  const Vector<Enclosure> x = Vector<Enclosure>::Constant(d, Enclosure(1) / 4);
  const auto bounds = fourth_moments(problem, run, start_at(problem, run, x));
  enumeration::visit_law(problem, run, {}, [&](int k, const auto& states) {
    Enclosure moment = 0;
    for (const auto& state : states)
      moment += state.probability * pow(Vector<Enclosure>(state.w - x).squaredNorm(), 2);
    const UpperBound bound = bounds[static_cast<std::size_t>(k)];
    RC_ASSERT(bound.is_finite());
    RC_ASSERT((moment <= Enclosure(bound.value())).truth() != Truth::no);
  });
}

// Where each step contracts in the mean they stay, although no run is sure to stay: |w_k − 0| grows
// by 1/16 at most in each step along one of the axes.
TEST(FourthMoments, StayWhereOnlyTheMeanContracts) {
  const Matrix<Rational> I = Matrix<Rational>::Identity(2, 2);
  Matrix<Rational> X(4, 2);
  X << I, I;
  Vector<Rational> y(4);
  y << 1, 1, -1, -1;
  const Problem problem{least_squares(X, y), Domain::all()};
  const graddiv::Run run{Vector<Rational>::Zero(2), {Rational(1, 16)}, {1}, 1000};
  const auto bounds =
      fourth_moments(problem, run, start_at(problem, run, Vector<Enclosure>::Zero(2)));
  EXPECT_EQ(bounds.size(), 1001U);
  EXPECT_LT(bounds.back().value(), 1);
  EXPECT_GT(bounds.back().value(), 1.0 / 256);  // E‖w‖⁴ ≥ (E‖w‖²)², and E‖w‖² → γ/(2 − γ) · 2
}

}  // namespace
}  // namespace graddiv
