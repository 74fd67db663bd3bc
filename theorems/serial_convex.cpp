#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv::theorem::serial_convex {

// The case B = 1, δ = 0 of rate-convex, stated on its own since the comparison with it is what the
// paper is about: F convex, γ = ε/M², T ≥ M²D₀/ε²  ⇒  E[F(w̄) − F*] ≤ ε.
Theorem theorem() {
  return {
      .id = "serial-convex",
      .title = "Serial SGD on convex objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be convex, $M^2\ge M^2(w)$ along the run (in expectation is enough), $B=1$,
$K\ge1$ and $\gamma=\varepsilon/M^2$.
With $\bar w=\frac1K\sum_{k<K}w_k$,
\[ T\ge\frac{M^2\|w_0-w^*\|^2}{\varepsilon^2}\quad\Longrightarrow\quad
   \mathbb{E}[F(\bar w)-F^*]\le\varepsilon . \])",
      .text = "B = 1, F convex, γ = ε/M², T ≥ M²D₀/ε²  ⇒  E[F(w̄) − F*] ≤ ε",
      .drawn_from = {InstanceClass::convex_serial},
      .statement = serial(convex_rate({})),
      .mutants = {{"98-hundredths", R"($\varepsilon \to 0.98\,\varepsilon$)",
                   serial(convex_rate({.bound = Enclosure(49) / 50})),
                   huber_witness("1", "50", "50", 1, 1)},
                  {"half-horizon", R"(half the horizon)",
                   serial(convex_rate({.horizon = Enclosure(1) / 2})), slope_witness("2", 2)},
                  {"three-times-step", R"($\gamma \to 3\gamma$)", serial(convex_rate({.step = 3})),
                   reflected_walk_witness("5/4", 30)}},
  };
}

}  // namespace graddiv::theorem::serial_convex
