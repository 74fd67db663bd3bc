#include <algorithm>
#include <stdexcept>

#include "constructions/construction.h"
#include "constructions/slow_down.h"
#include "problem/families.h"

namespace graddiv::construction::lower_replicated {
namespace {

struct Blocks {
  long m, r, p;
  Rational G, a;
};

Blocks blocks(const Parameters& parameters) {
  const long m = count(parameters, "blocks");
  return {m, count(parameters, "copies"), 2 * count(parameters, "iterations"), parameters.at("G"),
          Rational(m * parameters.at("lambda"))};
}

std::shared_ptr<const FiniteSum> functions(const Parameters& parameters) {
  const auto [m, r, p, G, a] = blocks(parameters);
  require_writable("lower-replicated", Integer(m) * r * p * p * m);
  std::vector<MaxAffineFunction> terms;
  for (long i = 0; i < m * r; ++i) {
    const long block = i % m;
    MaxAffineFunction phi{{}, Vector<Rational>::Zero(m * p)};
    for (long l = block * p; l < (block + 1) * p; ++l) {
      phi.pieces.push_back({Vector<Rational>::Unit(m * p, l) * G});
      phi.curvature(l) = a;
    }
    terms.push_back(std::move(phi));
  }
  return max_affine_sum(std::move(terms));
}

// Every function has a piece G e_l and a curvature a for each of the p coordinates of its block.
std::optional<Parameters> read_off(const FiniteSum& sum) {
  const auto& f = sum.facts(0).max_affine;
  if (!f) return std::nullopt;
  const auto p = static_cast<long>(f->pieces.size());
  const Rational G = f->pieces.front().a.maxCoeff();
  const Rational a = f->curvature.maxCoeff();
  if (G <= 0 || a <= 0 || p % 2 != 0 || sum.dimension() % p != 0) return std::nullopt;
  const long m = sum.dimension() / p;
  if (sum.size() % m != 0) return std::nullopt;
  return Parameters{{"blocks", m},
                    {"copies", sum.size() / m},
                    {"iterations", p / 2},
                    {"lambda", a / m},
                    {"G", G}};
}

// Every coordinate −G/(ap): there every l maximises, and the mean of their subgradients is G/p +
// a·(−G/(ap)) = 0.
Vector<Rational> minimizer(const Parameters& parameters) {
  const auto [m, r, p, G, a] = blocks(parameters);
  return Vector<Rational>::Constant(m * p, Rational(-G / (a * p)));
}

// φ(−G/(ap), …).
Rational optimum(const Parameters& parameters) {
  const auto [m, r, p, G, a] = blocks(parameters);
  return -G * G / (2 * a * p);
}

// For a fixed step with 0 < γaB < 1 the touched coordinates stay below 0, so that each iteration
// that draws from a block, b times, finds a new one: Σ_l v_l ← (1−γab) Σ_l v_l − γbG and Σ_l v_l² ←
// (1−γab)² Σ_l v_l² + γ²b²G², with b binomial, E b = B/m and E b² = (B/m)(1+δ), δ = (B−1)/m. E‖v −
// v*‖² is Σ v_l² + 2(G/(ap)) Σ v_l + G²/(a²p).
std::vector<Rational> law(const Parameters& parameters, const Run& run) {
  const auto [m, r, p, G, a] = blocks(parameters);
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
}

Run from_zero(long d, std::vector<Rational> steps, long batch, int iterations) {
  return {Vector<Rational>::Zero(d), std::move(steps), {batch}, iterations};
}

constexpr long resisted = 16;  // iterations K
const Rational largest_delta = 256;

// λ = G = 1, so that M² = 4: M² ≤ 4G² on the product of balls of radius G/a, which a fixed step
// with γaB < 1 never leaves.
const Rational M2 = 4;

/// The least E‖w_K − w*‖² over the fixed steps γ = j/(128aB), from the exact law.
Rational reached(long m, long B) {
  constexpr long parts = 128;
  const Parameters p{
      {"blocks", m}, {"copies", 1}, {"iterations", resisted}, {"lambda", 1}, {"G", 1}};
  Run run{Vector<Rational>::Zero(2 * resisted * m), {}, {B}, static_cast<int>(resisted)};
  std::vector<Rational> ends;
  for (long j = 1; j < parts; ++j) {
    run.steps = {Rational(j, parts * m * B)};
    ends.push_back(law(p, run).back());
  }
  return *std::ranges::min_element(ends);
}

// At equal evaluations N = KB, large batches against what serial SGD is sure to reach.
FigureRecord draw_slow_down() {
  constexpr long m = 4;
  const Rational smallest(1, m);
  FigureRecord figure;
  figure.title = "No step sizes save a large batch";
  figure.x = {R"($\delta=(B-1)/B_S$)", true, {"0.25", "1", "4", "16", "64", "256"}};
  figure.y = {
      R"($\mathbb E\|w_N-w^*\|^2$, over the serial bound)", true, {"0.01", "0.1", "1", "10"}};
  FigureCurve bound{CurveStyle::reference, R"($\delta/16$)", "", {}};
  FigureCurve level{CurveStyle::reference, "", "serial SGD", {}};
  for (const Rational& delta : {smallest, largest_delta}) {
    bound.points.push_back(figure_point(delta, delta / 16));
    level.points.push_back(figure_point(delta, 1));
  }
  FigureCurve least{CurveStyle::line, "no step sizes get below", "", {}};
  FigureCurve run{CurveStyle::dots, "the best fixed step tried", "", {}};
  for (long B = 2; B <= 1 + largest_delta * m; B = std::max(B + 1, B * 5 / 4)) {
    const Rational delta(B - 1, m);
    const Rational serial = serial_bound(M2, 1, resisted * B);
    least.points.push_back(figure_point(delta, resisting_bound(m, M2, 1, resisted) / serial));
    run.points.push_back(figure_point(delta, reached(m, B) / serial));
  }
  figure.curves = {level, bound, least, run};
  figure.caption =
      R"(Mini-batch runs of $K=16$ iterations on \code{lower-replicated} with $m=B_S=4$ blocks and
$\lambda=G=1$,
against the bound $M^2/(\lambda^2N)$, $M^2=4G^2$, that serial SGD with $\gamma_k=1/(\lambda k)$,
projected onto the product of the balls of radius $G/a$, keeps after as
many evaluations, $N=KB$. Solid: $G^2/(4m\lambda^2K)$, which no
step sizes of any kind get below. Dots: the expectation that the best of the fixed steps
$j/(128mB)$, $j<128$, reaches, from the exact law. Above 1 a
batch is certain to do worse than serial SGD.)";
  return figure;
}

}  // namespace

