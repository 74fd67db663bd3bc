#include "problem/mixed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "facts/registry.h"
#include "facts/strong_convexity_on_W.h"
#include "linear/solve.h"
#include "problem/regularized.h"
#include "testing/points.h"

// Sums of several families, against the same functions in one family.
namespace graddiv {
namespace {

using test::mat;
using test::vec;

bool are_equal(const Rational& a, const Rational& b) { return a == b; }
// Guesses in doubles may differ by their rounding, and with them the ends of intervals.
bool are_equal(const Enclosure& a, const Enclosure& b) {
  if (a.is_exact() || b.is_exact()) return a.same_as(b);
  return (a == b).truth() != Truth::no && a.width() <= 8 * b.width() && b.width() <= 8 * a.width();
}
bool are_equal(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    if (!are_equal(a(j), b(j))) return false;
  }
  return a.size() == b.size();
}
bool are_equal(const BatchSizeInfimum& a, const BatchSizeInfimum& b) { return a.value == b.value; }

void check_same_facts(const Problem& a, const Problem& b) {
  const Facts of_a(a), of_b(b);
  for (const AnyFactDefinition& any : fact_registry()) {
    std::visit(
        [&](const auto* definition) {
          const auto& x = of_a.get(*definition);
          const auto& y = of_b.get(*definition);
          const std::string id = definition->id;
          if (x.value.has_value() != y.value.has_value() || x.is_best != y.is_best)
            RC_FAIL(id + ": " + to_sentence(x.proof) + " / " + to_sentence(y.proof));
          if (x.value && !are_equal(*x.value, *y.value))
            RC_FAIL(id + " differs: " + to_json(a).dump());
        },
        any);
  }
}

Domain some_domain(int d) {
  return test::integer(0, 2) == 0 ? Domain::all() : test::bounded_domain(d);
}

// Whatever the family: how its functions are shared out among parts changes no fact.
RC_GTEST_PROP(Mixed, PartsOfOneFamilyHaveTheFactsOfTheWhole, ()) {
  const auto sum = test::sum_of_kind(test::integer(0, 9));
  std::vector<std::shared_ptr<const FiniteSum>> parts;
  for (int first = 0; first < sum->size();) {
    const int count = test::integer(1, sum->size() - first + 1);
    std::vector<int> own;
    for (int i = first; i < first + count; ++i) own.push_back(i);
    parts.push_back(select(sum, own));
    first += count;
  }
  const Domain W = some_domain(sum->dimension());
  const Rational rho = test::integer(0, 3);
  check_same_facts({regularized(mixed(std::move(parts)), rho), W}, {regularized(sum, rho), W});
}

// Squares and lines are quadratic functions, in whatever family they are written.
RC_GTEST_PROP(Mixed, QuadraticFunctionsOfAllFamiliesAreOneFamily, ()) {
  const int d = test::integer(1, 4);
  std::vector<std::shared_ptr<const FiniteSum>> parts{test::quadratic(test::integer(1, 3), d),
                                                      test::sum_of_kind(test::integer(0, 4), d),
                                                      test::sum_of_kind(test::integer(0, 4), d)};
  const auto sum = mixed(parts);
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < sum->size(); ++i) {
    const QuadraticFunction& f = *sum->facts(i).quadratic;
    const Matrix<Rational> A = f.A.dense();
    const auto c = least_norm_solve<Rational>(A, Vector<Rational>(-f.b));
    RC_PRE(c.has_value());  // a line is no quadratic family's
    terms.push_back({A, *c, Rational(f.c - c->dot(A.lazyProduct(*c)) / 2)});
  }
  const Domain W = some_domain(d);
  const Facts of_sum(Problem{sum, W}), of_one(Problem{quadratic_sum(terms), W});
  RC_ASSERT(are_equal(*of_sum.smoothness().value, *of_one.smoothness().value));
  RC_ASSERT(of_sum.smoothness().is_best == of_one.smoothness().is_best);
  RC_ASSERT(are_equal(*of_sum.strong_convexity().value, *of_one.strong_convexity().value));
  RC_ASSERT(of_sum.optimum().value.has_value() == of_one.optimum().value.has_value());
  if (of_sum.optimum().value)
    RC_ASSERT((*of_sum.optimum().value == *of_one.optimum().value).truth() != Truth::no);
  RC_ASSERT(are_equal(*of_sum.batch_size_infimum().value, *of_one.batch_size_infimum().value));
}

// What is shown of any mixed sum is shown by its proof, and holds at points of W.
RC_GTEST_PROP(Mixed, FactsAreShownByTheirProofsAndHold, ()) {
  const auto sum = test::sum_of_kind(10);
  const Problem problem{sum, some_domain(sum->dimension())};
  RC_PRE(has_interior(problem.domain));
  const Facts facts(problem);
  for (const AnyFactDefinition& any : fact_registry()) {
    std::visit(
        [&](const auto* definition) {
          if (!definition->verify(problem, facts.get(*definition)))
            RC_FAIL(std::string(definition->id) + ": " + to_json(problem).dump());
        },
        any);
  }
  const auto v = enclose(test::point_of(problem.domain, problem.dimension()));
  const auto w = enclose(test::point_of(problem.domain, problem.dimension()));
  const Enclosure apart = test::squared_norm(v - w);
  const Vector<Enclosure> g = full_gradient(problem, v);
  if (const auto& beta = facts.smoothness().value)
    RC_ASSERT(test::can_be_below(test::squared_norm(g - full_gradient(problem, w)),
                                 square(enclose(*beta)) * apart));
  if (const auto& lambda = facts.strong_convexity_on_W().value)
    RC_ASSERT(
        test::can_be_below(objective(problem, v) + g.dot(w - v) + enclose(*lambda) / 2 * apart,
                           objective(problem, w)));
  if (const auto& least = facts.optimum().value)
    RC_ASSERT(test::can_be_below(least->lower(), objective(problem, w)));
  if (const auto& L = facts.lipschitz().value) {
    for (const auto& own : gradients(problem, w))
      RC_ASSERT(test::can_be_below(test::squared_norm(own), square(*L)));
  }
}

