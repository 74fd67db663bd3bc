#include "constructions/saturation.h"

#include <set>

#include "constructions/figures.h"
#include "constructions/figures/points.h"
#include "number/exact.h"

namespace graddiv {
namespace {

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

/// For one m, over batch sizes: theory's line, the factor in the limit, what was found, and its knee.
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

}  // namespace

// The paper's central picture: a batch up to B_S costs less than twice the evaluations, beyond it they grow in proportion to B.
Figure saturation_figure() {
  return {
      "saturation", "lower-fixed-step", [] {
        const Rational kappa = 100;
        const Rational epsilon(1, 1'000'000);
        FigureRecord figure = saturation(kappa, epsilon);
        figure.title = "Up to B_S a larger batch costs less than twice; beyond it, its whole size";
        figure.caption =
            R"(Gradient evaluations until $\mathbb E\|w_K-w^*\|^2\le10^{-6}\|w_0-w^*\|^2$ with the best
fixed step for each batch size, on \code{lower-fixed-step} with $m$ blocks, $\kappa=\beta/\lambda=100$ and $w_0=(1,\dots,1)$. Each dot is a quotient of two
whole numbers: a certified step gets there in $K$ iterations, and no fixed step does in $K-1$; serial SGD needs )" +
            serial_evaluations(kappa, epsilon) +
            R"(. As
$\varepsilon\to0$ the quotient tends to $B\log\rho_1/\log\rho_B$ with $\rho_B=1-4\kappa B/((\kappa+1)^2(B+m-1))$; theory's line $1+\delta$,
$\delta=(B-1)/B_S$, lies so near it for this $\kappa$ that the dashes hardly show.)";
        return figure;
      }};
}

// At small κ the factor stays below 1 + δ: what tends to 1 + δ as κ → ∞ must not be claimed here.
Figure saturation_small_figure() {
  return {
      "saturation-small-kappa", "lower-fixed-step", [] {
        FigureRecord figure = saturation(2, {1, 1'000'000});
        figure.title = "A well-conditioned problem pays less than 1 + δ";
        figure.caption =
            R"(The same for $\kappa=2$: here the exact factor stays below $1+\delta$ (for $m=1$ it is
$1+\delta$), and few iterations are left beyond the knee, so that rounding them up to whole ones shows.)";
        return figure;
      }};
}

}  // namespace graddiv
