#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::stability_convex {
namespace {

// c · 2γLT/n, T = kB
Statement with(const StabilityConstants& k, bool counts_evaluations = true) {
  return claims_stability(neighbouring(convex_parts(k)), [=](const Case& c, int i) {
    const Enclosure T = counts_evaluations ? c.evaluations(i) : Enclosure(i);
    return k.bound * 2 * c.gamma() * c.coupled().lipschitz() * T / c.n();
  });
}

// Two linear functions w, one of which S' replaces by −w: every draw of it moves the runs 2γ apart.
std::string slopes(int batch) {
  return neighbour_witness(
      R"("family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [1]}])",
      R"("start": [0], "step": 1, "batch": )" + std::to_string(batch) + R"(, "iterations": 2)",
      R"("index": 1, "replacement": {"family": "linear", "dimension": 1,
    "functions": [{"a": [-1]}]})");
}

}  // namespace

// w⁺ − w'⁺ = [G_S(w) − G_S(w')] − γ·hits·[∇f(w';z_I) − ∇f(w';z'_I)] before projection: the first
// bracket does not grow in the mean (nonexpansive-convex, Jensen), the second is at most 2L, E hits
// = B/n; sum over the iterations.
Theorem theorem() {
  return {
      .id = "stability-convex",
      .title = "Stability of mini-batch SGD on convex functions",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $S$ and $S'$ differ in one example, $f(\cdot;z)$ be $L$-Lipschitz on $W$ for every
$z$, all $f_i$ of $S$ convex and
$\beta$-smooth on $\mathbb{R}^d$, $B\le 1+\bar\delta\bar B_S(w,w')$ for all $w\neq w'$ and
$\gamma\le 2/(\beta(1+\bar\delta))$.
For two runs with the same indices and $T=KB$
\[ \mathbb{E}\|w_K-w'_K\|\;\le\;\frac{2\gamma LT}{n},\qquad
   \sup_z\bigl|\mathbb{E}f(w_K;z)-\mathbb{E}f(w'_K;z)\bigr|\;\le\;\frac{2\gamma L^2T}{n}. \])",
      .text =
          "f_i convex and β-smooth, f(·;z) L-Lipschitz, γ ≤ 2/(β(1+δ̄))  ⇒  E‖w_K − w'_K‖ ≤ "
          "2γLT/n, |E f(w_K;z) − E f(w'_K;z)| ≤ 2γL²T/n",
      .drawn_from = {InstanceClass::stability_convex},
      .statement = with({}).tells_where("the runs part", has_positive_sides),
      .mutants = {{"199-hundredths", R"($2\gamma LT/n \to 1.99\,\gamma LT/n$)",
                   with({.bound = Enclosure(199) / 200}), slopes(1)},
                  {"iterations-for-evaluations", R"($T \to K$)", with({}, false), slopes(2)},
                  {"twice-the-step", R"($\gamma\le 4/(\beta(1+\bar\delta))$)", with({.step = 2}),
                   hubers_witness(18, "0", "1000", "1/3", 12, 3)},
                  {"without-delta", R"($1+\bar\delta \to 1$)", with({.delta = 0}),
                   hubers_witness(18, "0", "1000", "1/3", 12, 3)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::stability_convex
