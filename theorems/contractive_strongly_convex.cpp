#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::contractive_strongly_convex {
namespace {

// 1 − c · 2γBβλ/(β+λ)
Statement with(const StabilityConstants& k) {
  return claims_contraction(strongly_convex_parts(k), [k](const Case& c) {
    const Enclosure beta = c.coupled().component_beta(k.region);
    const Enclosure lambda = c.coupled().component_lambda(k.region);
    return 1 - k.bound * 2 * c.gamma() * c.B() * beta * lambda / (beta + lambda);
  });
}

// ½(x² + a y²), n = 1.
std::string valley(const std::string& a, const std::string& step, int batch) {
  return witness(
      R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0", ")" + a +
          R"("]], "c": ["0", "0"]}])",
      R"("start": ["0", "0"], "step": ")" + step + R"(", "batch": )" + std::to_string(batch) +
          R"(, "iterations": 1)");
}

}  // namespace

// As nonexpansive-convex, with ⟨Δ_i, u⟩ ≥ (βλ/(β+λ))‖u‖² + ‖Δ_i‖²/(β+λ) in place of co-coercivity.
Theorem theorem() {
  return {
      .id = "contractive-strongly-convex",
      .title = "Mini-batch steps on strongly convex functions contract",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let all $f_i$ be $\lambda$-strongly convex and $\beta$-smooth on $\mathbb{R}^d$, $B\le
1+\bar\delta\bar B_S(w,w')$ for all
$w\neq w'$ and $\gamma\le 2/((\beta+\lambda)(1+\bar\delta))$. Then the mini-batch step map $G$ obeys
\[ \mathbb{E}\|G(w)-G(w')\|^2\;\le\;\Bigl(1-\frac{2\gamma
B\beta\lambda}{\beta+\lambda}\Bigr)\|w-w'\|^2 . \])",
      .text =
          "f_i λ-strongly convex and β-smooth, γ ≤ 2/((β+λ)(1+δ̄))  ⇒  E‖G(w) − G(w')‖² ≤ "
          "(1 − 2γBβλ/(β+λ)) ‖w − w'‖²",
      .drawn_from = {InstanceClass::strongly_convex_steps},
      .statement = with({}).tells_where(
          "$w ≠ w'$ and the factor is positive",
          [](const Case&, const Conclusion& x) { return x.comparison.right > 0; }),
      .mutants = {{"more-contraction",
                   R"($2\gamma B \to 2.02\,\gamma B$)",  // κ = 3, γ = 1/2: exactly (1/2)² = 1/4
                   with({.bound = Enclosure(101) / 100}), valley("3", "1/2", 1)},
                  {"a-little-more-step",
                   R"($\gamma\le 2.1/((\beta+\lambda)(1+\bar\delta))$)",  // γ = 21/40 on κ = 3
                   with({.step = Enclosure(21) / 20}), valley("3", "21/40", 1)},
                  {"without-delta", R"($1+\bar\delta \to 1$)", with({.delta = 0}),
                   valley("3", "1/2", 4)},
                  {"half-delta", R"($1+\bar\delta \to 1+\bar\delta/2$)",
                   with({.delta = Enclosure(1) / 2}), valley("3", "1/4", 3)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::contractive_strongly_convex
