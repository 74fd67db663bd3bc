#include "sampling/gauges.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "diversity/diversity.h"
#include "expectation/enumeration.h"
#include "number/exact.h"
#include "number/precision.h"
#include "sampling/sampled_run.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::integer;

/// The gauges of one quantity, measured from w_0 or near it.
struct Gauged {
  Gauged(const Problem& problem, const graddiv::Run& run, const RunBounds& bounds, Quantity q)
      : x(to_double(bounds.reference)) {
    const SampledRun sampled(problem, run, {q}, x, x);
    Reference reference;
    reference.minimizer = enclose(exact_rational(x));
    all = gauges(q, problem, run, sampled, bounds, reference, x, {Rational(1, 1000), 2});
  }

  void expect(int k, const Enclosure& X) const {
    const Gauge& gauge = all[static_cast<std::size_t>(k)];
    RC_ASSERT((X < Enclosure(-gauge.below.value())).truth() != Truth::yes);
    RC_ASSERT((X > Enclosure(gauge.above.value())).truth() != Truth::yes);
  }

  Vector<double> x;
  std::vector<Gauge> all;
};

// By enumeration of all that can be drawn: F(w_k) − F(x) and ‖∇F(w_k)‖², and of many functions,
// which are each drawn alone, f_i(w_k) − f_i(x) and ⟨∇f_i(w_k), ∇f_j(w_k)⟩.
RC_GTEST_PROP(Gauges, HoldForWhateverIsDrawn, ()) {
  for (int kind = 0; kind < test::kinds; ++kind) {
    const auto sum = test::sum_of_kind(kind);
    const int d = sum->dimension();
    const Problem problem{sum, integer(0, 2) == 0 ? Domain::all() : test::ball(d)};
    const graddiv::Run run{test::vector(d), {Rational(1, integer(1, 20))}, {integer(1, 3)}, 1};
    const auto found = run_bounds(problem, run, std::nullopt);
    const auto* bounds = std::get_if<RunBounds>(&found);
    if (bounds == nullptr) continue;
    constexpr int times = 33;
    const Problem many = replicate(problem, times);
    const Gauged value(problem, run, *bounds, Quantity::suboptimality);
    const Gauged slope(problem, run, *bounds, Quantity::gradient_norm);
    const Gauged value_of_one(many, run, *bounds, Quantity::suboptimality);
    const Gauged slope_of_two(many, run, *bounds, Quantity::gradient_norm);
    const PrecisionScope scope(Precision{128, 1});
    const Vector<Enclosure> x = enclose(exact_rational(value.x));
    enumeration::visit_law(problem, run, {}, [&](int k, const auto& states) {
      for (const auto& state : states) {
        const auto all = gradients(problem, state.w);
        value.expect(k, objective(problem, state.w) - objective(problem, x));
        slope.expect(k, sum_gradients(all).full_gradient_norm2());
        for (int i = 0; i < sum->size(); ++i) {
          value_of_one.expect(k, sum->value(i, state.w) - sum->value(i, x));
          for (const auto& other : all)
            slope_of_two.expect(k, test::dot(all[static_cast<std::size_t>(i)], other));
        }
      }
    });
  }
}

// Of a parabola from its minimiser on no more than its values: no slope is added, none taken.
TEST(Gauges, OfAParabolaAreItsValues) {
  const Matrix<Rational> one = Matrix<Rational>::Constant(1, 1, 1);
  const Vector<Rational> c = Vector<Rational>::Constant(1, 1);
  const Problem problem{quadratic_sum({{one, c, 0}, {one, -c, 0}}), Domain::all()};
  const graddiv::Run run{Vector<Rational>::Zero(1), {Rational(1, 4)}, {1}, 20};
  const auto bounds = std::get<RunBounds>(run_bounds(problem, run, Vector<Enclosure>::Zero(1)));
  const Gauge value = Gauged(problem, run, bounds, Quantity::suboptimality).all.back();
  const Gauge slope = Gauged(problem, run, bounds, Quantity::gradient_norm).all.back();
  EXPECT_LT(value.below.value(), 1e-12);
  EXPECT_LT(value.above.value(), 0.5);  // |w| ≤ 1
  EXPECT_LT(slope.above.value(), 1);
}

}  // namespace
}  // namespace graddiv
