#include "instances/classes.h"
#include "theorems/mechanism_rates.h"

namespace graddiv::theorem::mechanism_rate_smooth {

using namespace witness_mechanism;

Theorem theorem() {
  return mechanism_rate({
      .objectives = "smooth",
      .drawn_from = InstanceClass::mechanism_smooth,
      .title = "Smooth objectives with a mechanism",
      .latex =
          R"($\beta$-smooth $F$, $W=\mathbb{R}^d$, $K\ge1$ and $\gamma=\varepsilon/(\beta M_Q^2)$
\[ T\ge\frac{2\beta M_Q^2(F(w_0)-F^*)}{\varepsilon^2}\quad\Longrightarrow\quad
   \min_{k<K}\mathbb{E}\|\nabla F(w_{kB})\|^2\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text = "F β-smooth, W = R^d, γ = ε/(βM_Q²), T ≥ 2βM_Q²(F(w_0)−F*)/ε²  ⇒  min_{k<K} "
              "E‖∇F(w_k)‖² ≤ "
              "(1+δ/2) ε",
      .rate = smooth_rate,
      .smaller_bound = {"98-hundredths",
                        R"($(1+\delta/2)\varepsilon \to 0.98\,(1+\delta/2)\varepsilon$)",
                        under_a_mechanism(smooth_rate, {.bound = Enclosure(49) / 50}),
                        with_mechanism(parabola_witness("1", "1", 1), nothing_dropped)},
      .half_horizon = with_mechanism(huber_witness("1", "13/10", "9/10", 1, 1), nothing_dropped),
      .shared_like_fresh =
          with_mechanism(parabola_witness("0", "1/10000", 2, 1000), shared_langevin),
  });
}

}  // namespace graddiv::theorem::mechanism_rate_smooth
