#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv::theorem::serial_smooth {

// The case B = 1, δ = 0 of rate-smooth, stated on its own since the comparison with it is what the
// paper is about: F β-smooth, W = R^d, γ = ε/(βM²), T ≥ 2βM²(F(w_0)−F*)/ε²  ⇒  min_{k<K}
// E‖∇F(w_k)‖² ≤ ε.
Theorem theorem() {
  return {
      .id = "serial-smooth",
      .title = "Serial SGD on smooth objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\beta$-smooth, $W=\mathbb{R}^d$, $M^2\ge M^2(w)$ along the run (in
expectation is enough), $B=1$, $K\ge1$ and
$\gamma=\varepsilon/(\beta M^2)$. Then
\[ T\ge\frac{2\beta M^2(F(w_0)-F^*)}{\varepsilon^2}\quad\Longrightarrow\quad
   \min_{k<K}\mathbb{E}\|\nabla F(w_k)\|^2\le\varepsilon , \]
and the average over $k<K$ obeys the same bound.)",
      .text =
          "B = 1, F β-smooth, W = R^d, γ = ε/(βM²), T ≥ 2βM²(F(w_0)−F*)/ε²  ⇒  min_{k<K} "
          "E‖∇F(w_k)‖² ≤ ε",
      .drawn_from = {InstanceClass::smooth_serial},
      .statement = serial(smooth_rate({})),
      .mutants = {{"98-hundredths", R"($\varepsilon \to 0.98\,\varepsilon$)",
                   serial(smooth_rate({.bound = Enclosure(49) / 50})),
                   parabola_witness("1", "1", 1)},
                  {"half-horizon", R"(half the horizon)",
                   serial(smooth_rate({.horizon = Enclosure(1) / 2})),
                   huber_witness("1", "13/10", "9/10", 1, 1)},
                  {"three-times-step", R"($\gamma \to 3\gamma$)", serial(smooth_rate({.step = 3})),
                   noise_floor_witness("1/3", "1/4", 20)}},
  };
}

}  // namespace graddiv::theorem::serial_smooth
