#include "theorems/shared.h"

namespace graddiv {
namespace {

struct Constants {
  Enclosure bound = 1;    // of ε
  Enclosure horizon = 1;  // of (M²/2ελ²) log(2D₀/ε)
  Enclosure step = 1;     // of ελ/M²
};

// The case B = 1, δ = 0 of rate-strongly-convex, stated on its own since the comparison with it is what the paper is about.
Statement with(const Constants& k) {
  return Statement()
      .assumes("B = 1", [](const Case& c) { return c.constant_step_and_batch() && c.B() == 1; })
      .assumes("F is λ-strongly convex", [](const Case& c) { return c.lambda() > 0; })
      .assumes("w_0 ∈ W", [](const Case& c) { return c.start_in_domain(); })
      .assumes("γ > 0", [](const Case& c) { return c.gamma() > 0; })
      .assumes("2γλ ≤ 1", [](const Case& c) { return 2 * c.gamma() * c.lambda() <= 1; })
      .claims_at_every_iteration([k](const Case& c, int i, const BatchCondition& h) {
        const Enclosure epsilon = c.gamma() * h.second_moment / (k.step * c.lambda());
        const Enclosure scale = k.horizon * h.second_moment / (2 * epsilon * square(c.lambda()));
        return when(reaches_horizon(c.evaluations(i), scale, 2 * c.distance(0) / epsilon),
                    c.distance(i) <= k.bound * epsilon);
      });
}

}  // namespace

// F λ-strongly convex, γ = ελ/M², 2γλ ≤ 1, T ≥ (M²/2ελ²) log(2D₀/ε)  ⇒  E‖w_T − w*‖² ≤ ε for serial SGD.
Theorem serial_strongly_convex() {
  return {
      .id = "serial-strongly-convex",
      .title = "Serial SGD on strongly convex objectives",
      .source = "convergence rate, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $F$ be $\lambda$-strongly convex, $M^2\ge M^2(w)$ along the run (in expectation is enough), $B=1$,
$\gamma=\varepsilon\lambda/M^2$ and $2\gamma\lambda\le 1$. Then
\[ T\ge\frac{M^2}{2\varepsilon\lambda^2}\log\frac{2\|w_0-w^*\|^2}{\varepsilon}\quad\Longrightarrow\quad
   \mathbb{E}\|w_T-w^*\|^2\le\varepsilon . \])",
      .text =
          "B = 1, F λ-strongly convex, γ = ελ/M², 2γλ ≤ 1, T ≥ (M²/2ελ²) log(2D₀/ε)  ⇒  E‖w_T − "
          "w*‖² ≤ ε",
      .drawn_from = {"strongly-convex-serial"},
      .statement = with({}),
      .mutants =
          {{"nine-tenths", R"($\varepsilon \to 0.9\,\varepsilon$)",
            with({.bound = Enclosure(9) / 10}), noise_floor_witness("1/4", "1/100", 124)},
           {"half-horizon", R"(half the horizon)", with({.horizon = Enclosure(1) / 2}),
            witness(
                R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
                R"("start": ["1"], "step": "1/10", "batch": 1, "iterations": 8)")},
           {"three-times-step", R"($\gamma \to 3\gamma$)", with({.step = 3}),
            noise_floor_witness("1/3", "1/4", 6)}},
  };
}

}  // namespace graddiv
