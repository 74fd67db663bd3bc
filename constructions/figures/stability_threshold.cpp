#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "constructions/figures/points.h"

namespace graddiv {
namespace {

/// ρ(γβ) with β = 1, from the law of the family: one iteration from a start that is nothing but a β-coordinate, which is how two
/// runs differ that start apart in it.
Rational growth(long m, long B, const Rational& step) {
  const Construction& family = find_construction("lower-fixed-step");
  const Parameters p = family.complete({{"blocks", m}, {"beta", 1}});
  Vector<Rational> start = Vector<Rational>::Zero(2 * m);
  start[1] = 1;
  return family.law(p, {start, {step}, {B}, 1}).back();
}

}  // namespace

// Two runs with the same indices move apart in mean square iff γ > 2/(mβ(1+δ̄)): the threshold falls as the batch grows.
Figure stability_threshold_figure() {
  return {
      "stability-threshold", "lower-unstable", [] {
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
          FigureCurve curve{CurveStyle::line,
                            "$\\rho(\\gamma\\beta)$",
                            "$\\bar\\delta=" + to_string(delta) + "$",
                            {}};
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
distance of two runs that start apart in a coordinate of curvature $\beta$, from the exact law, for $B=1$, $5$ and $13$. Each curve meets 1 exactly at
the threshold of \code{nonexpansive-convex}, which is therefore sharp.)";
        return figure;
      }};
}

}  // namespace graddiv
