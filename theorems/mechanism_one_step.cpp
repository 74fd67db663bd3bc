#include "instances/classes.h"
#include "theorems/mechanisms.h"

namespace graddiv::theorem::mechanism_one_step {
namespace {

// E‖Σ_{ℓ≤B} Q‖² = B M_Q² (1 + (B−1)/b) with M_Q² = (A+V)/n and b = n(A+V)/C, that is B ((A+V)/n +
// (B−1) C/n²): C = D for b = B̃, and C = D + V for b = B^Q_S.
enum class Cross { D, D_plus_V };
Enclosure squared_batch(const Case& c, const MechanismPoint& p, Cross cross,
                        const Enclosure& extra) {
  const Enclosure V = p.variance();
  const Enclosure C = p.square_of_sum() + (cross == Cross::D ? Enclosure(0) : V);
  return c.B_at(p.place()) *
         ((p.sum_of_squares() + V) / c.n() + (c.B_at(p.place()) - 1 + extra) * C / square(c.n()));
}

// ‖w − x‖² − 2γB⟨∇F(w), w − x⟩ + γ² E‖Σ Q‖²
Enclosure after_step(const Case& c, const MechanismPoint& p, const Enclosure& moment) {
  return p.distance() -
         2 * c.gamma_at(p.place()) * c.B_at(p.place()) * p.slope_towards_reference() +
         square(c.gamma_at(p.place())) * moment;
}

// Every batch and step with the stated second moment: equations without projection, ≤ with it.
Statement as_stated() {
  return about_mechanism("").claims_at_every_mechanism_point(
      [](const Case& c, const MechanismPoint& p) {
        const bool fresh = c.draws_are_fresh() == Truth::yes;
        const Enclosure exact = squared_batch(c, p, fresh ? Cross::D : Cross::D_plus_V, 0);
        const Enclosure bound = squared_batch(c, p, Cross::D_plus_V, 0);
        const Enclosure batch = p.expected_squared_batch(c.B_at(p.place()));
        std::vector<Conclusion> result{
            {fresh ? Text("the batch, with $B̃$") : Text("the batch, with $B^Q$"), Truth::yes,
             batch == exact},
            {"the batch is at most that of $B^Q$", Truth::yes, batch <= bound}};
        if (c.unconstrained() != Truth::yes && c.has_mechanism("langevin") == Truth::yes) {
          Conclusion step{"the step", Truth::no, batch <= bound};
          step.left_out = "its projection sees more of the noise than two moments";
          result.push_back(std::move(step));
          return result;
        }
        const Enclosure distance =
            p.expected_distance_after_step(c.gamma_at(p.place()), c.B_at(p.place()));
        const Enclosure right = after_step(c, p, exact);
        result.push_back({"the step", Truth::yes,
                          c.unconstrained() == Truth::yes ? distance == right : distance <= right});
        return result;
      });
}

Statement batch_equals(Cross cross, Truth (Case::*kind)() const, const Enclosure& extra) {
  return about_mechanism("")
      .assumes("fresh or shared draws", [kind](const Case& c) { return (c.*kind)(); })
      .claims_at_every_mechanism_point([=](const Case& c,
                                           const MechanismPoint& p) -> std::vector<Conclusion> {
        return {{"", Truth::yes,
                 p.expected_squared_batch(c.B_at(p.place())) == squared_batch(c, p, cross, extra)}};
      });
}

// Shared draws with the bound of fresh ones.
Statement shared_like_fresh() {
  return about_mechanism("")
      .assumes("shared draws", [](const Case& c) { return !c.draws_are_fresh(); })
      .claims_at_every_mechanism_point([](const Case& c,
                                          const MechanismPoint& p) -> std::vector<Conclusion> {
        return {{"", Truth::yes,
                 p.expected_squared_batch(c.B_at(p.place())) <= squared_batch(c, p, Cross::D, 0)}};
      });
}

// The step without the noise of the mechanism: γ²B M²(w)(1 + (B−1)/B_S(w)).
Statement without_noise() {
  return about_mechanism("")
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .claims_at_every_mechanism_point(
          [](const Case& c, const MechanismPoint& p) -> std::vector<Conclusion> {
            const Enclosure moment =
                c.B_at(p.place()) * (p.sum_of_squares() / c.n() +
                                     (c.B_at(p.place()) - 1) * p.square_of_sum() / square(c.n()));
            return {{"", Truth::yes,
                     p.expected_distance_after_step(c.gamma_at(p.place()), c.B_at(p.place())) <=
                         after_step(c, p, moment)}};
          });
}

// Gradients 1 and 1, p = 1/2, B = 2: A = 2, D = 4, V = 2; the batch has 2(2 + 1) = 6 fresh and 2(2
// + 3/2) = 7 shared.
const std::string gradients = R"([["1"], ["1"]])";
const std::string fresh =
    mechanism_witness(gradients, 1, R"({"kind": "dropout", "keep": "1/2"})", 2);
const std::string shared = mechanism_witness(
    gradients, 1, R"({"kind": "dropout", "keep": "1/2", "sharing": "shared"})", 2);

}  // namespace

// Fresh: B diagonal terms M_Q² and B(B−1) cross terms ‖∇F‖². Shared: two draws of the same index
// (probability 1/n) share their noise, which makes the cross terms E‖(1/n) Σ Q_i‖² = (D+V)/n². The
// left sides are summed over all draws and all values of the Q_i.
Theorem theorem() {
  return {
      .id = "mechanism-one-step",
      .title = "One step of mini-batch SGD with a mechanism",
      .source = "Lemma 1 with diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(With $M_Q^2(w)=\frac1n\sum_i\mathbb{E}\|Q_i(\nabla f_i(w))\|^2$ and $b=\tilde
B=M_Q^2(w)/\|\nabla F(w)\|^2$ where
the noise is new for every draw, or $b=B^Q_S(w)=n\Delta^Q_S(w)$ where it is drawn once for every
index in an iteration,
\[ \mathbb{E}\Bigl\|\sum_{\ell=1}^B Q(\nabla f_{s_\ell}(w))\Bigr\|^2 =
B\,M_Q^2(w)\Bigl(1+\frac{B-1}{b}\Bigr), \]
so that $\mathbb{E}[\|w^+-x\|^2\mid w]\le\|w-x\|^2-2\gamma B\langle\nabla F(w),w-x\rangle+\gamma^2
B\,M_Q^2(w)\bigl(1+\frac{B-1}{b}\bigr)$ for $x\in W$, with
equality for $W=\mathbb{R}^d$. As $\tilde B\ge B^Q_S(w)$, it holds as $\le$ with $b=B^Q_S(w)$ in
both cases.)",
      .text =
          "E‖Σ_{ℓ≤B} Q(∇f_{s_ℓ})‖² = B M_Q² (1 + (B−1)/b), b = B̃ = M_Q²/‖∇F‖² for fresh noise, b = "
          "B^Q_S for shared noise; the step likewise",
      .drawn_from = {InstanceClass::dropout, InstanceClass::langevin, InstanceClass::quantization},
      .statement = as_stated()
                       .tells_where("$γ > 0$",
                                    [](const Case& c, const Conclusion& claimed) {
                                      return c.gamma_at(claimed.place) > 0;
                                    })
                       .holds_for_any_reference_point(),
      .mutants = {{"fresh-with-b-q", R"($b=\tilde B \to B^Q_S$, as $=$, for fresh noise)",
                   batch_equals(Cross::D_plus_V, &Case::draws_are_fresh, 0), fresh},
                  {"shared-with-b-tilde", R"($b=B^Q_S \to \tilde B$, as $\le$, for shared noise)",
                   shared_like_fresh(), shared},
                  {"b-for-b-minus-1", R"($B-1 \to B$, as $=$)",
                   batch_equals(Cross::D, &Case::draws_are_fresh, 1), fresh},
                  {"without-noise", R"($M_Q^2(1+(B-1)/b) \to M^2(1+(B-1)/B_S)$)", without_noise(),
                   fresh}},
  };
}

}  // namespace graddiv::theorem::mechanism_one_step
