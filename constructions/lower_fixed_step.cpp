#include <set>
#include <stdexcept>

#include "constructions/construction.h"
#include "constructions/laws.h"
#include "constructions/saturation.h"
#include "number/exact.h"
#include "problem/families.h"

namespace graddiv::construction::lower_fixed_step {
namespace {

Vector<Rational> ones_but_for_the_last(long d) {
  Vector<Rational> w = Vector<Rational>::Constant(d, Rational(1));
  w.tail(2).setZero();
  return w;
}

/// Blocks of two coordinates on which F = ½ Σ_j (λ v_{j1}² + β v_{j2}²), each with a share of the
/// functions: f_i(w) = (1/2s)(λ v_1² + β v_2²) on its own block v of share s. So B_S(w) is the mean
/// of the 1/s, weighted by the ‖∇F‖² of the blocks.
///
/// For an integer m, m blocks of share 1/m and r copies, i mod m the block of f_i: B_S(w) = m for w
/// ≠ 0. For any other m = p/q ≥ 1, ⌊m⌋ blocks of share 1/m and a last one with the rest of the pr
/// functions, (p mod q)/p: B_S(w) = m for every w ≠ 0 that is 0 on the last block, which a run
/// never leaves, and B_S(w) ≤ p/(p mod q) everywhere.
struct Valleys {
  Rational m;
  long r;
  Rational lambda;
  Rational beta;

