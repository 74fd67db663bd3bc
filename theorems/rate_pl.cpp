#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv {

Statement pl_rate(const RateConstants& k) {
  Statement s;
  s.assumes("$F$ is $β$-smooth", [](const Case& c) { return c.beta() > 0; })
      .assumes("$F$ is $μ$-PL", [](const Case& c) { return c.mu() > 0; })
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; });
  if (k.step_is_limited) {
    s.assumes("$2γμB ≤ 1$", [](const Case& c) { return 2 * c.gamma() * c.mu() * c.B() <= 1; });
  }
  // E[F(w_{k+1}) − F*] ≤ (1−2γμB) E[F(w_k) − F*] + (β/2)(1+δ)γ²B M²
  s.rests_on_the_recursion([](const Case& c, int i, const BatchCondition& h) {
    const Enclosure gamma = c.gamma();
    return c.suboptimality(i) <=
           (1 - 2 * gamma * c.mu() * c.B()) * c.suboptimality(i - 1) +
               c.beta() / 2 * (1 + h.delta) * square(gamma) * c.B() * h.second_moment;
  });
  // γ = 2εμ/(βM²), read backwards, gives ε; then T ≥ (βM²/(4εμ²)) log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T)
  // − F*] ≤ (1+δ/2) ε.
  s.tells_where("$(1+δ/2) ε < F(w_0) − F*$", [](const Case& c, const Conclusion& claimed) {
    return claimed.comparison.right < c.suboptimality(0);
  });
  return s.claims_at_every_iteration([k](const Case& c, int i, const BatchCondition& h) {
    const Enclosure epsilon = c.gamma() * c.beta() * h.second_moment / (2 * c.mu() * k.step);
    const Enclosure scale = k.horizon * c.beta() * h.second_moment / (4 * epsilon * square(c.mu()));
    return when(reaches_horizon(c.evaluations(i), scale, 2 * c.suboptimality(0) / epsilon),
                c.suboptimality(i) <= rate_bound(k, h.delta, epsilon), epsilon);
  });
}

}  // namespace graddiv

namespace graddiv::theorem::rate_pl {

// The floor of the recursion is (β/2)(1+δ)γM²/(2μ) = (1+δ)ε/2, the transient (F(w_0)−F*) e^{−2γμT}
// ≤ ε/2.
Theorem theorem() {
  return {
      .id = "rate-pl",
      .title = "Mini-batch SGD on Polyak–Łojasiewicz objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\beta$-smooth and $\mu$-PL, $W=\mathbb{R}^d$, $B\le 1+\delta B_S(w)$ and
$M^2\ge M^2(w)$ along the run (in
expectation is enough), $\gamma=2\varepsilon\mu/(\beta M^2)$ and $2\gamma\mu B\le 1$. Then
\[ T\ge\frac{\beta
M^2}{4\varepsilon\mu^2}\log\frac{2(F(w_0)-F^*)}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}[F(w_T)-F^*]\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text =
          "F β-smooth and μ-PL, W = R^d, γ = 2εμ/(βM²), 2γμB ≤ 1, T ≥ (βM²/4εμ²) "
          "log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T) − F*] ≤ (1+δ/2) ε",
      .drawn_from = {InstanceClass::pl},
      .statement = pl_rate({}),
      .mutants = {{"nine-tenths", R"($(1+\delta/2)\varepsilon \to 0.9\,(1+\delta/2)\varepsilon$)",
                   pl_rate({.bound = Enclosure(9) / 10}), noise_floor_witness("1/4", "1/100", 124)},
                  {"half-horizon", R"(half the horizon)", pl_rate({.horizon = Enclosure(1) / 2}),
                   parabola_witness("1", "1/10", 8)},
                  {"three-times-step", R"($\gamma \to 3\gamma$)", pl_rate({.step = 3}),
                   noise_floor_witness("1/3", "1/4", 6)},
                  {"less-delta",
                   R"($1+\delta/2 \to 1+0.4\,\delta$)",  // f_1 = 7220, ε = 800, δ = 19
                   pl_rate({.delta = Enclosure(2) / 5}), valley_witness("40", "1/40", 20, 1)},
                  {"without-delta", R"($1+\delta/2 \to 1$)", pl_rate({.delta = 0}),
                   valley_witness("6", "1/18", 9, 1)},
                  {"unlimited-step", R"($2\gamma\mu B\le 1$ dropped)",
                   pl_rate({.step_is_limited = false}), valley_witness("100", "1/100", 100, 1)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::rate_pl
