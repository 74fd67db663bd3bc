#include <stdexcept>

#include "constructions/construction.h"
#include "problem/worst_cases.h"

namespace graddiv {
namespace {

MaxBlocks family(const Parameters& parameters) {
  const long m = count(parameters, "blocks");
  const long r = count(parameters, "copies");
  const long p = 2 * count(parameters, "iterations");
  require_writable("lower-replicated", Integer(m) * r * p * p * m);
  return {m, r, p, parameters.at("G"), Rational(m * parameters.at("lambda"))};
}

Run from_zero(long d, std::vector<Rational> steps, long batch, int iterations) {
  return {Vector<Rational>::Zero(d), std::move(steps), {batch}, iterations};
}

}  // namespace

// m blocks of p = 2K coordinates, r copies: f_i(w) = φ(v) = G max_l v_l + (a/2)‖v‖² on its own block v, a = mλ, with the
// subgradient G e_{i(v)} + a v, i(v) the smallest maximising index. F = (1/m) Σ φ is λ-strongly convex, B_S(w) = m everywhere, every
// coordinate of w* is −G/(ap). Whatever a run of K iterations from 0 does, half of the coordinates of each block are still 0.
//
// For a fixed step with 0 < γaB < 1 the touched coordinates stay below 0, so that each iteration that draws from a block, b times,
// finds a new one: Σ_l v_l ← (1−γab) Σ_l v_l − γbG and Σ_l v_l² ← (1−γab)² Σ_l v_l² + γ²b²G², with b binomial, E b = B/m and
// E b² = (B/m)(1+δ), δ = (B−1)/m. E‖v − v*‖² is Σ v_l² + 2(G/(ap)) Σ v_l + G²/(a²p).
Construction lower_replicated_construction() {
  return {
      .id = "lower-replicated",
      .title = "The resisting maximum",
      .source = "worst-case optimality, re-derived",
      .latex =
          R"($m$ blocks $v\in\mathbb{R}^p$, $p=2K$, and $r$ copies of each of the functions
$f_j(w)=\varphi(v)=G\max_lv_l+\frac a2\|v\|^2$, $a=m\lambda$, with the subgradient $Ge_{i(v)}+av$, $i(v)$ the smallest maximising index. Then
$F=\frac1m\sum\varphi$ is $\lambda$-strongly convex, every coordinate of $w^*$ is $-G/(ap)$, $F^*=-G^2/(2ap)$ and $B_S(w)=m$ for every $w$.)",
      .law_latex =
          R"(From $w_0=0$, for a fixed step with $0<\gamma aB<1$ and $k\le p$, with $\delta=(B-1)/m$:
\[ \mathbb{E}\|w_k-w^*\|^2=m\Bigl(S_k+\frac{2G}{ap}T_k+\frac{G^2}{a^2p}\Bigr),\quad
T_{k+1}=(1-\gamma\lambda B)T_k-\frac{\gamma GB}{m},\quad
S_{k+1}=\bigl(1-2\gamma\lambda B+\gamma^2\lambda^2mB(1+\delta)\bigr)S_k+\frac{\gamma^2G^2B(1+\delta)}{m}. \])",
      .parameters = {{"blocks", "number m of blocks", 2, 1, false, true},
                     {"copies", "copies r of every function", 1, 1, false, true},
                     {"iterations", "K, the iterations it resists: blocks of 2K coordinates", 4, 1,
                      false, true},
                     {"lambda", "strong convexity λ of F", 1, 0, true, false},
                     {"G", "slope G of the maximum", 1, 0, true, false}},
      .functions = [](const Parameters& p) { return family(p).functions(); },
      .minimizer = [](const Parameters& p) { return family(p).minimizer(); },
      .optimum = [](const Parameters& p) { return family(p).optimum(); },
      .law =
          [](const Parameters& parameters, const Run& run) {
            const auto [m, r, p, G, a] = family(parameters);
            const Rational B = run.iterations > 0 ? run.batch(0) : 1;
            const Rational gamma = run.iterations > 0 ? run.step(0) : Rational(0);
            const bool is_covered = run.start.isZero() && run.iterations <= p &&
                                    (run.iterations == 0 || (gamma > 0 && gamma * a * B < 1));
            if (!is_covered) {
              throw std::invalid_argument(
                  "the law of lower-replicated is for runs from 0 with 0 < γaB < 1 and at most p "
                  "iterations");
            }
            const Rational mean = B / m;                                   // E b
            const Rational square = mean + B * (B - 1) / Rational(m * m);  // E b²
            const Rational touch = 1 - 2 * gamma * a * mean + gamma * gamma * a * a * square;
            Rational S = 0;
            Rational T = 0;
            std::vector<Rational> e;
            for (int k = 0; k <= run.iterations; ++k) {
              e.push_back(m * (S + 2 * G / (a * p) * T + G * G / (a * a * p)));
              S = touch * S + gamma * gamma * G * G * square;
              T = (1 - gamma * a * mean) * T - gamma * G * mean;
            }
            return e;
          },
      .showcases = {{{}, from_zero(16, {{1, 8}}, 2, 4)},
                    {{{"blocks", 1}, {"iterations", 8}}, from_zero(16, {{1, 12}}, 1, 8)},
                    {{{"copies", 2}, {"iterations", 2}, {"lambda", {1, 2}}, {"G", 3}},
                     from_zero(8, {{1, 5}}, 3, 2)}},
  };
}

}  // namespace graddiv
