#include "constructions/construction.h"
#include "problem/worst_cases.h"

namespace graddiv {
namespace {

Run serial_run(const Rational& start, Rational step, int iterations) {
  return {Vector<Rational>::Constant(1, start), {std::move(step)}, {1}, iterations};
}

}  // namespace

// f_i(w) = (λ/2)(w − ζ_i)² on R, ζ_i = ±ζ, as many of one sign as of the other. With η = γλ:
//   E w_{k+1}² = (1−ηB)² E w_k² + η²Bζ²,   stationary value ηζ²/(2−ηB) for 0 < ηB < 2,   B_S(w) = 1 + ζ²/w².
// It makes rate-strongly-convex and rate-pl nearly tight.
Construction lower_noise_floor_construction() {
  return {
      .id = "lower-noise-floor",
      .title = "The noise floor of a fixed step",
      .source = "re-derived; makes the strongly convex rate nearly tight",
      .latex =
          R"($f_i(w)=\frac{\lambda}{2}(w-\zeta_i)^2$ on $\mathbb{R}$ with $\zeta_i=\pm\zeta$, as many of one sign as of the other.
Then $w^*=0$, $F^*=\frac{\lambda}{2}\zeta^2$ and $B_S(w)=1+\zeta^2/w^2$.)",
      .law_latex =
          R"(\[ \mathbb{E}\,w_{k+1}^2=(1-\eta B)^2\,\mathbb{E}\,w_k^2+\eta^2B\zeta^2,\qquad \eta=\gamma\lambda, \]
with stationary value $\eta\zeta^2/(2-\eta B)$ for $0<\eta B<2$.)",
      .parameters = {{"lambda", "curvature λ of every function", 1, 0, true, false},
                     {"zeta", "distance ζ of the minimisers of the functions from w*", 1, 0, false,
                      false},
                     {"copies", "functions of either sign", 1, 1, false, true}},
      .functions =
          [](const Parameters& p) {
            const auto copies = count(p, "copies");
            return NoiseFloor{copies, p.at("lambda"), p.at("zeta")}.functions();
          },
      .minimizer = [](const Parameters&) { return Vector<Rational>(Vector<Rational>::Zero(1)); },
      .optimum =
          [](const Parameters& p) {
            return Rational(p.at("lambda") * p.at("zeta") * p.at("zeta") / 2);
          },
      .law =
          [](const Parameters& p, const Run& run) {
            std::vector<Rational> e{run.start[0] * run.start[0]};
            if (run.iterations == 0) return e;
            const Rational eta = run.step(0) * p.at("lambda");
            const Rational B = run.batch(0);
            const Rational rho = (1 - eta * B) * (1 - eta * B);
            const Rational noise = eta * eta * B * p.at("zeta") * p.at("zeta");
            Rational power = 1;
            for (int k = 1; k <= run.iterations; ++k) {
              power *= rho;
              e.push_back(power * e[0] + noise * geometric_sum(rho, k));
            }
            return e;
          },
      .showcases = {{{}, serial_run({1, 4}, {1, 100}, 160)},
                    {{}, serial_run({1, 3}, {1, 10}, 40)},
                    {{{"copies", 2}},
                     {Vector<Rational>::Constant(1, Rational(3)), {{1, 8}}, {4}, 30}},
                    {{{"lambda", {1, 2}}, {"zeta", 3}}, serial_run(2, {1, 16}, 60)}},
  };
}

}  // namespace graddiv