TEST(Mixed, KnowsTheMinimumOfASquareBesideALogisticLoss) {
  // F' = ½(w − σ(−w)): between 0 and 1/2, where σ(−w) = w.
  const auto sum = mixed({least_squares(mat({{"1"}}), vec({"0"})),
                          generalized_linear(mat({{"1"}}), vec({"1"}), Loss::logistic)});
  const Facts facts{Problem{sum}};
  ASSERT_TRUE(facts.minimizer().value.has_value());
  EXPECT_NEAR((*facts.minimizer().value)(0).approximate(), 0.40105813754155, 1e-12);
  EXPECT_EQ(facts.smoothness().value, Rational(5, 8));  // (1 + ¼)/2
  EXPECT_EQ(facts.strong_convexity().value, Rational(1, 2));
  EXPECT_FALSE(facts.smoothness().is_best);
}

/// |w_1| + |w_2|.
std::shared_ptr<const FiniteSum> sum_of_moduli() {
  MaxAffineFunction f{{}, vec({"0", "0"})};
  for (const char* a : {"1", "-1"})
    for (const char* b : {"1", "-1"}) f.pieces.push_back({vec({a, b}), 0});
  return max_affine_sum({f});
}

// ½‖w − (3, ½)‖² + |w_1| + |w_2|: coordinates are shrunk by 1, or to 0.
TEST(Mixed, FindsTheMinimumOfTheLasso) {
  const auto sum =
      mixed({sum_of_moduli(), least_squares(mat({{"1", "0"}, {"0", "1"}}), vec({"3", "1/2"}))});
  const Problem free{sum};
  const Facts facts(free);
  EXPECT_EQ((*facts.minimizer().value)(0).to_string(), "2");
  EXPECT_EQ((*facts.minimizer().value)(1).to_string(), "0");
  EXPECT_EQ(facts.optimum().value->to_string(), "7/8");  // (½ + ⅛ + 2)/3
  EXPECT_TRUE(fact::minimizer.verify(free, facts.minimizer()));
  EXPECT_FALSE(
      fact::minimizer.verify(free, {enclose(vec({"2", "1/100"})), true, facts.minimizer().proof}));
  const Problem boxed{sum, Domain::box(vec({"-1", "-1"}), vec({"1", "1"}))};
  const Facts in_box(boxed);
  EXPECT_EQ((*in_box.minimizer().value)(0).to_string(), "1");
  EXPECT_EQ((*in_box.minimizer().value)(1).to_string(), "0");
  EXPECT_TRUE(fact::minimizer.verify(boxed, in_box.minimizer()));
}

// A saddle beside a maximum is no reason to be called least.
TEST(Mixed, FindsNoMinimumOfWhatIsNotConvex) {
  const auto saddle = quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "0"}), 0}});
  const Facts facts{Problem{mixed({sum_of_moduli(), saddle})}};
  EXPECT_FALSE(facts.minimizer().value.has_value());
}

// Of convex quadratic functions and maxima: w* is least among points, and shown by its proof.
RC_GTEST_PROP(Mixed, MinimaWithKinksAreLeast, ()) {
  const int d = test::integer(1, 4);
  const auto sum = mixed(
      {test::convex_quadratics(test::integer(1, 3), d), test::max_affine(test::integer(1, 3), d)});
  const Problem problem{sum, some_domain(d)};
  const Facts facts(problem);
  const auto& w = facts.minimizer();
  RC_CLASSIFY(w.value.has_value() && w.is_best);
  RC_ASSERT(fact::minimizer.verify(problem, w));
  RC_ASSERT(fact::optimum.verify(problem, facts.optimum()));
  if (!w.value) return;
  RC_ASSERT(problem.domain.contains(*w.value) != Truth::no);
  for (int k = 0; k < 5; ++k) {
    const Vector<Enclosure> v = enclose(test::point_of(problem.domain, d));
    for (const Rational& t : {Rational(1), Rational(1, 50)})
      RC_ASSERT(test::can_be_below(
          facts.optimum().value->lower(),
          objective(problem, Vector<Enclosure>(*w.value + (v - *w.value) * enclose(t)))));
  }
}

TEST(Mixed, SaysThatAMaximumHasNoSmoothness) {
  const AffinePiece up{vec({"1"}), 0}, down{vec({"-1"}), 0};
  const auto sum =
      mixed({least_squares(mat({{"1"}}), vec({"1"})), max_affine_sum({{{up, down}, vec({"0"})}})});
  const Facts facts{Problem{sum, Domain::box(vec({"-2"}), vec({"2"}))}};
  EXPECT_FALSE(facts.smoothness().value.has_value());
  EXPECT_EQ(facts.strong_convexity().value, Rational(1, 2));
  // |w| + ½(w − 1)² is least at the kink, where both slopes are 0 ± 1 − 1.
  ASSERT_TRUE(facts.optimum().value.has_value());
  EXPECT_TRUE(facts.optimum().value->contains(Enclosure(1) / 4));
  EXPECT_EQ(facts.lipschitz().value->to_string(), "3");
}

}  // namespace
}  // namespace graddiv
