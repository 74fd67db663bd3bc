#include "facts/verify.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "facts/registry.h"
#include "linear/ldlt.h"
#include "number/exact.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

struct Example {
  std::string name;
  Problem problem;
};

/// Problems whose facts have proofs of every kind.
std::vector<Example> examples() {
  const auto line = [](const char* x) { return vec({x}); };
  const auto plane = Domain::box(vec({"0", "0"}), vec({"1", "2"}));
  const auto disc = Domain::ball(vec({"1", "0"}), 1);
  const auto rows = mat({{"1", "2"}, {"2", "-1"}, {"1", "0"}});
  const auto targets = vec({"1", "1", "-1"});
  const auto squares = least_squares(rows, targets);
  const auto logistic = generalized_linear(rows, targets, Loss::logistic);
  const auto huber = generalized_linear(rows, targets, Loss::huber);
  const auto geman = generalized_linear(rows, targets, Loss::geman_mcclure);
  const auto sine = generalized_linear(mat({{"1", "0"}, {"1", "1"}}), vec({"1", "2"}), Loss::sine);
  const auto saddle = quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "1"}), 0}});
  const auto linear = linear_sum(mat({{"1", "1"}, {"2", "0"}}), vec({"0", "0"}));
  const auto fitted = least_squares(mat({{"1", "0"}, {"0", "2"}}), vec({"1/2", "1"}));
  const auto product = Domain::product(
      {Domain::ball(line("0"), Rational(1, 3)), Domain::ball(line("1"), Rational(1, 2))});
  return {
      {"squares", {squares}},
      {"squares on a box", {squares, plane}},
      {"squares on a disc", {squares, disc}},
      {"squares on a product", {squares, product}},
      {"squares at a point", {squares, Domain::ball(vec({"1", "0"}), 0)}},
      {"fitted", {fitted, plane}},
      {"logistic", {logistic}},
      {"logistic on a box", {logistic, plane}},
      {"logistic on a disc", {logistic, disc}},
      {"logistic on a product", {logistic, product}},
      {"one logistic",
       {generalized_linear(mat({{"3"}}), line("1"), Loss::logistic),
        Domain::box(line("-1"), line("2"))}},
      {"two logistic", {generalized_linear(mat({{"3"}, {"1"}}), vec({"1", "-1"}), Loss::logistic)}},
      {"huber on a disc", {huber, disc}},
      {"geman on a box", {geman, plane}},
      {"geman on a disc", {geman, disc}},
      {"sine", {sine}},
      {"saddle", {saddle}},
      {"linear", {linear}},
      {"linear on a disc", {linear, disc}},
      {"linear on a box", {linear, plane}}};
}

/// Every kind that a proof holds, itself and those it is made of.
void collect_kinds(const Proof& proof, std::set<std::string>& kinds) {
  kinds.insert(to_json(proof).at("kind").get<std::string>());
  if (const auto* derived = std::get_if<proof::Derived>(&proof.kind())) {
    for (const Proof& part : *derived->from) collect_kinds(part, kinds);
  }
}

TEST(Verify, ShowsEveryFactOfTheRegistryAgain) {
  std::set<std::string> kinds;
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    for (const AnyFactDefinition& any : fact_registry()) {
      std::visit(
          [&](const auto* definition) {
            const auto& fact = facts.get(*definition);
            collect_kinds(fact.proof, kinds);
            EXPECT_TRUE(definition->verify(example.problem, fact))
                << example.name << ": " << definition->id << ": " << to_json(fact.proof).dump();
          },
          any);
    }
  }
  for (const char* kind :
       {"unknown", "unbounded-below", "by-definition", "semidefinite", "s-procedure", "kkt-point",
        "bracket", "nearness", "duality-gap", "bisection", "derived", "interpolation"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
}

// A value that is better than the one shown is not shown.
TEST(Verify, ShowsNoBetterValue) {
  const Rational little = Rational(1, 1000);
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    const auto refuses = [&](const auto& definition, auto better) {
      auto fact = facts.get(definition);
      if (!fact.value) return;
      fact.is_best = false;
      *fact.value = better(*fact.value);
      EXPECT_FALSE(definition.verify(example.problem, fact)) << example.name << definition.id;
    };
    const auto smaller = [&](const Rational& x) { return Rational(x - little); };
    const auto larger = [&](const Rational& x) { return Rational(x + little); };
    const auto below = [&](const Enclosure& x) { return enclose(Rational(lower_end(x) - little)); };
    refuses(fact::smoothness, smaller);
    refuses(fact::component_smoothness, smaller);
    refuses(fact::strong_convexity, larger);
    refuses(fact::component_strong_convexity, larger);
    refuses(fact::pl_constant, larger);
    refuses(fact::optimum, below);
    refuses(fact::smallest_row_norm2, below);
    refuses(fact::largest_singular_value2, below);
    refuses(fact::minimizer, [&](const Vector<Enclosure>& w) {
      Vector<Enclosure> moved = w;
      moved(0) = below(w(0));
      return moved;
    });
    const Fact<Enclosure>& L = facts.lipschitz();
    if (L.value && upper_end(*L.value) > 0)
      refuses(fact::lipschitz,
              [&](const Enclosure& x) { return enclose(Rational(lower_end(x) * (1 - little))); });
    const Fact<Enclosure>& M2 = facts.second_moment_bound();
    if (M2.value && upper_end(*M2.value) > 0)
      refuses(fact::second_moment_bound,
              [&](auto x) { return enclose(Rational(lower_end(x) * (1 - little))); });
    if (facts.batch_size_infimum().value && facts.batch_size_infimum().value->value)
      refuses(fact::batch_size_infimum,
              [&](const BatchSizeInfimum& x) { return BatchSizeInfimum{*x.value + little}; });
  }
}

