#include "facts/large.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "facts/registry.h"
#include "number/exact.h"
#include "problem/regularized.h"
#include "problem/sum_in_doubles.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::integer;

/// A small problem, and the same treated as if it were too large for exact numbers.
struct Both {
  Problem problem;
  Problem treated_as_large{graddiv::treated_as_large(*problem.sum), problem.domain};
};

/// The same with ½ρ‖w‖² in every function.
Both with_regularization(const Both& plain) {
  const Rational rho(integer(1, 9), integer(1, 5));
  return {{regularized(plain.problem.sum, rho), plain.problem.domain},
          {regularized(plain.treated_as_large.sum, rho), plain.problem.domain}};
}

Both any_problem(Loss loss) {
  const auto sum = test::glm(integer(1, 6), integer(1, 4), loss);
  return {{sum, test::any_domain(sum->dimension())}};
}

constexpr Loss all_losses[] = {Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::sine,
                               Loss::logistic};

bool is_possible(const Comparison& comparison) { return comparison.truth() != Truth::no; }

template <class T>
bool is_known(const Fact<T>& fact) {
  return fact.value.has_value();
}

// Exact facts are the oracle: no bound in doubles is better than the best there is.
RC_GTEST_PROP(LargeFacts, AreBoundsOfTheExactOnes, ()) {
  for (const Loss loss : all_losses) {
    const Both both = any_problem(loss);
    const Facts exact(both.problem);
    const Facts large(both.treated_as_large);
    // β and λ of F by the family's bounds of ℓ_i'': best for these bounds, if they are exact.
    const Rational near(1, 1'000'000);
    RC_ASSERT(*large.smoothness().value >= *exact.smoothness().value * (1 - near));
    RC_ASSERT(*large.strong_convexity().value <= *exact.strong_convexity().value + near);
    if (exact.pl_constant().is_best && large.pl_constant().value)
      RC_ASSERT(*large.pl_constant().value <= *exact.pl_constant().value);
    if (exact.lipschitz().is_best && is_known(large.lipschitz()))
      RC_ASSERT(is_possible(*large.lipschitz().value >= *exact.lipschitz().value));
    if (exact.second_moment_bound().is_best && is_known(large.second_moment_bound()))
      RC_ASSERT(
          is_possible(*large.second_moment_bound().value >= *exact.second_moment_bound().value));
    if (exact.batch_size_infimum().is_best && exact.batch_size_infimum().value->value)
      RC_ASSERT(*large.batch_size_infimum().value->value <=
                *exact.batch_size_infimum().value->value);
    RC_ASSERT(is_possible(*large.largest_singular_value2().value ==
                          *exact.largest_singular_value2().value));
    RC_ASSERT(is_possible(*large.largest_singular_value2_of_unit_rows().value ==
                          *exact.largest_singular_value2_of_unit_rows().value));
    if (is_known(exact.optimum()) && is_known(large.optimum()))
      RC_ASSERT(is_possible(*large.optimum().value == *exact.optimum().value));
    // With λ > 0 there is but one w*.
    if (*exact.strong_convexity().value > 0 && is_known(large.minimizer()) &&
        is_known(exact.minimizer())) {
      for (int j = 0; j < both.problem.dimension(); ++j)
        RC_ASSERT(is_possible((*large.minimizer().value)(j) == (*exact.minimizer().value)(j)));
    }
  }
}

