#include "problem/regularized.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "expectation/expect.h"
#include "facts/registry.h"
#include "linear/solve.h"
#include "sgd/instance.h"
#include "testing/points.h"

// ½ρ‖w‖² in every function, against equal problems that are written out in another way.
namespace graddiv {
namespace {

using test::mat;
using test::vec;

/// ½(w − c)ᵀA(w − c) + offset for each f_i of a quadratic sum, where A_i is regular.
std::shared_ptr<const FiniteSum> written_out(const FiniteSum& sum) {
  std::vector<QuadraticTerm> terms;
  for (const FunctionFacts& f : sum.facts().functions) {
    const Matrix<Rational> A = f.quadratic->A.dense();
    const Vector<Rational> c = *solve<Rational>(A, Vector<Rational>(-f.quadratic->b));
    const Vector<Rational> Ac = A.lazyProduct(c);
    terms.push_back({A, c, Rational(f.quadratic->c - c.dot(Ac) / 2)});
  }
  return quadratic_sum(std::move(terms));
}

bool is_same(const Rational& a, const Rational& b) { return a == b; }
bool is_same(const Enclosure& a, const Enclosure& b) {
  return (a.is_exact() && b.is_exact()) ? (a == b).truth() == Truth::yes
                                        : a.to_string() == b.to_string();
}
bool is_same(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    if (!is_same(a(j), b(j))) return false;
  }
  return a.size() == b.size();
}
bool is_same(const BatchSizeInfimum& a, const BatchSizeInfimum& b) { return a.value == b.value; }

/// All facts that do not speak of rows.
void expect_same_facts(const Problem& a, const Problem& b) {
  const Facts of_a(a), of_b(b);
  for (const AnyFactDefinition& any : fact_registry()) {
    std::visit(
        [&](const auto* definition) {
          const std::string id = definition->id;
          if (id.find("row") != std::string::npos || id.find("singular") != std::string::npos)
            return;
          const auto& x = of_a.get(*definition);
          const auto& y = of_b.get(*definition);
          ASSERT_EQ(x.value.has_value(), y.value.has_value()) << id;
          EXPECT_EQ(x.is_best, y.is_best) << id;
          if (x.value) {
            EXPECT_TRUE(is_same(*x.value, *y.value)) << id;
          }
          EXPECT_TRUE(definition->verify(a, x)) << id << ": " << to_sentence(x.proof);
        },
        any);
  }
}

TEST(Regularization, OfSquaresIsThatOfTheQuadraticFunctionsTheyAre) {
  const auto sum =
      regularized(least_squares(mat({{"1", "2"}, {"2", "-1"}, {"1", "0"}}), vec({"1", "1", "-1"})),
                  Rational(1, 2));
  const auto other = written_out(*sum);
  expect_same_facts({sum}, {other});
  const Domain box = Domain::box(vec({"0", "0"}), vec({"1", "2"}));
  expect_same_facts({sum, box}, {other, box});
  const Domain disc = Domain::ball(vec({"1", "0"}), 1);
  expect_same_facts({sum, disc}, {other, disc});
}

TEST(Regularization, OfLinearFunctionsMakesThemStronglyConvex) {
  const auto sum =
      regularized(linear_sum(mat({{"1", "1"}, {"2", "0"}}), vec({"0", "5"})), Rational(1, 3));
  expect_same_facts({sum}, {written_out(*sum)});
  const Facts facts{Problem{sum}};
  EXPECT_EQ(facts.strong_convexity().value, Rational(1, 3));
  EXPECT_TRUE(is_same(*facts.minimizer().value, enclose(vec({"-9/2", "-3/2"}))));
}

TEST(Regularization, OfMaximaIsTheirQuadraticPart) {
  const AffinePiece up{vec({"1"}), 0}, down{vec({"-2"}), 1};
  const Problem sum{regularized(max_affine_sum({{{up, down}, vec({"1/4"})}}), Rational(1, 2))};
  const Problem other{max_affine_sum({{{up, down}, vec({"3/4"})}})};
  expect_same_facts(sum, other);
  const Domain box = Domain::box(vec({"-1"}), vec({"1"}));
  expect_same_facts({sum.sum, box}, {other.sum, box});
}

// λ is ρ more than that of the functions without it, to the last digit.
TEST(Regularization, OfLossesAddsToLambda) {
  const auto rows = mat({{"1"}, {"1"}});
  const auto hubers = generalized_linear(rows, vec({"-1/2", "1/2"}), Loss::huber, Rational(1, 2));
  const Problem on_box{regularized(hubers, Rational(1, 3)), Domain::box(vec({"-1"}), vec({"1"}))};
  const Facts facts(on_box);
  EXPECT_EQ(facts.strong_convexity().value, Rational(1, 3));
  EXPECT_TRUE(facts.strong_convexity().is_best);
  EXPECT_EQ(facts.strong_convexity_on_W().value, Rational(5, 6));
  EXPECT_TRUE(facts.strong_convexity_on_W().is_best);
  EXPECT_EQ(facts.smoothness().value, Rational(4, 3));
  EXPECT_EQ(facts.component_strong_convexity().value, Rational(1, 3));
  EXPECT_TRUE(facts.component_strong_convexity().is_best);
  Fact<Rational> wrong = facts.strong_convexity_on_W();
  *wrong.value += Rational(1, 1000);
  EXPECT_FALSE(fact::strong_convexity_on_W.verify(on_box, wrong));
  const Problem everywhere{on_box.sum};
  EXPECT_EQ(Facts(everywhere).pl_constant().value, Rational(1, 3));
  EXPECT_FALSE(Facts(everywhere).pl_constant().is_best);
  EXPECT_FALSE(Facts(everywhere).lipschitz().value.has_value());
}

// log(1 + e^{−w}) + w²/2·ρ, whose minimiser 1/(1 + e^w) = ρw is W(1/ρ)-like: w = 0.6589…
TEST(Regularization, OfLogisticLossesHasAMinimiser) {
  const auto one = generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic);
  const Facts facts{Problem{regularized(one, Rational(1, 2))}};
  ASSERT_TRUE(facts.minimizer().value.has_value());
  const double w = (*facts.minimizer().value)(0).approximate();
  EXPECT_NEAR(1 / (1 + std::exp(w)), w / 2, 1e-12);
  EXPECT_EQ(facts.strong_convexity().value, Rational(1, 2));
}