// m blocks of p = 2K coordinates, r copies: f_i(w) = φ(v) = G max_l v_l + (a/2)‖v‖² on its own
// block v, a = mλ, with the subgradient G e_{i(v)} + a v, i(v) the smallest maximising index. F =
// (1/m) Σ φ is λ-strongly convex, B_S(w) = m everywhere, every coordinate of w* is −G/(ap).
// Whatever a run of K iterations from 0 does, half of the coordinates of each block are still 0.
Construction construction() {
  return {
      .id = "lower-replicated",
      .title = "The resisting maximum",
      .source = "worst-case optimality, re-derived",
      .latex =
          R"($m$ blocks $v\in\mathbb{R}^p$, $p=2K$, and $r$ copies of each of the functions
$f_j(w)=\varphi(v)=G\max_lv_l+\frac a2\|v\|^2$, $a=m\lambda$, with the subgradient $Ge_{i(v)}+av$,
$i(v)$ the smallest maximising index. Then
$F=\frac1m\sum\varphi$ is $\lambda$-strongly convex, every coordinate of $w^*$ is $-G/(ap)$,
$F^*=-G^2/(2ap)$ and $B_S(w)=m$ for every $w$.)",
      .law_latex =
          R"(From $w_0=0$, for a fixed step with $0<\gamma aB<1$ and $k\le p$, with
$\delta=(B-1)/m$:
\[ \mathbb{E}\|w_k-w^*\|^2=m\Bigl(S_k+\frac{2G}{ap}T_k+\frac{G^2}{a^2p}\Bigr),\quad
T_{k+1}=(1-\gamma\lambda B)T_k-\frac{\gamma GB}{m},\quad
S_{k+1}=\bigl(1-2\gamma\lambda
B+\gamma^2\lambda^2mB(1+\delta)\bigr)S_k+\frac{\gamma^2G^2B(1+\delta)}{m}. \])",
      .parameters = {{"blocks", "number m of blocks", 2, 1, false, true},
                     {"copies", "copies r of every function", 1, 1, false, true},
                     {"iterations", "K, the iterations it resists: blocks of 2K coordinates", 4, 1,
                      false, true},
                     {"lambda", "strong convexity λ of F", 1, 0, true, false},
                     {"G", "slope G of the maximum", 1, 0, true, false}},
      .functions = functions,
      .minimizer = minimizer,
      .optimum = optimum,
      .law = law,
      .showcases = {{{}, from_zero(16, {{1, 8}}, 2, 4)},
                    {{{"blocks", 1}, {"iterations", 8}}, from_zero(16, {{1, 12}}, 1, 8)},
                    {{{"copies", 2}, {"iterations", 2}, {"lambda", {1, 2}}, {"G", 3}},
                     from_zero(8, {{1, 5}}, 3, 2)}},
      .figures = {{"slow-down", "lower-replicated", draw_slow_down}},
      .read_off = read_off,
  };
}

}  // namespace graddiv::construction::lower_replicated