// Likewise with a regularization, and every fact is shown by its proof.
RC_GTEST_PROP(LargeFacts, OfRegularizedSumsAreBoundsOfTheExactOnes, ()) {
  for (const Loss loss : all_losses) {
    const Both both = with_regularization(any_problem(loss));
    ASSERT_NE(both.treated_as_large.sum->in_doubles(), nullptr);
    const Facts exact(both.problem);
    const Facts large(both.treated_as_large);
    const Rational near(1, 1'000'000);
    RC_ASSERT(*large.smoothness().value >= *exact.smoothness().value * (1 - near));
    RC_ASSERT(*large.strong_convexity().value <= *exact.strong_convexity().value + near);
    RC_ASSERT(*large.strong_convexity().value >= *exact.strong_convexity().value - near);
    RC_ASSERT(large.batch_size_infimum().value->value == Rational(1));
    RC_ASSERT(!is_known(large.largest_singular_value2()));
    RC_ASSERT(is_known(large.lipschitz()) == both.problem.domain.is_bounded());
    const auto w = enclose(test::point_of(both.problem.domain, both.problem.dimension()));
    Enclosure squares = 0;
    for (const auto& g : gradients(both.problem, w)) {
      squares += test::squared_norm(g);
      if (is_known(large.lipschitz()))
        RC_ASSERT(test::can_be_below(test::squared_norm(g), square(*large.lipschitz().value)));
    }
    if (is_known(large.second_moment_bound()))
      RC_ASSERT(
          test::can_be_below(squares / both.problem.size(), *large.second_moment_bound().value));
    if (is_known(exact.optimum()) && is_known(large.optimum()))
      RC_ASSERT(is_possible(*large.optimum().value == *exact.optimum().value));
    if (*exact.strong_convexity().value > 0 && is_known(large.minimizer()) &&
        is_known(exact.minimizer())) {
      for (int j = 0; j < both.problem.dimension(); ++j)
        RC_ASSERT(is_possible((*large.minimizer().value)(j) == (*exact.minimizer().value)(j)));
    }
    for (const AnyFactDefinition& any : fact_registry()) {
      std::visit(
          [&](const auto* definition) {
            if (!definition->verify(both.treated_as_large, large.get(*definition)))
              RC_FAIL(std::string(definition->id) + ": " +
                      to_sentence(large.get(*definition).proof));
          },
          any);
    }
  }
}

// (v − w)ᵀ(∇F(v) − ∇F(w)) ≥ λ‖v − w‖² for v and w ∈ W.
RC_GTEST_PROP(StrongConvexityOnW, HoldsBetweenPointsOfW, ()) {
  for (const Loss loss : all_losses) {
    const Both both = any_problem(loss);
    const Vector<Enclosure> v =
        enclose(test::point_of(both.problem.domain, both.problem.dimension()));
    const Vector<Enclosure> w =
        enclose(test::point_of(both.problem.domain, both.problem.dimension()));
    const Enclosure slope =
        (full_gradient(both.problem, v) - full_gradient(both.problem, w)).eval().dot(v - w);
    const Enclosure distance = Vector<Enclosure>(v - w).squaredNorm();
    for (const Problem& problem : {both.problem, both.treated_as_large}) {
      const Facts facts(problem);
      const auto& lambda = facts.strong_convexity_on_W();
      RC_ASSERT(*lambda.value >= *facts.strong_convexity().value);
      RC_ASSERT(is_possible(slope >= enclose(*lambda.value) * distance));
    }
  }
}

// A logistic loss is not strongly convex on R, and is on [−1, 1]: σ(1 − σ) at 1.
TEST(StrongConvexityOnW, IsPositiveWhereLogisticLossesAreCurved) {
  const auto one =
      generalized_linear(Matrix<Rational>::Ones(1, 1), Vector<Rational>::Ones(1), Loss::logistic);
  const Domain W = Domain::ball(Vector<Rational>::Zero(1), 1);
  EXPECT_EQ(*Facts({one, W}).strong_convexity().value, 0);
  EXPECT_EQ(*Facts({one}).strong_convexity_on_W().value, 0);
  const double curvature = std::exp(1.0) / ((1 + std::exp(1.0)) * (1 + std::exp(1.0)));
  const auto lambda = [&](const Problem& problem) {
    return static_cast<double>(*Facts(problem).strong_convexity_on_W().value);
  };
  EXPECT_LE(lambda({one, W}), curvature);
  EXPECT_GT(lambda({one, W}), curvature / 2);
  EXPECT_LE(lambda({treated_as_large(*one), W}), curvature);
  EXPECT_GT(lambda({treated_as_large(*one), W}), curvature * 0.999);
}

// The best of a quadratic function is that on R^d where W has interior points, and need not be
// where it has none.
TEST(StrongConvexityOnW, IsTheBestOfQuadraticsWhereWHasInteriorPoints) {
  const auto squares = least_squares(Matrix<Rational>::Identity(2, 2), Vector<Rational>::Zero(2));
  const Vector<Rational> zero = Vector<Rational>::Zero(2);
  EXPECT_TRUE(Facts({squares, Domain::ball(zero, 1)}).strong_convexity_on_W().is_best);
  EXPECT_FALSE(Facts({squares, Domain::ball(zero, 0)}).strong_convexity_on_W().is_best);
  EXPECT_EQ(*Facts({squares, Domain::ball(zero, 0)}).strong_convexity_on_W().value, Rational(1, 2));
}

