#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "claim/check.h"
#include "constructions/catalogue.h"
#include "constructions/laws.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "instances/classes.h"
#include "number/exact.h"
#include "property_tests/support/rescale.h"
#include "theorems/testing/each_theorem.h"

// Formulas over their ranges, in their limits and in other units.
namespace graddiv {
namespace {

constexpr std::int64_t draws_of_a_class = 30;

Finding check_theorem(const std::string& id, const Instance& instance) {
  return check(find_theorem(id).statement, instance);
}

void for_each_draw(const Theorem& theorem, const std::function<void(const Instance&)>& visit,
                   std::int64_t most = draws_of_a_class) {
  for (const DrawnFrom& from : theorem.drawn_from) {
    for (std::int64_t number = 0; number < most; ++number) visit(from.instance(2, number));
  }
}

std::string ratio(const Finding& f) {
  return f.tightness && f.tightness->is_exact() ? f.tightness->to_string() : "";
}

/// Some statements look at points beside the run's own, such as w_0 + e_j, which do not move with
/// it.
bool looks_at_points_of_its_own(const std::string& id) {
  return id.starts_with("differential-") || id == "nonexpansive-convex" ||
         id == "contractive-strongly-convex";
}

/// Whether the certified constants are `factor` times those before. Rationals beside irrational
/// eigenvalues need not be.
bool constants_scale(const Instance& instance, const Instance& rescaled, const Rational& factor) {
  const Facts before(instance.problem);
  const Facts after(rescaled.problem);
  const auto scales = [&](const Fact<Rational>& a, const Fact<Rational>& b) {
    return a.value.has_value() == b.value.has_value() &&
           (!a.value || Rational(*a.value * factor) == *b.value);
  };
  return scales(before.smoothness(), after.smoothness()) &&
         scales(before.component_smoothness(), after.component_smoothness()) &&
         scales(before.strong_convexity(), after.strong_convexity()) &&
         scales(before.component_strong_convexity(), after.component_strong_convexity()) &&
         scales(before.pl_constant(), after.pl_constant());
}

/// Whether w* is the same point in both units. Where F has many minimisers, which one is found may
/// depend on them.
bool minimizers_scale(const Instance& instance, const Instance& rescaled, int point_factor) {
  const auto before = Facts(instance.problem).minimizer().value;
  const auto after = Facts(rescaled.problem).minimizer().value;
  if (!before || !after) return before.has_value() == after.has_value();
  for (Eigen::Index j = 0; j < before->size(); ++j) {
    if (((*after)(j) == (*before)(j)*Enclosure(point_factor)) == Truth::no) return false;
  }
  return true;
}

struct Compared {
  int verdicts = 0;
  int claims = 0;  // of those: of instances that the statement applies to
};

void expect_same(const Theorem& theorem, const Instance& instance, const Instance& rescaled,
                 const Rational& curvature_factor, int point_factor, Compared& compared) {
  if (!constants_scale(instance, rescaled, curvature_factor)) return;
  if (!minimizers_scale(instance, rescaled, point_factor)) return;
  const Finding before = check(theorem.statement, instance);
  const Finding after = check(theorem.statement, rescaled);
  EXPECT_EQ(after.verdict, before.verdict) << theorem.id << ": " << after.reason << "\n"
                                           << to_text(instance) << to_text(rescaled);
  if (!looks_at_points_of_its_own(theorem.id) && before.evidence == Evidence::exact &&
      after.evidence == Evidence::exact) {
    EXPECT_EQ(ratio(after), ratio(before)) << theorem.id << "\n" << to_text(instance);
  }
  ++compared.verdicts;
  if (before.verdict != Verdict::not_applicable) ++compared.claims;
}

class InOtherUnits : public testing::TestWithParam<std::string> {};

TEST_P(InOtherUnits, BothSidesRescaleAlike) {
  const Theorem& theorem = find_theorem(GetParam());
  int drawn = 0;
  Compared compared;
  for_each_draw(theorem, [&](const Instance& instance) {
    if (instance.problem.sum->row_law()) return;  // only its law is looked at
    ++drawn;
    expect_same(theorem, instance, with_points_rescaled(instance), Rational(1, 4), 2, compared);
    if (const auto rescaled = with_values_rescaled(instance)) {
      Compared by_value;
      expect_same(theorem, instance, *rescaled, 4, 1, by_value);
    }
  });
  if (drawn == 0) GTEST_SKIP() << "the statement looks at the law of the rows only";
  EXPECT_GE(3 * compared.verdicts, drawn);
  EXPECT_GE(100 * compared.claims, theorem.least_applicable_percent * compared.verdicts);
}

INSTANTIATE_TEST_SUITE_P(, InOtherUnits, testing::ValuesIn(test::theorem_ids()), test::name_of);

/// Two theorems that say the same of an instance. Returns whether they say something of it.
bool expect_agreement(const std::string& one, const Instance& of_one, const std::string& other,
                      const Instance& of_other) {
  const Finding a = check_theorem(one, of_one);
  const Finding b = check_theorem(other, of_other);
  EXPECT_EQ(a.verdict, b.verdict) << one << ": " << a.reason << "\n"
                                  << other << ": " << b.reason << "\n"
                                  << to_text(of_one);
  if (a.evidence == Evidence::exact && b.evidence == Evidence::exact) {
    EXPECT_EQ(ratio(a), ratio(b)) << one << ", " << other << "\n" << to_text(of_one);
  }
  return a.verdict != Verdict::not_applicable;
}

const std::vector<std::string> rates{"strongly-convex", "convex", "smooth", "pl"};

TEST(WithOneDraw, EveryRateIsItsSerialOne) {
  for (const std::string& rate : rates) {
    int applied = 0;
    for_each_draw(find_theorem("serial-" + rate), [&](const Instance& instance) {
      applied += expect_agreement("serial-" + rate, instance, "rate-" + rate, instance);
    });
    EXPECT_GE(applied, draws_of_a_class / 5) << rate;
  }
}

// Dropout that keeps everything, Langevin noise of variance 0: Q(g) = g.
TEST(WithoutNoise, EveryMechanismRateIsThePlainOne) {
  for (const std::string& rate : rates) {
    int applied = 0;
    const auto compare = [&](const Instance& plain) {
      // Only the plain rate has a pointwise form on a bounded W.
      if (plain.problem.domain.is_bounded()) return;
      for (const Mechanism& silent : {Mechanism::dropout(1), Mechanism::langevin(0)}) {
        Instance with = plain;
        with.run.mechanism = silent;
        const Finding f = check_theorem("mechanism-rate-" + rate, with);
        if (f.verdict == Verdict::not_applicable) continue;  // no engine for its law
        applied += expect_agreement("rate-" + rate, plain, "mechanism-rate-" + rate, with);
      }
    };
    for_each_draw(find_theorem("rate-" + rate), compare, draws_of_a_class / 3);
    EXPECT_GE(applied, draws_of_a_class / 5) << rate;
  }
}

// F = (λ/2)‖w − c‖²: λ = μ = β, F − F* = (λ/2)‖w − w*‖², and the two linear rates are one.
TEST(WithEqualCurvatures, TheLinearRatesAgree) {
  int applied = 0;
  for (std::int64_t number = 0; number < 4 * draws_of_a_class; ++number) {
    const Instance drawn = draw(InstanceClass::strongly_convex, 3, number);
    std::vector<QuadraticTerm> terms;
    const int d = drawn.problem.dimension();
    const Rational lambda = drawn.problem.sum->facts(0).quadratic->A.trace();
    for (int i = 0; i < drawn.problem.size(); ++i) {
      const Rational own = abs(lambda) + 1;
      terms.push_back(
          {own * Matrix<Rational>::Identity(d, d), drawn.problem.sum->facts(i).quadratic->b});
    }
    Instance alike{{quadratic_sum(terms), Domain::all()}, drawn.run};
    alike.run.steps = {Rational(1) / (2 * (abs(lambda) + 1) * drawn.run.batch(0))};
    applied += expect_agreement("rate-strongly-convex", alike, "rate-pl", alike);
  }
  EXPECT_GE(applied, draws_of_a_class);
}

// A batch of one and the same function is a single draw with B times the step: B_S = 1 and δ = B −
// 1 exactly.
TEST(WithOneFunction, ABatchIsALongerStep) {
  for (const std::string rate : {"rate-strongly-convex", "rate-convex", "rate-smooth", "rate-pl"}) {
    int compared = 0;
    for_each_draw(find_theorem(rate), [&](const Instance& drawn) {
      Instance one = drawn;
      one.problem.sum = select(drawn.problem.sum, {0});
      if (!one.problem.sum->facts().is_rational) return;
      Instance long_step = one;
      long_step.run.steps = {Rational(one.run.step(0) * one.run.batch(0))};
      long_step.run.batches = {1};
      ExpectationOptions options;
      options.quantities = {Quantity::gradient_norm};
      const Trajectory a = expect(one.problem, one.run, {}, options);
      const Trajectory b = expect(long_step.problem, long_step.run, {}, options);
      for (int k = 0; k <= one.run.iterations; ++k) {
        EXPECT_NE((a.at(Quantity::gradient_norm, k) == b.at(Quantity::gradient_norm, k)).truth(),
                  Truth::no)
            << to_text(one);
      }
      const Finding finding = check_theorem(rate, one);
      for (const ConclusionFinding& f : finding.conclusions) {
        if (f.conclusion.place.form == BatchForm::in_expectation) {
          EXPECT_NE((*f.conclusion.delta == one.run.batch(0) - 1).truth(), Truth::no)
              << to_text(one);
          ++compared;
        }
      }
    });
    EXPECT_GE(compared, 30) << rate;
  }
}

// On m cliques of curvature α = 1/m, B_S = m: as m grows, a mini-batch of B steps with γ = 1 does
// what B single draws do, (2Bγα)² apart at most in the factor of the second moment.
TEST(WithDiversityWithoutBounds, ABatchIsAsGoodAsItsDrawsOneByOne) {
  const Rational B = 5;
  for (const long m : {2, 8, 64, 1024, 65536}) {
    const Rational step(1, m);
    const Rational batch = coordinate_factor(step, B, m);
    const Rational single = coordinate_factor(step, 1, m);
    Rational one_by_one = 1;
    for (int draw = 0; draw < B; ++draw) one_by_one *= single;
    EXPECT_LE(abs(batch - one_by_one), 4 * B * B * step * step) << m;
  }
}

// Without noise at the minimiser the floor is gone: D_k = (1−γλB)^{2k} D_0 and a variance that
// vanishes with D.
TEST(WithoutNoiseAtTheMinimiser, TheFloorIsZero) {
  const Construction& floor = find_construction("lower-noise-floor");
  const Instance instance = floor.instance(
      {{{"zeta", 0}}, {Vector<Rational>::Constant(1, Rational(3)), {{1, 8}}, {4}, 30}});
  const Trajectory t = expect(instance.problem, instance.run, {});
  const Rational contraction(1, 4);  // (1 − ½)²
  Rational D = 9;
  for (int k = 0; k <= 30; ++k, D *= contraction) {
    EXPECT_EQ(exact_value(t.at(Quantity::gradient_norm, k)), D) << k;
    EXPECT_EQ(exact_value(t.at(Quantity::second_moment, k)), D) << k;
  }
  EXPECT_EQ(check_theorem("lower-noise-floor", instance).verdict, Verdict::proved);
}

// ---- at and just beyond each threshold
// ------------------------------------------------------------------------------

struct Threshold {
  std::string theorem;
  std::string problem;
  std::string step;  // the largest one allowed
  int batch;
  std::string neighbour;
};

class StepOf : public testing::TestWithParam<Threshold> {};

TEST_P(StepOf, IsAllowedUpToTheThresholdAndNotBeyond) {
  const Threshold& t = GetParam();
  const auto verdict = [&](const Rational& step) {
    const std::string run = R"("start": ["0"], "step": ")" + to_string(step) + R"(", "batch": )" +
                            std::to_string(t.batch) + R"(, "iterations": 2)";
    std::string text = witness(t.problem, run);
    if (!t.neighbour.empty()) text.insert(text.size() - 1, R"(, "neighbour": )" + t.neighbour);
    return check_theorem(t.theorem, read_instance(JsonReader::from_text(text, t.theorem))).verdict;
  };
  const Rational largest = parse_rational(t.step);
  const Rational hair = largest / Rational(Integer(1) << 60);
  EXPECT_EQ(verdict(largest), Verdict::proved);
  EXPECT_EQ(verdict(largest - hair), Verdict::proved);
  EXPECT_EQ(verdict(largest + hair), Verdict::not_applicable);
}

// Two parabolas 2w² ∓ 4w: λ = μ = β = 4, the minimiser 0 is the start.
const std::string parabolas =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["4"]], "c": ["1"]},
    {"A": [["4"]], "c": ["-1"]}])";
