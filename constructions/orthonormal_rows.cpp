#include "constructions/construction.h"
#include "constructions/laws.h"
#include "problem/families.h"

namespace graddiv::construction::orthonormal_rows {
// f_i(w) = ½(s w_i)², the rows of X = s I_n. The gradients are orthogonal, so B_S(w) = n for w ≠ 0,
// which is what `glm` and `glm-sharp` promise: n min‖x_i‖²/σ_max(X)² = n.
Construction construction() {
  return {
      .id = "orthonormal-rows",
      .title = "Orthogonal rows of equal length",
      .source = "makes the bounds on generalized linear functions tight",
      .latex =
          R"($f_i(w)=\frac12(x_i^\top w)^2$ with the rows $x_i=s\,e_i$ of $X=sI_n$. Then
$F=\frac{s^2}{2n}\|w\|^2$, $w^*=0$, $F^*=0$ and
$B_S(w)=n$ for $w\neq0$.)",
      .law_latex = R"(\[ \mathbb{E}\|w_{k+1}\|^2=\rho(\gamma\alpha)\,\mathbb{E}\|w_k\|^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B(B+n-1),\quad\alpha=s^2/n. \])",
      .parameters = {{"rows", "number n of rows", 3, 1, false, true},
                     {"scale", "length s of a row", 1, 0, true, false}},
      .functions =
          [](const Parameters& p) {
            const long n = count(p, "rows");
            require_writable("orthonormal-rows", Integer(n) * n);
            return least_squares(Matrix<Rational>(Matrix<Rational>::Identity(n, n) * p.at("scale")),
                                 Vector<Rational>::Zero(n));
          },
      .minimizer =
          [](const Parameters& p) {
            return Vector<Rational>(Vector<Rational>::Zero(count(p, "rows")));
          },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            const Rational n = p.at("rows");
            return isotropic_law(run, p.at("scale") * p.at("scale") / n, n);
          },
      .showcases = {{{}, from_ones(3, {1, 2}, 2, 20)},
                    {{{"rows", 5}, {"scale", {3, 2}}}, from_ones(5, {1, 3}, 5, 20)}},
  };
}

}  // namespace graddiv::construction::orthonormal_rows