/// What its proof shows, for every fact that has one, and nothing better.
RC_GTEST_PROP(LargeFacts, AreShownByTheirProofs, ()) {
  for (const Loss loss : all_losses) {
    const Problem problem = any_problem(loss).treated_as_large;
    const Facts facts(problem);
    for (const AnyFactDefinition& any : fact_registry()) {
      std::visit(
          [&](const auto* definition) {
            if (!definition->verify(problem, facts.get(*definition)))
              RC_FAIL(std::string(definition->id) + ": " +
                      to_sentence(facts.get(*definition).proof));
          },
          any);
    }
    const auto refuses = [&](const auto& definition, auto better) {
      auto fact = facts.get(definition);
      if (!fact.value) return;
      *fact.value = better(*fact.value);
      if (auto* p = std::get_if<proof::InDoubles>(&fact.proof)) p->bound = better(p->bound);
      if (definition.verify(problem, fact)) RC_FAIL(definition.id);
    };
    refuses(fact::smoothness, [](const Rational& x) { return Rational(x * Rational(9, 10) - 1); });
    refuses(fact::strong_convexity, [](const Rational& x) { return Rational(x + 1000); });
    refuses(fact::strong_convexity_on_W, [](const Rational& x) { return Rational(x + 1000); });
    refuses(fact::pl_constant, [](const Rational& x) { return Rational(x + 1000); });
  }
}

TEST(LargeFacts, AreRefusedOfProblemsThatAreNotLarge) {
  const auto squares = least_squares(Matrix<Rational>::Identity(2, 2), Vector<Rational>::Zero(2));
  const proof::InDoubles proof{proof::InDoubles::Rule::curvature, Rational(1, 2)};
  EXPECT_FALSE(fact::smoothness.verify({squares}, {Rational(1, 2), false, proof}));
  EXPECT_TRUE(fact::smoothness.verify(
      {treated_as_large(*squares)},
      {Rational(51, 100), false, proof::InDoubles{proof.rule, Rational(51, 100)}}));
}

/// Rows with a planted model, more than exact numbers are used for.
Problem planted(Loss loss, int n, int d, const Domain& W) {
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  unsigned state = 1;
  const auto drawn = [&state] {
    state = state * 1664525U + 1013904223U;
    return Rational(static_cast<int>(state >> 22U) - 512, 1024);
  };
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = drawn();
    const Rational noisy = X(i, 0) - X(i, d - 1) / 2 + drawn() / 2;
    y(i) = loss != Loss::logistic ? noisy : noisy > 0 ? Rational(1) : Rational(-1);
  }
  return {generalized_linear(std::move(X), std::move(y), loss), W};
}

TEST(LargeFacts, AreNarrow) {
  const int d = 8;
  for (const auto& [loss, W] :
       {std::pair{Loss::logistic, Domain::ball(Vector<Rational>::Zero(d), 1)},
        std::pair{Loss::logistic, Domain::ball(Vector<Rational>::Zero(d), 20)},
        std::pair{Loss::huber, Domain::ball(Vector<Rational>::Zero(d), 1)},
        std::pair{Loss::squared, Domain::all()}, std::pair{Loss::logistic, Domain::all()}}) {
    const Problem problem = planted(loss, 5000, d, W);
    ASSERT_TRUE(large::is_large(problem));
    const Facts facts(problem);
    ASSERT_TRUE(facts.minimizer().value) << to_sentence(facts.minimizer().proof);
    for (const Enclosure& x : *facts.minimizer().value) EXPECT_LT(x.width(), 1e-6);
    EXPECT_LT(facts.optimum().value->width(), 1e-8);
    EXPECT_TRUE(fact::minimizer.verify(problem, facts.minimizer()));
    EXPECT_TRUE(fact::optimum.verify(problem, facts.optimum()));
  }
}

}  // namespace
}  // namespace graddiv