  long equal_blocks() const { return static_cast<long>(numerator(m) / denominator(m)); }  ///< ⌊m⌋
  /// The share of the last block, 0 where m is an integer.
  Rational share_of_the_rest() const { return 1 - equal_blocks() / m; }
  long dimension() const { return 2 * (equal_blocks() + (share_of_the_rest() > 0 ? 1 : 0)); }
  long size() const { return static_cast<long>(numerator(m)) * r; }  ///< n = pr
};

Valleys valleys(const Parameters& p) {
  return {p.at("blocks"), count(p, "copies"), p.at("lambda"), p.at("beta")};
}

std::shared_ptr<const FiniteSum> functions(const Parameters& p) {
  const Valleys v = valleys(p);
  const Integer coordinates = 2 * (numerator(v.m) / denominator(v.m) + 1);
  require_writable("lower-fixed-step", numerator(v.m) * v.r * coordinates * coordinates);
  const long d = v.dimension();
  const long in_equal_blocks = v.equal_blocks() * static_cast<long>(denominator(v.m)) * v.r;
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < v.size(); ++i) {
    const bool is_rest = i >= in_equal_blocks;
    const long block = is_rest ? v.equal_blocks() : i % v.equal_blocks();
    const Rational one_over_share = is_rest ? Rational(1 / v.share_of_the_rest()) : v.m;
    Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
    A(2 * block, 2 * block) = one_over_share * v.lambda;
    A(2 * block + 1, 2 * block + 1) = one_over_share * v.beta;
    terms.push_back({std::move(A), Vector<Rational>::Zero(d), 0});
  }
  return quadratic_sum(std::move(terms));
}

// The first block is that of w_1: m is the inverse of its share, and its functions curve by mλ and
// mβ.
std::optional<Parameters> read_off(const FiniteSum& sum) {
  if (sum.family() != "quadratic" || sum.dimension() % 2 != 0) return std::nullopt;
  std::optional<SymmetricMatrix> A;  // its corner is that of the first block
  long of_first_block = 0;
  for (int i = 0; i < sum.size(); ++i) {
    const QuadraticFunction& f = *sum.facts(i).quadratic;
    if (f.A(0, 0) == 0) continue;
    A = f.A;
    ++of_first_block;
  }
  if (of_first_block == 0) return std::nullopt;
  const Rational m(sum.size(), of_first_block);
  const Valleys guess{m, sum.size() / static_cast<long>(numerator(m)), (*A)(0, 0) / m,
                      (*A)(1, 1) / m};
  if (guess.lambda <= 0 || guess.beta <= 0 || guess.dimension() != sum.dimension())
    return std::nullopt;
  return Parameters{
      {"blocks", m}, {"copies", guess.r}, {"lambda", guess.lambda}, {"beta", guess.beta}};
}

std::vector<Rational> law(const Parameters& p, const Run& run) {
  std::vector<Rational> e{run.start.squaredNorm()};
  if (run.iterations == 0) return e;
  const Valleys v = valleys(p);
  // What each coordinate's second moment is multiplied by in an iteration.
  Vector<Rational> factors(run.start.size());
  for (Eigen::Index j = 0; j < factors.size(); ++j) {
    const Rational& alpha = j % 2 == 0 ? v.lambda : v.beta;
    const bool is_rest = j >= 2 * v.equal_blocks();
    factors(j) = coordinate_factor(run.step(0) * alpha, run.batch(0),
                                   is_rest ? Rational(1 / v.share_of_the_rest()) : v.m);
  }
  Vector<Rational> moments = run.start.cwiseProduct(run.start);
  for (int k = 1; k <= run.iterations; ++k) {
    moments = moments.cwiseProduct(factors).eval();
    e.push_back(moments.sum());
  }
  return e;
}

const std::vector<long> block_counts{1, 4, 16, 64};

/// All small B, then every next one a quarter larger, up to 64m; B = m in any case: 4 to 40 sizes.
std::set<long> batch_sizes(long m) {
  const long largest = 64 * m;
  std::set<long> sizes{m, largest};
  for (long B = 1; B < largest; B = std::max(B + 1, B * 5 / 4)) sizes.insert(B);
  return sizes;
}

/// The middle of an interval of 256 bits is exact to an eye.
Rational drawn(const Enclosure& value) { return rational_from(value.approximate()); }

/// For one m, over batch sizes: theory's line, the factor in the limit, what was found, and its
/// knee.
struct Curves {
  FigureCurve line{CurveStyle::reference, "$1+\\delta$", "", {}};
  FigureCurve limit{CurveStyle::line, "exact factor as $\\varepsilon\\rightarrow0$", "", {}};
  FigureCurve found{CurveStyle::dots, "fewest evaluations, certified", "", {}};
  FigureCurve knee{CurveStyle::rings, "$B=B_S=m$", "", {}};
};

Curves curves_for(long m, const Rational& kappa, const Rational& epsilon) {
  Curves c;
  c.limit.label = "$m=" + std::to_string(m) + "$";
  const long serial = evaluations_needed(m, 1, kappa, epsilon).evaluations;
  for (const long B : batch_sizes(m)) {
    const SaturationPoint p = evaluations_needed(m, B, kappa, epsilon);
    c.line.points.push_back(figure_point(B, 1 + p.delta));
    c.limit.points.push_back(figure_point(B, drawn(evaluation_factor(m, B, kappa))));
    c.found.points.push_back(figure_point(B, Rational(p.evaluations, serial)));
    if (B == m) c.knee.points = {c.found.points.back()};
  }
  return c;
}

// Evaluations until E‖w_K − w*‖² ≤ ε D_0 over those of B = 1, each the fewest there are.
FigureRecord saturation(const Rational& kappa, const Rational& epsilon) {
  FigureRecord figure;
  figure.x = {"batch size $B$", true, {"1", "4", "16", "64", "256", "1024", "4096"}};
  figure.y = {
      "evaluations needed, over those of $B=1$", true, {"1", "2", "4", "8", "16", "32", "64"}};
  std::vector<Curves> all;
  for (const long m : block_counts) all.push_back(curves_for(m, kappa, epsilon));
  // Theory's lines first: they lie below everything, labels included.
  for (const auto part : {&Curves::line, &Curves::limit, &Curves::found, &Curves::knee}) {
    for (Curves& c : all) {
      if (&c != &all.front()) (c.*part).legend.clear();
      figure.curves.push_back(c.*part);
    }
  }
  return figure;
}

/// "330, 1338, 5371 and 21503": what B = 1 needs.
std::string serial_evaluations(const Rational& kappa, const Rational& epsilon) {
  std::string text;
  for (const long m : block_counts) {
    const bool is_last = m == block_counts.back();
    text += text.empty() ? "" : is_last ? " and " : ", ";
    text += std::to_string(evaluations_needed(m, 1, kappa, epsilon).evaluations);
  }
  return text;
}

// The paper's central picture: a batch up to B_S costs less than twice the evaluations, beyond it
// they grow in proportion to B.
FigureRecord draw_saturation() {
  const Rational kappa = 100;
  const Rational epsilon(1, 1'000'000);
  FigureRecord figure = saturation(kappa, epsilon);
  figure.title = "Up to $B_S$ a larger batch costs less than twice; beyond it, its whole size";
  figure.caption =
      R"(Gradient evaluations until $\mathbb E\|w_K-w^*\|^2\le10^{-6}\|w_0-w^*\|^2$ with the best
fixed step for each batch size, on \code{lower-fixed-step} with $m$ blocks,
$\kappa=\beta/\lambda=100$ and $w_0=(1,\dots,1)$. Each dot is a quotient of two
whole numbers: a certified step gets there in $K$ iterations, and no fixed step does in $K-1$;
serial SGD needs )" +
      serial_evaluations(kappa, epsilon) +
      R"(. As
$\varepsilon\to0$ the quotient tends to $B\log\rho_1/\log\rho_B$ with $\rho_B=1-4\kappa
B/((\kappa+1)^2(B+m-1))$; theory's line $1+\delta$,
$\delta=(B-1)/B_S$, lies so near it for this $\kappa$ that the dashes hardly show.)";
  return figure;
}

