#include "theorems/mechanism_rates.h"

namespace graddiv {

Statement under_a_mechanism(Rate& rate, const RateConstants& k, const MechanismMoments& moments) {
  return rate(k).of_runs_with_a_mechanism(moments);
}

// Of quantization it depends on the gradients: those at the start are asked.
static Truth makes_noise(const Case& c, const Conclusion&) {
  if (c.has_mechanism("dropout") == Truth::yes) return c.mechanism_parameter() < 1;
  if (c.has_mechanism("langevin") == Truth::yes) return c.mechanism_parameter() > 0;
  return c.mechanism_points().front().variance() > 0;
}

Theorem mechanism_rate(MechanismRate r) {
  return {
      .id = "mechanism-rate-" + r.objectives,
      .title = std::move(r.title),
      .source = "convergence rate with diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let the gradients pass through a mechanism, $M_Q^2\ge
M_Q^2(w)=\frac1n\sum_i\mathbb{E}\|Q_i(\nabla f_i(w))\|^2$ and
$B\le1+\delta b(w)$ along the run (for which
$\mathbb{E}[(1+\frac{B-1}{b(w)})M_Q^2(w)]\le(1+\delta)M_Q^2$ is enough), with $b=\tilde
B=M_Q^2(w)/\|\nabla F(w)\|^2$ where the noise is new
for every draw and $b=B^Q_S(w)$ where it is shared. Then for )" +
          r.latex,
      .text = "with a mechanism, M_Q² and b in place of M² and B_S: " + r.text,
      .drawn_from = {r.drawn_from},
      .statement = under_a_mechanism(r.rate).tells_where("the mechanism makes noise", makes_noise),
      .mutants =
          {std::move(r.smaller_bound),
           {"half-horizon", R"(half the horizon)",
            under_a_mechanism(r.rate, {.horizon = Enclosure(1) / 2}), std::move(r.half_horizon)},
           {"without-noise", R"($M_Q^2 \to M^2$)", under_a_mechanism(r.rate, {}, {.noise = false}),
            with_mechanism(parabola_witness("0", "1/10", 3), witness_mechanism::langevin)},
           {"shared-like-fresh", R"($b=B^Q_S \to \tilde B$ for shared noise)",
            under_a_mechanism(r.rate, {}, {.sharing = false}), std::move(r.shared_like_fresh)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv
