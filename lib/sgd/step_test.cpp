#include "sgd/step.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sgd/run.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;
using test::written;

/// f_1 = (w − 1)², f_2 = ½(w + 1)²: gradients 2(w − 1) and w + 1.
Problem two_quadratics(const Domain& domain) {
  return {quadratic_sum({{mat({{"2"}}), vec({"1"}), 0}, {mat({{"1"}}), vec({"-1"}), 0}}), domain};
}

Vector<Enclosure> step(const Problem& problem, const Vector<Enclosure>& w,
                       const std::vector<long>& counts, const Enclosure& gamma) {
  return mini_batch_step(problem.domain, w, gradients(problem, w), counts, gamma);
}

TEST(Step, TwoStepsFromZeroGiveTheNumbersOnPaper) {
  const Problem problem = two_quadratics(Domain::all());
  const Enclosure gamma = Enclosure(1) / 4;
  // At 0 the gradients are −2 and 1; each drawn once: w_1 = 0 − ¼(−2 + 1) = ¼. A step adds up, it
  // does not average.
  const Vector<Enclosure> w1 = step(problem, enclose(vec({"0"})), {1, 1}, gamma);
  EXPECT_EQ(written(w1), "1/4");
  // At ¼ they are −3/2 and 5/4; the first drawn twice: w_2 = ¼ − ¼(−3) = 1.
  EXPECT_EQ(written(step(problem, w1, {2, 0}, gamma)), "1");
  // The second drawn twice: w_2 = ¼ − ¼(5/2) = −3/8.
  EXPECT_EQ(written(step(problem, w1, {0, 2}, gamma)), "-3/8");
}

TEST(Step, ProjectsAfterMoving) {
  const Problem problem = two_quadratics(Domain::box(vec({"-1"}), vec({"1/2"})));
  const Enclosure gamma = Enclosure(1) / 4;
  const Vector<Enclosure> w1 = step(problem, enclose(vec({"0"})), {1, 1}, gamma);
  EXPECT_EQ(written(w1), "1/4");
  EXPECT_EQ(written(step(problem, w1, {2, 0}, gamma)), "1/2");  // 1, cut at ½

  const Problem slope{linear_sum(mat({{"-6", "-8"}}), vec({"0"})),
                      Domain::ball(vec({"0", "0"}), 5)};
  EXPECT_EQ(written(step(slope, enclose(vec({"0", "0"})), {1}, 1)), "3, 4");  // (6, 8) halved
}

TEST(Step, TakesAnySignOfGamma) {
  const Problem problem = two_quadratics(Domain::all());
  EXPECT_EQ(written(step(problem, enclose(vec({"0"})), {1, 0}, -1)), "-2");
  EXPECT_EQ(written(step(problem, enclose(vec({"0"})), {1, 0}, 0)), "0");
}

TEST(Step, RefusesCountsThatDoNotFit) {
  const Problem problem = two_quadratics(Domain::all());
  EXPECT_THROW(step(problem, enclose(vec({"0"})), {1}, 1), std::invalid_argument);
  EXPECT_THROW(step(problem, enclose(vec({"0"})), {1, -1}, 1), std::invalid_argument);
}

RC_GTEST_PROP(Step, InDoublesAgreesWithEnclosures, ()) {
  const auto sum = test::any_sum();
  const Problem problem{sum, test::any_domain(sum->dimension())};
  const Vector<Rational> w = test::vector(problem.dimension());
  const Rational gamma = test::rational();
  std::vector<long> counts;
  for (int i = 0; i < problem.size(); ++i) counts.push_back(test::integer(0, 3));
  const Vector<Enclosure> rigorous = step(problem, enclose(w), counts, enclose(gamma));
  const Vector<double> fast =
      mini_batch_step(problem.domain, to_double(w), gradients(problem, to_double(w)), counts,
                      static_cast<double>(gamma));
  for (Eigen::Index j = 0; j < fast.size(); ++j) {
    RC_ASSERT(std::abs(fast(j) - rigorous(j).approximate()) <= 1e-10 * (1 + std::abs(fast(j))));
  }
}

