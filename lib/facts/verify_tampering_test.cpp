// Facts with a change to their proof: one of each kind.
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "facts/semidefinite.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "number/exact.h"
#include "testing/points.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

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

TEST(Verify, ChecksTheFactorsOfAProof) {
  const Problem problem = squares();
  const Facts facts(problem);
  const auto verified = [&](const std::function<void(Ldlt&)>& change) {
    Fact<Rational> fact = facts.strong_convexity();
    fact.proof = with_factors(facts, fact::strong_convexity);
    auto& shown = std::get<proof::Semidefinite>(static_cast<proof::Kind&>(fact.proof));
    Ldlt factors = shown.factors->front();
    change(factors);
    shown.factors = std::make_shared<const std::vector<Ldlt>>(1, factors);
    return verify::strong_convexity(problem, fact);
  };
  EXPECT_TRUE(verified([](Ldlt&) {}));
  EXPECT_FALSE(verified([](Ldlt& f) { f.D(0) += 1; }));
  EXPECT_FALSE(verified([](Ldlt& f) { f.L(1, 0) += 1; }));
  // The same matrix by an L that is none: its rank would be told wrong.
  EXPECT_FALSE(verified([](Ldlt& f) {
    f.L *= 2;
    f.D /= 4;
  }));
}

TEST(Verify, ChecksTheFactorsOfConvexity) {
  const Problem problem = squares(Domain::box(vec({"0", "0"}), vec({"1", "2"})));
  const Facts facts(problem);
  const auto verified = [&](const std::function<void(proof::Semidefinite&)>& change) {
    Fact<Enclosure> fact = facts.optimum();
    fact.proof = with_factors(facts, fact::optimum);
    auto& shown = std::get<proof::KktPoint>(static_cast<proof::Kind&>(fact.proof));
    proof::Semidefinite convexity = *shown.convexity;
    change(convexity);
    shown.convexity = std::make_shared<const proof::Semidefinite>(convexity);
    return verify::optimum(problem, fact);
  };
  EXPECT_TRUE(verified([](proof::Semidefinite&) {}));
  EXPECT_FALSE(verified([](proof::Semidefinite& p) { p.bound = -1; }));
  EXPECT_FALSE(verified([](proof::Semidefinite& p) {
    p.inequality = proof::Semidefinite::Inequality::hessian_squared;
  }));
  EXPECT_FALSE(verified([](proof::Semidefinite& p) {
    Ldlt factors = p.factors->front();
    factors.D(0) += 1;
    p.factors = std::make_shared<const std::vector<Ldlt>>(1, factors);
  }));
}

// F(0) = ½ and ∇F(0) = −(2, 1)/3 with λ = 5/3: F* ≥ ½ − ‖∇F(0)‖²/(2λ) = ⅓.
TEST(Verify, NoticesMoreStrongConvexityThanThereIs) {
  using P = proof::DualityGap;
  const auto verified = [](const Rational& lambda) {
    const P gap{P::Rule::strong_convexity, proof::point(vec({"0", "0"})), nullptr, lambda};
    return verify::optimum(squares(), {enclose(Rational(1, 3), Rational(1, 2)), false, gap});
  };
  EXPECT_TRUE(verified(Rational(5, 3)));
  EXPECT_FALSE(verified(2));
  EXPECT_FALSE(verified(0));
}

// ½w_1² − ½(w_2 − 1)² on the unit disc, which is not convex: w* = (0, −1), ν = 2.
TEST(Verify, NoticesAMultiplierTooSmallForAFunctionThatIsNotConvex) {
  const Problem problem{quadratic_sum({{mat({{"1", "0"}, {"0", "-1"}}), vec({"0", "1"}), 0}}),
                        Domain::ball(vec({"0", "0"}), 1)};
  expect_refused<proof::KktPoint>(fact::optimum, problem, [](auto& p) { p.multipliers(0) = 1; });
  // (0, 1) is as stationary, with ν = 0, which makes nothing convex.
  expect_refused<proof::KktPoint>(fact::minimizer, problem, [](auto& p) {
    p.w = proof::point(vec({"0", "1"}));
    p.multipliers(0) = 0;
  });
  // On a box a sign is no multiplier.
  const Problem line{quadratic_sum({{mat({{"-1"}}), vec({"0"}), 0}}),
                     Domain::box(vec({"-1"}), vec({"2"}))};
  const proof::KktPoint at_lower_end{proof::KktPoint::Found::sphere, proof::point(vec({"-1"})),
                                     Vector<Enclosure>::Constant(1, Enclosure(1))};
  EXPECT_FALSE(verify::optimum(line, {enclose(Rational(-1, 2)), false, at_lower_end}));
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
