#include <gtest/gtest.h>

#include <algorithm>

#include "claim/check.h"
#include "constructions/figures.h"
#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/statement_of.h"
#include "formula/theorem_file.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

Finding check_on(const std::string& id, const std::string& problem, const std::string& run) {
  return check(find_theorem(id).statement,
               read_instance(JsonReader::from_text(witness(problem, run), id)));
}

const std::string valley =
    R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0", "40"]],
    "c": ["0", "0"]}])";

TEST(Theorems, HaveDistinctIdsAndSayWhatTheyAssertAndWhereItComesFrom) {
  for (const Theorem& t : theorems()) {
    EXPECT_EQ(&find_theorem(t.id), &t);
    for (const Text* text : {&t.title, &t.source}) EXPECT_FALSE(text->empty()) << t.id;
    for (const std::string* text : {&t.cites, &t.latex, &t.text})
      EXPECT_FALSE(text->empty()) << t.id;
    EXPECT_FALSE(t.drawn_from.empty()) << t.id;
    EXPECT_FALSE(t.statement.telling().empty()) << t.id << " does not say when it tells something";
  }
}

TEST(Theorems, AreWhatFiguresOfWorstCasesIllustrate) {
  for (const Figure& figure : figures()) EXPECT_NO_THROW(find_theorem(figure.theorem)) << figure.id;
}

TEST(Theorems, AnUnknownIdIsAnsweredWithTheKnownOnes) {
  try {
    find_theorem("rate-strong");
    FAIL();
  } catch (const std::out_of_range& e) {
    EXPECT_NE(std::string(e.what()).find("rate-strongly-convex"), std::string::npos);
  }
}

// Whatever a theorem on plain runs claims of an instance, it claims nothing of the same run with a
// mechanism.
TEST(Theorems, OnRunsWithoutAMechanismAreNotApplicableToRunsWithOne) {
  for (const Theorem& t : theorems()) {
    for (const Mutant& m : t.mutants) {
      Instance instance = read_instance(JsonReader::from_text(m.witness, m.id));
      if (t.id.starts_with("mechanism-")) {
        instance.run.mechanism = Mechanism();
      } else {
        instance.run.mechanism = Mechanism::dropout(1);
      }
      EXPECT_EQ(check(t.statement, instance).verdict, Verdict::not_applicable) << t.id;
      EXPECT_EQ(check(m.statement, instance).verdict, Verdict::not_applicable) << t.id << m.id;
    }
  }
}

// γ = 1/1000, w_0 = 1/5, T = 2172 on the noise floor: exact error / bound = 0.97310, and T is the
// first eligible horizon.
TEST(RateStronglyConvex, IsNearlyTightOnTheNoiseFloorFromTheFirstEligibleHorizonOn) {
  const std::string floor =
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["1"]},
    {"A": [["1"]], "c": ["-1"]}])";
  const Finding f =
      check_on("rate-strongly-convex", floor,
               R"("start": ["1/5"], "step": "1/1000", "batch": 1, "iterations": 2172)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  ASSERT_TRUE(f.tightness);
  EXPECT_EQ((*f.tightness >= Enclosure::parse("0.97309")).truth(), Truth::yes)
      << f.tightness->to_string();
  EXPECT_EQ((*f.tightness <= Enclosure::parse("0.97311")).truth(), Truth::yes)
      << f.tightness->to_string();
  const auto claimed = std::ranges::count_if(
      f.conclusions, [](const ConclusionFinding& x) { return !x.conclusion.is_lemma; });
  EXPECT_EQ(claimed, 1) << "one iteration less is not eligible";
}

// ---- how sharp the bounds are: whoever loosens one sees it here ---------------------------------

struct Sharp {
  std::string theorem;
  std::string problem;
  std::string run;
  std::string ratio;  // left/right, exactly
};

std::string quadratic_1d(const std::string& curvature) {
  return R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[")" + curvature +
         R"("]], "c": ["0"]}])";
}
std::string huber_1d(const std::string& tau) {
  return R"("family": "glm", "loss": "huber", "tau": ")" + tau +
         R"(", "dimension": 1, "rows": [["1"]], "targets": ["0"])";
}
std::string run_1d(const std::string& start, const std::string& step, int B, int K) {
  return R"("start": [")" + start + R"("], "step": ")" + step + R"(", "batch": )" +
         std::to_string(B) + R"(, "iterations": )" + std::to_string(K);
}
const std::string identity_rows =
    R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"], ["0", "1"]], "targets": ["0",
    "0"])";
const std::string at_the_diagonal =
    R"("start": ["1", "1"], "step": "1/2", "batch": 3, "iterations": 0)";

class Bound : public testing::TestWithParam<Sharp> {};

TEST_P(Bound, IsExactlyAsSharpOnItsKnownInstance) {
  const Sharp& known = GetParam();
  const Finding f = check_on(known.theorem, known.problem, known.run);
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  ASSERT_TRUE(f.tightness);
  EXPECT_EQ((*f.tightness == Enclosure::parse(known.ratio)).truth(), Truth::yes)
      << f.tightness->to_string() << " at " << to_string(f.sharpest.value());
}

