#include "theorems/mechanisms.h"
#include "theorems/rates.h"

namespace graddiv {
namespace {

Statement with(const RateConstants& k, const MechanismMoments& moments = {}) {
  return smooth_rate(k).of_runs_with_a_mechanism(moments);
}

const std::string langevin = R"({"kind": "langevin", "variance": 1})";
const std::string shared = R"({"kind": "langevin", "variance": 1, "sharing": "shared"})";
const std::string nothing_dropped = R"({"kind": "dropout", "keep": 1})";

}  // namespace

// The proof of rate-smooth uses E‖Σ Q‖² ≤ B(1+δ)M_Q² alone, which is `mechanism-one-step`.
Theorem mechanism_rate_smooth() {
  return {
      .id = "mechanism-rate-smooth",
      .title = "Smooth objectives with a mechanism",
      .source = "convergence rate with diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let the gradients pass through a mechanism, $M_Q^2\ge M_Q^2(w)=\frac1n\sum_i\mathbb{E}\|Q_i(\nabla f_i(w))\|^2$ and
$B\le1+\delta b(w)$ along the run (in expectation is enough), with $b=\tilde B=M_Q^2(w)/\|\nabla F(w)\|^2$ where the noise is new
for every draw and $b=B^Q_S(w)$ where it is shared. Then for $\beta$-smooth $F$, $W=\mathbb{R}^d$, $K\ge1$ and $\gamma=\varepsilon/(\beta M_Q^2)$
\[ T\ge\frac{2\beta M_Q^2(F(w_0)-F^*)}{\varepsilon^2}\quad\Longrightarrow\quad
   \min_{k<K}\mathbb{E}\|\nabla F(w_{kB})\|^2\le\Bigl(1+\frac{\delta}{2}\Bigr)\varepsilon . \])",
      .text =
          "with a mechanism, M_Q² and b in place of M² and B_S: F β-smooth, W = R^d, γ = "
          "ε/(βM_Q²), T ≥ 2βM_Q²(F(w_0)−F*)/ε²  ⇒  min_{k<K} E‖∇F(w_k)‖² ≤ (1+δ/2) ε",
      .drawn_from = {"mechanism-smooth"},
      .statement = with({}),
      .mutants = {{"98-hundredths",
                   R"($(1+\delta/2)\varepsilon \to 0.98\,(1+\delta/2)\varepsilon$)",
                   with({.bound = Enclosure(49) / 50}),
                   with_mechanism(parabola_witness("1", "1", 1), nothing_dropped)},
                  {"half-horizon", R"(half the horizon)", with({.horizon = Enclosure(1) / 2}),
                   with_mechanism(huber_witness("1", "13/10", "9/10", 1, 1), nothing_dropped)},
                  {"without-noise", R"($M_Q^2 \to M^2$)", with({}, {.noise = false}),
                   with_mechanism(parabola_witness("0", "1/10", 3), langevin)},
                  {"shared-like-fresh", R"($b=B^Q_S \to \tilde B$ for shared noise)",
                   with({}, {.sharing = false}),
                   with_mechanism(parabola_witness("0", "1/10000", 2, 1000), shared)}},
  };
}

}  // namespace graddiv
