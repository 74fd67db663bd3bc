#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::second_moment {
namespace {

// The mutants replace one of the two numbers in  E‖Σ_{ℓ≤B} ∇f_{s_ℓ}(w)‖² = B M²(w) (1 + c
// (B−1+e)/B_S(w)).
Enclosure right_side(const Case& c, const Point& p, const Enclosure& factor,
                     const Enclosure& extra) {
  return c.B_at(p.place()) * p.second_moment() *
         (1 + factor * (c.B_at(p.place()) - 1 + extra) * p.inverse_batch_size_bound());
}

Statement at_most(const Enclosure& factor) {
  return Statement().claims_at_every_point([factor](const Case& c, const Point& p) {
    return p.expected_squared_sum(c.B_at(p.place())) <= right_side(c, p, factor, 0);
  });
}

Statement equal(const Enclosure& extra) {
  return Statement().claims_at_every_point(
      [extra](const Case& c, const Point& p) {
        return p.expected_squared_sum(c.B_at(p.place())) == right_side(c, p, 1, extra);
      },
      delta_at, &Point::with_exact_gradients);
}

// Gradients 1 and 1 at every point: B_S = 1.
const std::string equal_gradients =
    witness(R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]}])",
            R"("start": ["0"], "step": "1", "batch": 2, "iterations": 1)");

}  // namespace

// E‖Σ_{ℓ=1}^B ∇f_{s_ℓ}(w)‖² = B M²(w) + B(B−1) ‖∇F(w)‖² = B M²(w) (1 + (B−1)/B_S(w)). Independent
// draws: B diagonal terms M²(w), B(B−1) cross terms ‖∇F(w)‖². The left side is summed over all
// multisets of draws.
Theorem theorem() {
  return {
      .id = "second-moment",
      .title = "The second moment of a mini-batch gradient",
      .source = "Definitions 4 and 5, re-derived",
      .cites = "yin2018",
      .latex = R"(For $s_1,\dots,s_B$ independent and uniform on $\{1,\dots,n\}$ and every $w$,
\[ \mathbb{E}\Bigl\|\sum_{\ell=1}^{B}\nabla f_{s_\ell}(w)\Bigr\|^2
   = B\,M^2(w)+B(B-1)\,\|\nabla F(w)\|^2 = B\,M^2(w)\Bigl(1+\frac{B-1}{B_S(w)}\Bigr). \])",
      .text = "E‖Σ_{ℓ≤B} ∇f_{s_ℓ}(w)‖² = B M²(w) (1 + (B−1)/B_S(w))",
      .drawn_from = {InstanceClass::any_rational, InstanceClass::generalized_linear_rational,
                     InstanceClass::generalized_linear, InstanceClass::bounded,
                     InstanceClass::nonsmooth},
      .statement = equal(0).tells_where("$n ≥ 2$, $B ≥ 2$ and $M²(w) > 0$",
                                        [](const Case& c, const Conclusion& claimed) {
                                          return c.n() >= 2 && c.B_at(claimed.place) >= 2 &&
                                                 *claimed.second_moment > 0;
                                        }),
      .mutants = {{"without-delta", R"($1+\delta \to 1$, as $\le$)", at_most(0), equal_gradients},
                  {"half-delta", R"($1+\delta \to 1+\delta/2$, as $\le$)",
                   at_most(Enclosure(1) / 2), equal_gradients},
                  {"b-for-b-minus-1", R"($B-1 \to B$, as $=$)", equal(1), equal_gradients}},
      .least_percent_at_positive_delta = 33,
  };
}

}  // namespace graddiv::theorem::second_moment
