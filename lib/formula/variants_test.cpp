#include "formula/variants.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "formula/parse.h"
#include "formula/solve.h"
#include "formula/typeset.h"

namespace graddiv {
namespace {

const std::string claim = R"(theorem t
constants noise = 2

let θ = γ_0/3
assume F is strongly convex
assume W = R^d
assume γ and B are constant and γ > 0
assume short-step: γ·B ≤ 1/(2·L_max)
assume B_0 = 1

for every k
  let rest = 1 − θ·L_max
  claim E‖w_k − w*‖² ≤ (1 − γ·B·λ)^k·D_0 + noise·γ·σ*²/(λ·rest²)
)";

std::vector<FileNumber> numbers() { return numbers_of(parse_theorem(claim)); }

FileNumber number(const std::string& text) {
  const auto all = numbers();
  const auto found = std::ranges::find(all, text, &FileNumber::text);
  if (found == all.end()) throw std::out_of_range(text);
  return *found;
}

TEST(Numbers, AreConstantsLiteralsAndTheFactorOfTheRightSide) {
  std::vector<std::string> texts;
  for (const auto& n : numbers()) texts.push_back(n.text + " in " + n.where);
  EXPECT_EQ(texts,
            (std::vector<std::string>{
                "noise in constants", "γ_0/[3] in let θ", "[2]·L_max in hypothesis short-step",
                "B_0 = [1] in hypothesis 5", "[1] − θ·L_max in let rest", "[1] − γ·B·λ in claim",
                "[1]·((1 − γ·B·λ)^k·D_0 + noise·γ·σ*²/(λ·rest²)) in "
                "claim"}));
}

TEST(Variants, PutNumbersBesideAConstantThatIsZero) {
  const TheoremFile file =
      parse_theorem("theorem t\nconstants more = 0\nat every point w\nclaim B_S(w) ≥ 1 + more\n");
  std::vector<std::string> of_zero;
  std::vector<bool> implied;
  for (const Variant& v : variants_of(file)) {
    if (v.where != "constants") continue;
    of_zero.push_back(v.change);
    implied.push_back(v.is_implied);
  }
  EXPECT_EQ(of_zero,
            (std::vector<std::string>{"more = 0.1", "more = −0.1", "more = 1", "more = −1"}));
  EXPECT_EQ(implied, std::vector<bool>(4, false)) << "a larger one says more";
}

TEST(Numbers, HaveNoBestValueInEquations) {
  EXPECT_FALSE(number("B_0 = [1]").is_ordered);
  EXPECT_TRUE(number("noise").is_ordered);
}

TEST(Numbers, SayInWhichDirectionTheStatementBecomesWeaker) {
  EXPECT_EQ(monotonicity_of(number("noise")), Monotonicity::rising);
  EXPECT_EQ(monotonicity_of(number("[2]·L_max")), Monotonicity::rising);
  // (1 − γBλ)^k: its base may be negative.
  EXPECT_EQ(monotonicity_of(number("[1] − γ·B·λ")), Monotonicity::unknown);
  const auto all = numbers();
  EXPECT_EQ(monotonicity_of(all.back()), Monotonicity::rising);  // the right side as a whole
}

TEST(Numbers, AreSolvedForWhereOneClaimSpeaksOfThemOnce) {
  const auto solved = solved_for(number("noise"));
  ASSERT_TRUE(solved);
  EXPECT_TRUE(solved->smaller_is_stronger);
  const TheoremFile file = solved->with(Rational(5));
  ASSERT_EQ(file.blocks.size(), 1U);
  EXPECT_EQ(to_unicode(file.blocks[0].claims[0].formula),
            "(E‖w_k − w*‖² − (1 − γ·B·λ)^k·D_0)·(λ·(1 − γ_0·L_max/3)²)/σ*²/γ ≤ 5");
  EXPECT_EQ(file.hypotheses.size(), 5U);
  EXPECT_FALSE(solved_for(number("[2]·L_max"))) << "a hypothesis speaks of it";
}

std::string solution(const std::string& inequality) {
  const Names names{.variables = {{"x", Formula::Type::number}}};
  const auto solved = solved_for(parse_formula(inequality, names), "x");
  if (!solved) return "none";
  std::string text =
      std::string("x ") + (solved->is_at_least ? "≥ " : "≤ ") + to_unicode(solved->bound);
  for (const Formula& condition : solved->conditions) text += "; " + to_unicode(condition);
  return text;
}

TEST(Inequalities, AreSolvedThroughEveryOperationWithAnInverse) {
  EXPECT_EQ(solution("D_0 ≤ n + d·x"), "x ≥ (D_0 − n)/d; d > 0");
  EXPECT_EQ(solution("D_0 ≤ n − x"), "x ≤ n − D_0");
  EXPECT_EQ(solution("n/(2·x) ≥ D_0"), "x ≤ n/D_0/2; n > 0; D_0 > 0; 2 > 0");
  EXPECT_EQ(solution("sqrt(x) < D_0"), "x ≤ D_0²; D_0 ≥ 0");
  EXPECT_EQ(solution("D_0 ≤ max(n, x)"), "x ≥ D_0; n < D_0");
  EXPECT_EQ(solution("max(n, −x) ≤ D_0"), "x ≥ −D_0");
  EXPECT_EQ(solution("D_0 ≤ x + x"), "none");
  EXPECT_EQ(solution("D_0 = x"), "none");
  EXPECT_EQ(solution("D_0 ≤ sin(x)"), "none");
}

std::vector<std::string> changes(Variant::Kind kind, bool is_implied) {
  std::vector<std::string> result;
  for (const Variant& v : variants_of(parse_theorem(claim)))
    if (v.kind == kind && v.is_implied == is_implied) result.push_back(v.change);
  return result;
}

TEST(Variants, AreEveryNumberSignExponentRelationAndHypothesis) {
  EXPECT_EQ(
      changes(Variant::Kind::sign, false),
      (std::vector<std::string>{"1 − θ·L_max → 1 + θ·L_max",
                                "(1 − γ·B·λ)^k·D_0 + noise·γ·σ*²/(λ·rest²) → (1 − γ·B·λ)^k·D_0 − "
                                "noise·γ·σ*²/(λ·rest²)",
                                "1 − γ·B·λ → 1 + γ·B·λ"}));
  EXPECT_EQ(changes(Variant::Kind::exponent, false),
            (std::vector<std::string>{"(1 − γ·B·λ)^k → (1 − γ·B·λ)^(k + 1)",
                                      "(1 − γ·B·λ)^k → (1 − γ·B·λ)^(k − 1)", "rest² → rest³",
                                      "rest² → rest"}));
  EXPECT_EQ(changes(Variant::Kind::hypothesis, false).size(), 5U);
  const auto sharper = changes(Variant::Kind::number, false);
  EXPECT_NE(std::ranges::find(sharper, "noise = 1.8"), sharper.end());
}

TEST(Variants, AreImpliedWhereTheyAskMoreOrClaimLess) {
  const auto weaker = changes(Variant::Kind::number, true);
  for (const char* change : {"noise = 2.2", "noise = 4", "2·L_max → 2.2·L_max"})
    EXPECT_NE(std::ranges::find(weaker, change), weaker.end()) << change;
  for (const char* change : {"noise = 1.8", "noise = 0", "2·L_max → 1·L_max"})
    EXPECT_EQ(std::ranges::find(weaker, change), weaker.end()) << change;
  EXPECT_EQ(changes(Variant::Kind::relation, true),
            (std::vector<std::string>{"γ·B ≤ 1/(2·L_max) → γ·B < 1/(2·L_max)"}));
}

TEST(Variants, CanBeReadBack) {
  for (const Variant& v : variants_of(parse_theorem(claim)))
    EXPECT_EQ(printed(parse_theorem(printed(v.file))), printed(v.file)) << v.change;
}

}  // namespace
}  // namespace graddiv
