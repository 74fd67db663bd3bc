#include <stdexcept>

#include "constructions/construction.h"
#include "problem/worst_cases.h"

namespace graddiv {
namespace {

/// What a fixed step multiplies the second moment of a coordinate of curvature α by, an iteration:
/// ρ(γα) = 1 − 2γαB + γ²α²B(B+m−1).
Rational factor(const Rational& gamma_alpha, const Rational& B, const Rational& m) {
  return 1 - 2 * gamma_alpha * B + gamma_alpha * gamma_alpha * B * (B + m - 1);
}

Run from_ones(long m, Rational step, long batch, int iterations) {
  return {Vector<Rational>::Constant(2 * m, Rational(1)), {std::move(step)}, {batch}, iterations};
}

}  // namespace

// m blocks of dimension 2, r copies: f_i(w) = (m/2)(λv_1² + βv_2²) on its own block v, so F = ½ Σ_j (λv_{j1}² + βv_{j2}²) and
// B_S(w) = m for w ≠ 0. A fixed step multiplies each coordinate's second moment by ρ(γα) exactly; as B+m−1 = m(1+δ), δ = (B−1)/B_S,
// the largest stable step is 2/(βm(1+δ)).
Construction lower_fixed_step_construction() {
  return {
      .id = "lower-fixed-step",
      .title = "The stability threshold of a fixed step",
      .source = "re-derived",
      .latex = R"($m$ blocks $v_1,\dots,v_m$ of dimension 2 and $r$ copies of each of the functions
$f_j(w)=\frac m2(\lambda v_{j1}^2+\beta v_{j2}^2)$. Then $F=\frac12\sum_j(\lambda v_{j1}^2+\beta v_{j2}^2)$, $w^*=0$, $F^*=0$ and
$B_S(w)=m$ for $w\neq0$.)",
      .law_latex = R"(\[ \mathbb{E}\,v_{k+1}^2=\rho(\gamma\alpha)\,\mathbb{E}\,v_k^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B(B+m-1),\quad\alpha\in\{\lambda,\beta\}, \]
so that the largest stable step is $2/(\beta m(1+\delta))$ with $\delta=(B-1)/B_S$.)",
      .parameters = {{"blocks", "number m of blocks", 2, 1, false, true},
                     {"copies", "copies r of every function", 1, 1, false, true},
                     {"lambda", "smallest curvature λ of F", 1, 0, true, false},
                     {"beta", "largest curvature β of F", 10, 0, true, false}},
      .functions =
          [](const Parameters& p) {
            const long m = count(p, "blocks");
            const long n = m * count(p, "copies");
            if (n > most_numbers / (4 * m * m)) {
              throw std::invalid_argument("lower-fixed-step with " + std::to_string(m) +
                                          " blocks and " + std::to_string(n) +
                                          " functions is too large to write out");
            }
            return ValleyBlocks{m, count(p, "copies"), p.at("lambda"), p.at("beta")}.functions();
          },
      .minimizer =
          [](const Parameters& p) {
            return Vector<Rational>(Vector<Rational>::Zero(2 * count(p, "blocks")));
          },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            std::vector<Rational> e{run.start.squaredNorm()};
            if (run.iterations == 0) return e;
            const Rational B = run.batch(0);
            const Rational m = p.at("blocks");
            const Rational flat = factor(run.step(0) * p.at("lambda"), B, m);
            const Rational steep = factor(run.step(0) * p.at("beta"), B, m);
            Rational flat_part = 0;
            Rational steep_part = 0;
            for (Eigen::Index j = 0; j < run.start.size(); ++j) {
              (j % 2 == 0 ? flat_part : steep_part) += run.start[j] * run.start[j];
            }
            for (int k = 1; k <= run.iterations; ++k) {
              flat_part *= flat;
              steep_part *= steep;
              e.push_back(flat_part + steep_part);
            }
            return e;
          },
      .showcases = {{{}, from_ones(2, {1, 25}, 3, 60)},  // half the largest stable step 2/(10·2·2)
                    {{}, from_ones(2, {1, 20}, 3, 40)},  // the largest stable step itself
                    {{{"blocks", 1}, {"beta", 8}}, from_ones(1, {1, 40}, 4, 40)},
                    {{{"blocks", 3}, {"copies", 2}, {"beta", 4}}, from_ones(3, {1, 40}, 2, 40)}},
  };
}

}  // namespace graddiv
