#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::nonexpansive_convex {
namespace {

Statement with(const StabilityConstants& k) {
  return claims_contraction(convex_parts(k), [k](const Case&) { return k.bound; });
}

// n = 1, w²/2: B̄_S = 1, and an iteration multiplies by 1 − γB.
std::string parabola(const std::string& step, int batch) {
  return witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [0]}])",
                 R"("start": [1], "step": ")" + step + R"(", "batch": )" + std::to_string(batch) +
                     R"(, "iterations": 1)");
}

}  // namespace

// With u = w − w', Δ_i = ∇f_i(w) − ∇f_i(w') and Δ their mean:
//   E‖G(w) − G(w')‖² ≤ ‖u‖² − 2γB⟨Δ, u⟩ + γ²B (1 + (B−1)/B̄_S) (1/n) Σ‖Δ_i‖²   (Π_W is
//     nonexpansive),
// and co-coercivity ‖Δ_i‖² ≤ β⟨Δ_i, u⟩ makes the last two terms ≤ 0. It needs f_i smooth and convex
// on R^d, or W with interior points; here both are certified on R^d.
Theorem theorem() {
  return {
      .id = "nonexpansive-convex",
      .title = "Mini-batch steps on convex functions are nonexpansive",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let all $f_i$ be convex and $\beta$-smooth on $\mathbb{R}^d$, $B\le 1+\bar\delta\bar
B_S(w,w')$ for all $w\neq w'$ and
$\gamma\le 2/(\beta(1+\bar\delta))$. Then the mini-batch step map $G$ obeys
\[ \mathbb{E}\|G(w)-G(w')\|^2\;\le\;\|w-w'\|^2 . \])",
      .text = "f_i convex and β-smooth, γ ≤ 2/(β(1+δ̄))  ⇒  E‖G(w) − G(w')‖² ≤ ‖w − w'‖²",
      .drawn_from = {InstanceClass::convex_steps, InstanceClass::strongly_convex_steps},
      .statement = with({}).tells_where(
          "$β > 0$",
          [](const Case& c, const Conclusion&) { return c.coupled().component_beta() > 0; }),
      .mutants = {{"twice-the-step", R"($\gamma\le 4/(\beta(1+\bar\delta))$)", with({.step = 2}),
                   parabola("4", 1)},
                  {"without-delta", R"($1+\bar\delta \to 1$)", with({.delta = 0}),
                   parabola("1", 4)},
                  {"half-delta", R"($1+\bar\delta \to 1+\bar\delta/2$)",
                   with({.delta = Enclosure(1) / 2}), parabola("4/5", 4)},
                  {"without-interior",
                   // W = {y=0}, ½x² ± (4/3)xy: β = 5/3, δ̄ = 18/25, factor (47/43)²
                   R"(smooth and convex on $W$ alone)", with({.region = Region::domain}),
                   witness(
                       R"("family": "quadratic", "dimension": 2,
                       "functions": [{"A": [["1", "4/3"], ["4/3", "0"]], "c": ["0", "0"]},
                                     {"A": [["1", "-4/3"], ["-4/3", "0"]], "c": ["0", "0"]}],
                       "domain": {"kind": "box", "lower": ["-100", "0"], "upper": ["100", "0"]})",
                       R"("start": ["1", "0"], "step": "30/43", "batch": 3, "iterations": 1)")}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::nonexpansive_convex
