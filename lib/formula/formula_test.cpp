#include <gtest/gtest.h>

#include "formula/evaluate.h"
#include "formula/parse.h"
#include "formula/typeset.h"

namespace graddiv {
namespace {

Names everything() {
  return {.variables = {{"ε", Formula::Type::number}, {"bound", Formula::Type::number}},
          .under = {Under::nothing, Under::iteration, Under::form, Under::point}};
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
                                 "not (n = 1 or d = 1)",
                                 "sqrt(n)/log(max(2·D_0/ε, 1))",
                                 "sum(j = 0..k − 1, γ_j)",
                                 "all(j = 0..K − 1, γ_j·(j + 1) = γ_0)",
                                 "if(n = 1, 0, 1/(n − 1))",
                                 "(B − 1)/B_S(w) ≤ (M²)²",
                                 "min_{j<k} E‖∇F(w_j)‖² ≤ ε",
                                 "n·(d·K)",
                                 "n/(d/K)",
                                 "2^(n + 1)"}) {
    EXPECT_EQ(to_unicode(read(text)), text);
  }
}

TEST(FormulaTest, IsReadInAsciiToo) {
  EXPECT_EQ(read("distance(k) <= (1-2*gamma*lambda*B)*distance(k-1)"),
            read("E‖w_k − w*‖² ≤ (1 − 2·γ·λ·B)·E‖w_{k−1} − w*‖²"));
  EXPECT_EQ(read("0 < γ <= 1"), read("0 < γ and γ ≤ 1"));
  EXPECT_EQ(read("gamma^2"), read("γ²"));
  EXPECT_EQ(read("1e-3"), Formula(Rational(1, 1000)));
}

TEST(FormulaTest, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of("2·lamda"),
            "f:1:3: unknown name 'lamda'; did you mean 'lambda'?\n  2·lamda\n    ^^^^^");
  EXPECT_EQ(error_of("(1 + n"), "f:1:7: expected ')' or an operator\n  (1 + n\n        ^");
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

}  // namespace
}  // namespace graddiv
