#include "sampling/run_bounds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "expectation/enumeration.h"
#include "number/exact.h"
#include "number/precision.h"
#include "problem/kernel.h"
#include "problem/kernel_rounding.h"
#include "sgd/step.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::integer;

bool is_below(const Enclosure& a, UpperBound b) {
  return !b.is_finite() || (a > Enclosure(b.value())).truth() != Truth::yes;
}

Enclosure norm(const Vector<Enclosure>& x) { return sqrt(x.squaredNorm()); }

Vector<Rational> point_in(const Domain& W, int d) {
  const Vector<Rational> any = test::vector(d);
  if (!W.is_bounded() || W.contains(enclose(any)) == Truth::yes) return any;
  return W.kind() == Domain::Kind::ball ? W.center()
                                        : Vector<Rational>((W.lower() + W.upper()) / 2);
}

struct Case {
  Problem problem;
  Run run;
};
Case any_case(int kind) {
  const auto sum = test::sum_of_kind(kind);
  const int d = sum->dimension();
  Domain W = integer(0, 2) == 0 ? Domain::all() : integer(0, 2) == 0 ? test::box(d) : test::ball(d);
  Run run;
  run.start = integer(0, 3) == 0 ? test::vector(d) : point_in(W, d);
  run.steps = {Rational(1, integer(1, 20))};
  run.batches = {integer(1, 4)};
  run.iterations = sum->size() > 3 ? 1 : 3;  // of sums of several families fewer
  return {{sum, std::move(W)}, std::move(run)};
}

// By enumeration of all that can be drawn, at 128 bits.
RC_GTEST_PROP(RunBounds, HoldForWhateverIsDrawn, ()) {
  int known = 0;
  for (int kind = 0; kind < test::kinds; ++kind) {
    const Case any = any_case(kind);
    const Problem& problem = any.problem;
    graddiv::Run run = any.run;
    if (integer(0, 3) == 0) {
      run.mechanism = Mechanism::dropout(Rational(1, integer(1, 4)));
      run.batches = {1};
      run.iterations = 2;
    }
    const auto found = run_bounds(problem, run, std::nullopt);
    const auto* bounds = std::get_if<RunBounds>(&found);
    if (bounds == nullptr) continue;
    ++known;
    const PrecisionScope scope(Precision{128, 4096});
    const Vector<Enclosure> x = enclose(bounds->reference);
    RC_ASSERT(problem.domain.contains(x) == Truth::yes);
    enumeration::visit_law(problem, run, {}, [&](int k, const auto& states) {
      const auto at = static_cast<std::size_t>(k);
      for (const auto& state : states) {
        RC_ASSERT(is_below(norm(state.w - x), bounds->distance[at]));
        for (const auto& g : gradients(problem, state.w))
          RC_ASSERT(is_below(norm(g), bounds->gradient[at]));
      }
    });
  }
  RC_ASSERT(known >= 1);
}

// The same draws in doubles and in intervals of 200 bits; the bound is not far from what happens in
// the worst case, and above it always.
RC_GTEST_PROP(RunBounds, BoundWhatRoundingDoes, ()) {
  for (int kind = 0; kind < test::kinds; ++kind) {
    const Case any = any_case(kind);
    const Problem& problem = any.problem;
    const graddiv::Run& run = any.run;
    const auto found = run_bounds(problem, run, std::nullopt);
    const auto* bounds = std::get_if<RunBounds>(&found);
    if (bounds == nullptr) continue;
    const PrecisionScope scope(Precision{200, 1});
    const auto kernel = make_kernel<double>(*problem.sum);
    Vector<double> computed = to_double(run.start);
    Vector<Enclosure> exact = enclose(run.start);
    for (int k = 0;; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const Vector<Enclosure> off = enclose(exact_rational(computed)) - exact;
      RC_ASSERT(is_below(norm(off), bounds->rounding[at]));
      const double little = (bounds->distance[at].value() + 1) / 1'000'000;
      // Where a step expands, so does what rounding did before it.
      const double expansion = bounds->smoothness.value() * static_cast<double>(run.step(0)) *
                               static_cast<double>(run.batch(0));
      if (expansion <= 4) {
        RC_ASSERT(bounds->rounding[at].value() < little);
      }
      if (k == run.iterations) break;
      std::vector<Drawn> drawn;
      Vector<double> sum = Vector<double>::Zero(computed.size());
      for (long b = 0; b < run.batch(k); ++b) {
        const int i = integer(0, problem.size());
        double value = 0;
        double norm2 = 0;
        kernel->value_and_gradient(
            i, {computed.data(), static_cast<std::size_t>(computed.size())},
            {{&value, 1}, {&norm2, 1}, {sum.data(), static_cast<std::size_t>(sum.size())}});
        drawn.push_back({static_cast<std::size_t>(i), 1});
      }
      computed =
          problem.domain.project(Vector<double>(computed - static_cast<double>(run.step(k)) * sum));
      exact = mini_batch_step(problem.domain, exact, gradients(problem, exact), drawn,
                              enclose(run.step(k)));
    }
  }
}

