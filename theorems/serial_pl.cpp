#include "instances/classes.h"
#include "theorems/rates.h"

namespace graddiv::theorem::serial_pl {

// The case B = 1, δ = 0 of rate-pl, stated on its own since the comparison with it is what the
// paper is about: F β-smooth, μ-PL, W = R^d, γ = 2εμ/(βM²), 2γμ ≤ 1, T ≥ (βM²/(4εμ²))
// log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T) − F*] ≤ ε.
Theorem theorem() {
  return {
      .id = "serial-pl",
      .title = "Serial SGD on PL objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\beta$-smooth and $\mu$-PL, $W=\mathbb{R}^d$, $M^2\ge M^2(w)$ along the run
(in expectation is enough), $B=1$,
$\gamma=2\varepsilon\mu/(\beta M^2)$ and $2\gamma\mu\le 1$. Then
\[ T\ge\frac{\beta
M^2}{4\varepsilon\mu^2}\log\frac{2(F(w_0)-F^*)}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}[F(w_T)-F^*]\le\varepsilon . \])",
      .text =
          "B = 1, F β-smooth and μ-PL, W = R^d, γ = 2εμ/(βM²), 2γμ ≤ 1, T ≥ (βM²/4εμ²) "
          "log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T) − F*] ≤ ε",
      .drawn_from = {InstanceClass::pl_serial},
      .statement = serial(pl_rate({})),
      .mutants = {{"nine-tenths", R"($\varepsilon \to 0.9\,\varepsilon$)",
                   serial(pl_rate({.bound = Enclosure(9) / 10})),
                   noise_floor_witness("1/4", "1/100", 124)},
                  {"half-horizon", R"(half the horizon)",
                   serial(pl_rate({.horizon = Enclosure(1) / 2})),
                   parabola_witness("1", "1/10", 8)},
                  {"three-times-step", R"($\gamma \to 3\gamma$)", serial(pl_rate({.step = 3})),
                   noise_floor_witness("1/3", "1/4", 6)}},
  };
}

}  // namespace graddiv::theorem::serial_pl
