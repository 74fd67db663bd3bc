#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::one_step_smooth {
namespace {

// E F(w⁺) ≤ F(w) − γB‖∇F(w)‖² + c (β/2)(1 + e (B−1)/B_S(w)) γ²B M²(w); the mutants change c, e and
// the descent.
Statement with(const Enclosure& curvature, const Enclosure& delta, const Enclosure& descent) {
  return Statement()
      .assumes("$F$ is $β$-smooth", [](const Case& c) { return c.beta() >= 0; })
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .claims_at_every_point(
          [=](const Case& c, const Point& p) {
            const Enclosure gamma = c.gamma_at(p.place());
            // (1+δ) M²(w) with δ = (B−1)/B_S(w) is M²(w) + (B−1)‖∇F(w)‖²
            const Enclosure noise =
                p.second_moment() + delta * (c.B_at(p.place()) - 1) * p.gradient_norm2();
            return p.expected_change_of_objective(gamma, c.B_at(p.place())) +
                       descent * gamma * c.B_at(p.place()) * p.gradient_norm2() <=
                   curvature * c.beta() / 2 * square(gamma) * c.B_at(p.place()) * noise;
          },
          delta_at);
}

}  // namespace

// F(w⁺) ≤ F(w) + ⟨∇F(w), w⁺−w⟩ + (β/2)‖w⁺−w‖², and E‖w⁺−w‖² = γ²B M²(w)(1 + (B−1)/B_S(w)) by
// second-moment.
Theorem theorem() {
  return {
      .id = "one-step-smooth",
      .title = "One step of mini-batch SGD on a smooth objective",
      .source = "Lemma 1, re-derived for smooth objectives",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\beta$-smooth and $W=\mathbb{R}^d$. If $B\le 1+\delta B_S(w)$ then
\[ \mathbb{E}\bigl[F(w^+)\,\big|\,w\bigr]\;\le\;F(w)-\gamma B\,\|\nabla F(w)\|^2
   +\frac{\beta}{2}(1+\delta)\,\gamma^2 B\,M^2(w). \])",
      .text = "F β-smooth, W = R^d  ⇒  E[F(w⁺) | w] ≤ F(w) − γB‖∇F(w)‖² + (β/2)(1+δ)γ²B M²(w)",
      .drawn_from = {InstanceClass::strongly_convex, InstanceClass::convex,
                     InstanceClass::rank_deficient, InstanceClass::indefinite_parts,
                     InstanceClass::any_quadratic, InstanceClass::generalized_linear_rational,
                     InstanceClass::generalized_linear},
      .statement = with(1, 1, 1).tells_where("$γ > 0$ and $M²(w) > 0$", makes_a_step),
      .mutants = {{"without-delta", R"($1+\delta \to 1$)", with(1, 0, 1),
                   parabolas_witness("1", "1", "1/4", 2)},
                  {"half-delta", R"($1+\delta \to 1+\delta/2$)", with(1, Enclosure(1) / 2, 1),
                   parabolas_witness("1", "1", "1/4", 2)},
                  {"half-curvature", R"($\beta/2 \to \beta/4$)", with(Enclosure(1) / 2, 1, 1),
                   parabolas_witness("1", "1", "1/4", 1)},
                  {"twice-the-descent", R"($\gamma B \to 2\gamma B$)", with(1, 1, 2),
                   parabolas_witness("1", "1", "1/4", 1)}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::one_step_smooth