INSTANTIATE_TEST_SUITE_P(
    Sharpness, Bound,
    testing::Values(
        Sharp{"second-moment", identity_rows, at_the_diagonal, "1"},
        Sharp{"glm", identity_rows, at_the_diagonal, "1"},
        Sharp{"glm-sharp", identity_rows, at_the_diagonal, "1"},
        Sharp{"one-step", quadratic_1d("1"), run_1d("1", "1/4", 3, 1), "1"},
        Sharp{"one-step-smooth", quadratic_1d("3"), run_1d("1", "1/4", 3, 1), "1"},
        // δ = 0: D₀ = 2500, ε = 50, and F(w̄) = 50 − ½
        Sharp{"rate-convex", huber_1d("1"), run_1d("50", "50", 1, 1), "99/100"},
        Sharp{"serial-convex", huber_1d("1"), run_1d("50", "50", 1, 1), "99/100"},
        // δ = 3: from 20 with γB = 40, ε = 10, F(w̄) = 39/2 against (1 + 3/2) 10
        Sharp{"rate-convex", huber_1d("1"), run_1d("20", "10", 4, 1), "39/50"},
        Sharp{"rate-smooth", quadratic_1d("1"), run_1d("1", "1", 1, 1), "1"},
        Sharp{"serial-smooth", quadratic_1d("1"), run_1d("1", "1", 1, 1), "1"},
        // δ = 4: slopes 1 before both steps, ε = 1/2, against (1 + 2) ½
        Sharp{"rate-smooth", huber_1d("1"), run_1d("5/4", "1/2", 5, 2), "2/3"},
        Sharp{"rate-strongly-convex", valley,
              R"("start": ["0", "1"], "step": "1/40", "batch": 20, "iterations": 1)", "361/420"},
        Sharp{"rate-pl", valley,
              R"("start": ["0", "1"], "step": "1/40", "batch": 20, "iterations": 1)", "361/420"},
        // w²/2 from 1 with γ = 1/2: e_1 = 1/4 against ε = 1/2
        Sharp{"serial-strongly-convex", quadratic_1d("1"), run_1d("1", "1/2", 1, 2), "1/8"},
        Sharp{"serial-pl", quadratic_1d("1"), run_1d("1", "1/2", 1, 2), "1/8"}));

// The recursions of the proofs are equations where every inequality in them is one.
class Recursion : public testing::TestWithParam<Sharp> {};

TEST_P(Recursion, IsAnEquationOnItsExtremalFunction) {
  const Finding f = check_on(GetParam().theorem, GetParam().problem, GetParam().run);
  int lemmas = 0;
  for (const ConclusionFinding& x : f.conclusions) {
    if (!x.conclusion.is_lemma) continue;
    ++lemmas;
    const Comparison& c = x.conclusion.comparison;
    EXPECT_EQ((c.left == c.right).truth(), Truth::yes) << to_string(x.conclusion.place);
  }
  EXPECT_GE(lemmas, 2);
}

INSTANTIATE_TEST_SUITE_P(
    Sharpness, Recursion,
    testing::Values(Sharp{"rate-strongly-convex", quadratic_1d("3"), run_1d("1", "1/9", 1, 1), ""},
                    Sharp{"rate-strongly-convex", quadratic_1d("3"), run_1d("1", "1/30", 5, 1), ""},
                    Sharp{"rate-smooth", quadratic_1d("3"), run_1d("1", "1/30", 5, 1), ""},
                    Sharp{"rate-pl", quadratic_1d("3"), run_1d("1", "1/30", 5, 1), ""},
                    Sharp{"rate-convex",
                          R"("family": "linear", "dimension": 1, "functions": [{"a": ["2"]}],
    "domain": {"kind": "box", "lower": ["0"], "upper": ["9"]})",
                          run_1d("5", "1/4", 3, 2), ""}));

// The horizons: one iteration before the first eligible one nothing is claimed.
struct Horizon {
  std::string theorem;
  std::string problem;
  std::string start, step;
  int batch;
  int first_eligible;
};

class HorizonOf : public testing::TestWithParam<Horizon> {};

TEST_P(HorizonOf, IsMetFromTheStatedIterationOn) {
  const Horizon& h = GetParam();
  const auto verdict = [&](int K) {
    return check_on(h.theorem, h.problem, run_1d(h.start, h.step, h.batch, K)).verdict;
  };
  EXPECT_EQ(verdict(h.first_eligible), Verdict::proved);
  EXPECT_EQ(verdict(h.first_eligible - 1), Verdict::not_applicable);
}

const std::string noise_floor =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["1"]},
    {"A": [["1"]], "c": ["-1"]}])";
// f(w) = w on [0, 9] from 5 with γ = 1: T ≥ 25.
const std::string slope =
    R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}], "domain": {"kind": "box",
    "lower": ["0"], "upper": ["9"]})";

INSTANTIATE_TEST_SUITE_P(
    Horizons, HorizonOf,
    testing::Values(Horizon{"rate-strongly-convex", noise_floor, "1/4", "1/100", 1, 124},
                    Horizon{"serial-strongly-convex", noise_floor, "1/4", "1/100", 1, 124},
                    Horizon{"rate-pl", noise_floor, "1/4", "1/100", 1, 124},
                    Horizon{"serial-pl", noise_floor, "1/4", "1/100", 1, 124},
                    Horizon{"rate-convex", slope, "5", "1", 1, 25},
                    Horizon{"serial-convex", slope, "5", "1", 1, 25},
                    // 2βM²(F_0−F*)/ε² = 2 (13/10 − 1/2)/(9/10)² = 1.97…
                    Horizon{"rate-smooth", huber_1d("1"), "13/10", "9/10", 1, 2},
                    Horizon{"serial-smooth", huber_1d("1"), "13/10", "9/10", 1, 2}));