const std::string on_an_interval =
    parabolas + R"(, "domain": {"kind": "box", "lower": ["-3"], "upper": ["3"]})";
const std::string another_parabola =
    R"({"index": 0, "replacement": {"family": "quadratic", "dimension": 1,
    "functions": [{"A": [["4"]], "c": ["2"]}]}})";

INSTANTIATE_TEST_SUITE_P(
    Thresholds, StepOf,
    testing::Values(
        // 2γλB ≤ 1 and 2γμB ≤ 1 with B = 3
        Threshold{"rate-strongly-convex", parabolas, "1/24", 3, ""},
        Threshold{"rate-pl", parabolas, "1/24", 3, ""},
        // γ ≤ 2/(β(1+δ̄)) and 2/((β+λ)(1+δ̄)): equal Hessians have B̄_S = 1, so δ̄ = B − 1 = 2
        Threshold{"nonexpansive-convex", parabolas, "1/6", 3, ""},
        Threshold{"contractive-strongly-convex", parabolas, "1/12", 3, ""},
        Threshold{"stability-convex", on_an_interval, "1/6", 3, another_parabola},
        Threshold{"stability-strongly-convex", on_an_interval, "1/12", 3, another_parabola}),
    [](const auto& threshold) {
      std::string name = threshold.param.theorem;
      std::ranges::replace(name, '-', '_');
      return name;
    });

}  // namespace
}  // namespace graddiv
