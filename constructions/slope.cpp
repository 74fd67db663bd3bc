#include <algorithm>

#include "constructions/construction.h"
#include "problem/families.h"

namespace graddiv::construction::slope {
namespace {

Run down_from(const Rational& start, Rational step, long batch, int iterations) {
  return {Vector<Rational>::Constant(1, start), {std::move(step)}, {batch}, iterations};
}

}  // namespace

// Huber's loss, w²/2 for |w| ≤ τ and τ|w| − τ²/2 beyond, n times: B_S = 1 and no noise. On the
// slope every gradient has norm τ, so nothing is lost in M² ≥ M²(w): `rate-convex` and
// `rate-smooth` come near to an equation for small τ and long slopes.
Construction construction() {
  return {
      .id = "slope",
      .title = "The slope of Huber's loss",
      .source = "makes the rates of convex and of smooth objectives tight",
      .latex =
          R"($f_i(w)=h(w)$ on $\mathbb{R}$, $r$ times, with $h(w)=\frac{w^2}{2}$ for $|w|\le\tau$
and $h(w)=\tau|w|-\frac{\tau^2}2$ beyond. Then $w^*=0$, $F^*=0$,
$F$ is 1-smooth and $B_S(w)=1$ for $w\neq0$.)",
      .law_latex = R"(\[ w_{k+1}=w_k-\gamma B\,h'(w_k),\qquad h'(w)=\max(-\tau,\min(\tau,w)). \])",
      .parameters = {{"tau", "half the width τ of the bowl, and the slope beyond it", 1, 0, true,
                      false},
                     {"copies", "functions", 1, 1, false, true}},
      .functions =
          [](const Parameters& p) {
            const long n = count(p, "copies");
            return generalized_linear(Matrix<Rational>(Matrix<Rational>::Constant(n, 1, 1)),
                                      Vector<Rational>::Zero(n), Loss::huber, p.at("tau"));
          },
      .minimizer = [](const Parameters&) { return Vector<Rational>(Vector<Rational>::Zero(1)); },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            Rational w = run.start[0];
            std::vector<Rational> e{w * w};
            for (int k = 1; k <= run.iterations; ++k) {
              w -= run.step(0) * run.batch(0) * std::clamp(w, Rational(-p.at("tau")), p.at("tau"));
              e.push_back(w * w);
            }
            return e;
          },
      .showcases = {{{{"tau", {1, 10}}}, down_from(1, {1, 10}, 1, 10)},
                    {{}, down_from(-4, {1, 3}, 2, 12)},
                    {{{"tau", 2}, {"copies", 3}}, down_from(3, {1, 2}, 3, 12)}},
  };
}

}  // namespace graddiv::construction::slope
