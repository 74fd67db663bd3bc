#include "reports/mathematics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reports/math_tokens.h"

namespace graddiv::reports {
namespace {

struct Example {
  std::string text;
  std::string latex;
};

void PrintTo(const Example& e, std::ostream* out) { *out << e.text; }

class Formula : public testing::TestWithParam<Example> {};

TEST_P(Formula, IsSetAsOnPaper) { EXPECT_EQ(math_latex(GetParam().text), GetParam().latex); }

INSTANTIATE_TEST_SUITE_P(
    All, Formula,
    testing::Values(Example{"2γλB ≤ 1", "2\\gamma\\lambda B \\le 1"},
                    Example{"W = R^d", "W = \\mathbb{R}^{d}"}, Example{"w_0 ∈ W", "w_{0} \\in W"},
                    Example{"B ≤ 1 + δ B_S(w)", "B \\le 1 + \\delta\\,B_{S}(w)"},
                    Example{"f_i(w) = ℓ_i(x_iᵀw)", "f_{i}(w) = \\ell_{i}(x_{i}^{\\top}w)"},
                    Example{"σ_max(X)²", "\\sigma_{\\max}(X)^{2}"},
                    Example{"min_i ‖x_i‖²", "\\min_{i} \\|x_{i}\\|^{2}"},
                    Example{"½‖∇F(w)‖² ≥ μ (F(w) − F*)",
                            "\\tfrac12\\|\\nabla F(w)\\|^{2} \\ge \\mu (F(w) - F^{*})"},
                    Example{"E‖w_k − w*‖²", "\\mathbb{E}\\|w_{k} - w^{*}\\|^{2}"},
                    Example{"E[F(w̄_k) − F*]", "\\mathbb{E}[F(\\bar{w}_{k}) - F^{*}]"},
                    Example{"F*²", "F^{*}{}^{2}"}, Example{"w'²", "w^{\\prime}{}^{2}"},
                    Example{"(x)_+^K", "(x)_{+}^{K}"}, Example{"e^−x", "e^{-x}"},
                    Example{"e^{−d/16}", "e^{-d/16}"},
                    Example{"B_S ≥ nd/(26 (n + d))", "B_{S} \\ge nd/(26 (n + d))"},
                    Example{"√2 ≤ sqrt(n + 1)", "\\sqrt{2} \\le \\sqrt{n + 1}"},
                    Example{"B̄_S(w,w') = nΔ̄_S",
                            "\\bar{B}_{S}(w,w^{\\prime}) = n\\bar{\\Delta}_{S}"},
                    Example{"lambda = 1", "\\lambda = 1"},
                    Example{"blocks = 2", "\\mathrm{blocks} = 2"},
                    Example{"0.1853 ≤ 2.5e-3", "0.1853 \\le 2.5\\cdot10^{-3}"},
                    Example{"1e-12", "10^{-12}"}, Example{"[0.1, 0.2] = 4", "[0.1, 0.2] = 4"},
                    Example{"a <= b -> c != d", "a \\le b \\to c \\ne d"}));

TEST(TextLatex, SetsFormulasAsMathematicsAndWordsAsText) {
  EXPECT_EQ(text_latex("F is $λ$-strongly convex"), "F is $\\lambda$-strongly convex");
  EXPECT_EQ(text_latex("$k = 8$, in expectation: 100 %"), "$k = 8$, in expectation: 100 \\%");
  EXPECT_EQ(text_latex(Text::words("values_of_x, $5")), "values\\_of\\_x, \\$5");
  EXPECT_EQ(text_latex(""), "");
}

/// Braces, dollars and brackets as LaTeX counts them.
bool is_balanced(const std::string& latex) {
  int depth = 0;
  int dollars = 0;
  for (std::size_t i = 0; i < latex.size(); ++i) {
    if (latex[i] == '\\') {
      ++i;
      continue;
    }
    if (latex[i] == '{')
      ++depth;
    else if (latex[i] == '}')
      --depth;
    else if (latex[i] == '$')
      ++dollars;
    if (depth < 0 || (latex[i] == '$' && depth > 0)) return false;
  }
  return depth == 0 && dollars % 2 == 0;
}

RC_GTEST_PROP(FormulaProperty, IsBalancedWhateverItHolds, ()) {
  const std::vector<std::string> pieces = {
      "a",  "B", "w", "E", "F", "H",  "is", "nd", "log", "max", "convex", "1",      "2.5", "1e-3",
      " ",  " ", "λ", "γ", "‖", "≤",  "=",  "+",  "-",   "−",   "*",      "/",      "^",   "_",
      "²",  "ᵀ", "₀", "(", ")", "[",  "]",  "{",  "}",   "√",   "Σ",      "\u0304", "'",   "…",
      "..", ",", ".", "$", "%", "\\", "⟨",  "⟩",  "|",   "½",   "∞",      "é",      "中",  "\xFF"};
  const auto text = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
  std::string joined;
  for (const auto& piece : text) joined += piece;
  RC_ASSERT(is_balanced("$" + math_latex(joined) + "$"));
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

RC_GTEST_PROP(FormulaProperty, NeverAttachesTwoScriptsAtOnce, ()) {
  const std::vector<std::string> pieces = {"w", "F", "²", "*", "'", "^", "_", "ᵀ",
                                           "⁺", "₀", "{", "}", "2", "k", "−"};
  const auto text = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces));
  std::string joined = "x ≤ ";
  for (const auto& piece : text) joined += piece;
  const std::string latex = math_latex(joined);
  // "}^{" behind a superscript of the same atom is LaTeX's error "double superscript".
  int depth = 0;
  char last_script = 0;
  for (std::size_t i = 0; i < latex.size(); ++i) {
    if (latex[i] == '\\') {
      last_script = 0;
      for (++i; i + 1 < latex.size() && is_letter(latex[i]) && is_letter(latex[i + 1]);) ++i;
    } else if (latex[i] == '^' || latex[i] == '_') {
      RC_ASSERT(last_script != latex[i]);
      last_script = latex[i];
      for (++i, depth = 1; depth > 0 && ++i < latex.size();)
        depth += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
    } else if (latex[i] != ' ') {
      last_script = 0;
    }
  }
}

}  // namespace
}  // namespace graddiv::reports
