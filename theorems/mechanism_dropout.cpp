#include "instances/classes.h"
#include "theorems/mechanisms.h"

namespace graddiv::theorem::mechanism_dropout {
namespace {

// 1/Δ^Q = a/Δ + b, that is Δ^Q = A/(aD + bA).
using Coefficient = Enclosure (*)(const Enclosure& p);
Statement inverse_is(Coefficient of_inverse, Coefficient constant) {
  return about_mechanism("dropout").claims_at_every_mechanism_point(
      [=](const Case& c, const MechanismPoint& at) -> std::vector<Conclusion> {
        const Enclosure p = c.mechanism_parameter();
        const Enclosure A = at.sum_of_squares();
        return {
            {"", A > 0,
             mechanism_diversity_is(at, A, of_inverse(p) * at.square_of_sum() + constant(p) * A)}};
      });
}

Enclosure p_itself(const Enclosure& p) { return p; }
Enclosure dropped(const Enclosure& p) { return 1 - p; }
Enclosure p_squared(const Enclosure& p) { return square(p); }
Enclosure not_squared(const Enclosure& p) { return 1 - square(p); }
Enclosure one(const Enclosure&) { return 1; }
Enclosure zero(const Enclosure&) { return 0; }

// Gradients 1 and 1: 1/Δ = 2; with p = 1/4, 1/Δ^Q = 5/4.
const std::string quarter =
    mechanism_witness(R"([["1"], ["1"]])", 1, R"({"kind": "dropout", "keep": "1/4"})");

}  // namespace

// V = A (1−p)/p, so A + V = A/p and D + V = (pD + (1−p)A)/p. Dropout without the factor 1/p
// multiplies both by p².
Theorem theorem() {
  return {
      .id = "mechanism-dropout",
      .title = "The diversity of dropout",
      .source = "Diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let $Q_i$ keep every coordinate independently with probability $p\in(0,1]$, scaled by
$1/p$. Where not all
$\nabla f_i(w)$ vanish,
\[ \frac{1}{\Delta^Q_S(w)}=\frac{p}{\Delta_S(w)}+(1-p). \])",
      .text = "dropout with keep probability p: 1/Δ^Q = p/Δ + (1−p)",
      .drawn_from = {InstanceClass::dropout},
      .statement = inverse_is(p_itself, dropped).tells_where("$n ≥ 2$", has_several_functions),
      .mutants = {{"keep-for-drop", R"($p \to 1-p$)", inverse_is(dropped, p_itself), quarter},
                  {"p-squared", R"($p \to p^2$)", inverse_is(p_squared, not_squared), quarter},
                  {"without-dropped", R"($p/\Delta_S+(1-p) \to p/\Delta_S$)",
                   inverse_is(p_itself, zero), quarter},
                  {"same-diversity", R"($\Delta^Q_S=\Delta_S$)", inverse_is(one, zero), quarter}},
  };
}

}  // namespace graddiv::theorem::mechanism_dropout