TEST(RunBounds, StayWhereStepsContract) {
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  const Vector<Rational> c = Vector<Rational>::Constant(1, Rational(1, 3));
  const Problem problem{quadratic_sum({{one, c, 0}, {one, -c, 0}}), Domain::all()};
  graddiv::Run run{Vector<Rational>::Constant(1, 5), {Rational(1, 4)}, {2}, 1000};
  const auto found = run_bounds(problem, run, std::nullopt);
  const auto& bounds = std::get<RunBounds>(found);
  // From x = w_0 = 5: |w − 5| ≤ G γB/(1 − |1 − γB|) = 16/3.
  EXPECT_LT(bounds.distance.back().value(), 5.34);
  EXPECT_LT(bounds.rounding.back().value(), 1e-13);
}

// w or w/2 after a step, as the coins fall: nobody comes nearer to 0 for sure, nor goes away.
TEST(RunBounds, StayWithDropoutInOneDimension) {
  const Vector<Rational> zero = Vector<Rational>::Zero(1);
  const Problem problem{quadratic_sum({{Matrix<Rational>::Identity(1, 1), zero, 0}}),
                        Domain::all()};
  graddiv::Run run{Vector<Rational>::Constant(1, 5), {Rational(1, 4)}, {1}, 100};
  run.mechanism = Mechanism::dropout(Rational(1, 2));
  const auto bounds = std::get<RunBounds>(run_bounds(problem, run, enclose(zero)));
  EXPECT_GE(bounds.distance.back().value(), 5);
  EXPECT_LT(bounds.distance.back().value(), 5.01);
}

TEST(RunBounds, AreRefusedWhereThereAreNone) {
  const Vector<Rational> zero = Vector<Rational>::Zero(1);
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  const Problem problem{quadratic_sum({{one, zero, 0}}), Domain::ball(zero, 1)};
  graddiv::Run run{zero, {Rational(1, 4)}, {2}, 3};
  const auto reason = [&](const graddiv::Run& r) {
    return std::get<NoRunBounds>(run_bounds(problem, r, std::nullopt)).reason.plain();
  };
  graddiv::Run noisy = run;
  noisy.mechanism = Mechanism::langevin(1);
  EXPECT_EQ(reason(noisy), "noise by langevin");
}

RC_GTEST_PROP(KernelRounding, BoundsValuesAndGradients, ()) {
  test::for_every_kind([](const FiniteSum& sum, int i) {
    const auto rounding = KernelRounding::of(sum);
    if (!rounding) return;
    const Vector<double> w = to_double(Vector<Rational>(test::vector(sum.dimension()) / 3));
    const Vector<Enclosure> at = enclose(exact_rational(w));
    const auto kernel = make_kernel<double>(sum);
    double value = 0;
    double norm2 = 0;
    Vector<double> g = Vector<double>::Zero(w.size());
    const auto size = static_cast<std::size_t>(w.size());
    kernel->value_and_gradient(i, {w.data(), size}, {{&value, 1}, {&norm2, 1}, {g.data(), size}});
    const PrecisionScope scope(Precision{200, 1});
    const UpperBound M = above(norm(at));
    const Vector<Enclosure> off = enclose(exact_rational(g)) - sum.gradient(i, at);
    RC_ASSERT(is_below(norm(off), rounding->gradient_error(M)));
    RC_ASSERT(is_below(abs(Enclosure(value) - sum.value(i, at)), rounding->value_error(M)));
    RC_ASSERT(rounding->gradient_error(M).value() <= 1e-9);
  });
}

}  // namespace
}  // namespace graddiv