// ---- tampering with each kind -------------------------------------------------------------------

/// The fact with a change to its proof, which is of that kind.
template <class Kind, class T>
Fact<T> tampered(Fact<T> fact, const std::function<void(Kind&)>& change) {
  auto* kind = std::get_if<Kind>(static_cast<proof::Kind*>(&fact.proof));
  EXPECT_NE(kind, nullptr) << to_json(fact.proof).dump();
  if (kind != nullptr) change(*kind);
  return fact;
}

template <class Kind, class T>
void expect_refused(const FactDefinition<T>& definition, const Problem& problem,
                    const std::function<void(Kind&)>& change) {
  const Facts facts(problem);
  const Fact<T>& fact = facts.get(definition);
  ASSERT_TRUE(definition.verify(problem, fact)) << to_json(fact.proof).dump();
  EXPECT_FALSE(definition.verify(problem, tampered<Kind>(fact, change)))
      << definition.id << ": " << to_json(fact.proof).dump();
}

Vector<Rational> moved(const proof::Point& w) {
  Vector<Rational> result = *w;
  result(0) += Rational(1, 1000000);
  return result;
}

Problem squares(const Domain& domain = Domain::all()) {
  return {least_squares(mat({{"1", "2"}, {"2", "-1"}, {"1", "0"}}), vec({"1", "1", "-1"})), domain};
}
Problem logistic(const Domain& domain) {
  return {generalized_linear(mat({{"1", "2"}, {"2", "-1"}, {"1", "0"}}), vec({"1", "1", "-1"}),
                             Loss::logistic),
          domain};
}

TEST(Verify, NoticesAnotherRule) {
  expect_refused<proof::ByDefinition>(
      fact::optimum, {linear_sum(mat({{"1", "1"}}), vec({"0"})), Domain::ball(vec({"0", "0"}), 1)},
      [](auto& p) { p.rule = proof::ByDefinition::Rule::W_is_a_point; });
}

TEST(Verify, NoticesAnotherInequalityBoundOrTightness) {
  using P = proof::Semidefinite;
  const Problem diagonal{quadratic_sum({{mat({{"3", "0"}, {"0", "2"}}), vec({"0", "1"}), 0}})};
  expect_refused<P>(fact::smoothness, diagonal, [](P& p) { p.bound -= Rational(1, 1000); });
  expect_refused<P>(fact::smoothness, diagonal,
                    [](P& p) { p.inequality = P::Inequality::curvature_bounds; });
  expect_refused<P>(fact::smoothness, diagonal, [](P& p) { p.tight = false; });
  const auto logistic_bound = Facts(logistic(Domain::all())).smoothness();
  auto boasting = logistic_bound;
  boasting.is_best = true;
  EXPECT_FALSE(verify::smoothness(logistic(Domain::all()), boasting));
  auto loose = Facts(diagonal).smoothness();
  loose.value = std::get<P>(loose.proof.kind()).bound + 1;
  std::get<P>(static_cast<proof::Kind&>(loose.proof)).bound += 1;
  EXPECT_FALSE(verify::smoothness(diagonal, loose));  // no singular matrix: not the best
}

