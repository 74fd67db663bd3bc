#include "instances/classes.h"
#include "theorems/mechanisms.h"

namespace graddiv::theorem::mechanism_langevin {
namespace {

// Δ^Q = (A + aσ²)/(D + bσ²). The left side is summed over a noise of two or three values a
// coordinate with mean 0 and variance σ², which has the same first two moments as N(0, σ²I), and
// Δ^Q depends on no others.
using Count = Enclosure (*)(const Case& c);
Statement with_noise(Count above, Count below) {
  return about_mechanism("langevin")
      .claims_at_every_mechanism_point(
          [=](const Case& c, const MechanismPoint& p) -> std::vector<Conclusion> {
            const Enclosure variance = c.mechanism_parameter();
            return {{"", Truth::yes,
                     mechanism_diversity_is(p, p.sum_of_squares() + above(c) * variance,
                                            p.square_of_sum() + below(c) * variance)}};
          });
}

Enclosure nd(const Case& c) { return c.n() * c.d(); }
Enclosure n(const Case& c) { return c.n(); }
Enclosure d(const Case& c) { return c.d(); }
Enclosure n_squared_d(const Case& c) { return square(c.n()) * c.d(); }

// A = 2, D = 4, ndσ² = 4: Δ^Q = 6/8.
const std::string in_the_plane =
    mechanism_witness(R"([["1", "0"], ["1", "0"]])", 2, R"({"kind": "langevin", "variance": "1"})");

}  // namespace

// E‖N‖² = dσ² for each of n independent noises: V = ndσ².
Theorem theorem() {
  return {
      .id = "mechanism-langevin",
      .title = "The diversity of Langevin noise",
      .source = "Diversity-inducing mechanisms, re-derived",
      .cites = "yin2018",
      .latex =
          R"(Let $Q_i(g)=g+N_i$ with independent $N_i\sim\mathcal{N}(0,\sigma^2 I_d)$. Then
\[ \Delta^Q_S(w)=\frac{\sum_i\|\nabla f_i(w)\|^2+nd\sigma^2}{\bigl\|\sum_i\nabla
f_i(w)\bigr\|^2+nd\sigma^2}. \])",
      .text = "Langevin noise N(0, σ²I): Δ^Q = (A + ndσ²)/(D + ndσ²)",
      .drawn_from = {InstanceClass::langevin},
      .statement = with_noise(nd, nd).tells_where("$n ≥ 2$", has_several_functions),
      .mutants = {{"without-d", R"($nd\sigma^2 \to n\sigma^2$)", with_noise(n, n), in_the_plane},
                  {"without-n", R"($nd\sigma^2 \to d\sigma^2$)", with_noise(d, d), in_the_plane},
                  {"one-noise-for-all", R"($D+nd\sigma^2 \to D+n^2d\sigma^2$)",
                   with_noise(nd, n_squared_d), in_the_plane}},
  };
}

}  // namespace graddiv::theorem::mechanism_langevin
