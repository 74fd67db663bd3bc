#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "expectation/enumeration.h"
#include "expectation/expect.h"
#include "number/exact.h"
#include "testing/problems.h"

// Runs whose gradients pass through a mechanism: the two engines against each other, and by hand.
namespace graddiv {
namespace {

using test::mat;
using test::vec;
using Sharing = Mechanism::Sharing;

Reference at_zero(int d) { return {enclose(Vector<Rational>::Zero(d)), Enclosure(0), "", ""}; }

ExpectationOptions by(Engine engine) {
  ExpectationOptions options;
  options.engine = engine;
  return options;
}

void expect_same(const Trajectory& a, const Trajectory& b) {
  for (const Quantity q : all_quantities) {
    for (int k = first_iteration(q); k <= a.iterations; ++k) {
      RC_ASSERT(a.at(q, k).is_exact());
      RC_ASSERT(a.at(q, k).same_as(b.at(q, k)));
    }
  }
}

RC_GTEST_PROP(MechanismExpectation, IsTheSameByMomentsAndByEnumerationForDropout, ()) {
  const Problem problem{test::quadratic(test::integer(1, 3), test::integer(1, 3))};
  const Sharing sharing = *rc::gen::arbitrary<bool>() ? Sharing::fresh : Sharing::shared;
  const graddiv::Run run{
      .start = test::vector(problem.dimension()),
      .steps = {test::rational()},
      .batches = {test::integer(1, 3)},
      .iterations = test::integer(0, 3),
      .mechanism = Mechanism::dropout(Rational(test::integer(1, 4), 3), sharing)};
  RC_PRE(problem.size() * problem.dimension() * run.iterations <= 4);
  const Reference reference = at_zero(problem.dimension());
  expect_same(expect(problem, run, reference, by(Engine::moments)),
              expect(problem, run, reference, by(Engine::enumeration)));
}

RC_GTEST_PROP(MechanismExpectation, WithoutNoiseIsThatOfTheRunWithoutAMechanism, ()) {
  const Problem problem{test::quadratic(test::integer(1, 3), test::integer(1, 3))};
  graddiv::Run run{test::vector(problem.dimension()), {test::rational()}, {test::integer(1, 4)}, 3};
  const Reference reference = at_zero(problem.dimension());
  const Trajectory plain = expect(problem, run, reference);
  for (const Mechanism& certain : {Mechanism::dropout(1), Mechanism::langevin(0)}) {
    run.mechanism = certain;
    expect_same(expect(problem, run, reference), plain);
  }
}

// f = w²/2 from 1, γ = 1/2, B = 2, n = 1, σ² = 1: w⁺ = w − ½(2w + noise), so E w_1² = ¼ ·
// Var(noise): fresh noise has variance 2, shared noise 4.
TEST(MechanismExpectation, TellsFreshFromSharedNoise) {
  const Problem parabola{quadratic_sum({{mat({{"1"}}), vec({"0"}), 0}})};
  graddiv::Run run{vec({"1"}), {Rational(1, 2)}, {2}, 1};
  run.mechanism = Mechanism::langevin(1);
  EXPECT_EQ(expect(parabola, run, at_zero(1)).at(Quantity::distance, 1).to_string(), "1/2");
  run.mechanism = Mechanism::langevin(1, Sharing::shared);
  EXPECT_EQ(expect(parabola, run, at_zero(1)).at(Quantity::distance, 1).to_string(), "1");
}

// Gradient (3, 4) with one level and γ = 1: −w_1 ∈ {0, 5}², so E‖w_1‖² = 25 (3/5 + 4/5) = 35.
TEST(MechanismExpectation, OfQuantizationIsEnumerated) {
  const Problem slope{linear_sum(mat({{"3", "4"}}), vec({"0"}))};
  graddiv::Run run{vec({"0", "0"}), {1}, {1}, 1};
  run.mechanism = Mechanism::quantization(1);
  const Trajectory t = expect(slope, run, at_zero(2));
  EXPECT_EQ(t.engine, Engine::enumeration);
  EXPECT_EQ(t.at(Quantity::distance, 1).to_string(), "35");
}

// Gradient (1, 1) with one level and γ = 1: each coordinate of −w_1 is √2 with probability 1/√2,
// else 0.
TEST(MechanismExpectation, OfAnIrrationalNormIsEnclosed) {
  const Problem slope{linear_sum(mat({{"1", "1"}}), vec({"0"}))};
  graddiv::Run run{vec({"0", "0"}), {1}, {1}, 1};
  run.mechanism = Mechanism::quantization(1);
  const Trajectory t = expect(slope, run, at_zero(2));
  EXPECT_EQ(t.arithmetic, Arithmetic::interval);
  const Enclosure distance = t.at(Quantity::distance, 1);
  EXPECT_TRUE(distance.contains(2 * sqrt(Enclosure(2)))) << distance;
  EXPECT_LT(distance.width(), 1e-15);
}

// With d = 1 there is nothing to draw: |g|/‖g‖ = 1, however irrational g is.
TEST(MechanismExpectation, OfOneCoordinateQuantizedHasNoVariance) {
  const Problem loss{generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic)};
  graddiv::Run run{vec({"1"}), {Rational(1, 3)}, {1}, 2};
  run.mechanism = Mechanism::quantization(1);
  ExpectationOptions options;
  options.quantities = {Quantity::mechanism_variance};
  const Trajectory t = expect(loss, run, {}, options);
  for (int k = 0; k <= 2; ++k)
    EXPECT_EQ(t.at(Quantity::mechanism_variance, k).to_string(), "0") << k;
}

// Projected to an irrational point of the line w_1 + w_2 = 0, where the gradient (w_1 + w_2)(1, 1)
// is 0: how near to 0 is all that intervals can tell.
TEST(MechanismExpectation, OfAGradientThatMayBeZeroIsEnclosed) {
  const Problem problem{least_squares(mat({{"1", "1"}}), vec({"0"})),
                        Domain::ball(vec({"1", "-1"}), 1)};
  graddiv::Run run{vec({"9", "-9"}), {Rational(1, 3)}, {1}, 2};
  run.mechanism = Mechanism::quantization(1);
  ExpectationOptions options;
  options.quantities = {Quantity::mechanism_variance, Quantity::gradient_norm};
  const Trajectory t = expect(problem, run, {}, options);
  for (int k = 0; k <= 2; ++k) {
    for (const Quantity q : options.quantities) {
      const Enclosure& value = t.at(q, k);
      EXPECT_TRUE(value.contains(0)) << value;
      EXPECT_LT(value.width(), 1e-30);
    }
  }
}

void expect_refusal(const Problem& problem, const Run& run, Engine engine,
                    const std::string& message) {
  try {
    expect(problem, run, at_zero(problem.dimension()), by(engine));
    FAIL() << "accepted";
  } catch (const ExpectationError& e) {
    EXPECT_EQ(e.what(), message);
  }
}

TEST(MechanismExpectation, IsRefusedByAnEngineThatCannotDoIt) {
  const Problem slope{linear_sum(mat({{"1", "1"}}), vec({"0"}))};
  graddiv::Run run{vec({"0", "0"}), {1}, {1}, 1};
  run.mechanism = Mechanism::langevin(1);
  expect_refusal(slope, run, Engine::enumeration,
                 "enumeration: the mechanism 'langevin' has no finite law");
  const Problem bounded{slope.sum, Domain::box(vec({"0", "0"}), vec({"1", "1"}))};
  expect_refusal(bounded, run, Engine::moments,
                 "moments: the domain is a box, and the recursion holds only without projection; "
                 "use enumeration");
  run.mechanism = Mechanism::quantization(1);
  expect_refusal(slope, run, Engine::moments,
                 "moments: the covariance of the mechanism 'quantization' is not a function of "
                 "second moments; use enumeration");
}

}  // namespace
}  // namespace graddiv
