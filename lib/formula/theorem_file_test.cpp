#include "formula/theorem_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "formula/statement_of.h"

namespace graddiv {
namespace {

const std::string rate = R"(theorem rate
title A rate
cites yin2018, Theorem 3
constants bound = 1, share = 0.5

given L ≥ L_max
assume F is λ-strongly convex
assume γ and B are constant
assume short-step: 2·γ·B·λ ≤ 1 and γ ≤ 1/L

for every k, under each (δ, M²)
  let ε = γ·M²/λ
  step E‖w_k − w*‖² ≤ (1 − 2·γ·λ·B)·E‖w_{k − 1} − w*‖² + (1 + δ)·γ²·B·M²
  when T_k ≥ M²/(2·ε·λ²)·log(max(2·D_0/ε, 1))
  claim E‖w_k − w*‖² ≤ bound·(1 + share·δ)·ε
  telling right < D_0

at every point w, for any gradients
  each r = 2, 1/2
  when several: n ≥ 2
  claim range: B_S(w) ≥ r/4

at every point w, under the mechanism
  claim Δ^Q(w) ≥ 1/n

for every k, under each (δ, M_Q²)
  claim δ·M_Q² ≥ 0

mutant nine-tenths: bound = 0.9
  refuted by file witness.json

mutant unlimited: share = 1, drop short-step

mutant longer: replace short-step by γ > 0

mutant range: drop several, replace range by B_S(w) ≥ r

mutant quiet: moments without noise

mutant fresh: moments as if fresh

draw strongly-convex, bounded with n = 3 and B = 2..8 and K = 5 and γ = 1/(2·L_max), glm
demand δ > 0 in 33 %
)";

// The file without the lines that the rest makes impossible.
std::string with(const std::string& line) {
  return "theorem t\nassume n ≥ 2\nassume step: γ > 0\n" + line + "\n";
}

std::string error_in(const std::string& text) {
  try {
    parse_theorem(text);
  } catch (const FormulaError& e) {
    return described(e, text, "t.theorem");
  }
  return "none";
}

TEST(TheoremFileTest, IsPrintedAsItIsRead) { EXPECT_EQ(printed(parse_theorem(rate)), rate); }

TEST(TheoremFileTest, HasCommentsAnywhere) {
  const std::string plain = "theorem t\ntitle A long name\nassume n ≥ 2\nclaim n ≥\n  1\n";
  const std::string commented =
      "# what it is\ntheorem t\ntitle A long # not this\n# nor that\n  name\nassume n ≥ 2 # why\n"
      "claim n ≥\n  # the least\n  1\n";
  EXPECT_EQ(printed(parse_theorem(commented)), printed(parse_theorem(plain)));
}

TEST(TheoremFileTest, HasNoCommentsInTheStringsOfAWitness) {
  const TheoremFile file = parse_theorem(
      "theorem t\nassume h: n ≥ 2\nclaim n ≥ 1\nmutant m: drop h\n"
      "  refuted by {\"note\": \"a \\\" # b\"} # c\n");
  EXPECT_EQ(file.mutants.at(0).witness, R"({"note": "a \" # b"})");
}

TEST(TheoremFileTest, MayBeginWithAByteOrderMark) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(printed(parse_theorem(mark + rate)), rate);
  EXPECT_EQ(error_in(mark + "theorem My\nclaim n ≥ 1\n"), error_in("theorem My\nclaim n ≥ 1\n"));
  EXPECT_EQ(error_in(mark), error_in(""));
  EXPECT_NE(error_in("theorem t\n" + mark + "claim n ≥ 1\n"), "none");
}