TEST(Verify, ChecksFactorsByMultiplyingThemOut) {
  const Matrix<Rational> A = mat({{"2", "1"}, {"1", "1"}});
  const auto with = [](const Ldlt& factors) {
    return std::make_shared<const std::vector<Ldlt>>(1, factors);
  };
  const Ldlt good = *ldlt(A);
  EXPECT_TRUE(verify::definiteness(A, with(good)).definite);
  Ldlt other = good;
  other.L(1, 0) += 1;
  EXPECT_FALSE(verify::definiteness(A, with(other)).semidefinite);
  other = good;
  other.D(1) = -other.D(1);
  EXPECT_FALSE(verify::definiteness(A, with(other)).semidefinite);
  other = good;
  other.permutation = {0, 0};
  EXPECT_FALSE(verify::definiteness(A, with(other)).semidefinite);
  EXPECT_FALSE(verify::definiteness(A, with(good), 1).semidefinite);
  const Matrix<Rational> indefinite = mat({{"0", "1"}, {"1", "0"}});
  EXPECT_FALSE(verify::definiteness(indefinite, with(good)).semidefinite);
}

TEST(Verify, NoticesAnotherMultiplier) {
  using P = proof::SProcedure;
  // The centre is no critical point of the gradients' length, so that the multiplier matters.
  const Problem problem = squares(Domain::ball(vec({"1", "0"}), 1));
  expect_refused<P>(fact::second_moment_bound, problem, [](P& p) { p.multipliers(0) += 1; });
  expect_refused<P>(fact::second_moment_bound, problem, [](P& p) { p.multipliers(0) = 0; });
  const Facts facts(problem);
  const auto& infimum = facts.batch_size_infimum();
  const Proof* shown = &infimum.proof;
  if (const auto* derived = std::get_if<proof::Derived>(&shown->kind()))
    shown = &derived->from->front();
  auto s = std::get<P>(shown->kind());
  EXPECT_TRUE(verify::batch_size_bound(problem, s));
  s.multipliers(0) = -1;
  EXPECT_FALSE(verify::batch_size_bound(problem, s));
  s.multipliers(0) = 1000;
  EXPECT_FALSE(verify::batch_size_bound(problem, s));
}

TEST(Verify, NoticesAnotherPoint) {
  using P = proof::KktPoint;
  const auto move = [](auto& p) { p.w = proof::point(moved(p.w)); };
  for (const Domain& domain : {Domain::all(), Domain::box(vec({"0", "0"}), vec({"1", "2"}))})
    expect_refused<P>(fact::optimum, squares(domain), move);
  expect_refused<P>(fact::minimizer, squares(Domain::box(vec({"1", "1"}), vec({"2", "2"}))),
                    [](P& p) { p.multipliers(0) += 1; });
  // ½‖w − (3, 4)‖² on the unit disc: w* = (3, 4)/5, ν = 4.
  const Problem sphere{quadratic_sum({{mat({{"1", "0"}, {"0", "1"}}), vec({"3", "4"}), 0}}),
                       Domain::ball(vec({"0", "0"}), 1)};
  expect_refused<P>(fact::minimizer, sphere, [](P& p) { p.multipliers(0) += 1; });
  expect_refused<P>(fact::minimizer, sphere, move);
  const Problem fitted{
      generalized_linear(mat({{"1", "0"}, {"0", "2"}}), vec({"1/2", "1"}), Loss::geman_mcclure)};
  expect_refused<proof::Interpolation>(fact::optimum, fitted, move);
}

TEST(Verify, NoticesOtherWeightsOfPieces) {
  using P = proof::Subgradients;
  // max(w, −3w) + max(w, 0): least at 0, with weights that are not equal.
  const auto piece = [](const char* a) { return AffinePiece{vec({a}), 0}; };
  const Problem kink{max_affine_sum(
      {{{piece("1"), piece("-3")}, vec({"0"})}, {{piece("1"), piece("0")}, vec({"0"})}})};
  expect_refused<P>(fact::optimum, kink, [](P& p) { p.weights = nullptr; });
  expect_refused<P>(fact::optimum, kink, [](P& p) { p.w = proof::point(moved(p.w)); });
  expect_refused<P>(fact::optimum, kink, [](P& p) {
    auto weights = *p.weights;
    weights[0](0) += Rational(1, 3);
    weights[0](1) -= Rational(1, 3);
    p.weights = std::make_shared<const std::vector<Vector<Rational>>>(weights);
  });
}