// ---- hypotheses: whoever drops one sees it here -------------------------------------------------

struct Missing {
  std::string theorem;
  std::string problem;
  std::string run;
  std::string hypothesis;
};

class Hypotheses : public testing::TestWithParam<Missing> {};

TEST_P(Hypotheses, AreAskedFor) {
  const Missing& m = GetParam();
  const Finding f = check_on(m.theorem, m.problem, m.run);
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  const bool is_asked_for = std::ranges::any_of(f.hypotheses, [&](const HypothesisFinding& h) {
    return h.text.plain().starts_with(m.hypothesis) && h.holds != Truth::yes;
  });
  EXPECT_TRUE(is_asked_for || f.reason.plain().starts_with(m.hypothesis)) << f.reason;
}

const std::string concave = quadratic_1d("-1");
const std::string boxed_parabola =
    quadratic_1d("1") + R"(, "domain": {"kind": "box", "lower": ["1"], "upper": ["2"]})";
const std::string flat = R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}])";
const std::string two_steps =
    R"("start": ["1"], "step": ["1/8", "1/9"], "batch": 1, "iterations": 2)";
const std::string two_batches =
    R"("start": ["1"], "step": "1/8", "batch": [1, 2], "iterations": 2)";

std::vector<Missing> missing() {
  std::vector<Missing> all = {
      {"glm", quadratic_1d("1"), run_1d("1", "1", 1, 0), "f_i(w) = ℓ_i(x_iᵀw)"},
      {"glm-sharp", quadratic_1d("1"), run_1d("1", "1", 1, 0), "f_i(w) = ℓ_i(x_iᵀw)"},
      {"glm", R"("family": "linear", "dimension": 1, "functions": [{"a": ["0"]}])",
       run_1d("1", "1", 1, 0), "σ_max(X)² > 0"},
      {"glm-sharp", R"("family": "linear", "dimension": 1, "functions": [{"a": ["0"]}])",
       run_1d("1", "1", 1, 0), "σ_max(X)² > 0"},
      {"one-step-smooth", boxed_parabola, run_1d("1", "1", 1, 1), "W = R^d"},
      {"lower-fixed-step",
       R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["3", "0"], ["0", "1"]],
    "c": ["0", "0"]}])",
       R"("start": ["1", "1"], "step": "3/4", "batch": 1, "iterations": 2)", "λ_c ≤ β_c"},
      // m = 3/2: two functions on the first block, one with twice the curvature on the second
      {"lower-fixed-step",
       R"("family": "quadratic", "dimension": 4, "functions": [
            {"A": [["3/2", "0", "0", "0"], ["0", "3", "0", "0"], ["0", "0", "0", "0"], ["0", "0",
    "0", "0"]], "c": ["0", "0", "0", "0"]},
            {"A": [["3/2", "0", "0", "0"], ["0", "3", "0", "0"], ["0", "0", "0", "0"], ["0", "0",
    "0", "0"]], "c": ["0", "0", "0", "0"]},
            {"A": [["0", "0", "0", "0"], ["0", "0", "0", "0"], ["0", "0", "3", "0"], ["0", "0", "0",
    "6"]], "c": ["0", "0", "0", "0"]}])",
       R"("start": ["1", "1", "1", "0"], "step": "1/9", "batch": 2, "iterations": 2)",
       "the smaller block starts at its minimiser"},
      // w* = (−½, −½) is not in W
      {"lower-replicated",
       R"("family": "max-affine", "dimension": 2, "functions": [{"pieces": [{"a": ["1", "0"]},
    {"a": ["0", "1"]}], "curvature": ["1", "1"]}],
          "domain": {"kind": "ball", "center": ["0", "0"], "radius": "1/10"})",
       R"("start": ["0", "0"], "step": "1/6", "batch": 3, "iterations": 1)", "W is R^d"},
  };
  const auto add = [&](const std::string& kind, const std::string& problem, const std::string& run,
                       const std::string& hypothesis) {
    all.push_back({"rate-" + kind, problem, run, hypothesis});
    all.push_back({"serial-" + kind, problem, run, hypothesis});
  };
  for (const std::string kind : {"strongly-convex", "convex", "smooth", "pl"}) {
    add(kind, quadratic_1d("1"), two_steps, "γ and B are constant");
    add(kind, quadratic_1d("1"), two_batches, "γ and B are constant");
    add(kind, quadratic_1d("1"), run_1d("1", "-1/8", 1, 9), "γ and B are constant and γ > 0");
    add(kind, quadratic_1d("1"), run_1d("1", "1/8", 1, 0), "nothing is claimed");
    all.push_back({"serial-" + kind, quadratic_1d("1"), run_1d("1", "1/8", 2, 9), "B = 1"});
  }
  for (const std::string kind : {"strongly-convex", "convex"}) {
    add(kind, boxed_parabola, run_1d("0", "1/8", 1, 9), "w_0 ∈ W");
    add(kind, concave, run_1d("1", "1/8", 1, 9),
        kind == "convex" ? "F is convex" : "F is λ-strongly convex");
  }
  for (const std::string kind : {"smooth", "pl"})
    add(kind, boxed_parabola, run_1d("1", "1/8", 1, 9), "W = R^d");
  add("strongly-convex", flat, run_1d("1", "1/8", 1, 9), "F is λ-strongly convex");
  add("strongly-convex", quadratic_1d("1"), run_1d("1", "51/100", 1, 9), "2·γ·λ");
  add("pl", quadratic_1d("1"), run_1d("1", "51/100", 1, 9), "2·γ·μ");
  add("pl", concave, run_1d("1", "1/8", 1, 9), "F is μ-PL");
  return all;
}

