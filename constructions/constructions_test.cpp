#include <gtest/gtest.h>

#include <algorithm>

#include "constructions/catalogue.h"
#include "constructions/saturation.h"
#include "constructions/slow_down.h"
#include "diversity/diversity.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "number/exact.h"
#include "number/rational.h"

namespace graddiv {
namespace {

Trajectory expectation_of(const Construction& c, const Construction::Showcase& s) {
  const Parameters p = c.complete(s.parameters);
  const Reference reference{enclose(c.minimizer(p)), enclose(c.optimum(p)), "", ""};
  return expect(c.problem(p), s.run, reference);
}

TEST(Constructions, ObeyTheirExactLawAtEveryIterationAsRationalEqualities) {
  for (const Construction& c : constructions()) {
    ASSERT_FALSE(c.showcases.empty());
    for (const auto& s : c.showcases) {
      const Trajectory t = expectation_of(c, s);
      const std::vector<Rational> law = c.law(c.complete(s.parameters), s.run);
      ASSERT_EQ(law.size(), static_cast<std::size_t>(s.run.iterations) + 1);
      for (int k = 0; k <= s.run.iterations; ++k) {
        EXPECT_EQ(exact_value(t.at(Quantity::distance, k)), law[static_cast<std::size_t>(k)])
            << c.id << " k = " << k;
      }
    }
  }
}

TEST(Constructions, KnowTheirMinimiserAndOptimum) {
  for (const Construction& c : constructions()) {
    for (const auto& s : c.showcases) {
      const Parameters p = c.complete(s.parameters);
      const Facts facts(c.problem(p));
      const Vector<Enclosure> minimizer = facts.minimizer().value.value();
      for (Eigen::Index j = 0; j < minimizer.size(); ++j)
        EXPECT_EQ(exact_value(minimizer[j]), c.minimizer(p)[j]) << c.id;
      EXPECT_EQ(exact_value(facts.optimum().value.value()), c.optimum(p)) << c.id;
    }
  }
}

TEST(Constructions, RefuseUnknownParametersAndValuesOutOfRange) {
  const Construction& c = find_construction("lower-noise-floor");
  EXPECT_THROW(c.complete({{"lamda", 1}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"lambda", 0}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"zeta", -1}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"copies", {3, 2}}}), std::invalid_argument);
  EXPECT_THROW(c.complete({{"copies", 0}}), std::invalid_argument);
  EXPECT_EQ(c.complete({{"zeta", 0}}).at("lambda"), 1);
  EXPECT_THROW(find_construction("lower-flor"), std::out_of_range);
  const Construction& valleys = find_construction("lower-fixed-step");
  EXPECT_THROW(valleys.problem({{"blocks", 100}, {"copies", 100'000}}), std::invalid_argument);
  EXPECT_THROW(valleys.problem({{"blocks", parse_rational("1e30")}}), std::invalid_argument);
  EXPECT_THROW(valleys.problem({{"blocks", {1'000'001, 1'000'000}}, {"copies", 100'000}}),
               std::invalid_argument);
  EXPECT_THROW(valleys.problem({{"blocks", {1, 2}}}), std::invalid_argument);
}

TEST(Constructions, ExpandFromInstanceFiles) {
  const JsonReader reader = JsonReader::from_text(
      R"({"family": "construction", "name": "lower-noise-floor", "parameters": {"zeta": "3",
    "copies": 2}})",
      "text");
  const Problem p = read_problem(reader, families_and_constructions());
  EXPECT_EQ(p.size(), 4);
  EXPECT_EQ(p.sum->family(), "quadratic");
}

TEST(Constructions, InInstanceFilesAnswerMistakesWithWhatIsExpected) {
  const auto message = [](const char* text) -> std::string {
    try {
      read_problem(JsonReader::from_text(text, "file.json"), families_and_constructions());
    } catch (const InputError& e) {
      return e.what();
    }
    return "accepted";
  };
  const std::string unknown = message(R"({"family": "construction", "name": "lower"})");
  EXPECT_NE(unknown.find("file.json: /name"), std::string::npos) << unknown;
  EXPECT_NE(unknown.find("lower-noise-floor"), std::string::npos) << unknown;
  const std::string range = message(
      R"({"family": "construction", "name": "lower-noise-floor", "parameters": {"lambda": "-1"}})");
  EXPECT_NE(range.find("/parameters"), std::string::npos) << range;
  EXPECT_NE(range.find("a number above 0"), std::string::npos) << range;
}

// Theory D: stationary value ηζ²/(2−ηB).
TEST(LowerNoiseFloor, StaysAtItsStationaryValueOnceThere) {
  // λ = ζ = 1, B = 1, γ = 2/5: stationary value (2/5)/(8/5) = 1/4 = w_0².
  const Construction& c = find_construction("lower-noise-floor");
  const graddiv::Run run{Vector<Rational>::Constant(1, Rational(1, 2)), {{2, 5}}, {1}, 7};
  for (const Rational& e : c.law(c.complete({}), run)) EXPECT_EQ(e, Rational(1, 4));
}

// Theory D: the largest stable step is 2/(βm(1+δ)) exactly.
TEST(LowerFixedStep, GrowsJustAboveItsStabilityThresholdAndShrinksJustBelow) {
  const Construction& c = find_construction("lower-fixed-step");
  for (const long m : {1, 2, 5}) {
    for (const long B : {1, 3, 8}) {
      const Parameters p = c.complete({{"blocks", m}, {"beta", 7}});
      const Rational threshold = Rational(2) / (7 * (B + m - 1));  // m(1+δ) = B + m − 1
      Vector<Rational> start = Vector<Rational>::Zero(2 * m);
      start[1] = 1;  // a β-coordinate
      const auto after_one = [&](const Rational& step) {
        return c.law(p, {start, {step}, {B}, 1}).back();
      };
      EXPECT_EQ(after_one(threshold), 1);
      EXPECT_GT(after_one(threshold * Rational(1001, 1000)), 1);
      EXPECT_LT(after_one(threshold * Rational(999, 1000)), 1);
    }
  }
}

TEST(LowerFixedStep, HasBatchSizeBoundMEverywhereButAtTheMinimiser) {
  const Problem p = find_construction("lower-fixed-step").problem({{"blocks", 3}, {"copies", 2}});
  Vector<Enclosure> w(6);
  w << Enclosure(1), Enclosure(-2), Enclosure(0), Enclosure(5), Enclosure(1) / 3, Enclosure(1);
  EXPECT_EQ(exact_value(gradient_sums(p, w).batch_size_bound().value()), 3);
}

// m = 12/5: two blocks of 5/12 each and a last one with the other 2 of 12 functions.
TEST(LowerFixedStep, HasAnyBatchSizeBoundThatIsAskedFor) {
  const Problem p =
      find_construction("lower-fixed-step").problem({{"blocks", {12, 5}}, {"beta", 4}});
  EXPECT_EQ(p.size(), 12);
  ASSERT_EQ(p.sum->dimension(), 6);
  const auto bound = [&](std::initializer_list<Rational> coordinates) {
    Vector<Rational> w(6);
    std::ranges::copy(coordinates, w.begin());
    return exact_value(gradient_sums(p, enclose(w)).batch_size_bound().value());
  };
  EXPECT_EQ(bound({1, 2, -3, 1, 0, 0}), Rational(12, 5));
  EXPECT_EQ(bound({0, 2, 0, 0, 0, 0}), Rational(12, 5));
  EXPECT_EQ(bound({0, 0, 0, 0, 1, 1}), 6);  // the largest: 12/2
  Vector<Rational> w(6);
  w << 1, 2, -3, 1, 5, 7;  // F = ½ Σ_j (v_{j1}² + 4 v_{j2}²) all the same
  EXPECT_EQ(exact_value(objective(p, enclose(w))), Rational(251, 2));
}

// Two runs with the same indices on these linear steps differ by a run from the difference of their
// starts: ρ(γβ)^K on a β-coordinate, theory D `lower-unstable`, on both sides of the threshold
// 2/(mβ(1+δ̄)).
TEST(LowerFixedStep, DrivesTwoRunsApartJustAboveTheThreshold) {
  const Construction& c = find_construction("lower-fixed-step");
  Vector<Rational> difference = Vector<Rational>::Zero(4);
  difference[3] = 1;
  const Parameters p = c.complete({{"blocks", 2}, {"beta", 5}});
  const Rational threshold = Rational(2) / (5 * (3 + 2 - 1));
  for (const Rational& factor : {Rational(999, 1000), Rational(1), Rational(1001, 1000)}) {
    const graddiv::Run run{difference, {threshold * factor}, {3}, 12};
    const Trajectory t = expect(c.problem(p), run, {enclose(c.minimizer(p)), Enclosure(0), "", ""});
    const Rational rho = exact_value(t.at(Quantity::distance, 1));
    EXPECT_EQ(rho > 1, factor > 1);
    EXPECT_EQ(rho == 1, factor == 1);
    Rational power = 1;
    for (int k = 0; k <= 12; ++k, power *= rho)
      EXPECT_EQ(exact_value(t.at(Quantity::distance, k)), power);
  }
}

TEST(LowerReplicated, RefusesALawForRunsItIsNotFor) {
  const Construction& c = find_construction("lower-replicated");
  const Parameters p = c.complete({{"blocks", 1}, {"iterations", 2}});
  const Vector<Rational> zero = Vector<Rational>::Zero(4);
  EXPECT_NO_THROW(c.law(p, {zero, {{1, 2}}, {1}, 4}));
  EXPECT_THROW(c.law(p, {zero, {1}, {1}, 2}), std::invalid_argument);
  EXPECT_THROW(c.law(p, {zero, {{1, 2}}, {1}, 5}), std::invalid_argument);
  EXPECT_THROW(c.law(p, {Vector<Rational>::Constant(4, Rational(1)), {{1, 2}}, {1}, 2}),
               std::invalid_argument);
  EXPECT_THROW(c.problem({{"blocks", 1000}, {"iterations", 1000}}), std::invalid_argument);
}

// ---- evaluations needed against batch size ------------------------------------------------------

std::string factor(long m, long B, const Rational& kappa) {
  return evaluation_factor(m, B, kappa).decimal_lower(4);
}

// Theory D: m = 2, B = 3, δ = 1.
TEST(Saturation, FactorIsBelowOnePlusDeltaAndTendsToIt) {
  EXPECT_TRUE(evaluation_factor(2, 3, 1).contains(Enclosure(3) / 2));
  EXPECT_EQ(factor(2, 3, 1), "1.499");  // rounded down from an interval around 3/2
  EXPECT_EQ(factor(2, 3, 10), "1.902");
  EXPECT_EQ(factor(2, 3, 1000), "1.999");
  EXPECT_EQ(best_rate(2, 3, 1), Rational(1, 4));
  for (const long B : {1, 2, 17, 64}) {
    EXPECT_EQ(exact_value(evaluation_factor(1, B, 10)), B);  // m = 1: exactly 1 + δ
  }
  for (const long m : {2, 4, 16, 64}) {
    for (const long B : {2, 4, 16, 64}) {
      const Enclosure line = enclose(Rational(B + m - 1, m));
      const Enclosure near = evaluation_factor(m, B, 1000);
      EXPECT_EQ((near < line).truth(), Truth::yes);
      EXPECT_EQ((near > line * Enclosure(99) / 100).truth(), Truth::yes);
      EXPECT_EQ((evaluation_factor(m, B, 10) < near).truth(), Truth::yes);
    }
  }
}

// ρ at the best step by the exact law of the construction, worked out from its formula: both
// coordinates shrink alike.
TEST(Saturation, BestRateIsThatOfTheConstruction) {
  const Construction& c = find_construction("lower-fixed-step");
  for (const long m : {1, 3}) {
    for (const long B : {1, 2, 7}) {
      const Parameters p = c.complete({{"blocks", m}, {"lambda", 1}, {"beta", 6}});
      const Vector<Rational> ones = Vector<Rational>::Constant(2 * m, Rational(1));
      const Rational step = Rational(2) / (7 * (B + m - 1));
      EXPECT_EQ(c.law(p, {ones, {step}, {B}, 1}).back(), 2 * m * best_rate(m, B, 6));
    }
  }
}

TEST(Saturation, CertifiesTheFewestIterations) {
  // m = 1, κ = 1: one iteration with γ = 1/B lands on w*.
  EXPECT_EQ(evaluations_needed(1, 5, 1, {1, 100}).iterations, 1);
  // m = 2, κ = 1: ρ = 1 − B/(B+1), so 2^{-K} ≤ 1/1000 for B = 1 and 4^{-K} for B = 3.
  EXPECT_EQ(evaluations_needed(2, 1, 1, {1, 1000}).iterations, 10);
  EXPECT_EQ(evaluations_needed(2, 3, 1, {1, 1000}).iterations, 5);
  // The law of the construction itself: K iterations are enough, K − 1 with the same step are not.
  const Construction& c = find_construction("lower-fixed-step");
  for (const long B : {1, 4, 9}) {
    const SaturationPoint found = evaluations_needed(3, B, 10, {1, 500});
    const Parameters p = c.complete({{"blocks", 3}, {"lambda", 1}, {"beta", 10}});
    const auto law = c.law(p, {Vector<Rational>::Constant(6, Rational(1)),
                               {found.step},
                               {B},
                               static_cast<int>(found.iterations)});
    EXPECT_LE(law.back() / law.front(), Rational(1, 500));
    EXPECT_GT(law[law.size() - 2] / law.front(), Rational(1, 500));
    EXPECT_EQ(found.evaluations, found.iterations * B);
    EXPECT_EQ(found.delta, Rational(B - 1, 3));
  }
  EXPECT_THROW(evaluations_needed(1, 1, 1, 1), std::invalid_argument);
  EXPECT_THROW(evaluations_needed(1, 1, {1, 2}, {1, 2}), std::invalid_argument);
  EXPECT_THROW(evaluations_needed(1, 0, 1, {1, 2}), std::invalid_argument);
}

// The central picture: evaluations stay within 1 + δ of serial SGD's, and come near that line for κ
// = 100: flat up to B_S = m, where they have not doubled, and proportional to B beyond.
TEST(Saturation, HasItsKneeAtTheBatchSizeBound) {
  const Rational kappa = 100;
  const Rational epsilon(1, 1'000'000);
  for (const long m : {1, 4, 16, 64}) {
    const SaturationPoint serial = evaluations_needed(m, 1, kappa, epsilon);
    for (const long B : {m / 4, m, 2 * m, 8 * m, 64 * m}) {
      if (B < 1) continue;
      const SaturationPoint p = evaluations_needed(m, B, kappa, epsilon);
      const Rational line = (1 + p.delta) * serial.evaluations;
      EXPECT_LE(p.evaluations, line + B) << "m = " << m << ", B = " << B;  // K is a whole number
      EXPECT_GE(p.evaluations, line * Rational(95, 100)) << "m = " << m << ", B = " << B;
    }
    EXPECT_LT(evaluations_needed(m, m, kappa, epsilon).evaluations, 2 * serial.evaluations + m);
  }
}

// ---- serial SGD on lower-replicated -------------------------------------------------------------

// e_{k+1} = (1 − 2γλ)e_k + γ²M² with γ = 1/(λk): the factor at k = 2 is 0, so the start does not
// matter.
TEST(SlowDown, SerialClosedFormIsTheRecursion) {
  const Rational M2 = 7;
  const Rational lambda(2, 3);
  Rational e = 1000;
  for (long k = 2; k <= 40; ++k) {
    e = (1 - Rational(2, k)) * e + M2 / (lambda * lambda * k * k);
    EXPECT_EQ(serial_recursion(M2, lambda, k), e) << k;
    EXPECT_LT(e, serial_bound(M2, lambda, k)) << k;
  }
  EXPECT_THROW(serial_bound(1, 1, 1), std::invalid_argument);
  EXPECT_THROW(serial_recursion(1, 1, 1), std::invalid_argument);
}

// The same instance for both, projected onto the ball of radius G/a (which holds w* for m ≤ p):
// serial SGD gets below its bound, and K = N/B iterations with 1 + δm evaluations each cannot, for
// the same N, come nearer than δ/16 of it.
TEST(SlowDown, SerialRunsReachWhatLargeBatchesCannot) {
  for (const long m : {1, 2}) {
    const Construction& c = find_construction("lower-replicated");
    const long N = 6;
    const Parameters p =
        c.complete({{"blocks", m}, {"iterations", N}, {"lambda", {1, 2}}, {"G", 3}});
    const Rational lambda(1, 2);
    const Rational M2 = 4 * 3 * 3;
    Problem problem = c.problem(p);
    problem.domain = Domain::ball(Vector<Rational>::Zero(problem.dimension()), 3 / (m * lambda));
    graddiv::Run run{Vector<Rational>::Zero(problem.dimension()), {}, {1}, static_cast<int>(N)};
    for (long k = 1; k <= N; ++k) run.steps.push_back(1 / (lambda * k));
    ExpectationOptions options;
    options.quantities = {Quantity::distance, Quantity::second_moment};
    const Trajectory t =
        expect(problem, run, {enclose(c.minimizer(p)), enclose(c.optimum(p)), "", ""}, options);
    for (int k = 2; k <= N; ++k) {
      const Enclosure& reached = t.at(Quantity::distance, k);
      EXPECT_EQ((reached <= enclose(serial_recursion(M2, lambda, k))).truth(), Truth::yes);
      EXPECT_EQ((t.at(Quantity::second_moment, k) <= enclose(M2)).truth(), Truth::yes);
    }
  }
}

TEST(SlowDown, IsAtLeastDeltaOverSixteen) {
  for (const long m : {1, 2, 16}) {
    for (const long B : {2, 9, 100}) {
      const Rational delta(B - 1, m);
      const long K = 7;
      const long N = K * B;
      EXPECT_EQ(large_batch_bound(delta, 4, 1, N) / serial_bound(4, 1, N), delta / 16);
      EXPECT_GE(resisting_bound(m, 4, 1, K), large_batch_bound(delta, 4, 1, N));
    }
  }
}

}  // namespace
}  // namespace graddiv