TEST(Verify, NoticesABracketWithoutTheMinimizer) {
  using P = proof::Bracket;
  const Problem line{generalized_linear(mat({{"3"}, {"1"}}), vec({"1", "-1"}), Loss::logistic)};
  expect_refused<P>(fact::minimizer, line, [](P& p) { p.lower = p.upper; });
  expect_refused<P>(fact::optimum, line, [](P& p) { p.upper = p.lower; });
  const Problem disc = squares(Domain::ball(vec({"1", "0"}), Rational(1, 10)));
  expect_refused<P>(fact::minimizer, disc, [](P& p) { p.lower = p.upper; });
  expect_refused<P>(fact::optimum, disc, [](P& p) { p.upper += 1; });
}

TEST(Verify, NoticesAnotherDistanceOrConstant) {
  using P = proof::Nearness;
  for (const Domain& domain : {Domain::all(), Domain::box(vec({"0", "0"}), vec({"1", "2"}))}) {
    const Problem problem = logistic(domain);
    expect_refused<P>(fact::minimizer, problem, [](P& p) { p.distance /= 1000; });
    expect_refused<P>(fact::minimizer, problem, [](P& p) { p.lambda *= 1000; });
    expect_refused<P>(fact::minimizer, problem, [](P& p) { p.beta /= 1000; });
    expect_refused<P>(fact::minimizer, problem, [](P& p) { p.w = proof::point(moved(p.w)); });
    expect_refused<P>(fact::minimizer, problem, [](P& p) { p.rule = P::Rule::sphere_multiplier; });
  }
}

TEST(Verify, NoticesAnotherGap) {
  using P = proof::DualityGap;
  const Problem problem = logistic(Domain::box(vec({"0", "0"}), vec({"1", "2"})));
  expect_refused<P>(fact::optimum, problem, [](P& p) { p.w = proof::point(moved(p.w)); });
  expect_refused<P>(fact::optimum, problem, [](P& p) { p.rule = P::Rule::lower_bounds; });
}

TEST(Verify, NoticesMissingBoxes) {
  using P = proof::Bisection;
  const Problem problem{
      generalized_linear(mat({{"1"}, {"2"}}), vec({"1", "-1"}), Loss::geman_mcclure),
      Domain::box(vec({"-1"}), vec({"2"}))};
  const Facts facts(problem);
  const PrecisionScope scope(verify::precision());
  const auto& each = std::get<proof::Derived>(facts.lipschitz().proof.kind());
  for (int i = 0; i < 2; ++i) {
    const P shown = std::get<P>((*each.from)[static_cast<std::size_t>(i)].kind());
    const auto is_shown = [&](const P& p) { return verify::gradient_bound(problem, i, p); };
    EXPECT_TRUE(is_shown(shown));
    P other = shown;
    other.bound *= Rational(99, 100);
    EXPECT_FALSE(is_shown(other));
    other = shown;
    other.halved = std::make_shared<const std::vector<bool>>(1, false);
    EXPECT_FALSE(is_shown(other));
    other = shown;
    other.lower(0) = (shown.lower(0) + shown.upper(0)) / 2;
    EXPECT_FALSE(is_shown(other));
  }
}

TEST(Verify, NoticesADirectionThatDoesNotFall) {
  using P = proof::UnboundedBelow;
  const Problem saddle{quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "1"}), 0}})};
  expect_refused<P>(fact::optimum, saddle, [](P& p) {
    p.direction = proof::point(vec({"1", "0"}));
  });
  expect_refused<P>(fact::optimum, saddle, [](P& p) { p.curvature -= 1; });
  const Problem slope{linear_sum(mat({{"1"}}), vec({"0"}))};
  expect_refused<P>(fact::minimizer, slope,
                    [](P& p) { p.direction = proof::point(Vector<Rational>(-*p.direction)); });
}

TEST(Verify, NoticesAStepThatDoesNotFollow) {
  using P = proof::Derived;
  const Problem problem = squares();
  expect_refused<P>(fact::pl_constant, problem, [](P& p) { p.step = P::Step::bounding_box; });
  // B_S ≡ 1 is no infimum where the gradient vanishes.
  const Problem one{generalized_linear(mat({{"1"}}), vec({"1"}), Loss::huber)};
  expect_refused<P>(fact::batch_size_infimum, one, [](P& p) { p.w = proof::point(vec({"1"})); });
  expect_refused<P>(fact::lipschitz, squares(Domain::box(vec({"0", "0"}), vec({"1", "2"}))),
                    [](P& p) { p.step = P::Step::mean_gradient; });
}

}  // namespace
}  // namespace graddiv
