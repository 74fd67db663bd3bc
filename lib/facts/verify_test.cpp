#include "facts/verify.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "facts/registry.h"
#include "facts/semidefinite.h"
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
      {"huber on an interval",
       {generalized_linear(mat({{"1"}, {"1"}}), vec({"-1/2", "1/2"}), Loss::huber, Rational(1, 2)),
        Domain::box(line("-1"), line("1"))}},
      {"geman on a box", {geman, plane}},
      {"geman on a disc", {geman, disc}},
      {"sine", {sine}},
      {"saddle", {saddle}},
      {"saddle on a disc", {saddle, Domain::ball(vec({"0", "0"}), 1)}},
      {"saddle on another disc", {saddle, disc}},
      {"saddle on a box", {saddle, plane}},
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

// A value that is shown is not taken for the best one where that is not shown.
TEST(Verify, CallsNothingTheBestThatIsNot) {
  int refused = 0;
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    const auto boasting_is_refused = [&](const auto& definition) {
      auto fact = facts.get(definition);
      if (!fact.value || fact.is_best) return;
      fact.is_best = true;
      ++refused;
      EXPECT_FALSE(definition.verify(example.problem, fact)) << example.name << definition.id;
    };
    boasting_is_refused(fact::smoothness);
    boasting_is_refused(fact::component_smoothness);
    boasting_is_refused(fact::strong_convexity);
    boasting_is_refused(fact::component_strong_convexity);
    boasting_is_refused(fact::pl_constant);
    boasting_is_refused(fact::lipschitz);
    boasting_is_refused(fact::second_moment_bound);
    boasting_is_refused(fact::batch_size_infimum);
  }
  EXPECT_GE(refused, 30);
}

// Nor a worse value than the best, where the proof shows that one.
TEST(Verify, CallsNoWorseValueTheBest) {
  int refused = 0;
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    for (const auto* definition : {&fact::lipschitz, &fact::second_moment_bound}) {
      Fact<Enclosure> fact = facts.get(*definition);
      if (!fact.value || !fact.is_best) continue;
      *fact.value += Enclosure(1) / 1000;
      ++refused;
      EXPECT_FALSE(definition->verify(example.problem, fact)) << example.name << definition->id;
      fact.is_best = false;
      EXPECT_TRUE(definition->verify(example.problem, fact)) << example.name << definition->id;
    }
  }
  EXPECT_GE(refused, 10);
}

/// What a proof rests on that is not its own, where it is of a kind that may.
std::vector<proof::Convexity> convexities(const Proof& proof) {
  std::vector<proof::Convexity> all;
  const auto add = [&](const auto* p) {
    if (p != nullptr && p->convexity) all.push_back(p->convexity);
  };
  add(std::get_if<proof::KktPoint>(&proof.kind()));
  add(std::get_if<proof::Bracket>(&proof.kind()));
  add(std::get_if<proof::Nearness>(&proof.kind()));
  add(std::get_if<proof::DualityGap>(&proof.kind()));
  if (const auto* p = std::get_if<proof::DualityGap>(&proof.kind())) add(p->near.get());
  if (const auto* p = std::get_if<proof::Derived>(&proof.kind())) {
    for (const Proof& part : *p->from) {
      for (const auto& one : convexities(part)) all.push_back(one);
    }
  }
  return all;
}

/// All factors that a proof holds, itself and those it is made of.
void collect_factors(const Proof& proof, std::vector<proof::Factors>& all) {
  if (const auto* p = std::get_if<proof::Semidefinite>(&proof.kind())) all.push_back(p->factors);
  if (const auto* p = std::get_if<proof::SProcedure>(&proof.kind())) all.push_back(p->factors);
  if (const auto* p = std::get_if<proof::Nearness>(&proof.kind())) {
    if (p->rule == proof::Nearness::Rule::strong_convexity_about_point) all.push_back(p->factors);
  }
  if (const auto* p = std::get_if<proof::Derived>(&proof.kind())) {
    for (const Proof& part : *p->from) collect_factors(part, all);
  }
}

TEST(Verify, ShowsEveryFactByItsFactorsToo) {
  std::size_t factored = 0;
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    const auto check = [&](const auto* definition) {
      auto fact = facts.get(*definition);
      fact.proof = with_factors(facts, *definition);
      std::vector<proof::Factors> all;
      collect_factors(fact.proof, all);
      for (const proof::Factors& factors : all)
        EXPECT_NE(factors, nullptr) << example.name << definition->id;
      factored += all.size();
      EXPECT_TRUE(definition->verify(example.problem, fact))
          << example.name << ": " << definition->id << ": " << to_json(fact.proof).dump();
    };
    for (const AnyFactDefinition& any : fact_registry()) std::visit(check, any);
  }
  EXPECT_GE(factored, 60U);
}

// A proof that asks for a convex F, or one that is so but for a multiple of ½‖w‖², has the factors
// of that: multiplied out, they are the matrix exactly.
TEST(Verify, KeepsTheFactorsOfConvexity) {
  int found = 0, weak = 0;
  for (const Example& example : examples()) {
    const Facts facts(example.problem);
    const auto lower = objective_curvature(example.problem).lower;
    const auto check = [&](const Proof& proof) {
      for (const proof::Convexity& convexity : convexities(proof)) {
        ++found;
        weak += static_cast<int>(convexity->bound < 0);
        ASSERT_TRUE(lower && convexity->factors) << example.name;
        ASSERT_EQ(convexity->factors->size(), 1U) << example.name;
        const Ldlt& factors = convexity->factors->front();
        Matrix<Rational> M = lower->dense();
        M.diagonal().array() -= convexity->bound;
        EXPECT_EQ(factors.reconstruct(), M) << example.name;
        EXPECT_TRUE((factors.D.array() > 0).all()) << example.name;
        EXPECT_TRUE(to_json(proof).dump().find("convexity") != std::string::npos) << example.name;
      }
    };
    check(with_factors(facts, fact::minimizer));
    check(with_factors(facts, fact::optimum));
  }
  EXPECT_GE(found, 20);
  EXPECT_GE(weak, 2);
}

TEST(Verify, LeavesOutFactorsOfLargeMatrices) {
  const auto constant_of = [](int d) {
    const Matrix<Rational> rows = Matrix<Rational>::Identity(d, d);
    const Facts facts({least_squares(rows, Vector<Rational>::Zero(d))});
    std::vector<proof::Factors> all;
    collect_factors(with_factors(facts, fact::strong_convexity), all);
    return all.at(0);
  };
  EXPECT_NE(constant_of(3), nullptr);
  EXPECT_EQ(constant_of(65), nullptr);
}

}  // namespace
}  // namespace graddiv
