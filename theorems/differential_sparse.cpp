#include "instances/classes.h"
#include "theorems/stability.h"

namespace graddiv::theorem::differential_sparse {
namespace {

// B̄_S(w,w') ≥ factor · n / (degree + extra), cleared of fractions.
Statement bounded_by(Enclosure (Case::*degree)() const, const Enclosure& extra,
                     const Enclosure& factor) {
  return Statement().claims([=](const Case& c) {
    std::vector<Conclusion> result;
    for (const PointPair& p : c.coupled().pairs()) {
      result.push_back({p.place(), Truth::yes,
                        factor * c.n() * p.inverse_batch_size_bound() <= (c.*degree)() + extra});
    }
    return result;
  });
}

std::string rows_witness(const std::string& rows, const std::string& targets) {
  return witness(R"("family": "least-squares", "dimension": 1, "rows": [)" + rows +
                     R"(], "targets": [)" + targets + "]",
                 R"("start": ["1"], "step": "1", "batch": 1, "iterations": 0)");
}

}  // namespace

// The differences Δ_i of gradients have the supports of the gradients: 2⟨Δ_i, Δ_j⟩ ≤ ‖Δ_i‖² +
// ‖Δ_j‖² on edges and 0 elsewhere, so ‖ΣΔ_i‖² ≤ (1+ρ) Σ‖Δ_i‖².
Theorem theorem() {
  return {
      .id = "differential-sparse",
      .title = "Differential diversity and sparse conflicts",
      .source = "as Theorem 2, for differences of gradients",
      .cites = "yin2018",
      .latex =
          R"(Join $i\neq j$ in the conflict graph where the supports of $\nabla f_i$ and $\nabla
f_j$ can intersect, and let $\rho$ be
its maximum degree. Then for every $w\neq w'$
\[ \bar B_S(w,w')\;\ge\;\frac{n}{\rho+1}. \])",
      .text = "conflict graph with maximum degree ρ  ⇒  B̄_S(w,w') ≥ n/(ρ+1)",
      .drawn_from = {InstanceClass::sparse},
      .statement =
          bounded_by(&Case::conflict_degree, 1, 1)
              .tells_where("$∇F(w) ≠ ∇F(w')$, and the bound exceeds 1, which is one always",
                           [](const Case& c, const Conclusion& x) {
                             return c.n() > c.conflict_degree() + 1 && x.comparison.left > 0;
                           }),
      .mutants = {{"without-plus-one", R"($\rho+1 \to \rho$)",  // equal rows: B̄_S = 1 < 2
                   bounded_by(&Case::conflict_degree, 0, 1), rows_witness("[1], [1]", "0, 0")},
                  {"mean-degree", R"($\rho \to$ the mean degree)",  // rows 1, 1, 0: B̄_S = 3/2 < 9/5
                   bounded_by(&Case::mean_conflict_degree, 1, 1),
                   rows_witness("[1], [1], [0]", "0, 0, 0")},
                  {"twice", R"(twice the bound)",  // one function: B̄_S = 1 < 2
                   bounded_by(&Case::conflict_degree, 1, 2), rows_witness("[1]", "0")}},
  };
}

}  // namespace graddiv::theorem::differential_sparse
