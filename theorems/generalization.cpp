#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::generalization {
namespace {

struct Changes {
  Enclosure bound = 1;
  int earlier = 0;  // ε_stab of so many iterations before
};

Statement with(const Changes& changes) {
  return Statement()
      .assumes("$γ$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch(); })
      .claims([changes](const Case& c) {
        std::vector<Conclusion> result;
        for (int k = 1; k <= c.iterations(); ++k) {
          const CoupledView& both = c.coupled();
          result.push_back({Place::at(k), Truth::yes,
                            abs(both.generalization_gap(k)) <=
                                changes.bound * both.uniform_stability(k - changes.earlier)});
        }
        return result;
      });
}

// f(w; z) = zw, z = ±1: ε_stab = 2γT/n and the gap is γT/n, half of it.
const std::string slopes =
    witness(R"("family": "linear", "dimension": 1, "functions": [{"a": [1]}, {"a": [-1]}])",
            R"("start": [0], "step": 1, "batch": 2, "iterations": 3)");

}  // namespace

// S = (z_1, …, z_n) i.i.d., z'_1, …, z'_n independent copies and S^i = S with z_i replaced by z'_i.
// (S, z'_i) and (S^i, z_i) have one law, so E F_D(w(S)) = (1/n) Σ_i E f(w(S); z'_i) = (1/n) Σ_i E
// f(w(S^i); z_i), while E F_S(w(S)) = (1/n) Σ_i E f(w(S); z_i): the difference is a mean of terms
// that are at most ε_stab.
Theorem theorem() {
  return {
      .id = "generalization",
      .title = "Stable runs generalize",
      .source = "stability, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $S$ be $n$ i.i.d.\ examples, $F_S$ and $F_D$ the empirical and the population risk,
and
$\varepsilon_{\mathrm{stab}}=\sup_{S,S',z}|\mathbb{E}_A f(w_K;z)-\mathbb{E}_A f(w'_K;z)|$ over all
$S$, $S'$ that differ in one
example. For the same $\gamma$, $B$ and $K$ on every sample
\[ \bigl|\mathbb{E}_{S,A}[F_D(w_K)-F_S(w_K)]\bigr|\;\le\;\varepsilon_{\mathrm{stab}} . \])",
      .text =
          "|E_{S,A}[F_D(w_K) − F_S(w_K)]| ≤ ε_stab = sup |E f(w_K;z) − E f(w'_K;z)| over S, S' "
          "that differ in one example, and z",
      .drawn_from = {InstanceClass::population},
      .statement = with({}).tells_where(
          "$ε_{stab} > 0$",
          [](const Case&, const Conclusion& x) { return x.comparison.right > 0; }),
      .mutants = {{"two-fifths",
                   R"($\varepsilon_{\mathrm{stab}} \to 0.4\,\varepsilon_{\mathrm{stab}}$)",
                   with({.bound = Enclosure(2) / 5}), slopes},
                  {"no-gap", R"($\varepsilon_{\mathrm{stab}} \to 0$)", with({.bound = 0}), slopes},
                  {"one-iteration-earlier", R"($\varepsilon_{\mathrm{stab}}$ of $K-1$ iterations)",
                   with({.earlier = 1}), slopes}},
  };
}

}  // namespace graddiv::theorem::generalization
