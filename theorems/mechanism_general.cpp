#include "instances/classes.h"
#include "theorems/mechanisms.h"

namespace graddiv::theorem::mechanism_general {
namespace {

// E‖Q_i‖² = ‖g_i‖² + E‖Q_i − g_i‖², and the cross terms of E‖Σ Q_i‖² are ⟨g_i, g_j⟩ by
// independence: Δ^Q = (A+V)/(D+V), which lies between Δ = A/D and 1. All inequalities are cleared
// of fractions; Δ ≤ 1 iff A ≤ D.
Statement as_stated() {
  return about_mechanism("").claims_at_every_mechanism_point(
      [](const Case&, const MechanismPoint& p) -> std::vector<Conclusion> {
        const Enclosure A = p.sum_of_squares();
        const Enclosure D = p.square_of_sum();
        const Enclosure V = p.variance();
        const Enclosure squares = p.expected_sum_of_squares();
        const Enclosure square = p.expected_square_of_sum();
        return {{"the sum of squares", Truth::yes, squares == A + V},
                {"the square of the sum", Truth::yes, square == D + V},
                {"$Δ ≤ 1 ⇒ Δ ≤ Δ^Q$", A <= D, A * square <= squares * D},
                {"$Δ ≤ 1 ⇒ Δ^Q ≤ 1$", A <= D, squares <= square},
                {"$Δ ≥ 1 ⇒ 1 ≤ Δ^Q$", A >= D, square <= squares},
                {"$Δ ≥ 1 ⇒ Δ^Q ≤ Δ$", A >= D, squares * D <= A * square}};
      });
}

// Δ ≤ Δ^Q, or Δ^Q ≤ 1, without a condition.
Statement never_less_diverse() {
  return about_mechanism("").claims_at_every_mechanism_point(
      [](const Case&, const MechanismPoint& p) -> std::vector<Conclusion> {
        return {{"", Truth::yes,
                 p.sum_of_squares() * p.expected_square_of_sum() <=
                     p.expected_sum_of_squares() * p.square_of_sum()}};
      });
}
Statement never_above_one() {
  return about_mechanism("").claims_at_every_mechanism_point(
      [](const Case&, const MechanismPoint& p) -> std::vector<Conclusion> {
        return {{"", Truth::yes, p.expected_sum_of_squares() <= p.expected_square_of_sum()}};
      });
}

// Δ^Q = (A + aV)/(D + dV)
Statement with_variances(const Enclosure& above, const Enclosure& below) {
  return about_mechanism("").claims_at_every_mechanism_point(
      [=](const Case&, const MechanismPoint& p) -> std::vector<Conclusion> {
        const Enclosure V = p.variance();
        return {{"", Truth::yes,
                 mechanism_diversity_is(p, p.sum_of_squares() + above * V,
                                        p.square_of_sum() + below * V)}};
      });
}

const std::string half = R"({"kind": "dropout", "keep": "1/2"})";
// Δ = 5, Δ^Q = 5/3.
const std::string opposed = mechanism_witness(R"([["1"], ["-1/2"]])", 1, half);
// Δ = 1/2, Δ^Q = 2/3.
const std::string equal_gradients = mechanism_witness(R"([["1"], ["1"]])", 1, half);

}  // namespace

Theorem theorem() {
  return {
      .id = "mechanism-general",
      .title = "The diversity of a mechanism",
      .source = "Diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let $Q_1,\dots,Q_n$ be independent with $\mathbb{E}\,Q_i(g)=g$, and $g_i=\nabla
f_i(w)$, $A=\sum_i\|g_i\|^2$,
$D=\bigl\|\sum_i g_i\bigr\|^2$, $V=\sum_i\mathbb{E}\|Q_i(g_i)-g_i\|^2$. Then
\[ \Delta^Q_S(w)=\frac{\sum_i\mathbb{E}\|Q_i(g_i)\|^2}{\mathbb{E}\bigl\|\sum_i
Q_i(g_i)\bigr\|^2}=\frac{A+V}{D+V}, \]
so $\Delta_S(w)\le 1$ implies $\Delta_S(w)\le\Delta^Q_S(w)\le 1$, and $\Delta_S(w)\ge 1$ implies
$1\le\Delta^Q_S(w)\le\Delta_S(w)$.)",
      .text = "Δ^Q = (A+V)/(D+V), so Δ ≤ 1 ⇒ Δ ≤ Δ^Q ≤ 1, and Δ ≥ 1 ⇒ 1 ≤ Δ^Q ≤ Δ",
      .drawn_from = {InstanceClass::dropout, InstanceClass::langevin, InstanceClass::quantization},
      .statement = as_stated().tells_where("$n ≥ 2$", has_several_functions),
      .mutants = {{"condition-dropped", R"($\Delta_S\le\Delta^Q_S$ without $\Delta_S\le 1$)",
                   never_less_diverse(), opposed},
                  {"never-above-1", R"($\Delta^Q_S\le 1$ without $\Delta_S\le 1$)",
                   never_above_one(), opposed},
                  {"same-diversity", R"($\Delta^Q_S=\Delta_S$)", with_variances(0, 0),
                   equal_gradients},
                  {"noise-cancels", R"($\Delta^Q_S=(A+V)/D$)", with_variances(1, 0),
                   equal_gradients}},
  };
}

}  // namespace graddiv::theorem::mechanism_general
