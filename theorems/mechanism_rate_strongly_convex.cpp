#include "instances/classes.h"
#include "theorems/mechanism_rates.h"

namespace graddiv::theorem::mechanism_rate_strongly_convex {

using namespace witness_mechanism;

Theorem theorem() {
  return mechanism_rate({
      .objectives = "strongly-convex",
      .drawn_from = InstanceClass::mechanism_strongly_convex,
      .title = "Strongly convex objectives with a mechanism",
      .latex =
          R"($\lambda$-strongly convex $F$, $\gamma=\varepsilon\lambda/M_Q^2$ and $2\gamma\lambda
B\le1$
\[
T\ge\frac{M_Q^2}{2\varepsilon\lambda^2}\log\frac{2\|w_0-w^*\|^2}{\varepsilon}
\quad\Longrightarrow\quad
   \mathbb{E}\|w_T-w^*\|^2\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text =
          "F λ-strongly convex, γ = ελ/M_Q², 2γλB ≤ 1, T ≥ (M_Q²/2ελ²) log(2D₀/ε)  ⇒  E‖w_T − w*‖² "
          "≤ (1+δ/2) ε",
      .rate = strongly_convex_rate,
      .smaller_bound = {"nine-tenths",
                        R"($(1+\delta/2)\varepsilon \to 0.9\,(1+\delta/2)\varepsilon$)",
                        under_a_mechanism(strongly_convex_rate, {.bound = Enclosure(9) / 10}),
                        with_mechanism(parabola_witness("1/4", "1/100", 124), langevin)},
      .half_horizon = with_mechanism(parabola_witness("1", "1/10", 8), nothing_dropped),
      .shared_like_fresh = with_mechanism(parabola_witness("0", "1/8", 1, 4), shared_langevin),
  });
}

}  // namespace graddiv::theorem::mechanism_rate_strongly_convex
