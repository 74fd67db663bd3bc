#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/symbol.h"
#include "formula/typeset.h"
#include "formula/vocabulary.h"

namespace graddiv {
namespace {

Names everything() {
  return {.variables = {{"ε", Formula::Type::number}, {"bound", Formula::Type::number}},
          .under = {Under::nothing, Under::iteration, Under::form, Under::plain, Under::point}};
}
Formula read(const std::string& text) { return parse_formula(text, everything()); }
std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const FormulaError& e) {
    return described(e, text, "f");
  }
  return "";
}

TEST(FormulaTest, IsPrintedAsItIsRead) {
  for (const std::string text : {"1 + 2·n",
                                 "(1 + n)·d",
                                 "1 − (n − d)",
                                 "1 − n − d",
                                 "−n²",
                                 "(−n)²",
                                 "n^(d²)",
                                 "γ·M²/(2·λ)",
                                 "(1 + 0.5·δ)·ε",
                                 "E‖w_k − w*‖² ≤ (1 − 2·γ·λ·B)·E‖w_{k − 1} − w*‖²",
                                 "F is convex and γ > 0",
                                 "0 < γ ≤ 1/L_max",
                                 "n > 1 ≥ 0 and F is convex",
                                 "F is convex and 0 < γ < 1",
                                 "not 0 < γ < 1",
                                 "0 < γ and 1 ≥ γ",
                                 "not (n = 1 or d = 1)",
                                 "sqrt(n)/log(max(2·D_0/ε, 1))",
                                 "sum(j = 0..k − 1, γ_j)",
                                 "all(j = 0..K − 1, γ_j·(j + 1) = γ_0)",
                                 "if(n = 1, 0, 1/(n − 1))",
                                 "(B − 1)/B_S(w) ≤ (M²)²",
                                 "min_{j<k} E‖∇F(w_j)‖² ≤ ε",
                                 "E‖v_{T_k} − w*‖² ≤ E‖v_k − w*‖²",
                                 "n·(d·K)",
                                 "n/(d/K)",
                                 "2^(n + 1)"}) {
    EXPECT_EQ(to_unicode(read(text)), text);
  }
}

TEST(FormulaTest, IsReadInAsciiToo) {
  EXPECT_EQ(read("not 0 < γ < 1"), read("not (0 < γ and γ < 1)"));
  EXPECT_EQ(read("distance(k) <= (1-2*gamma*lambda*B)*distance(k-1)"),
            read("E‖w_k − w*‖² ≤ (1 − 2·γ·λ·B)·E‖w_{k−1} − w*‖²"));
  EXPECT_EQ(read("0 < γ <= 1"), read("0 < γ and γ ≤ 1"));
  EXPECT_EQ(read("gamma^2"), read("γ²"));
  EXPECT_EQ(read("1e-3"), Formula(Rational(1, 1000)));
}

TEST(FormulaTest, IsTheSameInCpp) {
  const Formula k = word("k");
  EXPECT_EQ(word("distance", k) <=
                pow(1 - 2 * word("gamma") * word("lambda"), k) * word("D_0") + word("sigma_star2"),
            read("E‖w_k − w*‖² ≤ (1 − 2·γ·λ)^k·D_0 + σ*²"));
  EXPECT_EQ(word("F_convex") && word("n") >= 2, read("F is convex and n ≥ 2"));
  EXPECT_THROW(word("nothing"), std::out_of_range);
}

TEST(FormulaTest, HasAVocabularyOfDistinctWords) {
  std::set<std::string> all;
  for (const Symbol& symbol : vocabulary()) {
    EXPECT_TRUE(all.insert(symbol.name).second) << symbol.name;
    for (const std::string& spelling : symbol.spellings) {
      EXPECT_TRUE(spelling == symbol.name || all.insert(spelling).second) << spelling;
    }
    EXPECT_NE(symbol.meaning, "") << symbol.name;
    const bool is_number = symbol.value != nullptr || symbol.of_number != nullptr;
    EXPECT_NE(is_number, symbol.holds != nullptr) << symbol.name;
  }
}

