#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::glm_sharp {
namespace {

// For all losses, so also for exact derivatives beside irrational ones.
// B_S(w) ≥ factor · n / σ_max(Y)², cleared of fractions.
Statement bounded_by(const Enclosure& factor) {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .assumes("$X ≠ 0$", [](const Case& c) { return c.largest_singular_value2() > 0; })
      .claims_at_every_point(
          [factor](const Case& c, const Point& p) {
            return factor * c.n() * p.gradient_norm2() <=
                   c.largest_singular_value2_of_unit_rows() * p.second_moment();
          },
          {}, &Point::with_exact_derivatives);
}

// n/σ_max(Y)² lies between the bound of `glm` and, where no row vanishes (‖Y‖_F² = n), min(n, d).
Statement as_stated() {
  return bounded_by(1).claims([](const Case& c) {
    const Enclosure sharp = c.largest_singular_value2_of_unit_rows();
    return std::vector<Conclusion>{
        {"not below glm", Truth::yes, c.smallest_row_norm2() * sharp <= c.largest_singular_value2(),
         true},
        {"at most $min(n, d)$", !c.has_zero_row(), c.n() <= min(c.n(), c.d()) * sharp, true}};
  });
}

// B_S(w) ≥ min(n, d), which the bound can reach but does not exceed.
Statement as_diverse_as_the_dimension() {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .claims_at_every_point([](const Case& c, const Point& p) {
        return min(c.n(), c.d()) * p.gradient_norm2() <= p.second_moment();
      });
}

// n/σ_max(Y)² is the infimum over all derivative vectors, no upper bound at any single w.
Statement at_most() {
  return Statement()
      .assumes("$f_i(w) = ℓ_i(x_iᵀw)$", [](const Case& c) { return c.generalized_linear(); })
      .claims_at_every_point([](const Case& c, const Point& p) {
        return c.largest_singular_value2_of_unit_rows() * p.second_moment() <=
               c.n() * p.gradient_norm2();
      });
}

std::string rows_witness(const std::string& rows, const std::string& start) {
  return witness(R"("family": "least-squares", "dimension": 2, "rows": [)" + rows +
                     R"(], "targets": ["0", "0"])",
                 R"("start": [)" + start + R"(], "step": "1", "batch": 1, "iterations": 0)");
}

}  // namespace

// With b_i = a_i‖x_i‖: Σ‖∇f_i‖² = ‖b‖² and ‖Σ∇f_i‖² = ‖Yᵀb‖² ≤ σ_max(Y)²‖b‖², with equality for the
// top left singular vector.
Theorem theorem() {
  return {
      .id = "glm-sharp",
      .title = "Generalized linear functions, sharp",
      .source = "beyond Theorem 1",
      .cites = "yin2018",
      .latex =
          R"(Let $f_i(w)=\ell_i(x_i^{\mathsf T}w)$, $X\neq0$, and let the rows of $Y$ be the
non-zero $x_i^{\mathsf T}$ scaled to unit
length. Then for every $w$
\[ B_S(w)\;\ge\; \frac{n}{\sigma_{\max}(Y)^2}\;\ge\;\frac{n\,\min_i\|x_i\|^2}{\sigma_{\max}(X)^2},
\]
the first bound is the infimum over all vectors of derivatives $\ell_i'$, and it is at most
$\min(n,d)$ if no row vanishes.)",
      .text =
          "f_i(w) = ℓ_i(x_iᵀw), X ≠ 0, Y its non-zero rows at unit length  ⇒  B_S(w) ≥ n/σ_max(Y)²",
      .drawn_from = {InstanceClass::generalized_linear, InstanceClass::generalized_linear_rational,
                     InstanceClass::linear},
      .statement = as_stated().tells_where(
          "$∇F(w) ≠ 0$, and the bound exceeds 1, which is one always",
          [](const Case& c, const Conclusion& x) {
            return c.n() > c.largest_singular_value2_of_unit_rows() && x.comparison.left > 0;
          }),
      .mutants = {{"twice", R"(twice the bound)", bounded_by(2),  // X = I₂, w = (1,1): B_S = 2 < 4
                   rows_witness(R"(["1", "0"], ["0", "1"])", R"("1", "1")")},
                  {"min-of-n-and-d",
                   R"($n/\sigma_{\max}(Y)^2 \to \min(n,d)$)",  // equal rows: 1 < 2
                   as_diverse_as_the_dimension(),
                   rows_witness(R"(["1", "0"], ["1", "0"])", R"("1", "0")")},
                  {"upper-bound", R"($\ge\ \to\ \le$)", at_most(),  // B_S = 6/5 > 1.17
                   rows_witness(R"(["1", "0"], ["-1", "1"])", R"("1", "0")")}},
  };
}

}  // namespace graddiv::theorem::glm_sharp
