#include "instances/classes.h"
#include "theorems/random_rows.h"

namespace graddiv::theorem::glm_rademacher {
namespace {

Enclosure failure(const Case& c) { return exp(-(c.n() + c.d())); }

// B_S(w) ≥ nd/(a (n + d)) for all w, with probability at least 1 − e^{−(n+d)}.
Statement with_constant(const Enclosure& a) {
  return with_high_probability(
      "rademacher", [a](const Case& c) { return c.n() * c.d() / (a * (c.n() + c.d())); }, failure);
}

// B_S(w) ≥ d/52, which follows for n ≥ d only.
Statement without_n() {
  return with_high_probability(
      "rademacher", [](const Case& c) { return c.d() / 52; }, failure);
}

}  // namespace

// ‖x_i‖² = d, so that B_S(w) ≥ nd/σ_max(X)² by `glm`. ¼-nets of the unit spheres have at most 9^d
// and 9^n points, σ_max(X) is at most twice the largest vᵀXu on them, each 1-sub-Gaussian: with t²
// = 2(n + d)(ln 9 + 1), P(σ_max(X) > 2t) ≤ 9^{n+d} e^{−t²/2} = e^{−(n+d)}, and 4t² ≤ 26 (n + d).
Theorem theorem() {
  return {
      .id = "glm-rademacher",
      .title = "Generalized linear functions with rows of signs",
      .source = "Corollary 2, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $f_i(w)=\ell_i(x_i^{\mathsf T}w)$ with $x_1,\dots,x_n$ independent and uniform on
$\{\pm1\}^d$. Then
\[ B_S(w)\;\ge\;\frac{nd}{26\,(n+d)}\quad\text{for all }w\text{ and all losses }\ell_i,\text{ which
may depend on }X, \]
with probability at least $1-e^{-(n+d)}$; this is $\ge d/52$ where $n\ge d$. It says nothing where
$nd/(n+d)\le26$, as $B_S\ge1$
always.)",
      .text =
          "f_i(w) = ℓ_i(x_iᵀw), x_i uniform on {±1}^d  ⇒  B_S(w) ≥ nd/(26(n+d)) for all w, "
          "with probability ≥ 1 − e^{−(n+d)}",
      .drawn_from = {InstanceClass::rademacher_rows},
      .statement = with_constant(26),
      .mutants = {{"one", R"($26 \to 1$)", with_constant(1),  // of all 3 × 3 matrices 5/8 fail
                   random_rows_witness("rademacher", 3, 3)},
                  {"three-halves", R"($26 \to \tfrac32$)", with_constant(Enclosure(3) / 2),
                   random_rows_witness("rademacher", 4, 4)},
                  {"any-n", R"($nd/(26(n+d)) \to d/52$)", without_n(),  // n = 1: B_S = 1 < 53/52
                   random_rows_witness("rademacher", 1, 53)}},
  };
}

}  // namespace graddiv::theorem::glm_rademacher
