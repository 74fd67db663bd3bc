#include <gtest/gtest.h>

#include "expectation/expect.h"
#include "facts/facts.h"
#include "number/exact.h"
#include "sgd/instance.h"

namespace graddiv {
namespace {

Instance example(const std::string& name) {
  return read_instance(std::string(GRADDIV_EXAMPLES) + "/" + name);
}

Reference reference_of(const Facts& facts) {
  return {facts.minimizer().value, facts.optimum().value, to_text(facts.minimizer().proof),
          to_text(facts.optimum().proof)};
}

// The worst E‖w_1 − w*‖² of one serial step over L-smooth, μ-strongly convex functions with
// variance v² at the optimum and ‖w_0 − w*‖ = R is (γR(L−μ)/2 + √((1 − γ(L+μ)/2)²R² + γ²v²))²: here
// L = 1, μ = 1/10, γ = 7/10, v = 1, R = 2.
TEST(WorstOneStep, LiesWithin1e12OfThePublishedWorstCase) {
  const Instance i = example("worst-one-step.json");
  const Facts facts(i.problem);
  const Trajectory t = expect(i.problem, i.run, reference_of(facts));
  const Enclosure L = 1;
  const Enclosure mu = Enclosure::parse("1/10");
  const Enclosure gamma = Enclosure::parse("7/10");
  const Enclosure R = 2;
  const Enclosure worst = square(gamma * R * (L - mu) / 2 +
                                 sqrt(square((1 - gamma * (L + mu) / 2) * R) + square(gamma)));
  const Enclosure attained = t.at(Quantity::distance, 1);
  EXPECT_TRUE(attained.is_exact());
  EXPECT_EQ((attained <= worst).truth(), Truth::yes) << "no instance may exceed the worst case";
  EXPECT_EQ((worst - attained <= Enclosure::parse("1e-12")).truth(), Truth::yes)
      << (worst - attained).to_string();
  EXPECT_EQ((abs(worst - Enclosure::parse("4.18300050471")) <= Enclosure::parse("1e-11")).truth(),
            Truth::yes);
}

TEST(WorstOneStep, SatisfiesTheHypothesesOfTheWorstCaseExactly) {
  const Instance i = example("worst-one-step.json");
  const Facts facts(i.problem);
  EXPECT_EQ(facts.component_smoothness().value.value(), 1);
  EXPECT_EQ(facts.component_strong_convexity().value.value(), Rational(1, 10));
  const Vector<Enclosure> minimizer = facts.minimizer().value.value();
  Enclosure variance = 0;
  for (const auto& g : gradients(i.problem, minimizer))
    variance += g.squaredNorm() / Enclosure(i.problem.size());
  EXPECT_EQ(exact_value(variance), 1);
  EXPECT_EQ(exact_value(Vector<Enclosure>(enclose(i.run.start) - minimizer).squaredNorm()), 4);
}

TEST(FashionMnist, IsSolvedExactlyAndItsBatchSizeBoundIsCertified) {
  const Instance i = example("fashion-mnist.json");
  EXPECT_GE(i.problem.size(), 200);
  EXPECT_EQ(i.problem.dimension(), 49);
  const Facts facts(i.problem);
  const Vector<Enclosure> minimizer = facts.minimizer().value.value();
  const Vector<Enclosure> slope = full_gradient(i.problem, minimizer);
  for (Eigen::Index j = 0; j < slope.size(); ++j) EXPECT_EQ(exact_value(slope[j]), 0);
  const auto& infimum = facts.batch_size_infimum();
  ASSERT_TRUE(infimum.value && infimum.value->value) << to_sentence(infimum.proof);
  EXPECT_GE(*infimum.value->value, 1);
}

}  // namespace
}  // namespace graddiv
