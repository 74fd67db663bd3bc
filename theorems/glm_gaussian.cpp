#include "instances/classes.h"
#include "theorems/random_rows.h"

namespace graddiv::theorem::glm_gaussian {
namespace {

// n e^{−d/16} bounds P(min_i ‖x_i‖² ≤ d/2), e^{−n/2} bounds P(σ_max(X) ≥ 2√n + √d).
Enclosure failure(const Case& c) { return c.n() * exp(-c.d() / 16) + exp(-c.n() / 2); }

// B_S(w) ≥ factor · d for all w, with probability at least 1 − n e^{−d/16} − e^{−n/2}.
Statement for_any_shape(const Enclosure& factor) {
  return with_high_probability(
      "gaussian", [factor](const Case& c) { return factor * c.d(); }, failure);
}

Statement at_least(const Enclosure& factor) {
  return for_any_shape(factor).assumes("$n ≥ d$", [](const Case& c) { return c.n() >= c.d(); });
}

}  // namespace

// By `glm`, B_S(w) ≥ n min ‖x_i‖²/σ_max(X)². Outside of both events this is ≥ n (d/2)/(2√n + √d)² ≥
// n (d/2)/(9n) for n ≥ d.
Theorem theorem() {
  return {
      .id = "glm-gaussian",
      .title = "Generalized linear functions with Gaussian rows",
      .source = "Corollary 1, Gaussian case, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $f_i(w)=\ell_i(x_i^{\mathsf T}w)$ with $x_1,\dots,x_n$ independent, $x_i\sim
N(0,I_d)$, and $n\ge d$. Then
\[ B_S(w)\;\ge\;\frac{d}{18}\quad\text{for all }w\text{ and all losses }\ell_i,\text{ which may
depend on }X, \]
with probability at least $1-n\,e^{-d/16}-e^{-n/2}$. This says nothing where $d\le18$, as $B_S\ge1$
always, nor where the
probability is not positive: at $n=d$ it is positive from $d=68$ on.)",
      .text =
          "f_i(w) = ℓ_i(x_iᵀw), x_i ~ N(0, I_d), n ≥ d  ⇒  B_S(w) ≥ d/18 for all w, "
          "with probability ≥ 1 − n e^{−d/16} − e^{−n/2}",
      .drawn_from = {InstanceClass::gaussian_rows},
      .statement = at_least(Enclosure(1) / 18),
      .mutants =
          {{"twice-d", R"($d/18 \to 2d$)",  // B_S = n/σ_max(Y)² ≤ min(n, d) for some losses
            at_least(2), random_rows_witness("gaussian", 68, 68)},
           {"any-n", R"($n \ge d$ dropped)",  // n = 1: B_S = 1 < 68/18
            for_any_shape(Enclosure(1) / 18), random_rows_witness("gaussian", 1, 68)},
           {"half-d",
            R"($d/18 \to )"
            R"(d/2$)",  // at n = d, σ_max(Y)² is near 4 and B_S as low as d/4. From d = 73 on,
            at_least(Enclosure(1) / 2),  // 64 draws that fail are more than 1 − p₀ allows.
            random_rows_witness("gaussian", 73, 73)}},
  };
}

}  // namespace graddiv::theorem::glm_gaussian
