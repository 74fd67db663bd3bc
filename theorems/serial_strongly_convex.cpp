#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv::theorem::serial_strongly_convex {

// The case B = 1, δ = 0 of rate-strongly-convex, stated on its own since the comparison with it is
// what the paper is about: F λ-strongly convex, γ = ελ/M², 2γλ ≤ 1, T ≥ (M²/2ελ²) log(2D₀/ε)  ⇒
// E‖w_T − w*‖² ≤ ε.
Theorem theorem() {
  return {
      .id = "serial-strongly-convex",
      .title = "Serial SGD on strongly convex objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\lambda$-strongly convex, $M^2\ge M^2(w)$ along the run (in expectation is
enough), $B=1$,
$\gamma=\varepsilon\lambda/M^2$ and $2\gamma\lambda\le 1$. Then
\[
T\ge\frac{M^2}{2\varepsilon\lambda^2}\log\frac{2\|w_0-w^*\|^2}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}\|w_T-w^*\|^2\le\varepsilon . \])",
      .text =
          "B = 1, F λ-strongly convex, γ = ελ/M², 2γλ ≤ 1, T ≥ (M²/2ελ²) log(2D₀/ε)  ⇒  E‖w_T − "
          "w*‖² ≤ ε",
      .drawn_from = {InstanceClass::strongly_convex_serial},
      .statement = serial(strongly_convex_rate({})),
      .mutants = {{"nine-tenths", R"($\varepsilon \to 0.9\,\varepsilon$)",
                   serial(strongly_convex_rate({.bound = Enclosure(9) / 10})),
                   noise_floor_witness("1/4", "1/100", 124)},
                  {"half-horizon", R"(half the horizon)",
                   serial(strongly_convex_rate({.horizon = Enclosure(1) / 2})),
                   parabola_witness("1", "1/10", 8)},
                  {"three-times-step", R"($\gamma \to 3\gamma$)",
                   serial(strongly_convex_rate({.step = 3})),
                   noise_floor_witness("1/3", "1/4", 6)}},
  };
}

}  // namespace graddiv::theorem::serial_strongly_convex
