#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv {

Statement strongly_convex_rate(const RateConstants& k) {
  Statement s;
  s.assumes("$F$ is $λ$-strongly convex", [](const Case& c) { return c.strongly_convex(); })
      .assumes("$w_0 ∈ W$", [](const Case& c) { return c.start_in_domain(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; });
  if (k.step_is_limited) {
    s.assumes("$2γλB ≤ 1$", [](const Case& c) { return 2 * c.gamma() * c.lambda() * c.B() <= 1; });
  }
  // e_{k+1} ≤ (1−2γλB) e_k + (1+δ)γ²B M²
  s.rests_on_the_recursion([](const Case& c, int i, const BatchCondition& h) {
    const Enclosure contraction = 1 - 2 * c.gamma() * c.lambda() * c.B();
    return c.distance(i) <= contraction * c.distance(i - 1) +
                                (1 + h.delta) * square(c.gamma()) * c.B() * h.second_moment;
  });
  // γ = ελ/M², read backwards, gives ε; then T ≥ (M²/2ελ²) log(2D₀/ε) = log(2D₀/ε)/(2γλ)  ⇒  E‖w_T
  // − w*‖² ≤ (1+δ/2) ε.
  s.tells_where("$(1+δ/2) ε < ‖w_0 − w*‖²$", [](const Case& c, const Conclusion& claimed) {
    return claimed.comparison.right < c.distance(0);
  });
  return s.claims_at_every_iteration([k](const Case& c, int i, const BatchCondition& h) {
    const Enclosure epsilon = c.gamma() * h.second_moment / (k.step * c.lambda());
    const Enclosure scale = k.horizon * h.second_moment / (2 * epsilon * square(c.lambda()));
    return when(reaches_horizon(c.evaluations(i), scale, 2 * c.distance(0) / epsilon),
                c.distance(i) <= rate_bound(k, h.delta, epsilon), epsilon);
  });
}

}  // namespace graddiv

namespace graddiv::theorem::rate_strongly_convex {

// e_{k+1} ≤ (1−2γλB) e_k + (1+δ)γ²B M²: the floor is (1+δ)γM²/(2λ) = (1+δ)ε/2, the transient D₀
// e^{−2γλT} ≤ ε/2.
Theorem theorem() {
  return {
      .id = "rate-strongly-convex",
      .title = "Mini-batch SGD on strongly convex objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\lambda$-strongly convex, $B\le 1+\delta B_S(w)$ and $M^2\ge M^2(w)$ along
the run (for which $\mathbb{E}[(1+\frac{B-1}{B_S(w)})M^2(w)]\le(1+\delta)M^2$ is enough),
$\gamma=\varepsilon\lambda/M^2$ and $2\gamma\lambda B\le 1$. Then
\[
T\ge\frac{M^2}{2\varepsilon\lambda^2}\log\frac{2\|w_0-w^*\|^2}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}\|w_T-w^*\|^2\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text =
          "F λ-strongly convex, γ = ελ/M², 2γλB ≤ 1, T ≥ (M²/2ελ²) log(2D₀/ε)  ⇒  E‖w_T − w*‖² ≤ "
          "(1+δ/2) ε",
      .drawn_from = {InstanceClass::strongly_convex, InstanceClass::indefinite_parts,
                     InstanceClass::bounded},
      .statement = strongly_convex_rate({}),
      .mutants =
          {{"nine-tenths", R"($(1+\delta/2)\varepsilon \to 0.9\,(1+\delta/2)\varepsilon$)",
            strongly_convex_rate({.bound = Enclosure(9) / 10}),
            noise_floor_witness("1/4", "1/100", 124)},
           {"half-horizon", R"(half the horizon)",
            strongly_convex_rate({.horizon = Enclosure(1) / 2}), parabola_witness("1", "1/10", 8)},
           {"three-times-step", R"($\gamma \to 3\gamma$)", strongly_convex_rate({.step = 3}),
            noise_floor_witness("1/3", "1/4", 6)},
           {"less-delta", R"($1+\delta/2 \to 1+0.4\,\delta$)",  // e_1 = 361, ε = 40, δ = 19
            strongly_convex_rate({.delta = Enclosure(2) / 5}), valley_witness("40", "1/40", 20, 1)},
           {"without-delta", R"($1+\delta/2 \to 1$)",
            strongly_convex_rate(
                {.delta = 0}),  // H-batch dropped: on W = [−1,1]², M² = 65, ratio 2
            witness(
                R"("family": "quadratic", "dimension": 2, "functions": [{"A": [["1", "0"], ["0",
    "8"]], "c": ["0", "0"]}],
                       "domain": {"kind": "box", "lower": ["-1", "-1"], "upper": ["1", "1"]})",
                R"("start": ["0", "1"], "step": "1/130", "batch": 40, "iterations": 3)")},
           {"unlimited-step", R"($2\gamma\lambda B\le 1$ dropped)",
            strongly_convex_rate({.step_is_limited = false}),
            valley_witness("100", "1/100", 100, 1)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::rate_strongly_convex
