#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::replication {
namespace {

// With r copies of every function: 1/B_S is multiplied by `bound_factor`, 1/Δ_S by
// `diversity_factor`.
Statement multiplies(std::function<Enclosure(int r)> bound_factor,
                     std::function<Enclosure(int r)> diversity_factor) {
  return Statement().claims([=](const Case& c) {
    std::vector<Conclusion> result;
    for (const Point& w : c.points()) {
      const Point p = w.with_exact_gradients();
      for (const int r : {2, 3, 7}) {
        const Place place = p.place().with_copies(r);
        result.push_back({place.of("$B_S$"), Truth::yes,
                          p.inverse_batch_size_bound_of_copies(r) ==
                              bound_factor(r) * p.inverse_batch_size_bound()});
        result.push_back({place.of("$Δ_S$"), Truth::yes,
                          p.inverse_gradient_diversity_of_copies(r) ==
                              diversity_factor(r) * p.inverse_gradient_diversity()});
      }
    }
    return result;
  });
}

Enclosure one(int) { return 1; }
Enclosure copies(int r) { return r; }
Enclosure one_over(int r) { return Enclosure(1) / r; }

const std::string two_gradients =  // 1 and 2
    witness(R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["2"]}])",
            R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)");

}  // namespace

// r copies: Σ‖∇f_i‖² grows by r, ‖Σ∇f_i‖² by r², n by r. So B_S(w) stays and Δ_S(w) is divided by
// r.
Theorem theorem() {
  return {
      .id = "replication",
      .title = "Replicated data",
      .source = "Definition 5, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Replacing every $f_i$ by $r$ copies leaves $B_S(w)$ unchanged and divides $\Delta_S(w)$
by $r$, for every $w$.)",
      .text = "r copies of every f_i leave B_S(w) unchanged and divide Δ_S(w) by r",
      .drawn_from = {InstanceClass::any_rational, InstanceClass::generalized_linear_rational,
                     InstanceClass::generalized_linear, InstanceClass::linear,
                     InstanceClass::nonsmooth},
      .statement = multiplies(one, copies)
                       .tells_where("$n ≥ 2$ and $∇F(w) ≠ 0$",
                                    [](const Case& c, const Conclusion& x) {
                                      return c.n() >= 2 && x.comparison.right > 0;
                                    }),
      .mutants = {{"bound-grows", R"($B_S \to r B_S$)", multiplies(one_over, copies),
                   two_gradients},
                  {"diversity-stays", R"($\Delta_S \to \Delta_S$)", multiplies(one, one),
                   two_gradients},
                  {"diversity-grows", R"($\Delta_S \to r\,\Delta_S$)", multiplies(one, one_over),
                   two_gradients}},
  };
}

}  // namespace graddiv::theorem::replication
