#include "claim/views/coupled.h"
#include "instances/classes.h"
#include "theorems/valleys.h"

namespace graddiv::theorem::lower_unstable {
namespace {

// The numbers that mutants change: where runs are said to stay together, and where they are said to
// move apart.
struct Constants {
  Enclosure together = 1;
  Enclosure apart = 1;
  Enclosure delta = 1;  // of δ̄
  Enclosure extra = 0;  // B+m−1+extra in ρ
};

std::vector<Conclusion> conclusions(const Case& c, const Constants& constants) {
  const Valleys v = valleys_of(c);
  std::vector<Conclusion> result;
  // Every f_i is mβ-smooth, and no less.
  const auto add_equation = [&](Place place, Comparison comparison) {
    result.push_back(
        {.place = std::move(place), .applies = Truth::yes, .comparison = std::move(comparison)});
  };
  add_equation("$β$ of the single functions", c.coupled().component_beta() == v.m * v.beta);
  for (int block = 0; (v.m > block) == Truth::yes; ++block) {
    const PointPair pair = c.coupled().start_and_beside(2 * block + 1);  // a β-coordinate
    const Enclosure after = pair.expected_squared_distance_after_step(c.gamma(), c.B());
    const Enclosure before = pair.squared_distance();
    // B̄_S = m for the pair, δ̄ = (B−1)/B̄_S, and G is linear: w − w' has the factor ρ(γβ) of the
    // coordinate.
    add_equation(pair.place().of("$1/B̄_S$"), pair.inverse_batch_size_bound() * v.m == 1);
    add_equation(pair.place().of("the factor"),
                 after == second_moment_factor(c, v, v.beta, constants.extra) * before);
    const Enclosure delta = (c.B() - 1) * pair.inverse_batch_size_bound();
    const Enclosure threshold = 2 / (v.m * v.beta * (1 + constants.delta * delta));
    result.push_back({pair.place().of("a step at or below the threshold"),
                      c.gamma() <= constants.together * threshold, after <= before});
    result.push_back({pair.place().of("a step above the threshold"),
                      c.gamma() > constants.apart * threshold, after > before});
  }
  return result;
}

Statement statement(const Constants& constants) {
  return fixed_step_on_valleys()
      .assumes("$m$ is an integer", [](const Case& c) { return valleys_of(c).blocks_are_equal; })
      .claims([constants](const Case& c) { return conclusions(c, constants); });
}

}  // namespace

// The threshold of nonexpansive-convex is sharp: E‖G(w) − G(w')‖² = ρ(γβ)‖w − w'‖² where w − w' is
// a multiple of one coordinate of curvature β, and stays one, so that k iterations give ρ(γβ)^k.
Theorem theorem() {
  return {
      .id = "lower-unstable",
      .title = "Two runs move apart beyond the stability threshold",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(On the problem of \texttt{lower-fixed-step} with an integer $m$ every $f_i$ is
$m\beta$-smooth and $\bar B_S(w,w')=m$ for $w\neq w'$. For two
runs with a fixed step $\gamma>0$ and the same indices, whose starts differ in a coordinate of
curvature $\beta$,
\[ \mathbb{E}\|w_{k+1}-w'_{k+1}\|^2=\rho(\gamma\beta)\,\mathbb{E}\|w_k-w'_k\|^2,\qquad
   \rho(\gamma\beta)>1\iff\gamma>\frac{2}{m\beta(1+\bar\delta)} . \])",
      .text =
          "lower-fixed-step, starts that differ in a β-coordinate: E‖G(w) − G(w')‖² > ‖w − w'‖² "
          "iff "
          "γ > 2/(mβ(1+δ̄))",
      .drawn_from = {InstanceClass::valley_blocks},
      .statement = statement({}).tells_where("both sides are positive", has_positive_sides),
      .mutants = {{"twice-the-step", R"(together up to $\gamma\le4/(m\beta(1+\bar\delta))$)",
                   statement({.together = 2}), valleys_witness(1, "1", 1, "4", 1, 1)},
                  {"one-percent-above", R"(together up to $\gamma\le2.02/(m\beta(1+\bar\delta))$)",
                   statement({.together = Enclosure(101) / 100}),
                   valleys_witness(2, "1", 1, "101/200", 3, 1)},
                  {"one-percent-below", R"(apart for $\gamma>1.98/(m\beta(1+\bar\delta))$)",
                   statement({.apart = Enclosure(99) / 100}),
                   valleys_witness(2, "1", 1, "199/400", 3, 1)},
                  {"without-delta", R"($1+\bar\delta\to1$)", statement({.delta = 0}),
                   valleys_witness(2, "1", 1, "3/4", 3, 1)},
                  {"b-plus-m", R"($B+m-1\to B+m$)", statement({.extra = 1}),
                   valleys_witness(1, "1", 2, "1/4", 1, 1)}},
  };
}

}  // namespace graddiv::theorem::lower_unstable
