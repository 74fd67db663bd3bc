#include "reports/mathematics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "reports/latex_laws_test.h"

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

RC_GTEST_PROP(FormulaProperty, IsBalancedWhateverItHolds, ()) {
  RC_ASSERT(test::is_balanced("$" + math_latex(test::any_text()) + "$"));
}

RC_GTEST_PROP(FormulaProperty, NeverAttachesTwoScriptsAtOnce, ()) {
  RC_ASSERT(!test::attaches_two_scripts(math_latex(test::any_scripts())));
}

}  // namespace
}  // namespace graddiv::reports