// Both engines, on equal problems.
TEST(Regularization, IsInTheExpectationsOfBothEngines) {
  const auto sum =
      regularized(least_squares(mat({{"1", "2"}, {"2", "-1"}, {"1", "0"}}), vec({"1", "1", "-1"})),
                  Rational(1, 2));
  const Problem problem{sum}, other{written_out(*sum)};
  const graddiv::Run run{vec({"1", "-1"}), {Rational(1, 8)}, {2}, 3};
  const Facts facts(problem);
  const Reference reference{facts.minimizer().value, facts.optimum().value, "", ""};
  for (const Engine engine : {Engine::moments, Engine::enumeration}) {
    ExpectationOptions options;
    options.engine = engine;
    const Trajectory a = expect(problem, run, reference, options);
    const Trajectory b = expect(other, run, reference, options);
    for (const auto& [quantity, values] : a.values) {
      for (std::size_t k = 0; k < values.size(); ++k) {
        ASSERT_TRUE(values[k].is_exact());
        EXPECT_TRUE((values[k] == b.values.at(quantity)[k]).truth() == Truth::yes);
      }
    }
  }
}

// What is shown of any regularized sum holds, and every proof shows it.
RC_GTEST_PROP(Regularization, FactsAreShownByTheirProofs, ()) {
  const int d = test::integer(1, 4);
  auto sum = test::sum_of_kind(test::integer(0, 9));
  const Domain W =
      test::integer(0, 2) == 0 ? Domain::all() : test::bounded_domain(sum->dimension());
  const Problem problem{regularized(sum, Rational(test::integer(1, 9), d)), W};
  const Facts facts(problem);
  for (const AnyFactDefinition& any : fact_registry()) {
    std::visit(
        [&](const auto* definition) {
          if (!definition->verify(problem, facts.get(*definition)))
            RC_FAIL(std::string(definition->id) + ": " + to_sentence(facts.get(*definition).proof));
        },
        any);
  }
}

}  // namespace
}  // namespace graddiv
