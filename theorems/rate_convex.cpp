#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv {

Statement convex_rate(const RateConstants& k) {
  return Statement()
      .assumes("$F$ is convex", [](const Case& c) { return c.convex(); })
      .assumes("$w_0 ∈ W$", [](const Case& c) { return c.start_in_domain(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
      // D_{k+1} ≤ D_k − 2γB E[F(w_k) − F*] + (1+δ)γ²B M²
      .rests_on_the_recursion([](const Case& c, int i, const BatchCondition& h) {
        const Enclosure gamma = c.gamma();
        return c.distance(i) + 2 * gamma * c.B() * c.suboptimality(i - 1) <=
               c.distance(i - 1) + (1 + h.delta) * square(gamma) * c.B() * h.second_moment;
      })
      .tells_where("$(1+δ/2) ε < F(w_0) − F*$",
                   [](const Case& c, const Conclusion& claimed) {
                     return claimed.comparison.right < c.suboptimality(0);
                   })
      // γ = ε/M², read backwards, gives ε; then T ≥ M²D₀/ε²  ⇒  E[F(w̄) − F*] ≤ (1+δ/2) ε.
      .claims_at_every_iteration([k](const Case& c, int i, const BatchCondition& h) {
        const Enclosure epsilon = c.gamma() * h.second_moment / k.step;
        return when(
            c.evaluations(i) * square(epsilon) >= k.horizon * h.second_moment * c.distance(0),
            c.average_suboptimality(i) <= rate_bound(k, h.delta, epsilon), epsilon);
      });
}

}  // namespace graddiv

namespace graddiv::theorem::rate_convex {

// 2γB Σ E[F(w_k) − F*] ≤ D₀ + (1+δ)γ²T M²; divide by 2γT: D₀/(2γT) ≤ ε/2 by the horizon, (1+δ)γM²/2
// = (1+δ)ε/2; F is convex in w̄.
Theorem theorem() {
  return {
      .id = "rate-convex",
      .title = "Mini-batch SGD on convex objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be convex, $B\le 1+\delta B_S(w)$ and $M^2\ge M^2(w)$ along the run (for which
$\mathbb{E}[(1+\frac{B-1}{B_S(w)})M^2(w)]\le(1+\delta)M^2$ is enough), $K\ge1$ and
$\gamma=\varepsilon/M^2$. With $\bar w=\frac1K\sum_{k<K}w_{kB}$,
\[ T\ge\frac{M^2\|w_0-w^*\|^2}{\varepsilon^2}\quad\Longrightarrow\quad
   \mathbb{E}[F(\bar w)-F^*]\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text = "F convex, γ = ε/M², T ≥ M²D₀/ε²  ⇒  E[F(w̄) − F*] ≤ (1+δ/2) ε",
      .drawn_from = {InstanceClass::convex_runs},
      .statement = convex_rate({}),
      .mutants =
          {{"98-hundredths", R"($(1+\delta/2)\varepsilon \to 0.98\,(1+\delta/2)\varepsilon$)",
            convex_rate({.bound = Enclosure(49) / 50}), huber_witness("1", "50", "50", 1, 1)},
           {"half-horizon", R"(half the horizon)", convex_rate({.horizon = Enclosure(1) / 2}),
            slope_witness("2", 2)},
           {"three-times-step", R"($\gamma \to 3\gamma$)", convex_rate({.step = 3}),
            reflected_walk_witness("5/4", 30)},
           {"less-delta", R"($1+\delta/2 \to 1+0.4\,\delta$)",
            convex_rate({.delta = Enclosure(2) / 5}), huber_witness("1", "9899/100", "10", 10, 10)},
           {"without-delta", R"($1+\delta/2 \to 1$)", convex_rate({.delta = 0}),
            huber_witness("1", "20", "10", 4, 1)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::rate_convex