INSTANTIATE_TEST_SUITE_P(Theorems, Hypotheses, testing::ValuesIn(missing()));

TEST(OneStep, IsAnEqualityWithoutProjectionAndAnInequalityWithOne) {
  const Finding free = check_on(
      "one-step", valley, R"("start": ["0", "1"], "step": "1/40", "batch": 3, "iterations": 1)");
  EXPECT_EQ(free.verdict, Verdict::proved);
  EXPECT_EQ(free.conclusions.front().conclusion.comparison.relation, Relation::equal);
  const Finding boxed = check_on(
      "one-step",
      valley + R"(, "domain": {"kind": "box", "lower": ["-1", "-1"], "upper": ["1", "1"]})",
      R"("start": ["0", "1"], "step": "1/10", "batch": 3, "iterations": 1)");
  EXPECT_EQ(boxed.verdict, Verdict::proved);
  EXPECT_EQ(boxed.conclusions.front().conclusion.comparison.relation, Relation::less_equal);
}

TEST(DiversityRange, ClaimsEqualityOfEqualGradientsAndStrictInequalityOfOthers) {
  const auto relation_at_the_start = [](const std::string& second) {
    const Finding f =
        check_on("diversity-range",
                 R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": [")" +
                     second + R"("]}])",
                 R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)");
    EXPECT_EQ(f.verdict, Verdict::proved);
    EXPECT_EQ(f.conclusions.size(), 2U);
    // B_S ≥ 1 is attained by equal gradients, and only by these.
    EXPECT_EQ((f.conclusions.front().tightness.value() == 1).truth(),
              second == "1" ? Truth::yes : Truth::no);
    return f.conclusions.back().conclusion.comparison.relation;
  };
  EXPECT_EQ(relation_at_the_start("1"), Relation::equal);
  EXPECT_EQ(relation_at_the_start("2"), Relation::greater);
}

TEST(SparseConflicts, IsAttainedByACliqueOfEqualGradients) {
  const Finding f =
      check_on("sparse-conflicts",
               R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]}])",
               R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)");
  EXPECT_EQ(f.verdict, Verdict::proved);
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

// ---- statements that hold with high probability -------------------------------------------------

Finding check_rows(const std::string& id, const std::string& law, int n, int d, int seed = 1) {
  std::string origin = "0";
  for (int j = 1; j < d; ++j) origin += ", 0";
  return check_on(id,
                  R"("family": "random-rows", "law": ")" + law + R"(", "functions": )" +
                      std::to_string(n) + R"(, "dimension": )" + std::to_string(d) +
                      R"(, "seed": )" + std::to_string(seed),
                  R"("start": [)" + origin + R"(], "step": "1", "batch": 1, "iterations": 0)");
}

/// Both sides: the bound on the failure probability, and what 64 draws say of it.
void expect_draws(const Finding& f, Verdict verdict, const char* stated) {
  EXPECT_EQ(f.verdict, verdict) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::statistical);
  ASSERT_EQ(f.conclusions.size(), 1U);
  const Conclusion& c = f.conclusions.front().conclusion;
  EXPECT_EQ(c.sample->draws, 64);
  EXPECT_EQ(c.sample->failures, 0);
  EXPECT_EQ(c.comparison.right.decimal_upper(3), stated);
  EXPECT_NE(f.reason.plain().find("0 of 64 draws failed"), std::string::npos) << f.reason;
}

TEST(GlmGaussian, IsSupportedWhereItSaysSomething) {
  // 68 e^{−68/16} + e^{−34} = 0.96997; 90 e^{−90/16} + e^{−45} = 0.324591; 120 e^{−100/16} +
  // e^{−60} = 0.231654
  expect_draws(check_rows("glm-gaussian", "gaussian", 68, 68), Verdict::supported, "0.97");
  // e^{−34} = 1.7e-15 of it
  EXPECT_EQ(check_rows("glm-gaussian", "gaussian", 68, 68)
                .conclusions.front()
                .conclusion.comparison.right.decimal_upper(20),
            "0.9699679058119510725");
  expect_draws(check_rows("glm-gaussian", "gaussian", 90, 90, 2), Verdict::supported, "0.325");
  expect_draws(check_rows("glm-gaussian", "gaussian", 120, 100, 3), Verdict::supported, "0.232");
}

// No number of draws says that a probability is as small as this one.
TEST(GlmRademacher, IsConsistentWithWhatDrawsCanSay) {
  // e^{−106} = 9.2257e-47, e^{−145} = 1.0654e-63
  expect_draws(check_rows("glm-rademacher", "rademacher", 53, 53), Verdict::consistent, "9.23e-47");
  expect_draws(check_rows("glm-rademacher", "rademacher", 35, 110), Verdict::consistent,
               "1.07e-63");
}

