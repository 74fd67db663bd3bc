#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::one_step {
namespace {

// ‖w−w*‖² − 2γB⟨∇F(w), w−w*⟩ + (1 + c (B−1+e)/B_S(w)) γ²B M²(w); the mutants change c and e.
Enclosure right_side(const Case& c, const Point& p, const Enclosure& factor,
                     const Enclosure& extra) {
  const Enclosure gamma = c.gamma_at(p.place());
  const Enclosure delta = (c.B_at(p.place()) - 1 + extra) * p.inverse_batch_size_bound();
  return p.distance() - 2 * gamma * c.B_at(p.place()) * p.slope_towards_reference() +
         (1 + factor * delta) * square(gamma) * c.B_at(p.place()) * p.second_moment();
}

Statement at_most(const Enclosure& factor) {
  return Statement().claims_at_every_point([factor](const Case& c, const Point& p) {
    return p.expected_distance_after_step(c.gamma_at(p.place()), c.B_at(p.place())) <=
           right_side(c, p, factor, 0);
  });
}

// With δ = (B−1)/B_S(w): an equality without projection, ≤ with it, since Π_W is nonexpansive and
// keeps w*.
Statement as_stated() {
  return Statement().claims_at_every_point(
      [](const Case& c, const Point& p) {
        const Enclosure left =
            p.expected_distance_after_step(c.gamma_at(p.place()), c.B_at(p.place()));
        const Enclosure right = right_side(c, p, 1, 0);
        return c.unconstrained() == Truth::yes ? left == right : left <= right;
      },
      delta_at, &Point::with_exact_gradients);
}

Statement equal_with(const Enclosure& extra) {
  return Statement()
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .claims_at_every_point([extra](const Case& c, const Point& p) {
        return p.expected_distance_after_step(c.gamma_at(p.place()), c.B_at(p.place())) ==
               right_side(c, p, 1, extra);
      });
}

// f_1 = f_2 = w²/2: B_S = 1.
const std::string equal_parabolas = parabolas_witness("1", "1", "1/4", 2);

}  // namespace

// E[‖w⁺ − w*‖² | w] ≤ ‖w−w*‖² − 2γB⟨∇F(w), w−w*⟩ + (1+δ)γ²B M²(w); with δ = (B−1)/B_S(w) and no
// projection an equality. For a reference point x ∈ W in place of an irrational w* (of a ball), for
// which it holds as well. The left side is summed over all multisets of draws, projection included.
Theorem theorem() {
  return {
      .id = "one-step",
      .title = "One step of mini-batch SGD",
      .source = "Lemma 1",
      .cites = "yin2018",
      .latex = R"(If $B\le 1+\delta B_S(w)$ then
\[ \mathbb{E}\bigl[\|w^+-w^*\|^2\,\big|\,w\bigr]\;\le\;\|w-w^*\|^2-2\gamma B\,\langle\nabla
F(w),w-w^*\rangle
   +(1+\delta)\,\gamma^2 B\,M^2(w), \]
and with $\delta=(B-1)/B_S(w)$ and $W=\mathbb{R}^d$ it is an equality, for any reference point in
place of $w^*$.)",
      .text =
          "E[‖w⁺−w*‖² | w] ≤ ‖w−w*‖² − 2γB⟨∇F(w), w−w*⟩ + (1+δ)γ²B M²(w); an equality for δ = "
          "(B−1)/B_S(w), W = R^d",
      .drawn_from = {InstanceClass::strongly_convex, InstanceClass::convex,
                     InstanceClass::rank_deficient, InstanceClass::indefinite_parts,
                     InstanceClass::bounded, InstanceClass::nonsmooth, InstanceClass::convex_runs},
      .statement = as_stated()
                       .tells_where("$γ > 0$ and $M²(w) > 0$", makes_a_step)
                       .holds_for_any_reference_point(),
      .mutants = {{"without-delta", R"($1+\delta \to 1$)", at_most(0), equal_parabolas},
                  {"half-delta", R"($1+\delta \to 1+\delta/2$)", at_most(Enclosure(1) / 2),
                   equal_parabolas},
                  {"b-for-b-minus-1", R"($B-1 \to B$, as $=$)", equal_with(1), equal_parabolas}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::one_step
