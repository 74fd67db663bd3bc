#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::glm {
namespace {

// B_S(w) ≥ factor · n · ‖x‖² / σ_max(X)², cleared of fractions, with ‖x‖² the smallest or the mean
// squared row norm.
Statement bounded_by(Enclosure (Case::*row_norm2)() const, const Enclosure& factor) {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .assumes("$X ≠ 0$", [](const Case& c) { return c.largest_singular_value2() > 0; })
      .claims_at_every_point(
          [row_norm2, factor](const Case& c, const Point& p) {
            return factor * c.n() * (c.*row_norm2)() * p.inverse_batch_size_bound() <=
                   c.largest_singular_value2();
          },
          {}, &Point::with_exact_derivatives);
}

// B_S(w) ≥ n min_i ‖x_i‖² min(n,d) / ‖X‖_F²: all singular values taken to be equal.
Statement with_mean_singular_value() {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .claims_at_every_point([](const Case& c, const Point& p) {
        return c.smallest_row_norm2() * min(c.n(), c.d()) * p.inverse_batch_size_bound() <=
               c.mean_row_norm2();
      });
}

}  // namespace

// ∇f_i = a_i x_i, so Σ‖∇f_i‖² = Σ a_i²‖x_i‖² ≥ min_i ‖x_i‖² ‖a‖², and ‖Σ∇f_i‖² = ‖Xᵀa‖² ≤ σ_max(X)²
// ‖a‖².
Theorem theorem() {
  return {
      .id = "glm",
      .title = "Generalized linear functions",
      .source = "Theorem 1",
      .cites = "yin2018",
      .latex =
          R"(If $f_i(w)=\ell_i(x_i^{\mathsf T}w)$ with $x_i^{\mathsf T}$ the rows of
$X\in\mathbb{R}^{n\times d}$, $X\neq 0$,
then for every $w$
\[ B_S(w)\;\ge\; \frac{n\,\min_i\|x_i\|^2}{\sigma_{\max}(X)^2}. \])",
      .text = "f_i(w) = ℓ_i(x_iᵀw), X ≠ 0  ⇒  B_S(w) ≥ n min_i ‖x_i‖² / σ_max(X)²",
      .drawn_from = {InstanceClass::generalized_linear, InstanceClass::generalized_linear_rational,
                     InstanceClass::linear},
      .statement = bounded_by(&Case::smallest_row_norm2, 1)
                       .tells_where("$∇F(w) ≠ 0$, and the bound exceeds 1, which is one always",
                                    [](const Case& c, const Conclusion& x) {
                                      return c.n() * c.smallest_row_norm2() >
                                                 c.largest_singular_value2() &&
                                             x.comparison.left > 0;
                                    }),
      .mutants =
          {{"mean-row",
            R"($\min_i\|x_i\|^2 \to )"
            R"(\frac1n\sum_i\|x_i\|^2$)",  // four rows (1,0) and (0,2), w = (1,0): 5/4 < 2
            bounded_by(&Case::mean_row_norm2, 1),
            witness(R"("family": "least-squares", "dimension": 2,
                       "rows": [["1", "0"], ["1", "0"], ["1", "0"], ["1", "0"], ["0", "2"]],
                       "targets": ["0", "0", "0", "0", "0"])",
                    R"("start": ["1", "0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"twice", R"(twice the bound)",  // X = I₂, w = (1,1): B_S = 2 < 4
            bounded_by(&Case::smallest_row_norm2, 2),
            witness(
                R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"], ["0", "1"]],
    "targets": ["0", "0"])",
                R"("start": ["1", "1"], "step": "1", "batch": 1, "iterations": 0)")},
           {"mean-singular-value",
            R"($\sigma_{\max}(X)^2 \to \|X\|_F^2/\min(n,d)$)",  // two rows (1,0): B_S = 1 < 2
            with_mean_singular_value(),
            witness(
                R"("family": "least-squares", "dimension": 2, "rows": [["1", "0"], ["1", "0"]],
    "targets": ["0", "0"])",
                R"("start": ["1", "0"], "step": "1", "batch": 1, "iterations": 0)")}},
  };
}

}  // namespace graddiv::theorem::glm