/// What is found of a claim about B_S < 11/10 of 40 × 4 Gaussian rows, which no draw has.
Finding check_of_rows(const std::string& claim) {
  return check(statement_of(parse_theorem("theorem t\nlet b = 11/10\nclaim " + claim + "\n")),
               read_instance(JsonReader::from_text(
                   witness(R"("family": "random-rows", "law": "gaussian", "functions": 40,
                              "dimension": 4, "seed": 1)",
                           R"("start": [0, 0, 0, 0], "step": 1, "batch": 1, "iterations": 0)"),
                   "rows")));
}

// Draws that all hold speak for a bound from above alone.
TEST(RandomRows, AreSpokenForByTheirDrawsWhereTheyAreBoundedFromAbove) {
  EXPECT_EQ(check_of_rows("P(inf B_S < b) ≤ 1/100").verdict, Verdict::supported);
  EXPECT_EQ(check_of_rows("1/100 ≥ P(inf B_S < b)").verdict, Verdict::supported);
  EXPECT_EQ(check_of_rows("P(inf B_S < b) ≤ 0").verdict, Verdict::consistent);
  EXPECT_EQ(check_of_rows("P(inf B_S < b) ≥ 0").verdict, Verdict::supported);
  EXPECT_EQ(check_of_rows("P(inf B_S < b) ≥ 1/2").verdict, Verdict::refuted);
  for (const char* claim : {"P(inf B_S < b) ≥ 1/100", "1/100 ≤ P(inf B_S < b)",
                            "P(inf B_S < b) = 1/100", "2·P(inf B_S < b) ≤ 1/100"}) {
    const Finding open = check_of_rows(claim);
    EXPECT_EQ(open.verdict, Verdict::inconclusive) << claim << ": " << open.reason;
    EXPECT_FALSE(open.conclusions.at(0).conclusion.sample) << claim;
  }
}

TEST(RandomRows, ClaimNothingWhereTheStatementIsVacuousOrOfAnotherLaw) {
  const auto expect_missing = [](const Finding& f, const char* hypothesis) {
    EXPECT_EQ(f.verdict, Verdict::not_applicable);
    EXPECT_EQ(f.reason.plain(), std::string(hypothesis) + ": does not hold");
  };
  const char* positive = "n·exp(−d/16) + exp(−n/2) < 1";
  const char* trivial = "d/18 > 1";
  expect_missing(check_rows("glm-gaussian", "gaussian", 67, 67), positive);
  expect_missing(check_rows("glm-gaussian", "gaussian", 71, 68), positive);
  expect_missing(check_rows("glm-gaussian", "gaussian", 67, 68), "n ≥ d");
  expect_missing(check_rows("glm-gaussian", "gaussian", 100, 18), trivial);
  expect_missing(check_rows("glm-gaussian", "gaussian", 19, 19), positive);
  const char* trivial_signs = "n·d/(26·(n + d)) > 1";
  expect_missing(check_rows("glm-rademacher", "rademacher", 52, 52), trivial_signs);
  expect_missing(check_rows("glm-rademacher", "rademacher", 34, 110), trivial_signs);
  expect_missing(check_rows("glm-gaussian", "rademacher", 68, 68),
                 "the rows x_i are drawn from N(0, I)");
  expect_missing(check_rows("glm-rademacher", "gaussian", 68, 68),
                 "the rows x_i are drawn from signs");
  EXPECT_EQ(check_on("glm-gaussian", flat, run_1d("1", "1", 1, 0)).verdict,
            Verdict::not_applicable);
}

// The rows themselves are data as any other.
TEST(RandomRows, AreProblemsForTheOtherStatements) {
  for (const char* law : {"gaussian", "rademacher"}) {
    for (const char* id : {"glm", "glm-sharp", "second-moment", "diversity-range"}) {
      const Finding f = check_rows(id, law, 3, 2);
      EXPECT_EQ(f.verdict, Verdict::proved) << id << ": " << f.reason;
    }
  }
}

Finding check_text(const std::string& id, const std::string& text) {
  return check(find_theorem(id).statement, read_instance(JsonReader::from_text(text, id)));
}

