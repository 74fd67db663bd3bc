#include <stdexcept>

#include "constructions/construction.h"
#include "problem/worst_cases.h"

namespace graddiv {
namespace {

Vector<Rational> ones_but_for_the_last(long d) {
  Vector<Rational> w = Vector<Rational>::Constant(d, Rational(1));
  w.tail(2).setZero();
  return w;
}

ValleyBlocks valley_blocks(const Parameters& p) {
  const Rational& m = p.at("blocks");
  const long r = count(p, "copies");
  const Integer coordinates = 2 * (numerator(m) / denominator(m) + 1);
  require_writable("lower-fixed-step", numerator(m) * r * coordinates * coordinates);
  if (p.at("beta") < p.at("lambda")) {
    throw std::invalid_argument("lower-fixed-step: parameter 'beta' is " + to_string(p.at("beta")) +
                                ", expected at least lambda, " + to_string(p.at("lambda")));
  }
  return {m, r, p.at("lambda"), p.at("beta")};
}

}  // namespace

// m blocks of dimension 2, r copies: f_i(w) = (m/2)(λv_1² + βv_2²) on its own block v, so F = ½ Σ_j (λv_{j1}² + βv_{j2}²) and
// B_S(w) = m for w ≠ 0; for m that is no integer see ValleyBlocks. A fixed step multiplies each coordinate's second moment by ρ(γα) exactly; as B+m−1 = m(1+δ), δ = (B−1)/B_S,
// the largest stable step is 2/(βm(1+δ)).
Construction lower_fixed_step_construction() {
  return {
      .id = "lower-fixed-step",
      .title = "The stability threshold of a fixed step",
      .source = "re-derived",
      .latex = R"($m$ blocks $v_1,\dots,v_m$ of dimension 2 and $r$ copies of each of the functions
$f_j(w)=\frac m2(\lambda v_{j1}^2+\beta v_{j2}^2)$. Then $F=\frac12\sum_j(\lambda v_{j1}^2+\beta v_{j2}^2)$, $w^*=0$, $F^*=0$ and
$B_S(w)=m$ for $w\neq0$. For any other $m=p/q\ge1$ there are $pr$ functions: $\lfloor m\rfloor$ blocks have $qr$ of them each, a last
one the remaining share $s=1-\lfloor m\rfloor/m$, and $\frac1s$ takes the place of $m$ in its functions. Then $m\le B_S(w)\le1/s$, and $B_S(w)=m$ all
along a run that starts at 0 on the last block.)",
      .law_latex = R"(\[ \mathbb{E}\,v_{k+1}^2=\rho(\gamma\alpha)\,\mathbb{E}\,v_k^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B(B+m-1),\quad\alpha\in\{\lambda,\beta\}, \]
with $1/s$ in place of $m$ on the last block of a $m$ that is no integer. For runs at rest there, the largest stable step is
$2/(\beta m(1+\delta))$ with $\delta=(B-1)/B_S$.)",
      .parameters = {{"blocks", "B_S = m of a run: the number of blocks, any rational", 2, 1, false,
                      false, true},
                     {"copies", "copies r of every function", 1, 1, false, true},
                     {"lambda", "smallest curvature λ of F", 1, 0, true, false},
                     {"beta", "largest curvature β of F", 10, 0, true, false}},
      .functions = [](const Parameters& p) { return valley_blocks(p).functions(); },
      .minimizer =
          [](const Parameters& p) {
            return Vector<Rational>(Vector<Rational>::Zero(valley_blocks(p).dimension()));
          },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            std::vector<Rational> e{run.start.squaredNorm()};
            if (run.iterations == 0) return e;
            const ValleyBlocks blocks = valley_blocks(p);
            // What each coordinate's second moment is multiplied by in an iteration.
            Vector<Rational> factors(run.start.size());
            for (Eigen::Index j = 0; j < factors.size(); ++j) {
              const Rational& alpha = j % 2 == 0 ? blocks.lambda : blocks.beta;
              const bool is_rest = j >= 2 * blocks.equal_blocks();
              factors(j) =
                  coordinate_factor(run.step(0) * alpha, run.batch(0),
                                    is_rest ? Rational(1 / blocks.share_of_the_rest()) : blocks.m);
            }
            Vector<Rational> moments = run.start.cwiseProduct(run.start);
            for (int k = 1; k <= run.iterations; ++k) {
              moments = moments.cwiseProduct(factors).eval();
              e.push_back(moments.sum());
            }
            return e;
          },
      .showcases = {{{}, from_ones(4, {1, 25}, 3, 60)},  // half the largest stable step 2/(10·2·2)
                    {{}, from_ones(4, {1, 20}, 3, 40)},  // the largest stable step itself
                    {{{"blocks", 1}, {"beta", 8}}, from_ones(2, {1, 40}, 4, 40)},
                    {{{"blocks", 3}, {"copies", 2}, {"beta", 4}}, from_ones(6, {1, 40}, 2, 40)},
                    // half of 2/(4·5/2·(1+6/5)), the third block at rest
                    {{{"blocks", {5, 2}}, {"beta", 4}},
                     {ones_but_for_the_last(6), {{1, 22}}, {4}, 40}}},
  };
}

}  // namespace graddiv
