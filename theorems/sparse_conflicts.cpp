#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::sparse_conflicts {
namespace {

// B_S(w) ≥ factor · n / (degree + extra), cleared of fractions.
Statement bounded_by(Enclosure (Case::*degree)() const, const Enclosure& extra,
                     const Enclosure& factor = 1) {
  return Statement().claims_at_every_point(
      [=](const Case& c, const Point& p) {
        return factor * c.n() * p.inverse_batch_size_bound() <= (c.*degree)() + extra;
      },
      {}, &Point::with_exact_gradients);
}

}  // namespace

// 2⟨g_i, g_j⟩ ≤ ‖g_i‖² + ‖g_j‖² on edges and 0 elsewhere, so ‖Σg_i‖² ≤ (1+ρ) Σ‖g_i‖².
Theorem theorem() {
  return {
      .id = "sparse-conflicts",
      .title = "Sparse conflicts",
      .source = "Theorem 2",
      .cites = "yin2018",
      .latex =
          R"(Join $i\neq j$ in the conflict graph where the supports of $\nabla f_i$ and $\nabla
f_j$ can intersect, and let $\rho$ be
its maximum degree. Then for every $w$
\[ B_S(w)\;\ge\;\frac{n}{\rho+1}. \])",
      .text = "conflict graph with maximum degree ρ  ⇒  B_S(w) ≥ n/(ρ+1)",
      .drawn_from = {InstanceClass::sparse},
      .statement = bounded_by(&Case::conflict_degree, 1)
                       .tells_where("$∇F(w) ≠ 0$, and the bound exceeds 1, which is one always",
                                    [](const Case& c, const Conclusion& x) {
                                      return c.n() > c.conflict_degree() + 1 &&
                                             x.comparison.left > 0;
                                    }),
      .mutants =
          {{"without-plus-one", R"($\rho+1 \to \rho$)",  // gradients 1, 1: B_S = 1 < 2
            bounded_by(&Case::conflict_degree, 0),
            witness(
                R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]}])",
                R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"mean-degree", R"($\rho \to$ the mean degree)",  // gradients e₁, e₁, 0: B_S = 3/2 < 9/5
            bounded_by(&Case::mean_conflict_degree, 1),
            witness(
                R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]},
    {"a": ["0"]}])",
                R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"twice", R"(twice the bound)",  // one function: B_S = 1 < 2
            bounded_by(&Case::conflict_degree, 1, 2),
            witness(R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}])",
                    R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")}},
  };
}

}  // namespace graddiv::theorem::sparse_conflicts