// f(w; z) = zw with z = ±1: every draw of the example in which S and S' differ moves the runs 2γ
// apart.
TEST(StabilityConvex, IsAttainedByLinearFunctions) {
  const auto line = [](const std::string& functions) {
    return R"({"family": "linear", "dimension": 1, "functions": [)" + functions + "]}";
  };
  const Finding f = check_text(
      "stability-convex", R"({"format": "graddiv-instance/1", "problem": )" +
                              line(R"({"a": [1]}, {"a": [-1]}, {"a": [1]})") +
                              R"(, "run": {"start": [0], "step": 3, "batch": 2, "iterations": 3},
                        "neighbour": {"index": 2, "replacement": )" +
                              line(R"({"a": [-1]})") + "}}");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

// κ = 3, γ = 2/(β+λ): every direction is halved, and the factor is exactly 1/4.
// Both sides are below e^{−9000}: values of the objective agree to more digits than any precision
// that is tried.
TEST(OneStepSmooth, IsDecidedFarOutOnALogisticLoss) {
  const Finding f = check_on(
      "one-step-smooth",
      R"("family": "glm", "dimension": 1, "loss": "logistic", "rows": [["10"]], "targets": ["1"])",
      R"("start": ["900"], "step": "3/4", "batch": 4, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
}

// w_0 = w* = 0 and F* = log 2: the recursion is an equation there.
TEST(SerialConvex, IsDecidedFromAMinimiserWithAnIrrationalMinimum) {
  const Finding f = check_on(
      "serial-convex",
      R"("family": "glm", "dimension": 1, "loss": "logistic", "rows": [["1"], ["1"]], "targets":
    ["1", "-1"])",
      R"("start": ["0"], "step": "1/2", "batch": 1, "iterations": 2)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
}

// Whether the horizon is reached is told by F(w_0) − F*, and F* by a value near the least of a
// function that is not convex: these runs are far from theirs.
TEST(SmoothRates, AreDecidedWhereTheDescentFromZeroFindsNoMinimum) {
  const Finding serial =
      check_on("serial-smooth",
               R"("family": "glm", "dimension": 2, "loss": "geman-mcclure",
         "rows": [["-1", "-2"], ["2", "-1"], ["-1", "-2"]], "targets": ["2", "-2", "-2"])",
               R"("start": ["-3/2", "0"], "step": "1/25", "batch": 1, "iterations": 3)");
  EXPECT_NE(serial.verdict, Verdict::inconclusive) << serial.reason;
  const Finding with_mechanism = check_on(
      "mechanism-rate-smooth",
      R"("family": "glm", "dimension": 1, "loss": "geman-mcclure", "rows": [["-3/2"], ["-3/2"]],
         "targets": ["-3", "3"])",
      R"("start": ["-1/3"], "step": "1/70", "batch": 1, "iterations": 4,
         "mechanism": {"kind": "dropout", "keep": "1/2"})");
  EXPECT_NE(with_mechanism.verdict, Verdict::inconclusive) << with_mechanism.reason;
}

// Norms √5 and √5/2: the probabilities are a + b√5, and compared exactly.
TEST(MechanismGeneral, IsDecidedWhereTheNormsOfGradientsAreIrrational) {
  const std::string run = R"("start": ["1/3", "0"], "step": "1/10", "batch": 2, "iterations": 2,
    "mechanism": {"kind": "quantization", "levels": 1, "sharing": "shared"})";
  const auto with_second = [](const char* a) {
    return R"("family": "linear", "dimension": 2, "functions": [{"a": ["1", "2"]}, {"a": )" +
           std::string(a) + R"(}, {"a": [0, 0]}],
         "domain": {"kind": "box", "lower": [-1, -1], "upper": [1, 1]})";
  };
  const Finding f = check_on("mechanism-general", with_second(R"(["1", "-1/2"])"), run);
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::exact);
  EXPECT_TRUE(f.is_telling);
  EXPECT_TRUE(f.left_out.empty());
}

// Five unlike roots are more than are kept: the bounds are decided on intervals, the equations are
// left out with the norm that makes them so.
TEST(MechanismGeneral, LeavesOutTheEquationsThatIntervalsDoNotShow) {
  const Finding f =
      check_on("mechanism-general",
               R"("family": "linear", "dimension": 2, "functions": [{"a": [1, 2]}, {"a": [1, 1]},
         {"a": [3, 2]}, {"a": [1, -4]}, {"a": [2, 5]}])",
               R"("start": [0, 0], "step": "1/10", "batch": 2, "iterations": 1,
         "mechanism": {"kind": "quantization", "levels": 1})");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.evidence, Evidence::interval);
  ASSERT_FALSE(f.left_out.empty());
  EXPECT_NE(f.left_out.front().plain().find("the root of 5, is irrational"), std::string::npos)
      << f.left_out.front();
}

TEST(StabilityConvex, NamesTheKeyThatIsMissing) {
  const Finding f = check_on("stability-convex", R"("family": "linear", "dimension": 1,
                             "functions": [{"a": [1]}])",
                             R"("start": [0], "step": 1, "batch": 1, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_NE(f.reason.plain().find("does not hold (the instance names no neighbouring data set: it "
                                  "has no key \"neighbour\""),
            std::string::npos)
      << f.reason;
}

TEST(OneStep, SaysWhatItMeasuresFromWhereTheMinimiserIsUnknown) {
  const auto reference = [](const char* problem) {
    return check_on("one-step", problem,
                    R"("start": [1, 0], "step": "1/4", "batch": 2, "iterations": 1)")
        .reference;
  };
  const auto unknown = reference(
      R"("family": "glm", "loss": "geman-mcclure", "dimension": 2, "rows": [[1, 0], [1, 0]],
         "targets": [3, -3])");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(unknown->plain(),
            "x = (2, 1), the point of W nearest to w_0 + (1, …, 1), as w* is not known");
  EXPECT_FALSE(reference(R"("family": "least-squares", "dimension": 2, "rows": [[1, 0], [0, 1]],
                            "targets": [3, -3])"))
      << "w* is known";
}