TEST(TheoremFileTest, IsStatedInUnicodeAndLatex) {
  const TheoremFile file = parse_theorem(
      "theorem t\nconstants bound = 1\nassume F is convex\nassume γ > 0\nfor every k\n"
      "let ε = γ/λ\nclaim bound·E‖w_k − w*‖² ≤ ε\n");
  EXPECT_EQ(text_of(file), "F is convex, γ > 0  ⇒  E‖w_k − w*‖² ≤ ε where ε = γ/λ");
  EXPECT_EQ(latex_of(file),
            "Assume that $F$ is convex and $\\gamma>0$.\n"
            "Then for every $k=1,\\dots,K$, with $\\varepsilon=\\frac{\\gamma}{\\lambda}$,\n"
            "\\[ \\begin{gathered}\n\\mathbb{E}\\|w_{k}-w^*\\|^2\\le \\varepsilon\n"
            "\\end{gathered} \\]\n");
}

TEST(TheoremFileTest, HasItsKeywordsInTheEditorsSyntaxFile) {
  std::ifstream file(GRADDIV_EDITORS "/vim/syntax/theorem.vim");
  const std::string syntax((std::istreambuf_iterator<char>(file)), {});
  for (const std::string_view keyword : line_keywords()) {
    const std::string word(keyword);
    const bool is_there = syntax.find("(" + word + "\\|") != std::string::npos ||
                          syntax.find("|" + word + "\\") != std::string::npos;
    EXPECT_TRUE(is_there) << word;
  }
  for (const char* word :
       {"interpolation", "neighbour", "loss", "spectrum", "regularization", "mechanism", "start"})
    EXPECT_NE(syntax.find(word), std::string::npos) << word;
}

struct Malformed {
  std::string text;
  std::string message;  // its beginning
};

class MalformedTheoremTest : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedTheoremTest, SaysWhatIsWrongAndWhere) {
  const std::string error = error_in(GetParam().text);
  EXPECT_TRUE(error.starts_with("t.theorem:" + GetParam().message)) << error;
}