// Rooms above may add words when formulas have been read already.
TEST(FormulaTest, TakesWordsThatAreAddedLater) {
  EXPECT_NE(error_of("‖test word‖ ≥ 1"), "");
  const Symbol word{.name = "test_word",
                    .spellings = {"‖test word‖"},
                    .latex = "t",
                    .meaning = "of this test",
                    .value = [](const Scope&, long) { return Enclosure(2); },
                    .holds = {}};
  add_words({word});
  EXPECT_EQ(holds(parse_formula("‖test word‖ = 2"), {}), Truth::yes);
  EXPECT_THROW(add_words({word}), std::logic_error);
}

TEST(FormulaTest, IsTypeset) {
  const auto latex = [](const std::string& text) { return to_latex(read(text)); };
  EXPECT_EQ(latex("γ·M²/(2·λ)"), "\\frac{\\gamma\\,M^2}{2\\,\\lambda}");
  EXPECT_EQ(latex("(1 − 2·γ)^k"), "\\left(1-2\\,\\gamma\\right)^{k}");
  EXPECT_EQ(latex("E‖w_{k−1} − w*‖²"), "\\mathbb{E}\\|w_{k-1}-w^*\\|^2");
  EXPECT_EQ(latex("sqrt(n)·(n − (d − 1))"), "\\sqrt{n}\\,\\left(n-\\left(d-1\\right)\\right)");
  EXPECT_EQ(latex("F is convex and γ > 0"), "$F$ is convex and $\\gamma>0$");
  EXPECT_EQ(latex("2·3"), "2\\cdot 3");
  EXPECT_EQ(latex("(M²)²"), "\\left(M^2\\right)^{2}");
  EXPECT_EQ(to_sentence(read("F is convex and γ > 0")).marked(), "$F$ is convex and $γ > 0$");
}

TEST(FormulaTest, IsTypesetOnOneLine) {
  EXPECT_EQ(to_unicode(pow(word("objective", word("k")), 2)), "(E F(w_k))²");
  EXPECT_EQ(to_unicode(pow(word("suboptimality", word("k")), 2)), "E[F(w_k) − F*]²");
  EXPECT_EQ(to_unicode(pow(word("M2"), 2)), "(M²)²");
  for (const char* text : {"(E F(w_k))²", "E[F(w_k) − F*]²", "(M²)²", "max(n, d)²"})
    EXPECT_EQ(to_unicode(read(text)), text);
}

TEST(FormulaTest, IsTidiedOfWhatConstantsLeave) {
  EXPECT_EQ(to_unicode(tidied(substituted(read("bound·(1 + ε)/bound"), "bound", 1))), "1 + ε");
}

TEST(FormulaTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of("2·lamda"),
            "f:1:3: unknown name 'lamda'; did you mean 'lambda'?\n  2·lamda\n    ^^^^^");
  EXPECT_EQ(
      error_of("(1 + n"),
      "f:1:7: expected ')' or an operator (a product is written a·b or a*b)\n  (1 + n\n        ^");
  EXPECT_EQ(error_of("2γ"),
            "f:1:2: expected an operator or the end of the formula (a product is written a·b or "
            "a*b)\n  2γ\n   ^");
  EXPECT_EQ(error_of("1 + (n ≤ 2)"),
            "f:1:6: this is a statement that is true or false; expected a number\n  1 + (n ≤ 2)\n"
            "       ^^^^^");
  EXPECT_NE(error_of("‖w − w'‖²").find("has a value only under 'for every pair"),
            std::string::npos);
  EXPECT_NE(error_of("log(1, 2)").find("log takes 1 operand, not 2"), std::string::npos);
  EXPECT_NE(error_of(std::string(3000, '(')).find("nested too deeply"), std::string::npos);
  EXPECT_NE(error_of("").find("expected a number"), std::string::npos);
}

