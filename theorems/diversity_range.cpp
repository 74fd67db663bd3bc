#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::diversity_range {
namespace {

// B_S(w) = M²(w)/‖∇F(w)‖², cleared of the fraction: no inequality that the statement is about hides
// in its evaluation.
Statement at_least_one() {
  return Statement().claims([](const Case& c) {
    std::vector<Conclusion> result;
    for (const Point& w : c.points()) {
      const bool is_open = w.gradients_are_equal() == Truth::unknown && c.is_last_resort();
      const Point p = is_open ? w.with_exact_gradients() : w;
      const Enclosure gradient = p.gradient_norm2();
      const Enclosure moment = p.second_moment();
      const Truth equal = p.gradients_are_equal();
      result.push_back({p.place(), Truth::yes, gradient <= moment});
      result.push_back({p.place().of("equal gradients"), equal, gradient == moment});
      result.push_back({p.place().of("different gradients"), !equal, gradient < moment});
    }
    return result;
  });
}

Statement at_least(const Enclosure& bound) {
  return Statement().claims_at_every_point([bound](const Case&, const Point& p) {
    return bound * p.gradient_norm2() <= p.second_moment();
  });
}

Statement at_most(std::function<Enclosure(const Case&)> bound) {
  return Statement().claims_at_every_point([bound](const Case& c, const Point& p) {
    return p.second_moment() <= bound(c) * p.gradient_norm2();
  });
}
Enclosure n(const Case& c) { return c.n(); }
Enclosure one(const Case&) { return 1; }

}  // namespace

// B_S(w) = n Σ‖∇f_i‖²/‖Σ∇f_i‖² ≥ 1 by Cauchy–Schwarz; no upper bound holds for n ≥ 2.
Theorem theorem() {
  return {
      .id = "diversity-range",
      .title = "The range of the batch-size bound",
      .source = "Definition 5, re-derived",
      .cites = "yin2018",
      .latex =
          R"(For every $w$, $B_S(w)\ge 1$, with equality if and only if $\nabla f_1(w)=\dots=\nabla
f_n(w)\neq 0$.
For $n\ge 2$ there is no upper bound: $B_S(w)$ may exceed $n$.)",
      .text = "B_S(w) ≥ 1, with equality iff all ∇f_i(w) are equal and not zero",
      .drawn_from = {InstanceClass::any_rational, InstanceClass::generalized_linear_rational,
                     InstanceClass::generalized_linear, InstanceClass::linear,
                     InstanceClass::nonsmooth},
      .statement = at_least_one().tells_where(
          "$n ≥ 2$ and $∇F(w) ≠ 0$",
          [](const Case& c, const Conclusion& x) { return c.n() >= 2 && x.comparison.left > 0; }),
      .mutants =
          {{"at-most-n", R"($B_S(w)\le n$)", at_most(n),  // gradients 1 and −1/2: B_S = 10 > 2
            witness(
                R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]},
    {"a": ["-1/2"]}])",
                R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"at-least-2", R"($B_S(w)\ge 2$)", at_least(2),  // equal gradients: B_S = 1
            witness(
                R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["1"]}])",
                R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")},
           {"at-most-1", R"($B_S(w)\le 1$)", at_most(one),  // gradients 1 and 2: B_S = 10/9
            witness(
                R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["2"]}])",
                R"("start": ["0"], "step": "1", "batch": 1, "iterations": 0)")}},
  };
}

}  // namespace graddiv::theorem::diversity_range