INSTANTIATE_TEST_SUITE_P(
    All, MalformedTheoremTest,
    testing::Values(
        Malformed{"", "1:1: expected 'theorem' and its name on the first line"},
        Malformed{"claim n ≥ 1\n", "1:1: expected 'theorem' and its name on the first line"},
        Malformed{"n ≥ 1\n", "1:1: expected a line that begins with a word such as 'assume'"},
        Malformed{"theorem\nclaim n ≥ 1\n", "1:8: expected the theorem's name"},
        Malformed{"theorem My Claim\nclaim n ≥ 1\n", "1:9: expected the theorem's name"},
        Malformed{"theorem t\ntheorem u\nclaim n ≥ 1\n", "2:1: a file has one theorem"},
        Malformed{"theorem t\n", "2:1: the theorem claims nothing: expected 'claim'"},
        Malformed{with("step n ≥ 1"), "5:1: the theorem claims nothing: expected 'claim'"},
        Malformed{with("asume n ≥ 1"),
                  "4:1: expected a line that begins with a word such as 'assume' or 'claim'; did "
                  "you mean 'assume'?"},
        Malformed{with("claim"), "4:6: expected a formula"},
        Malformed{with("claim n"), "4:7: expected something that is true or false"},
        Malformed{with("claim n ≥"), "4:10: expected a number, a name or '('"},
        Malformed{with("claim n ≥ 1 )"), "4:13: expected an operator or the end of the formula"},
        Malformed{with("claim (n ≥ 1"), "4:13: expected ')' or an operator"},
        Malformed{with("claim n > 1 and d > 1"),
                  "4:7: a claim is one relation between two numbers"},
        Malformed{with("claim n ≠ 1"), "4:7: a claim is one relation between two numbers"},
        Malformed{with("claim F is convex"), "4:7: a claim is one relation between two numbers"},
        Malformed{with("claim 1 < n < 3"), "4:7: a claim is one relation between two numbers"},
        Malformed{with("claim n ≥ lamda"), "4:11: unknown name 'lamda'; did you mean 'lambda'?"},
        Malformed{with("claim n ≥ zebra"), "4:11: unknown name 'zebra'"},
        Malformed{with("claim 2n ≥ 1"), "4:8: expected an operator or the end of the formula"},
        Malformed{with("claim n ≥ 1e1000000000"), "4:11: the exponent of a number is at most"},
        Malformed{with("claim sum(j = 1..10^9, 1/j) ≥ n"), "4:7: a sum over 1000000000 numbers"},
        Malformed{with("claim 2^(10^9) ≥ n"), "4:7: 2^1000000000 has more than 4194304 bits"},
        Malformed{with("claim k ≥ 1"), "4:7: 'k' has a value only under 'for every k'"},
        Malformed{with("claim δ ≥ 0"), "4:7: 'δ' has a value only under 'for every k, under each"},
        Malformed{with("for every k\nclaim δ ≥ 0"), "5:7: 'δ' has a value only"},
        Malformed{with("claim B_S(w) ≥ 1"), "4:7: 'B_S(w)' has a value only under 'at every point"},
        Malformed{with("for every pair w, w'\nclaim M²(w) ≥ 0"), "5:7: 'M²(w)' has a value only"},
        Malformed{with("at every point w\nclaim ‖w − w'‖² ≥ 0"), "5:7: '‖w − w'‖²' has a value"},
        Malformed{with("claim left ≥ 0"), "4:7: 'left' has a value only in 'telling'"},
        Malformed{with("for all k\nclaim n ≥ 1"),
                  "4:1: no such quantifier; expected 'for every k'"},
        Malformed{with("at every point\nclaim n ≥ 1"), "4:1: no such quantifier"},
        Malformed{with("for every t\nclaim n ≥ 1"),
                  "4:1: no such quantifier; did you mean 'for every k'?"},
        Malformed{with("for every k, for any gradients\nclaim n ≥ 1"), "4:1: no such quantifier"},
        Malformed{with("claim n ≥ 1\nassume n ≥ 3"), "5:1: 'assume' stands before the claims"},
        Malformed{with("claim n ≥ 1\nconstants a = 1"),
                  "5:1: 'constants' stands before the claims"},
        Malformed{with("claim n ≥ 1\ndraw bounded\nclaim n ≥ 2"),
                  "6:1: 'claim' stands before mutants and 'draw'"},
        Malformed{with("let a\nclaim n ≥ 1"), "4:5: expected NAME = FORMULA"},
        Malformed{with("let a = 2\nclaim n ≥ 1"), "4:5: 'a' is never used"},
        Malformed{with("for every k\nlet a = 2\nclaim n ≥ 1"), "5:5: 'a' is never used"},
        Malformed{with("let n = 2\nclaim n ≥ 1"), "4:5: 'n' is a word of the vocabulary"},
        Malformed{with("let log = 2\nclaim n ≥ log"), "4:5: 'log' is a word of the vocabulary"},
        Malformed{with("let a = 2\nlet a = 3\nclaim n ≥ a"), "5:5: 'a' is named already"},
        Malformed{with("let 2a = 2\nclaim n ≥ 1"), "4:5: '2a' is no name"},
        Malformed{with("let a = n > 1\nclaim n ≥ a"), "4:9: expected a number"},
        Malformed{"theorem t\nconstants a = 1, b = 2\nclaim n ≥ a\n", "2:18: 'b' is never used"},
        Malformed{"theorem t\nconstants a = n\nclaim n ≥ a\n",
                  "2:15: expected a number; 'n' differs"},
        Malformed{"theorem t\nconstants a\nclaim n ≥ 1\n", "2:11: expected NAME = FORMULA"},
        Malformed{"theorem t\ngiven L = 2\nclaim n ≥ L\n", "2:7: expected NAME ≥ FORMULA"},
        Malformed{"theorem t\ngiven L ≥ L_max\nclaim n ≥ 1\n", "2:7: 'L' is never used"},
        Malformed{"theorem t\ntitle A\ntitle B\nclaim n ≥ 1\n", "3:1: 'title' stands here twice"},
        Malformed{"theorem t\ntitle\nclaim n ≥ 1\n", "2:1: expected words behind it"},
        Malformed{with("when n ≥ 2\nfor every k\nclaim n ≥ 1"),
                  "4:1: expected a 'claim' or 'step' behind"},
        Malformed{with("when n\nclaim n ≥ 1"), "4:6: expected something that is true or false"},
        Malformed{with("claim n ≥ 1\ntelling n"), "5:9: expected something that is true or false"},
        Malformed{with("claim n ≥ 1\ntelling n ≥ 1\ntelling n ≥ 1"), "6:1: 'telling' stands here"},
        Malformed{with("claim a: n ≥ 1\nclaim a: n ≥ 1"), "5:7: the label 'a' stands here twice"},
        Malformed{with("assume step: n ≥ 2\nclaim n ≥ 1"), "4:8: the label 'step' stands here"},
        Malformed{with("claim n ≥ 1\nmutant a = 2"), "5:8: expected NAME: what is changed"},
        Malformed{with("claim n ≥ 1\nmutant m: a = 2"), "5:11: 'a' is none of the constants"},
        Malformed{with("claim n ≥ 1\nmutant m: drop stp"),
                  "5:16: nothing has the label 'stp'; did you mean 'step'?"},
        Malformed{with("claim n ≥ 1\nmutant m: replace step"), "5:11: expected 'replace LABEL by"},
        Malformed{with("claim n ≥ 1\nmutant m: drop step\nmutant m: drop step"),
                  "6:8: there is a mutant 'm' already"},
        Malformed{with("claim a: n ≥ 1\nmutant m: replace a by n ≥ 1 and d ≥ 1"),
                  "5:24: a claim is one relation"},
        Malformed{with("claim n ≥ 1\nmutant m: moments without noise"),
                  "5:11: no claim stands under (δ, M_Q²)"},
        Malformed{with("when a: n ≥ 1\nclaim a: n ≥ 1"), "4:6: the label 'a' stands here twice"},
        Malformed{with("claim n ≥ 1\neach r = 2"), "5:1: 'each' stands once, first in its block"},
        Malformed{with("each r = 2\neach q = 2\nclaim n ≥ r·q"), "5:1: 'each' stands once"},
        Malformed{with("each r = n\nclaim n ≥ r"), "4:10: expected a number; 'n' differs"},
        Malformed{with("each n = 2\nclaim n ≥ 1"), "4:6: 'n' is a word of the vocabulary"},
        Malformed{with("each r = 2\nclaim n ≥ 1"), "4:6: 'r' is never used"},
        Malformed{with("claim n ≥ 1\ndemand δ > 0 in 133 %"),
                  "5:1: expected 'demand δ > 0 in N %'"},
        Malformed{with("claim M_Q² ≥ 1"), "4:7: 'M_Q²' has a value only under 'for every k, under"},
        Malformed{with("claim n ≥ 1\nrefuted by file a"), "5:1: expected 'refuted by' behind"},
        Malformed{with("claim n ≥ 1\nmutant m: drop step\nrefuted by a"), "6:12: expected an inst"},
        Malformed{with("claim n ≥ 1\ndraw Bounded"), "5:6: expected a class of instances"},
        Malformed{with("claim n ≥ 1\ndraw bounded with d = 2"),
                  "5:19: a class has its own 'd'; expected"},
        Malformed{with("claim log(n, 2) ≥ 1"), "4:7: log takes 1 operand, not 2"},
        Malformed{with("claim if(n, 1, 2) ≥ 1"), "4:10: this is a number; expected a statement"},
        Malformed{with("claim sum(j = 1, j) ≥ 1"), "4:16: expected '..' and the last number"},
        Malformed{with("claim sum(j = 1..n) ≥ 1"), "4:19: expected ',' and what is taken over"},
        Malformed{with("claim n ≥ j + sum(j = 1..n, j)"), "4:11: unknown name 'j'"},
        Malformed{with("claim E‖w_{n − w*‖² ≥ 1"), "4:16: unknown name 'w'"}));

}  // namespace
}  // namespace graddiv
