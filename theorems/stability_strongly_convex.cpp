#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::stability_strongly_convex {
namespace {

enum class Curvature { stated, beta_alone };

// c · 2L(β+λ)/(nβλ); a mutant has β in place of λ.
Statement with(const StabilityConstants& k, Curvature curvature = Curvature::stated) {
  return claims_stability(neighbouring(strongly_convex_parts(k)), [=](const Case& c, int) {
    const CoupledView& both = c.coupled();
    const Enclosure beta = both.component_beta(k.region);
    const Enclosure lambda =
        curvature == Curvature::stated ? both.component_lambda(k.region) : beta;
    return k.bound * 2 * both.lipschitz() * (beta + lambda) / (c.n() * beta * lambda);
  });
}

std::string parabolas(int n, const std::string& lower, const std::string& step, int iterations) {
  std::string functions;
  for (int i = 0; i < n; ++i)
    functions += std::string(i > 0 ? ", " : "") + R"({"A": [[1]], "c": [0]})";
  return neighbour_witness(R"("family": "quadratic", "dimension": 1, "functions": [)" + functions +
                               R"(], "domain": {"kind": "box", "lower": [")" + lower +
                               R"("], "upper": [1]})",
                           R"("start": [0], "step": ")" + step +
                               R"(", "batch": 1, "iterations": )" + std::to_string(iterations),
                           R"("index": 0, "replacement": {"family": "quadratic", "dimension": 1,
    "functions": [{"A": [[1]], "c": [1]}]})");
}

// ½(x² + 100y²) on [0,1] × [−1/100, 1/100], which S' replaces by ½((x−1)² + 100y²).
std::string valley(int iterations) {
  return neighbour_witness(
      R"("family": "quadratic", "dimension": 2, "functions": [{"A": [[1, 0], [0, 100]], "c": [0,
    0]}],
         "domain": {"kind": "box", "lower": [0, "-1/100"], "upper": [1, "1/100"]})",
      R"("start": [0, 0], "step": "2/101", "batch": 1, "iterations": )" +
          std::to_string(iterations),
      R"("index": 0, "replacement": {"family": "quadratic", "dimension": 2,
                                     "functions": [{"A": [[1, 0], [0, 100]], "c": [1, 0]}]})");
}

}  // namespace

// As stability-convex with a contraction by q = √(1 − 2γBβλ/(β+λ)) ≤ 1 − γBβλ/(β+λ): the sum
// (2γLB/n) Σ q^j is at most (2γLB/n)/(1 − q), whatever the number of iterations.
Theorem theorem() {
  return {
      .id = "stability-strongly-convex",
      .title = "Stability of mini-batch SGD on strongly convex functions",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $S$ and $S'$ differ in one example, $f(\cdot;z)$ be $L$-Lipschitz on $W$ for every
$z$, all $f_i$ of $S$
$\lambda$-strongly convex and $\beta$-smooth on $\mathbb{R}^d$, $B\le 1+\bar\delta\bar B_S(w,w')$
for all $w\neq w'$ and
$\gamma\le 2/((\beta+\lambda)(1+\bar\delta))$. For two runs with the same indices and every $K$
\[ \mathbb{E}\|w_K-w'_K\|\;\le\;\frac{2L(\beta+\lambda)}{n\beta\lambda},\qquad
   \sup_z\bigl|\mathbb{E}f(w_K;z)-\mathbb{E}f(w'_K;z)\bigr|
   \;\le\;\frac{2L^2(\beta+\lambda)}{n\beta\lambda}
   \;\le\;\frac{4L^2}{\lambda n}. \])",
      .text =
          "f_i λ-strongly convex and β-smooth, f(·;z) L-Lipschitz, γ ≤ 2/((β+λ)(1+δ̄))  ⇒  "
          "E‖w_K − w'_K‖ ≤ 2L(β+λ)/(nβλ), |E f(w_K;z) − E f(w'_K;z)| ≤ L times that",
      .drawn_from = {InstanceClass::stability_strongly_convex},
      .statement = with({}).tells_where("the runs part", has_positive_sides),
      .mutants = {{"a-fifth",
                   R"($2L \to 2L/5$)",  // 0 and 1 on [0, 1], γ = 1: they are 1 apart at once
                   with({.bound = Enclosure(1) / 5}), parabolas(1, "0", "1", 1)},
                  {"beta-for-lambda", R"($\lambda \to \beta$)", with({}, Curvature::beta_alone),
                   valley(20)},
                  {"twice-the-step", R"($\gamma\le 4/((\beta+\lambda)(1+\bar\delta))$)",
                   with({.step = 2}), parabolas(20, "-1", "2", 12)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::stability_strongly_convex
