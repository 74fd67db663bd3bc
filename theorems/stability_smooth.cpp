#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::stability_smooth {
namespace {

struct Changes {
  Enclosure bound = 1;
  bool grows = true;         // else g → 1
  bool counts_batch = true;  // else 2γLB/n → 2γL/n
  int fewer_iterations = 0;  // K → K − this
};

// (2γLB/n)(g^K − 1)/(g − 1) = (2γLB/n)(1 + g + … + g^{K−1}), g² = 1 + 2γBβ + γ²Bβ²(1+δ̄)
Statement with(const Changes& changes) {
  return claims_stability(
      neighbouring(
          Statement()
              .assumes("$γ > 0$ and $B$ are constant",
                       [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
              .assumes("all $f_i$ are $β$-smooth, $β > 0$",
                       [](const Case& c) { return c.coupled().component_beta() > 0; })),
      [changes](const Case& c, int k) {
        const Enclosure slope = c.gamma() * c.coupled().component_beta();
        const Enclosure growth =
            changes.grows
                ? sqrt(1 + 2 * slope * c.B() + square(slope) * c.B() * (1 + c.coupled().delta()))
                : Enclosure(1);
        Enclosure powers = 0;
        for (int j = changes.fewer_iterations; j < k; ++j) powers = 1 + growth * powers;
        const Enclosure draws = changes.counts_batch ? c.B() : Enclosure(1);
        return changes.bound * 2 * c.gamma() * c.coupled().lipschitz() * draws / c.n() * powers;
      });
}

// −w²/2 and a slope of about −1, which S' turns into one of about +1: the distance grows by half of
// γ each iteration.
const std::string diverging_slopes = neighbour_witness(
    R"("family": "quadratic", "dimension": 1,
       "functions": [{"A": [[-1]], "c": [0]}, {"A": [["1/1000"]], "c": [1000]}],
       "domain": {"kind": "box", "lower": [-1], "upper": [1]})",
    R"("start": [0], "step": "1/4", "batch": 1, "iterations": 2)",
    R"("index": 1, "replacement": {"family": "quadratic", "dimension": 1,
                                   "functions": [{"A": [["1/1000"]], "c": [-1000]}]})");

}  // namespace

// As stability-convex, with ‖Δ_i‖ ≤ β‖u‖ alone: E‖G(w) − G(w')‖² ≤ g²‖u‖².
Theorem theorem() {
  return {
      .id = "stability-smooth",
      .title = "Stability of mini-batch SGD on smooth functions",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $S$ and $S'$ differ in one example, $f(\cdot;z)$ be $L$-Lipschitz on $W$ for every
$z$, all $f_i$ of $S$
$\beta$-smooth (not convex), $\gamma\beta>0$, $B\le 1+\bar\delta\bar B_S(w,w')$ for all $w\neq w'$
and
$g^2=1+2\gamma B\beta+\gamma^2B\beta^2(1+\bar\delta)$. For two runs with the same indices
\[ \mathbb{E}\|w_K-w'_K\|\;\le\;\frac{2\gamma LB}{n}\,\frac{g^K-1}{g-1},\qquad
   \sup_z\bigl|\mathbb{E}f(w_K;z)-\mathbb{E}f(w'_K;z)\bigr|\;\le\;\frac{2\gamma
L^2B}{n}\,\frac{g^K-1}{g-1}. \])",
      .text =
          "f_i β-smooth, f(·;z) L-Lipschitz, g² = 1 + 2γBβ + γ²Bβ²(1+δ̄)  ⇒  E‖w_K − w'_K‖ ≤ "
          "(2γLB/n)(g^K − 1)/(g − 1), |E f(w_K;z) − E f(w'_K;z)| ≤ L times that",
      .drawn_from = {InstanceClass::stability_smooth},
      .statement = with({}).tells_where("the runs part", has_positive_sides),
      .mutants = {{"199-hundredths", R"($2\gamma LB/n \to 1.99\,\gamma LB/n$)",
                   with({.bound = Enclosure(199) / 200}),
                   hubers_witness(1, "-10", "10", "1", 1, 1)},
                  {"without-batch", R"($2\gamma LB/n \to 2\gamma L/n$)",
                   with({.counts_batch = false}), hubers_witness(1, "-10", "10", "1", 2, 1)},
                  {"one-iteration-fewer", R"($g^K \to g^{K-1}$)", with({.fewer_iterations = 1}),
                   hubers_witness(1, "-10", "10", "1", 1, 1)},
                  {"without-growth", R"($g \to 1$)", with({.grows = false}), diverging_slopes}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::stability_smooth