// At small κ the factor stays below 1 + δ: what tends to 1 + δ as κ → ∞ must not be claimed here.
FigureRecord draw_saturation_at_small_kappa() {
  FigureRecord figure = saturation(2, {1, 1'000'000});
  figure.title = "A well-conditioned problem pays less than $1 + δ$";
  figure.caption =
      R"(The same for $\kappa=2$: here the exact factor stays below $1+\delta$ (for $m=1$ it is
$1+\delta$), and few iterations are left beyond the knee, so that rounding them up to whole ones
shows.)";
  return figure;
}

/// ρ(γβ) with β = 1: one iteration from a start that is nothing but a β-coordinate, which is how
/// two runs differ that start apart in it.
Rational growth(long m, long B, const Rational& step) {
  Vector<Rational> start = Vector<Rational>::Zero(2 * m);
  start[1] = 1;
  return law({{"blocks", m}, {"copies", 1}, {"lambda", 1}, {"beta", 1}}, {start, {step}, {B}, 1})
      .back();
}

// Two runs with the same indices move apart in mean square iff γ > 2/(mβ(1+δ̄)): the threshold
// falls as the batch grows.
FigureRecord draw_threshold() {
  constexpr long m = 4;
  constexpr long parts = 48;
  FigureRecord figure;
  figure.title = "The step at which two runs begin to move apart";
  figure.x = {R"($\gamma$, in units of the serial threshold $2/(m\beta)$)",
              false,
              {"0", "0.25", "0.5", "0.75", "1", "1.25"}};
  figure.y = {R"(growth of $\mathbb E\|w_k-w'_k\|^2$ in one iteration)", false, {}};
  figure.curves = {{CurveStyle::reference,
                    "neither closer nor apart",
                    "",
                    {figure_point(0, 1), figure_point({5, 4}, 1)}}};
  for (const long B : {13, 5, 1}) {
    const Rational delta(B - 1, m);
    FigureCurve curve{
        CurveStyle::line, "$\\rho(\\gamma\\beta)$", "$\\bar\\delta=" + to_string(delta) + "$", {}};
    for (long i = 0; i <= parts; ++i) {
      const Rational x = Rational(5 * i, 4 * parts) / (1 + delta);
      curve.points.push_back(figure_point(x, growth(m, B, 2 * x / m)));
    }
    const Rational threshold = 1 / (1 + delta);
    FigureCurve crossing{CurveStyle::rings,
                         R"($\gamma=2/(m\beta(1+\bar\delta))$)",
                         "",
                         {figure_point(threshold, growth(m, B, 2 * threshold / m))}};
    if (figure.curves.size() > 1) curve.legend = crossing.legend = "";
    figure.curves.push_back(std::move(curve));
    figure.curves.push_back(std::move(crossing));
  }
  figure.caption =
      R"(\code{lower-unstable} with $m=4$ blocks: by what one iteration multiplies the mean squared
distance of two runs that start apart in a coordinate of curvature $\beta$, from the exact law, for
$B=1$, $5$ and $13$. Each curve meets 1 exactly at
the threshold of \code{nonexpansive-convex}, which is therefore sharp.)";
  return figure;
}

}  // namespace

