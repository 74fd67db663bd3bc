#include "constructions/construction.h"
#include "constructions/laws.h"
#include "problem/families.h"

namespace graddiv::construction::cliques {
// m cliques of the conflict graph: r equal functions f_i(w) = ½w_c² on each of m coordinates, so
// every function conflicts with ρ = r − 1 others and B_S(w) = m = n/(ρ+1) for w ≠ 0, which is what
// `sparse-conflicts` promises.
Construction construction() {
  return {
      .id = "cliques",
      .title = "Cliques of the conflict graph",
      .source = "makes the bound by sparse conflicts tight",
      .latex =
          R"($m$ coordinates and $r$ functions $f_i(w)=\frac12w_c^2$ on each of them: a conflict
graph of $m$ cliques, with largest degree
$\rho=r-1$. Then $F=\frac1{2m}\|w\|^2$, $w^*=0$, $F^*=0$ and $B_S(w)=m=n/(\rho+1)$ for $w\neq0$.)",
      .law_latex = R"(\[ \mathbb{E}\|w_{k+1}\|^2=\rho(\gamma\alpha)\,\mathbb{E}\|w_k\|^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B(B+m-1),\quad\alpha=1/m. \])",
      .parameters = {{"cliques", "number m of cliques", 2, 1, false, true},
                     {"size", "functions r of a clique", 3, 1, false, true}},
      .functions =
          [](const Parameters& p) {
            const long m = count(p, "cliques");
            const long n = m * count(p, "size");
            require_writable("cliques", Integer(n) * m * m);
            std::vector<QuadraticTerm> terms;
            for (long i = 0; i < n; ++i) {
              Matrix<Rational> A = Matrix<Rational>::Zero(m, m);
              A(i % m, i % m) = 1;
              terms.push_back({std::move(A), Vector<Rational>::Zero(m), 0});
            }
            return quadratic_sum(std::move(terms));
          },
      .minimizer =
          [](const Parameters& p) {
            return Vector<Rational>(Vector<Rational>::Zero(count(p, "cliques")));
          },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            const Rational m = p.at("cliques");
            return isotropic_law(run, 1 / m, m);
          },
      .showcases = {{{}, from_ones(2, {1, 2}, 2, 20)},
                    {{{"cliques", 4}, {"size", 2}}, from_ones(4, {1, 3}, 5, 20)}},
  };
}

}  // namespace graddiv::construction::cliques
