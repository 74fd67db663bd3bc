#include "instances/classes.h"
#include "theorems/mechanism_rates.h"

namespace graddiv::theorem::mechanism_rate_pl {

using namespace witness_mechanism;

Theorem theorem() {
  return mechanism_rate({
      .objectives = "pl",
      .drawn_from = InstanceClass::mechanism_pl,
      .title = "Polyak–Łojasiewicz objectives with a mechanism",
      .latex =
          R"($\beta$-smooth and $\mu$-PL $F$, $W=\mathbb{R}^d$, $\gamma=2\varepsilon\mu/(\beta
M_Q^2)$ and $2\gamma\mu B\le1$
\[ T\ge\frac{\beta
M_Q^2}{4\varepsilon\mu^2}\log\frac{2(F(w_0)-F^*)}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}[F(w_T)-F^*]\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text = "F β-smooth and μ-PL, W = R^d, γ = 2εμ/(βM_Q²), 2γμB ≤ 1, T ≥ (βM_Q²/4εμ²) "
              "log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T) − F*] ≤ (1+δ/2) ε",
      .rate = pl_rate,
      .smaller_bound = {"nine-tenths",
                        R"($(1+\delta/2)\varepsilon \to 0.9\,(1+\delta/2)\varepsilon$)",
                        under_a_mechanism(pl_rate, {.bound = Enclosure(9) / 10}),
                        with_mechanism(parabola_witness("1/4", "1/100", 124), langevin)},
      .half_horizon = with_mechanism(parabola_witness("1", "1/10", 8), nothing_dropped),
      .shared_like_fresh = with_mechanism(parabola_witness("0", "1/8", 1, 4), shared_langevin),
  });
}

}  // namespace graddiv::theorem::mechanism_rate_pl
