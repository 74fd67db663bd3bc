#include "sampling/sampled_trajectory.h"

#include <gtest/gtest.h>

#include "expectation/expect.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "problem/families.h"
#include "problem/mixed.h"
#include "problem/regularized.h"

namespace graddiv {
namespace {

/// Three rows on R², not all in one direction.
Problem three_rows(Domain domain = Domain::all()) {
  Matrix<Rational> X(3, 2);
  X << 1, Rational(1, 3), -1, Rational(1, 2), 0, 1;
  Vector<Rational> y(3);
  y << 1, Rational(1, 7), -1;
  return {least_squares(X, y), std::move(domain)};
}

Run short_run(Mechanism mechanism = {}) {
  Vector<Rational> start(2);
  start << 1, Rational(-1, 3);
  return {start, {Rational(1, 8)}, {3}, 4, std::move(mechanism)};
}

Domain disk() { return Domain::ball(Vector<Rational>::Zero(2), Rational(11, 10)); }

/// Any point and value to measure from.
Reference reference_of(const Problem& problem) {
  Vector<Enclosure> x(2);
  x << Enclosure(1) / 2, Enclosure(-1) / 5;
  return {x, objective(problem, x) - Enclosure(1) / 10, {}, {}};
}

std::vector<Quantity> quantities_of(const Run& run) {
  std::vector<Quantity> all(all_quantities.begin(), all_quantities.end());
  if (!run.mechanism.is_none()) all.push_back(Quantity::mechanism_variance);
  return all;
}

Trajectory sampled(const Problem& problem, const Run& run, const SamplingOptions& options = {}) {
  SamplingOptions how = options;
  how.quantities = quantities_of(run);
  return sample_trajectory(problem, run, reference_of(problem), how);
}

Trajectory exact(const Problem& problem, const Run& run) {
  ExpectationOptions how;
  how.quantities = quantities_of(run);
  return expect(problem, run, reference_of(problem), how);
}

// With the default seed and level: this is a fact, not an event.
void expect_containment(const Trajectory& of_samples, const Trajectory& truth,
                        double largest_width) {
  for (const auto& [quantity, values] : truth.values) {
    for (int k = first_iteration(quantity); k <= truth.iterations; ++k) {
      const Enclosure& x = of_samples.at(quantity, k);
      const Enclosure& is = truth.at(quantity, k);
      EXPECT_TRUE(x.contains(is)) << to_string(quantity) << " " << k << ": " << x << " " << is;
      EXPECT_LT(x.width(), largest_width) << to_string(quantity) << " " << k;
    }
  }
}

TEST(SampledTrajectory, ContainsTheExactExpectations) {
  for (const Problem& problem : {three_rows(), three_rows(disk())}) {
    expect_containment(sampled(problem, short_run(), {.runs = 4000}), exact(problem, short_run()),
                       0.5);
  }
}

Run with_roots_as_steps() {
  Run run = short_run();
  run.steps.clear();
  run.step_rule = StepRule{Rational(1, 4), 2, StepRule::Decay::like_root_k};
  return run;
}

TEST(SampledTrajectory, ContainsThemWithStepsThatAreRoots) {
  for (const Problem& problem : {three_rows(), three_rows(disk())}) {
    const graddiv::Run run = with_roots_as_steps();
    expect_containment(sampled(problem, run, {.runs = 4000}), exact(problem, run), 0.5);
  }
}

TEST(SampledTrajectory, ContainsThemForFunctionsOfSeveralFamilies) {
  const Problem rows = three_rows();
  Matrix<Rational> A(2, 2);
  A << 1, Rational(1, 2), Rational(1, 2), 2;
  Vector<Rational> c(2);
  c << Rational(1, 3), 1;
  const auto hubers =
      generalized_linear(*rows.sum->facts().rows, Vector<Rational>::Ones(3), Loss::huber);
  const Problem problem{
      regularized(mixed({rows.sum, quadratic_sum({{A, c, 1}}), hubers}), Rational(1, 5))};
  graddiv::Run run = short_run();
  run.batches = {2};
  run.iterations = 2;
  expect_containment(sampled(problem, run, {.runs = 4000}), exact(problem, run), 1.0);
}

// 36 functions are too many to look at one by one; their law is that of three.
TEST(SampledTrajectory, ContainsThemWhereDrawsStandForAllFunctions) {
  for (const Problem& problem : {three_rows(), three_rows(disk())}) {
    const Trajectory many = sampled(replicate(problem, 12), short_run(), {.runs = 4000});
    expect_containment(many, exact(problem, short_run()), 1.6);
  }
}

/// Other functions than rows, which have a path of their own.
Problem three_quadratics() {
  Matrix<Rational> A(2, 2);
  A << 2, Rational(1, 3), Rational(1, 3), 1;
  const Matrix<Rational> I = Matrix<Rational>::Identity(2, 2);
  Vector<Rational> c(2);
  c << 1, Rational(-1, 2);
  return {quadratic_sum({{A, c, 0}, {I, -c, 1}, {A + I, Vector<Rational>::Zero(2), 0}}),
          Domain::all()};
}

TEST(SampledTrajectory, ContainsThemForDrawsOfAnyFunctions) {
  const Trajectory many = sampled(replicate(three_quadratics(), 12), short_run(), {.runs = 60'000});
  expect_containment(many, exact(three_quadratics(), short_run()), 2);
}

Trajectory distances(const Problem& problem, const Run& run, const Reference& reference,
                     std::int64_t runs) {
  return sample_trajectory(problem, run, reference,
                           {.quantities = {Quantity::distance}, .runs = runs});
}

// No run is sure to stay near, as a step contracts along one row alone: ‖w_k‖ may grow by 1/16 each
// time. In the mean they all contract.
TEST(SampledTrajectory, IsNarrowWhereRunsCouldGoFar) {
  Matrix<Rational> X(4, 2);
  X << 1, 0, 0, 1, 1, 0, 0, 1;
  Vector<Rational> y(4);
  y << 1, 1, -1, -1;
  const Problem problem{least_squares(X, y), Domain::all()};
  const graddiv::Run run{Vector<Rational>::Zero(2), {Rational(1, 16)}, {1}, 300};
  Reference reference;
  reference.minimizer = Vector<Enclosure>::Zero(2);
  const Trajectory of_runs = distances(problem, run, reference, 2000);
  ExpectationOptions how;
  how.quantities = {Quantity::distance};
  how.arithmetic = Arithmetic::interval;
  expect_containment(of_runs, expect(problem, run, reference, how), 0.15);
}

// Twenty runs that all do the same are cut far below where they are.
TEST(SampledTrajectory, ContainsWhatIsCut) {
  const Vector<Rational> zero = Vector<Rational>::Zero(1);
  const Problem problem{least_squares(Matrix<Rational>::Constant(1, 1, 1), zero), Domain::all()};
  const graddiv::Run run{Vector<Rational>::Constant(1, 5), {Rational(1, 1000)}, {1}, 3};
  Reference reference;
  reference.minimizer = Vector<Enclosure>::Zero(1);
  ExpectationOptions how;
  how.quantities = {Quantity::distance};
  expect_containment(distances(problem, run, reference, 20), expect(problem, run, reference, how),
                     30);
}

TEST(SampledTrajectory, ContainsThemWithDropout) {
  for (const auto sharing : {Mechanism::Sharing::fresh, Mechanism::Sharing::shared}) {
    const graddiv::Run run = short_run(Mechanism::dropout(Rational(3, 4), sharing));
    expect_containment(sampled(three_rows(), run, {.runs = 4000}), exact(three_rows(), run), 8);
  }
}

TEST(SampledTrajectory, RestsOnOneSampleOfTheLevelAskedFor) {
  const Trajectory t = sampled(three_rows(), short_run(), {.error_level = Rational(1, 1000)});
  Evidence all;
  for (const auto& [quantity, values] : t.values) {
    const int first = first_iteration(quantity);
    EXPECT_NE(t.at(quantity, first).evidence().kind, Evidence::statistical) << "at the start";
    EXPECT_EQ(t.at(quantity, first + 1).evidence().kind, Evidence::statistical);
    for (const Enclosure& x : values) all = join(all, x.evidence());
  }
  EXPECT_EQ(all.samples.size(), 1U);
  EXPECT_EQ(all.error_level(), Rational(1, 1000));
  EXPECT_FALSE(t.caveat);
}

// Two statements on the same draws may be false without each other: their levels add up.
TEST(SampledTrajectory, OfOtherQuantitiesIsAnotherStatement) {
  const auto level_of = [](Quantity q) {
    SamplingOptions options;
    options.quantities = {q};
    const Trajectory t =
        sample_trajectory(three_rows(), short_run(), reference_of(three_rows()), options);
    return t.at(q, 4).evidence();
  };
  const Evidence both =
      join(level_of(Quantity::distance), level_of(Quantity::average_suboptimality));
  EXPECT_EQ(both.error_level(), Rational(2, 1'000'000));
}

// Steps that expand take the bounds beyond all doubles: what is left is what is possible.
TEST(SampledTrajectory, SaysLittleButNothingFalseBeyondDoubles) {
  Problem problem = three_rows();
  graddiv::Run run = short_run();
  run.steps = {Rational(Integer(10) << 300U)};
  const Trajectory t = sampled(problem, run, {.runs = 50});
  const Trajectory truth = exact(problem, run);
  for (const Quantity q : all_quantities) {
    for (int k = first_iteration(q); k <= 4; ++k)
      EXPECT_TRUE(t.at(q, k).contains(truth.at(q, k))) << to_string(q) << k;
  }
}

TEST(SampledTrajectory, SpendsMoreWhereCoinsCannotBeFair) {
  const auto level = [](const Rational& p) {
    const Trajectory t = sampled(three_rows(), short_run(Mechanism::dropout(p)));
    return t.at(Quantity::distance, 4).evidence().error_level();
  };
  EXPECT_EQ(level(Rational(3, 4)), Rational(1, 1'000'000));
  EXPECT_GT(level(Rational(1, 3)), Rational(1, 1'000'000));
  EXPECT_LT(level(Rational(1, 3)), Rational(1'000'100, 1'000'000'000'000));
}

TEST(SampledTrajectory, IsTheSameOnAnyNumberOfThreads) {
  const Trajectory one = sampled(three_rows(disk()), short_run(), {.runs = 2500});
  for (const int jobs : {2, 3}) {
    const Trajectory more = sampled(three_rows(disk()), short_run(), {.runs = 2500, .jobs = jobs});
    for (const auto& [quantity, values] : one.values) {
      for (std::size_t k = 0; k < values.size(); ++k)
        EXPECT_TRUE(values[k].same_as(more.values.at(quantity)[k])) << to_string(quantity) << k;
    }
  }
  const Trajectory other = sampled(three_rows(disk()), short_run(), {.runs = 2500, .instance = 1});
  EXPECT_FALSE(one.at(Quantity::distance, 3).same_as(other.at(Quantity::distance, 3)));
}

// Normal noise takes a run anywhere, and a gradient that jumps is not that of a double beside it.
TEST(SampledTrajectory, SupportsNothingWhereNothingIsBounded) {
  const graddiv::Run run = short_run(Mechanism::langevin(Rational(1, 100)));
  const Trajectory t = sampled(three_rows(), run, {.runs = 4000});
  ASSERT_TRUE(t.caveat);
  EXPECT_EQ(t.caveat->plain(), "no bound is known for noise by langevin");
  EXPECT_EQ(t.at(Quantity::distance, 4).evidence().error_level(), 1);
  expect_containment(t, exact(three_rows(), run), 0.5);
}

TEST(SampledTrajectory, SaysWhatCannotBeHad) {
  Reference nothing;
  nothing.minimizer_reason = "nobody knows";
  nothing.optimum_reason = "nobody knows";
  const Trajectory t = sample_trajectory(three_rows(), short_run(), nothing);
  EXPECT_EQ(t.absent.at(Quantity::distance).plain(), "nobody knows");
  EXPECT_EQ(t.absent.size(), 3U);
  EXPECT_TRUE(t.has(Quantity::gradient_norm));
  EXPECT_THROW(sample_trajectory(three_rows(), short_run(), nothing, {.runs = 1}),
               ExpectationError);
}

}  // namespace
}  // namespace graddiv