const std::string logistic_regression =
    R"("family": "glm", "dimension": 2, "loss": "logistic",
       "rows": [["1", "0"], ["0", "1"], ["-1", "-1"], ["2", "-1"], ["-1", "0"]], "targets": ["1",
    "1", "1", "1", "1"])";
const std::string three_mini_batches =
    R"("start": ["1", "0"], "step": "6/5", "batch": 2, "iterations": 3)";

TEST(RateConvex, AppliesToLogisticRegression) {
  const Finding f = check_on("rate-convex", logistic_regression, three_mini_batches);
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
}

// Equations of irrational gradients, which no interval shows.
constexpr const char* dropout = R"(, "mechanism": {"kind": "dropout", "keep": "1/2"})";
constexpr const char* langevin = R"(, "mechanism": {"kind": "langevin", "variance": "1"})";

struct Identity {
  const char* theorem;
  const char* of_run = "";  // what its run has beside the start and the steps
};
class Identities : public testing::TestWithParam<Identity> {};

TEST_P(Identities, AreDecidedForIrrationalGradients) {
  const Finding f = check_on(GetParam().theorem, logistic_regression,
                             R"("start": ["1", "0"], "step": "6/5", "batch": 2, "iterations": 1)" +
                                 std::string(GetParam().of_run));
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  for (const ConclusionFinding& c : f.conclusions) EXPECT_TRUE(c.conclusion.place.is_surrogate);
  EXPECT_NE((f.conclusions.front().conclusion.comparison.left == 0).truth(), Truth::yes);
}

INSTANTIATE_TEST_SUITE_P(Theorems, Identities,
                         testing::Values(Identity{"second-moment"}, Identity{"replication"},
                                         Identity{"one-step"},
                                         Identity{"mechanism-general", dropout},
                                         Identity{"mechanism-dropout", dropout},
                                         Identity{"mechanism-one-step", dropout},
                                         Identity{"mechanism-langevin", langevin}),
                         [](const auto& identity) {
                           std::string name = identity.param.theorem;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// Gradients below 1e-400 and above 1e300 are none that a double holds, but not 0 or infinite for
// that.
TEST(ExactNumbersBeside, AreTheSizeOfTheIrrationalOnes) {
  const auto check_mutant = [](const std::string& theorem, const std::string& mutant,
                               const std::string& problem, const std::string& run) {
    for (const Mutant& m : find_theorem(theorem).mutants) {
      if (m.id == mutant)
        return check(m.statement,
                     read_instance(JsonReader::from_text(witness(problem, run), mutant)));
    }
    throw std::logic_error("no such mutant");
  };
  const std::string two_logistic =
      R"("family": "glm", "dimension": 1, "loss": "logistic", "targets": ["1", "1"], "rows": )";
  const std::string far_out = R"("start": ["100"], "step": "1", "batch": 2, "iterations": 0)";
  EXPECT_EQ(
      check_mutant("replication", "bound-grows", two_logistic + R"([["10"], ["20"]])", far_out)
          .verdict,
      Verdict::refuted);
  EXPECT_EQ(check_mutant("mechanism-general", "same-diversity",
                         two_logistic + R"([["10"], ["20"]])", far_out + dropout)
                .verdict,
            Verdict::refuted);
  const Finding large =
      check_on("second-moment", two_logistic + R"([["1e400"], ["2e400"]])",
               R"("start": ["1e-400"], "step": "1", "batch": 2, "iterations": 0)");
  EXPECT_EQ(large.verdict, Verdict::proved) << large.reason;
}

// Two equal irrational gradients.
TEST(DiversityRange, IsDecidedForEqualIrrationalGradients) {
  const Finding f = check_on(
      "diversity-range",
      R"("family": "glm", "dimension": 1, "loss": "logistic", "rows": [["1"], ["1"]], "targets":
    ["1", "1"])",
      R"("start": ["1"], "step": "1", "batch": 1, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
}

TEST(ContractiveStronglyConvex, IsAttainedAtTheThreshold) {
  const Finding f = check_on(
      "contractive-strongly-convex",
      R"("family": "quadratic", "dimension": 2, "functions": [{"A": [[1, 0], [0, 3]], "c": [0,
    0]}])",
      R"("start": [0, 0], "step": "1/2", "batch": 1, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ((f.tightness.value() == 1).truth(), Truth::yes);
}

// γ = 1/β takes every point to the minimiser of the one function, whose projection on the ball is
// irrational.
TEST(ContractiveStronglyConvex, IsDecidedWhereBothRunsAreProjectedFromOnePoint) {
  const Finding finding =
      check(find_theorem("contractive-strongly-convex").statement,
            read_instance(JsonReader::from_text(
                witness(
                    R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0",
    "1"]], "c": ["-1/3", "-1/2"]}],
                     "domain": {"kind": "ball", "center": ["3/2", "1/2"], "radius": "1/2"})",
                    R"("start": ["3/2", "1/2"], "step": "1", "batch": 1, "iterations": 1)"),
                "one point")));
  EXPECT_EQ(finding.verdict, Verdict::proved) << finding.reason;
}

