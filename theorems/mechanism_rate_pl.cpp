#include "theorems/mechanisms.h"
#include "theorems/rates.h"

namespace graddiv {
namespace {

Statement with(const RateConstants& k, const MechanismMoments& moments = {}) {
  return pl_rate(k).of_runs_with_a_mechanism(moments);
}

const std::string langevin = R"({"kind": "langevin", "variance": 1})";
const std::string shared = R"({"kind": "langevin", "variance": 1, "sharing": "shared"})";
const std::string nothing_dropped = R"({"kind": "dropout", "keep": 1})";

}  // namespace

// The proof of rate-pl uses E‖Σ Q‖² ≤ B(1+δ)M_Q² alone, which is `mechanism-one-step`.
Theorem mechanism_rate_pl() {
  return {
      .id = "mechanism-rate-pl",
      .title = "Polyak–Łojasiewicz objectives with a mechanism",
      .source = "convergence rate with diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let the gradients pass through a mechanism, $M_Q^2\ge M_Q^2(w)=\frac1n\sum_i\mathbb{E}\|Q_i(\nabla f_i(w))\|^2$ and
$B\le1+\delta b(w)$ along the run (in expectation is enough), with $b=\tilde B=M_Q^2(w)/\|\nabla F(w)\|^2$ where the noise is new
for every draw and $b=B^Q_S(w)$ where it is shared. Then for $\beta$-smooth and $\mu$-PL $F$, $W=\mathbb{R}^d$, $\gamma=2\varepsilon\mu/(\beta M_Q^2)$ and $2\gamma\mu B\le1$
\[ T\ge\frac{\beta M_Q^2}{4\varepsilon\mu^2}\log\frac{2(F(w_0)-F^*)}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}[F(w_T)-F^*]\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text =
          "with a mechanism, M_Q² and b in place of M² and B_S: F β-smooth and μ-PL, W = R^d, γ = "
          "2εμ/(βM_Q²), 2γμB ≤ 1, T ≥ (βM_Q²/4εμ²) log(2(F(w_0)−F*)/ε)  ⇒  E[F(w_T) − F*] ≤ "
          "(1+δ/2) ε",
      .drawn_from = {"mechanism-pl"},
      .statement = with({}),
      .mutants = {{"nine-tenths", R"($(1+\delta/2)\varepsilon \to 0.9\,(1+\delta/2)\varepsilon$)",
                   with({.bound = Enclosure(9) / 10}),
                   with_mechanism(parabola_witness("1/4", "1/100", 124), langevin)},
                  {"half-horizon", R"(half the horizon)", with({.horizon = Enclosure(1) / 2}),
                   with_mechanism(parabola_witness("1", "1/10", 8), nothing_dropped)},
                  {"without-noise", R"($M_Q^2 \to M^2$)", with({}, {.noise = false}),
                   with_mechanism(parabola_witness("0", "1/10", 3), langevin)},
                  {"shared-like-fresh", R"($b=B^Q_S \to \tilde B$ for shared noise)",
                   with({}, {.sharing = false}),
                   with_mechanism(parabola_witness("0", "1/8", 1, 4), shared)}},
  };
}

}  // namespace graddiv
