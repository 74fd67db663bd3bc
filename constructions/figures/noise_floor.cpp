#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "constructions/figures/points.h"

namespace graddiv {

// E w_k² falls until the noise of the gradients holds it at ηζ²/(2−ηB): a smaller step gets lower and takes longer.
Figure noise_floor_figure() {
  return {
      "noise-floor", "lower-noise-floor", [] {
        constexpr int iterations = 60;
        const Construction& family = find_construction("lower-noise-floor");
        const Parameters p = family.complete({});
        FigureRecord figure;
        figure.title = "A fixed step falls to its noise floor and stays there";
        figure.x = {"iteration $k$", false, {}};
        figure.y = {"$\\mathbb E\\,w_k^2$", true, {"0.1", "1", "10"}};
        for (const Rational& eta : {Rational(1), Rational(1, 2), Rational(1, 4), Rational(1, 8)}) {
          const Run run{Vector<Rational>::Constant(1, Rational(3)), {eta}, {1}, iterations};
          const auto law = family.law(p, run);
          const Rational floor = eta / (2 - eta);
          FigureCurve stationary{
              CurveStyle::reference, "stationary value $\\eta\\zeta^2/(2-\\eta B)$", "", {}};
          stationary.points = {figure_point(0, floor), figure_point(iterations, floor)};
          FigureCurve course{
              CurveStyle::line, "$\\mathbb E\\,w_k^2$", "$\\eta=" + to_string(eta) + "$", {}};
          for (int k = 0; k <= iterations; ++k) {
            course.points.push_back(figure_point(k, law[static_cast<std::size_t>(k)]));
          }
          if (!figure.curves.empty()) course.legend = stationary.legend = "";
          figure.curves.push_back(std::move(stationary));
          figure.curves.push_back(std::move(course));
        }
        figure.caption =
            R"(The exact law of \code{lower-noise-floor} with $\lambda=\zeta=1$, $w_0=3$, $B=1$ and four steps
$\eta=\gamma\lambda$.)";
        return figure;
      }};
}

}  // namespace graddiv