TEST(Stability, ClaimsNothingWithoutANeighbourOrBoundedSlopes) {
  const std::string parabola =
      R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [0]}])";
  const std::string run = R"("start": [0], "step": "1/2", "batch": 1, "iterations": 1)";
  EXPECT_NE(check_on("stability-convex", parabola, run).reason.plain().find("one example"),
            std::string::npos);
  const Finding f =
      check_text("stability-convex",
                 R"({"format": "graddiv-instance/1", "problem": {)" + parabola + R"(}, "run": {)" +
                     run + R"(}, "neighbour": {"index": 0, "replacement": {)" + parabola + "}}}");
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_NE(f.reason.plain().find("Lipschitz"), std::string::npos) << f.reason;
}

TEST(RandomRows, HaveAProbabilityWhereTheyHaveALaw) {
  const auto on = [](const char* problem) {
    return Case(read_instance(JsonReader::from_text(
        witness(problem, R"("start": ["0", "0", "0"], "step": "1", "batch": 1, "iterations": 0)"),
        "rows")));
  };
  const Case signs = on(
      R"("family": "random-rows", "law": "rademacher", "functions": 3, "dimension": 3, "seed": 1)");
  const auto sides = [](const Case& c) {
    return comparison_of(parse_formula("P(inf B_S < 3/2) ≤ 1"), {.instance = &c});
  };
  const Formula are_signs = parse_formula("the rows x_i are drawn from signs");
  const Formula are_normal = parse_formula("the rows x_i are drawn from N(0, I)");
  EXPECT_EQ(holds(are_signs, {.instance = &signs}), Truth::yes);
  EXPECT_EQ(holds(are_normal, {.instance = &signs}), Truth::no);
  EXPECT_EQ(sides(signs).left.to_string(), "5/8");
  const Case plain = on(R"("family": "linear", "dimension": 3, "functions": [{"a": [1, 1, 1]}])");
  EXPECT_EQ(holds(are_signs, {.instance = &plain}), Truth::no);
  EXPECT_THROW(sides(plain), NotCertified);
}

// ---- nothing is dropped in silence --------------------------------------------------------------

const ConclusionFinding* conclusion_at(const Finding& f, const Place& place) {
  const auto found = std::ranges::find(
      f.conclusions, place, [](const ConclusionFinding& c) { return c.conclusion.place; });
  return found == f.conclusions.end() ? nullptr : &*found;
}

// log(1 + e^{−w}) has no minimiser, and the lemma holds for any point in its place.
TEST(OneStep, HoldsAtAnyReferencePointWhereThereIsNoMinimiser) {
  const Finding f = check_on(
      "one-step",
      R"("family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1]], "targets": [1])",
      R"("start": [0], "step": "1/2", "batch": 2, "iterations": 1)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_TRUE(f.is_telling);
  // w⁺ = 0 + 2·(1/2)·(1/2) = 1/2, a distance of 1/2 from the reference point 1.
  const ConclusionFinding* start = conclusion_at(f, Place::visited(0, 0).of("free"));
  ASSERT_NE(start, nullptr);
  EXPECT_EQ(start->conclusion.comparison.left.to_string(), "1/4");
}

// Gradients 1 and 1: E‖Σ‖² = B².
TEST(SecondMoment, IsThatOfTheBatchOfItsIteration) {
  const Finding f =
      check_on("second-moment",
               R"("family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [1]}])",
               R"("start": [0], "step": 1, "batch": [1, 3], "iterations": 2)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  const auto left_at = [&](int k) {
    const ConclusionFinding* c = conclusion_at(f, Place::visited(k, 0));
    return c == nullptr ? "nothing" : c->conclusion.comparison.left.to_string();
  };
  EXPECT_EQ(left_at(0), "1");
  EXPECT_EQ(left_at(1), "9");
  EXPECT_EQ(left_at(2), "9") << "the run ends there: the last batch stands for the next";
}

// w²/2 from 1: w⁺ = (1 − γB)w, with γB = 1/2, then 1/4.
TEST(OneStep, TakesTheStepAndTheBatchOfItsIteration) {
  const Finding f =
      check_on("one-step", quadratic_1d("1"),
               R"("start": [1], "step": ["1/2", "1/8"], "batch": [1, 2], "iterations": 2)");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  const ConclusionFinding* second = conclusion_at(f, Place::visited(1, 0).of("free"));
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->conclusion.comparison.left.to_string(), "9/64");  // (3/4 · 1/2)²
}

// The batch is claimed without its projection, which Langevin noise bars from being listed.
TEST(MechanismOneStep, SaysOfLangevinNoiseOnABoundedDomainWhatNeedsNoProjection) {
  const Finding f =
      check_on("mechanism-one-step",
               R"("family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [1]}],
         "domain": {"kind": "box", "lower": [-1], "upper": [1]})",
               R"("start": [0], "step": 1, "batch": 2, "iterations": 1,
         "mechanism": {"kind": "langevin", "variance": 1})");
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_EQ(f.conclusions.size(), 2U) << "of the batch alone, not of the step";
}

// 2^-300 has more digits than pairs of points are looked at with.
TEST(NonexpansiveConvex, LooksAtPointsBesideLongOnes) {
  const std::string tiny = "1/" + to_string(Rational(pow(Integer(2), 300)));
  const Finding f = check_on("nonexpansive-convex", quadratic_1d("1"), run_1d(tiny, "1/2", 1, 1));
  EXPECT_EQ(f.verdict, Verdict::proved) << f.reason;
  EXPECT_GE(f.conclusions.size(), 3U);
}

}  // namespace
}  // namespace graddiv
