#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv {

Statement smooth_rate(const RateConstants& k) {
  // γ = ε/(βM²), read backwards, gives ε; then T ≥ 2βM²(F(w_0)−F*)/ε²  ⇒  min_{k<K} E‖∇F(w_k)‖² ≤
  // (1+δ/2) ε, and the mean likewise.
  const auto bounds = [k](Enclosure (Case::*gradient)(int) const) {
    return [k, gradient](const Case& c, int i, const BatchCondition& h) {
      const Enclosure epsilon = c.gamma() * c.beta() * h.second_moment / k.step;
      return when(c.evaluations(i) * square(epsilon) >=
                      k.horizon * 2 * c.beta() * h.second_moment * c.suboptimality(0),
                  (c.*gradient)(i) <= rate_bound(k, h.delta, epsilon), epsilon);
    };
  };
  return Statement()
      .assumes("$F$ is $β$-smooth", [](const Case& c) { return c.beta() >= 0; })
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
      // E F(w_{k+1}) ≤ E F(w_k) − γB E‖∇F(w_k)‖² + (β/2)(1+δ)γ²B M²
      .rests_on_the_recursion([](const Case& c, int i, const BatchCondition& h) {
        const Enclosure gamma = c.gamma();
        return c.objective(i) + gamma * c.B() * c.gradient_norm2(i - 1) <=
               c.objective(i - 1) +
                   c.beta() / 2 * (1 + h.delta) * square(gamma) * c.B() * h.second_moment;
      })
      .tells_where("$(1+δ/2) ε < ‖∇F(w_0)‖²$",
                   [](const Case& c, const Conclusion& claimed) {
                     return claimed.comparison.right < c.gradient_norm2(0);
                   })
      .claims_at_every_iteration(bounds(&Case::smallest_gradient_norm2), "$min E‖∇F‖²$")
      .claims_at_every_iteration(bounds(&Case::mean_gradient_norm2), "mean $E‖∇F‖²$");
}

}  // namespace graddiv

namespace graddiv::theorem::rate_smooth {

// γB Σ E‖∇F(w_k)‖² ≤ F(w_0) − F* + (β/2)(1+δ)γ²T M²; divide by γT: (F(w_0)−F*)/(γT) ≤ ε/2 by the
// horizon, the rest is (1+δ)ε/2.
Theorem theorem() {
  return {
      .id = "rate-smooth",
      .title = "Mini-batch SGD on smooth objectives, convex or not",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\beta$-smooth, $W=\mathbb{R}^d$, $B\le 1+\delta B_S(w)$ and $M^2\ge M^2(w)$
along the run (in expectation is
enough), $K\ge1$ and $\gamma=\varepsilon/(\beta M^2)$. Then
\[ T\ge\frac{2\beta M^2(F(w_0)-F^*)}{\varepsilon^2}\quad\Longrightarrow\quad
   \min_{k<K}\mathbb{E}\|\nabla F(w_{kB})\|^2\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon , \]
and the average over $k<K$ obeys the same bound.)",
      .text =
          "F β-smooth, W = R^d, γ = ε/(βM²), T ≥ 2βM²(F(w_0)−F*)/ε²  ⇒  min_{k<K} E‖∇F(w_k)‖² ≤ "
          "(1+δ/2) ε",
      .drawn_from = {InstanceClass::smooth_runs},
      .statement = smooth_rate({}),
      .mutants =
          {{"98-hundredths", R"($(1+\delta/2)\varepsilon \to 0.98\,(1+\delta/2)\varepsilon$)",
            smooth_rate({.bound = Enclosure(49) / 50}), parabola_witness("1", "1", 1)},
           {"half-horizon", R"(half the horizon)", smooth_rate({.horizon = Enclosure(1) / 2}),
            huber_witness("1", "13/10", "9/10", 1, 1)},
           {"three-times-step", R"($\gamma \to 3\gamma$)", smooth_rate({.step = 3}),
            noise_floor_witness("1/3", "1/4", 20)},
           {"less-delta", R"($1+\delta/2 \to 1+0.4\,\delta$)",
            smooth_rate({.delta = Enclosure(2) / 5}), huber_witness("1", "21/20", "21/100", 10, 3)},
           {"without-delta", R"($1+\delta/2 \to 1$)", smooth_rate({.delta = 0}),
            huber_witness("1", "5/4", "1/2", 5, 2)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::rate_smooth
