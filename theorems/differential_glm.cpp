#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::differential_glm {
namespace {

// For all losses, so also for exact derivatives beside irrational ones, which is where ties can be
// decided. factor · n · ‖x‖² / B̄_S(w,w') ≤ σ_max(X)², with ‖x‖² the smallest or the mean squared
// row norm; a mutant has the latter in place of σ_max(X)² too.
Statement bounded_by(Enclosure (Case::*row_norm2)() const, Enclosure (Case::*size2)() const,
                     const Enclosure& factor) {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .assumes("$X ≠ 0$", [](const Case& c) { return c.largest_singular_value2() > 0; })
      .claims([=](const Case& c) {
        std::vector<Conclusion> result;
        for (const PointPair& pair : c.coupled().pairs()) {
          const PointPair p = pair.with_exact_derivatives();
          result.push_back(
              {p.place(), Truth::yes,
               factor * c.n() * (c.*row_norm2)() * p.inverse_batch_size_bound() <= (c.*size2)()});
        }
        return result;
      });
}

}  // namespace

// ∇f_i(w) − ∇f_i(w') = a_i x_i, and the proof of `glm` holds for all a_i.
Theorem theorem() {
  return {
      .id = "differential-glm",
      .title = "Differential diversity of generalized linear functions",
      .source = "as Theorem 1, for differences of gradients",
      .cites = "yin2018",
      .latex =
          R"(If $f_i(w)=\ell_i(x_i^{\mathsf T}w)$ with $x_i^{\mathsf T}$ the rows of
$X\in\mathbb{R}^{n\times d}$, $X\neq 0$,
then for every $w\neq w'$
\[ \bar B_S(w,w')\;\ge\; \frac{n\,\min_i\|x_i\|^2}{\sigma_{\max}(X)^2}. \])",
      .text = "f_i(w) = ℓ_i(x_iᵀw), X ≠ 0  ⇒  B̄_S(w,w') ≥ n min_i ‖x_i‖² / σ_max(X)²",
      .drawn_from = {InstanceClass::generalized_linear, InstanceClass::generalized_linear_rational},
      .statement =
          bounded_by(&Case::smallest_row_norm2, &Case::largest_singular_value2, 1)
              .tells_where("$∇F(w) ≠ ∇F(w')$, and the bound exceeds 1, which is one always",
                           [](const Case& c, const Conclusion& x) {
                             return c.n() * c.smallest_row_norm2() > c.largest_singular_value2() &&
                                    x.comparison.left > 0;
                           }),
      .mutants =
          {{"mean-row",
            R"($\min_i\|x_i\|^2 \to )"
            R"(\frac1n\sum_i\|x_i\|^2$)",  // four rows (1,0) and (0,2), w − w' = (1,0): 5/4 < 2
            bounded_by(&Case::mean_row_norm2, &Case::largest_singular_value2, 1),
            witness(R"("family": "least-squares", "dimension": 2,
                       "rows": [["1", "0"], ["1", "0"], ["1", "0"], ["1", "0"], ["0", "2"]],
                       "targets": ["0", "0", "0", "0", "0"])",
                    R"("start": ["1", "0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"twice", R"(twice the bound)",  // X = I₂, w − w' = (1,1): B̄_S = 2 < 4
            bounded_by(&Case::smallest_row_norm2, &Case::largest_singular_value2, 2),
            witness(
                R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"], ["0", "1"]],
    "targets": ["0", "0"])",
                R"("start": ["1", "1"], "step": "1", "batch": 1, "iterations": 0)")},
           {"mean-for-spectral",
            R"($\sigma_{\max}(X)^2 \to \frac1n\sum_i\|x_i\|^2$)",  // equal rows: B̄_S = 1 < 2
            bounded_by(&Case::smallest_row_norm2, &Case::mean_row_norm2, 1),
            witness(
                R"("family": "least-squares", "dimension": 1, "rows": [["1"], ["1"]], "targets":
    ["0", "1"])",
                R"("start": ["1"], "step": "1", "batch": 1, "iterations": 0)")}},
  };
}

}  // namespace graddiv::theorem::differential_glm
