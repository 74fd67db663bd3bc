#include "instances/classes.h"
#include "theorems/mechanism_rates.h"

namespace graddiv::theorem::mechanism_rate_convex {

using namespace witness_mechanism;

Theorem theorem() {
  return mechanism_rate({
      .objectives = "convex",
      .drawn_from = InstanceClass::mechanism_convex,
      .title = "Convex objectives with a mechanism",
      .latex =
          R"(convex $F$, $K\ge1$, $\gamma=\varepsilon/M_Q^2$ and $\bar w=\frac1K\sum_{k<K}w_{kB}$
\[ T\ge\frac{M_Q^2\|w_0-w^*\|^2}{\varepsilon^2}\quad\Longrightarrow\quad
   \mathbb{E}[F(\bar w)-F^*]\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text = "F convex, γ = ε/M_Q², T ≥ M_Q²D₀/ε²  ⇒  E[F(w̄) − F*] ≤ (1+δ/2) ε",
      .rate = convex_rate,
      .smaller_bound = {"98-hundredths",
                        R"($(1+\delta/2)\varepsilon \to 0.98\,(1+\delta/2)\varepsilon$)",
                        under_a_mechanism(convex_rate, {.bound = Enclosure(49) / 50}),
                        with_mechanism(huber_witness("1", "50", "50", 1, 1), nothing_dropped)},
      .half_horizon = with_mechanism(slope_witness("2", 2), nothing_dropped),
      .shared_like_fresh =
          with_mechanism(parabola_witness("0", "1/10000", 2, 1000), shared_langevin),
  });
}

}  // namespace graddiv::theorem::mechanism_rate_convex
