#include "constructions/construction.h"
#include "problem/families.h"

namespace graddiv::construction::linear_losses {
namespace {

std::shared_ptr<const FiniteSum> with_slopes(const Vector<Rational>& slopes) {
  return linear_sum(slopes, Vector<Rational>::Zero(slopes.size()));
}

}  // namespace

// f(w; z) = L z w on R with z = ±1, as many of one sign as of the other: F = 0, and a run is a
// symmetric random walk. Where a data set differs in one example, each draw of it takes the two
// runs 2γL further apart, never closer: `stability-convex` is an equation.
Construction construction() {
  return {
      .id = "linear-losses",
      .title = "Linear losses of either sign",
      .source = "makes the stability of convex objectives tight",
      .latex =
          R"($f(w;z)=L\,z\,w$ on $\mathbb{R}$ with $z=\pm1$, as many of one sign as of the other.
Then $F=0$, and $w^*=0$ is one of its minimisers.
With another data set of one more $z=+1$ in place of a $z=-1$, $\mathbb{E}|w_K-w'_K|=2\gamma
LT/n$.)",
      .law_latex = R"(\[ \mathbb{E}\,w_k^2=w_0^2+\gamma^2L^2kB. \])",
      .parameters = {{"slope", "L, the size of every slope", 1, 0, true, false},
                     {"copies", "examples of either sign", 1, 1, false, true}},
      .functions =
          [](const Parameters& p) {
            Vector<Rational> slopes(2 * count(p, "copies"));
            for (Eigen::Index i = 0; i < slopes.size(); ++i)
              slopes(i) = i % 2 == 0 ? p.at("slope") : Rational(-p.at("slope"));
            return with_slopes(slopes);
          },
      .minimizer = [](const Parameters&) { return Vector<Rational>(Vector<Rational>::Zero(1)); },
      .optimum = [](const Parameters&) { return Rational(0); },
      .law =
          [](const Parameters& p, const Run& run) {
            std::vector<Rational> e{run.start[0] * run.start[0]};
            for (int k = 1; k <= run.iterations; ++k) {
              const Rational step = run.step(0) * p.at("slope");
              e.push_back(e.back() + step * step * run.batch(0));
            }
            return e;
          },
      .showcases = {{{},
                     {Vector<Rational>::Zero(1), {{1, 2}}, {2}, 8},
                     Neighbour{1, with_slopes(Vector<Rational>::Constant(1, Rational(1)))}},
                    {{{"slope", {2, 3}}, {"copies", 2}},
                     {Vector<Rational>::Constant(1, Rational(1)), {{1, 4}}, {3}, 6},
                     Neighbour{3, with_slopes(Vector<Rational>::Constant(1, Rational(2, 3)))}}},
  };
}

}  // namespace graddiv::construction::linear_losses