TEST(FormulaTest, RefusesNumbersThatAreTooLong) {
  EXPECT_EQ(error_of("n + 1e1000000000"),
            "f:1:5: the exponent of a number is at most ±1000\n  n + 1e1000000000\n"
            "      ^^^^^^^^^^^^");
  EXPECT_NE(error_of("1e-1001").find("at most ±1000"), std::string::npos);
  EXPECT_NE(error_of("1e99999999999999999999").find("at most ±1000"), std::string::npos);
  EXPECT_EQ(error_of("1e-1000 + 1E+0001000"), "");
  EXPECT_EQ(error_of(std::string(2000, '1')), "");
  EXPECT_NE(error_of(std::string(2001, '1')).find("at most 2000 digits"), std::string::npos);
  EXPECT_NE(error_of(std::string(1500, '1') + "e501").find("2000 digits"), std::string::npos);
}

std::string arithmetic_error_of(const std::string& text) {
  const Names names{.variables = {{"a", Formula::Type::number}}};
  try {
    static_cast<void>(value_of(parse_formula(text, names), {.variables = {{"a", 1000000000}}}));
  } catch (const ArithmeticError& e) {
    return e.what();
  }
  return "";
}

// Whose numbers are known when it is read, and whose are not.
TEST(FormulaTest, RefusesWhatCannotBeComputed) {
  EXPECT_EQ(error_of("n + sum(j = 1..10^9, 1/j)"),
            "f:1:5: a sum over 1000000000 numbers, at most 1000000\n  n + sum(j = 1..10^9, 1/j)\n"
            "      ^^^^^^^^^^^^^^^^^^^^^");
  EXPECT_EQ(error_of("n + 2^(10^9)"),
            "f:1:5: 2^1000000000 has more than 4194304 bits\n  n + 2^(10^9)\n      ^^^^^^^");
  EXPECT_NE(error_of("3⁹⁹⁹⁹⁹⁹⁹⁹").find("3^99999999 has more than"), std::string::npos);
  EXPECT_NE(error_of("all(j = −10^12..0, n ≥ j)").find("1000000000001 numbers"), std::string::npos);
  EXPECT_EQ(error_of("if(n = 1, 0, 0^(−1))"), "");

  EXPECT_EQ(arithmetic_error_of("sum(j = 1..a, 1/j)"),
            "a sum over 1000000000 numbers, at most 1000000");
  EXPECT_EQ(arithmetic_error_of("sum(j = 1..a^4, 1/j)"),
            "a sum over 1000000000000000000000000000000000000 numbers, at most 1000000");
  EXPECT_EQ(arithmetic_error_of("min(j = 0..a, j)"),
            "'min' over 1000000001 numbers, at most 1000000");
  EXPECT_EQ(arithmetic_error_of("if(all(j = 1..a, j > 0), 1, 0)"),
            "'all' over 1000000000 numbers, at most 1000000");
  EXPECT_EQ(arithmetic_error_of("sum(i = 1..1000, sum(j = 1..1001, 1))"),
            "a sum over 1001 numbers, 1000 times, at most 1000000 in all");
  EXPECT_EQ(arithmetic_error_of("2^a"), "2^1000000000 has more than 4194304 bits");
  // (−3/2)^(5·10⁶ + 1) has 13 million digits, and a size of 2.9 million bits: it is enclosed.
  EXPECT_EQ(arithmetic_error_of("(−3/2)^(5000001 + 0·a)"), "");
  EXPECT_EQ(arithmetic_error_of("(1/2)^(−a)"), "(1/2)^(-1000000000) has more than 4194304 bits");
  for (const std::string text : {"sqrt(2)^a", "2^(a + 1/2)", "3^(a/7)", "2^(a^2)", "exp(a)",
                                 "exp(−a)", "(1 + sqrt(sqrt(2)))^(−a)", "(log(2))^a"})
    EXPECT_NE(arithmetic_error_of(text).find(" has more than 4194304 bits"), std::string::npos)
        << text;
  EXPECT_EQ(arithmetic_error_of("exp(1000000) + sqrt(2)^1000001 + 3^(10^6/7)"), "");
  EXPECT_EQ(arithmetic_error_of("1^a + (−1)^a + 0^a + sum(j = a..1, 1)"), "");
  EXPECT_EQ(arithmetic_error_of("sum(i = 1..2, sum(j = 1..1000, 1)) + 2^(4194304 + 0·a)"), "");
}

}  // namespace
}  // namespace graddiv