// m blocks of dimension 2, r copies: f_i(w) = (m/2)(λv_1² + βv_2²) on its own block v, so F = ½ Σ_j
// (λv_{j1}² + βv_{j2}²) and B_S(w) = m for w ≠ 0; for m that is no integer see Valleys. A fixed
// step multiplies each coordinate's second moment by ρ(γα) exactly; as B+m−1 = m(1+δ), δ =
// (B−1)/B_S, the largest stable step is 2/(βm(1+δ)).
Construction construction() {
  return {
      .id = "lower-fixed-step",
      .title = "The stability threshold of a fixed step",
      .source = "re-derived",
      .latex = R"($m$ blocks $v_1,\dots,v_m$ of dimension 2 and $r$ copies of each of the functions
$f_j(w)=\frac m2(\lambda v_{j1}^2+\beta v_{j2}^2)$. Then $F=\frac12\sum_j(\lambda v_{j1}^2+\beta
v_{j2}^2)$, $w^*=0$, $F^*=0$ and
$B_S(w)=m$ for $w\neq0$. For any other $m=p/q\ge1$ there are $pr$ functions: $\lfloor m\rfloor$
blocks have $qr$ of them each, a last
one the remaining share $s=1-\lfloor m\rfloor/m$, and $\frac1s$ takes the place of $m$ in its
functions. Then $m\le B_S(w)\le1/s$, and $B_S(w)=m$ all
along a run that starts at 0 on the last block.)",
      .law_latex = R"(\[ \mathbb{E}\,v_{k+1}^2=\rho(\gamma\alpha)\,\mathbb{E}\,v_k^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B(B+m-1),\quad\alpha\in\{\lambda,\beta\}, \]
with $1/s$ in place of $m$ on the last block of a $m$ that is no integer. For runs at rest there,
the largest stable step is
$2/(\beta m(1+\delta))$ with $\delta=(B-1)/B_S$.)",
      .parameters = {{"blocks", "B_S = m of a run: the number of blocks, any rational", 2, 1, false,
                      false, true},
                     {"copies", "copies r of every function", 1, 1, false, true},
                     {"lambda", "smallest curvature λ of F", 1, 0, true, false},
                     {"beta", "largest curvature β of F", 10, 0, true, false}},
      .require =
          [](const Parameters& p) {
            if (p.at("beta") >= p.at("lambda")) return;
            throw std::invalid_argument("lower-fixed-step: parameter 'beta' is " +
                                        to_string(p.at("beta")) + ", expected at least lambda, " +
                                        to_string(p.at("lambda")));
          },
      .functions = functions,
      .minimizer = [](const Parameters& p) -> Vector<Rational> {
        return Vector<Rational>::Zero(valleys(p).dimension());
      },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law = law,
      .showcases = {{{}, from_ones(4, {1, 25}, 3, 60)},  // half the largest stable step 2/(10·2·2)
                    {{}, from_ones(4, {1, 20}, 3, 40)},  // the largest stable step itself
                    {{{"blocks", 1}, {"beta", 8}}, from_ones(2, {1, 40}, 4, 40)},
                    {{{"blocks", 3}, {"copies", 2}, {"beta", 4}}, from_ones(6, {1, 40}, 2, 40)},
                    // half of 2/(4·5/2·(1+6/5)), the third block at rest
                    {{{"blocks", {5, 2}}, {"beta", 4}},
                     {ones_but_for_the_last(6), {{1, 22}}, {4}, 40}}},
      .figures = {{"saturation", "lower-fixed-step", draw_saturation},
                  {"saturation-small-kappa", "lower-fixed-step", draw_saturation_at_small_kappa},
                  {"stability-threshold", "lower-unstable", draw_threshold}},
      .read_off = read_off,
  };
}

}  // namespace graddiv::construction::lower_fixed_step
