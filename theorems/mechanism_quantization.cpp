#include "instances/classes.h"
#include "theorems/mechanisms.h"

namespace graddiv::theorem::mechanism_quantization {
namespace {

// V against its closed form for s levels; for one level against the form without fractional parts;
// and against (d/4s²) A, since u(1−u) ≤ 1/4.
Statement as_stated() {
  return about_mechanism("quantization")
      .claims_at_every_mechanism_point([](const Case& c,
                                          const MechanismPoint& p) -> std::vector<Conclusion> {
        const Enclosure s = c.mechanism_parameter();
        const Enclosure A = p.sum_of_squares();
        const Enclosure V = p.expected_variance();
        return {{"the variance", Truth::yes, V == p.variance()},
                {"one level", s == 1, V == p.sum_of_norm_products() - A},
                {"at most $d/4s²$", Truth::yes, V <= c.d() / (4 * square(s)) * A},
                {"the diversity", Truth::yes,
                 mechanism_diversity_is(p, A + p.variance(), p.square_of_sum() + p.variance())}};
      });
}

// V = (Σ‖g_i‖‖g_i‖_1 − A)/s
Statement one_level_over_s() {
  return about_mechanism("quantization")
      .claims_at_every_mechanism_point([](const Case& c,
                                          const MechanismPoint& p) -> std::vector<Conclusion> {
        return {{"", Truth::yes,
                 p.expected_variance() ==
                     (p.sum_of_norm_products() - p.sum_of_squares()) / c.mechanism_parameter()}};
      });
}

// V ≤ (d/8s²) A
Statement half_the_bound() {
  return about_mechanism("quantization")
      .claims_at_every_mechanism_point(
          [](const Case& c, const MechanismPoint& p) -> std::vector<Conclusion> {
            return {{"", Truth::yes,
                     p.expected_variance() <=
                         c.d() / (8 * square(c.mechanism_parameter())) * p.sum_of_squares()}};
          });
}

// Δ^Q = Σ‖g_i‖‖g_i‖_1 / D, as if the second moments alone were to change.
Statement noise_cancels() {
  return about_mechanism("quantization")
      .assumes("$s = 1$", [](const Case& c) { return c.mechanism_parameter() == 1; })
      .claims_at_every_mechanism_point(
          [](const Case&, const MechanismPoint& p) -> std::vector<Conclusion> {
            return {{"", Truth::yes,
                     mechanism_diversity_is(p, p.sum_of_norm_products(), p.square_of_sum())}};
          });
}

// g = (3, 4), ‖g‖ = 5: with s = 2 the fractional parts are 1/5 and 3/5 and V = 5/2; with s = 1, V =
// 10.
const std::string two_levels =
    mechanism_witness(R"([["3", "4"]])", 2, R"({"kind": "quantization", "levels": 2})");
const std::string one_level =
    mechanism_witness(R"([["3", "4"]])", 2, R"({"kind": "quantization", "levels": 1})");

}  // namespace

// Stochastic rounding of m + u has variance u(1−u). With one level u_j = |g_j|/‖g‖, and Σ_j ‖g‖²
// u_j (1−u_j) = ‖g‖‖g‖_1 − ‖g‖².
Theorem theorem() {
  return {
      .id = "mechanism-quantization",
      .title = "The diversity of quantization",
      .source = "Diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let $Q(g)_j=\|g\|\,\mathrm{sign}(g_j)\,\xi_j/s$ with $\xi_j$ the stochastic rounding of
$s|g_j|/\|g\|$, $u_j$ its
fractional part, and $Q(0)=0$. Then $\mathbb{E}\|Q(g)-g\|^2=\sum_j(\|g\|^2/s^2)\,u_j(1-u_j)\le
(d/4s^2)\|g\|^2$, which for $s=1$ is $\|g\|\|g\|_1-\|g\|^2$, and
\[ \Delta^Q_S(w)=\frac{A+V}{D+V},\qquad V=\sum_i\mathbb{E}\|Q_i(g_i)-g_i\|^2. \])",
      .text =
          "quantization: V = Σ_i Σ_j (‖g_i‖²/s²) u_ij (1−u_ij) ≤ (d/4s²) A, = Σ(‖g_i‖‖g_i‖_1 − "
          "‖g_i‖²) for s = 1; Δ^Q = (A+V)/(D+V)",
      .drawn_from = {InstanceClass::quantization},
      .statement = as_stated(),
      .mutants = {{"one-level-over-s", R"($V=\sum_i(\|g_i\|\|g_i\|_1-\|g_i\|^2)/s$)",
                   one_level_over_s(), two_levels},
                  {"half-the-bound", R"($d/4s^2 \to d/8s^2$)", half_the_bound(), one_level},
                  {"noise-cancels", R"($\Delta^Q_S=(A+V)/D$ for $s=1$)", noise_cancels(),
                   one_level}},
  };
}

}  // namespace graddiv::theorem::mechanism_quantization
