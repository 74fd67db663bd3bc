#include "reports/prose.h"

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

class Prose : public testing::TestWithParam<Example> {};

TEST_P(Prose, SetsFormulasAsMathematicsAndWordsAsText) {
  EXPECT_EQ(prose(GetParam().text), GetParam().latex);
}

INSTANTIATE_TEST_SUITE_P(
    Hypotheses, Prose,
    testing::Values(Example{"F is λ-strongly convex", "$F$ is $\\lambda$-strongly convex"},
                    Example{"2γλB ≤ 1", "$2\\gamma\\lambda B \\le 1$"},
                    Example{"W = R^d and w_0 ∈ W", "$W = \\mathbb{R}^{d}$ and $w_{0} \\in W$"},
                    Example{"B ≤ 1 + δ B_S(w) for every w (H-batch)",
                            "$B \\le 1 + \\delta\\,B_{S}(w)$ for every $w$ (H-batch)"},
                    Example{"f_i(w) = ℓ_i(x_iᵀw)", "$f_{i}(w) = \\ell_{i}(x_{i}^{\\top}w)$"},
                    Example{"σ_max(X)² and min_i ‖x_i‖²",
                            "$\\sigma_{\\max}(X)^{2}$ and $\\min_{i} \\|x_{i}\\|^{2}$"},
                    Example{"½‖∇F(w)‖² ≥ μ (F(w) − F*)",
                            "$\\tfrac12\\|\\nabla F(w)\\|^{2} \\ge \\mu (F(w) - F^{*})$"},
                    Example{"A matrix, e.g. A = I", "A matrix, e.g. $A = I$"}));

INSTANTIATE_TEST_SUITE_P(
    Reasons, Prose,
    testing::Values(
        Example{"k = 8, in expectation: 0.1853 ≤ 0.1 is false",
                "$k = 8$, in expectation: $0.1853 \\le 0.1$ is false"},
        Example{"the start: [0.1, 0.2] = 4 is false", "the start: $[0.1, 0.2] = 4$ is false"},
        Example{"iteration 2, state 5", "iteration 2, state 5"},
        Example{"moments, rational", "moments, rational"},
        Example{"the width 2.5e-3 ≤ 1e-12", "the width $2.5\\cdot10^{-3} \\le 10^{-12}$"}));

INSTANTIATE_TEST_SUITE_P(
    Formulas, Prose,
    testing::Values(Example{"E‖w_k − w*‖²", "$\\mathbb{E}\\|w_{k} - w^{*}\\|^{2}$"},
                    Example{"E[F(w̄_k) − F*]", "$\\mathbb{E}[F(\\bar{w}_{k}) - F^{*}]$"},
                    Example{"F*² and w'²", "$F^{*}{}^{2}$ and $w^{\\prime}{}^{2}$"},
                    Example{"(x)_+^K, e^−x, e^{−d/16}", "$(x)_{+}^{K}$, $e^{-x}$, $e^{-d/16}$"},
                    Example{"B_S ≥ nd/(26 (n + d))", "$B_{S} \\ge nd/(26 (n + d))$"},
                    Example{"√2 ≤ sqrt(n + 1)", "$\\sqrt{2} \\le \\sqrt{n + 1}$"},
                    Example{"B̄_S(w,w') = nΔ̄_S",
                            "$\\bar{B}_{S}(w,w^{\\prime}) = n\\bar{\\Delta}_{S}$"},
                    Example{"lambda = 1, blocks = 2", "$\\lambda = 1$, blocks $= 2$"},
                    Example{"a <= b -> c != d", "$a \\le b \\to c \\ne d$"}));

INSTANTIATE_TEST_SUITE_P(
    Text, Prose,
    testing::Values(Example{"", ""},
                    Example{"random: strongly-convex (100 %)", "random: strongly-convex (100 \\%)"},
                    Example{"the paper's values_of_x", "the paper's values\\_of\\_$x$"},
                    Example{"the 2nd of 3 and/or none", "the 2nd of 3 and/or none"}));

RC_GTEST_PROP(ProseProperty, IsBalancedForAnyText, ()) {
  RC_ASSERT(test::is_balanced(prose(test::any_text())));
}

RC_GTEST_PROP(ProseProperty, NeverAttachesTwoScriptsAtOnce, ()) {
  RC_ASSERT(!test::attaches_two_scripts(prose(test::any_scripts())));
}

}  // namespace
}  // namespace graddiv::reports