TEST(Run, CountsEvaluations) {
  graddiv::Run run;  // testing::Test has a Run of its own
  run.steps = {Rational(1, 2), Rational(1, 4), Rational(1, 4)};
  run.batches = {3, 1, 2};
  run.iterations = 3;
  EXPECT_EQ(run.evaluations(0), 0);
  EXPECT_EQ(run.evaluations(1), 3);
  EXPECT_EQ(run.evaluations(3), 6);
  EXPECT_FALSE(run.has_constant_step());
  EXPECT_FALSE(run.has_constant_batch());
  EXPECT_EQ(run.step(1), Rational(1, 4));
  EXPECT_EQ(run.batch(2), 2);
  EXPECT_THROW((void)run.batch(3), std::out_of_range);
}

TEST(Run, StepsByARuleWithRootsAreRoots) {
  graddiv::Run run;
  run.step_rule = StepRule{Rational(3, 2), 2, StepRule::Decay::like_root_k};
  run.iterations = 4;
  for (int k = 0; k < 4; ++k) {  // γ_k² (k + 2) = 9/4, exactly
    EXPECT_EQ((square(run.gamma(k)) * (k + 2) == Enclosure(9) / 4).truth(), Truth::yes);
    EXPECT_EQ(run.gamma(k).is_exact(), k == 2);
  }
  EXPECT_EQ(run.gamma(2).to_string(), "3/4");
  EXPECT_THROW((void)run.step(0), std::invalid_argument);
  EXPECT_TRUE(run.is_by_rule());
  EXPECT_TRUE(run.has_positive_steps());
  EXPECT_FALSE(run.has_constant_step());
  run.step_rule->c = -1;
  EXPECT_FALSE(run.has_positive_steps());
  run.step_rule->c = 0;
  EXPECT_TRUE(run.has_constant_step());
  run.steps = {Rational(1, 2)};
  EXPECT_FALSE(run.has_irrational_steps());
  EXPECT_EQ(run.gamma(3).to_string(), "1/2");
}

TEST(Run, OneValueHoldsForAllIterations) {
  graddiv::Run run;  // testing::Test has a Run of its own
  run.steps = {Rational(1, 2)};
  run.batches = {1'000'000'000};
  run.iterations = 10'000'000;
  EXPECT_TRUE(run.has_constant_step());
  EXPECT_TRUE(run.has_constant_batch());
  EXPECT_EQ(run.step(9'999'999), Rational(1, 2));
  EXPECT_EQ(run.evaluations(10'000'000), 10'000'000'000'000'000);
  run.batches = {5, 5};
  EXPECT_TRUE(run.has_constant_batch());
  run.batches = {};
  EXPECT_FALSE(run.has_constant_batch());
  EXPECT_EQ(run.evaluations(0), 0);
}

TEST(Run, GoesOnWhereStepAndBatchDo) {
  graddiv::Run run;  // testing::Test has a Run of its own
  run.iterations = 5;
  run.steps = {1, 1, Rational(1, 2), Rational(1, 2), Rational(1, 2)};
  run.batches = {2, 2, 2, 3, 3};
  EXPECT_TRUE(run.goes_on(1));
  EXPECT_FALSE(run.goes_on(2));
  EXPECT_FALSE(run.goes_on(3));
  EXPECT_TRUE(run.goes_on(4));
  run.steps = {1};
  EXPECT_TRUE(run.goes_on(2));
  EXPECT_FALSE(run.goes_on(3));
  run.batches = {2};
  EXPECT_TRUE(run.goes_on(3));
  run.steps.clear();
  run.step_rule = StepRule{1, 1, StepRule::Decay::like_root_k};
  EXPECT_FALSE(run.goes_on(3));
}

}  // namespace
}  // namespace graddiv
