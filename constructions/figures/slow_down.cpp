#include "constructions/slow_down.h"

#include <algorithm>

#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "constructions/figures/points.h"

namespace graddiv {
namespace {

constexpr long K = 16;  // iterations that the blocks resist
const Rational largest_delta = 256;

// λ = G = 1, so that M² = 4: M² ≤ 4G² on the product of balls of radius G/a, which a fixed step with γaB < 1 never leaves.
const Rational M2 = 4;

/// The least E‖w_K − w*‖² over the fixed steps γ = j/(128aB), from the exact law.
Rational reached(long m, long B) {
  constexpr long parts = 128;
  const Construction& family = find_construction("lower-replicated");
  const Parameters p = family.complete({{"blocks", m}, {"iterations", K}});
  Run run{Vector<Rational>::Zero(2 * K * m), {}, {B}, static_cast<int>(K)};
  std::vector<Rational> ends;
  for (long j = 1; j < parts; ++j) {
    run.steps = {Rational(j, parts * m * B)};
    ends.push_back(family.law(p, run).back());
  }
  return *std::ranges::min_element(ends);
}

}  // namespace

// At equal evaluations N = KB, large batches against what serial SGD is sure to reach.
Figure slow_down_figure() {
  return {
      "slow-down", "lower-replicated", [] {
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
          const Rational serial = serial_bound(M2, 1, K * B);
          least.points.push_back(figure_point(delta, resisting_bound(m, M2, 1, K) / serial));
          run.points.push_back(figure_point(delta, reached(m, B) / serial));
        }
        figure.curves = {level, bound, least, run};
        figure.caption =
            R"(Mini-batch runs of $K=16$ iterations on \code{lower-replicated} with $m=B_S=4$ blocks and $\lambda=G=1$,
against the bound $M^2/(\lambda^2N)$, $M^2=4G^2$, that serial SGD with $\gamma_k=1/(\lambda k)$, projected onto the product of the balls of radius $G/a$, keeps after as
many evaluations, $N=KB$. Solid: $G^2/(4m\lambda^2K)$, which no
step sizes of any kind get below. Dots: the expectation that the best of the fixed steps $j/(128mB)$, $j<128$, reaches, from the exact law. Above 1 a
batch is certain to do worse than serial SGD.)";
        return figure;
      }};
}

}  // namespace graddiv
