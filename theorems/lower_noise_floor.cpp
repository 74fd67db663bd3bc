#include "instances/classes.h"
#include "theorems/shared.h"

namespace graddiv::theorem::lower_noise_floor {
namespace {

// The numbers that mutants change.
struct Constants {
  Enclosure floor = 1;      // of the stationary value
  Enclosure curvature = 1;  // of ηB in 2 − ηB
  int batch = 1;            // noise η²B^batch ζ²
  Enclosure one = 1;        // of 1 + ζ²/w²
};

// w_{k+1} = (1 − ηB)w_k + η Σ_ℓ ζ_{s_ℓ}, with independent signs of mean 0: E w_{k+1}² = (1−ηB)² E
// w_k² + η²Bζ².
std::vector<Conclusion> the_law(const Case& c, const Constants& constants) {
  const auto f = member_of("lower-noise-floor", c);
  const Enclosure zeta = f.at("zeta");
  const Enclosure eta = c.gamma() * f.at("lambda");
  const Enclosure B = c.B();
  const Enclosure noise = square(eta * zeta) * pow(B, constants.batch);
  const Enclosure contraction = square(1 - eta * B);
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    result.push_back({Place::at(k).of("the recursion"), Truth::yes,
                      c.distance(k) == contraction * c.distance(k - 1) + noise});
    // From the start to the stationary value s = ηζ²/(2−ηB), the fixed point of the recursion.
    const Truth is_stable = eta * B < 2;
    if (is_stable != Truth::yes) continue;
    const Enclosure s = constants.floor * eta * square(zeta) / (2 - constants.curvature * eta * B);
    result.push_back({Place::at(k).of("the stationary value"), is_stable,
                      c.distance(k) == s + pow(contraction, k) * (c.distance(0) - s)});
  }
  return result;
}

Statement statement(const Constants& constants) {
  return Statement()
      .assumes("the functions are those of lower-noise-floor",
               [](const Case& c) { return member_of("lower-noise-floor", c).at("lambda") > 0; })
      .assumes("$W = R^d$", [](const Case& c) { return c.unconstrained(); })
      .assumes("$γ > 0$ and $B$ are constant",
               [](const Case& c) { return c.constant_step_and_batch() && c.gamma() > 0; })
      .claims([constants](const Case& c) { return the_law(c, constants); })
      // M²(w) = λ²(w² + ζ²) and ‖∇F(w)‖² = λ²w²: 1/B_S(w) = w²/(w² + ζ²).
      .claims_at_every_point([constants](const Case& c, const Point& w) {
        return w.inverse_batch_size_bound() *
                   (constants.one * w.distance() +
                    square(member_of("lower-noise-floor", c).at("zeta"))) ==
               w.distance();
      });
}

}  // namespace

// As many +ζ as −ζ; w* = 0.
Theorem theorem() {
  return {
      .id = "lower-noise-floor",
      .title = "The noise floor of a fixed step",
      .source = "worst-case optimality, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(On $f_i(w)=\frac\lambda2(w-\zeta_i)^2$ with $\zeta_i=\pm\zeta$, as many of one sign as
of the other, and $\eta=\gamma\lambda>0$,
\[ \mathbb{E}\,w_{k+1}^2=(1-\eta B)^2\,\mathbb{E}\,w_k^2+\eta^2B\zeta^2,\qquad B_S(w)=1+\zeta^2/w^2,
\]
and for $\eta B<2$ the distance from the stationary value $s=\eta\zeta^2/(2-\eta B)$ is
$\mathbb{E}\,w_k^2-s=(1-\eta B)^{2k}(w_0^2-s)$.)",
      .text =
          "lower-noise-floor: E w_{k+1}² = (1−ηB)² E w_k² + η²Bζ², η = γλ; stationary value "
          "ηζ²/(2−ηB) for ηB < 2; B_S(w) = 1 + ζ²/w²",
      .drawn_from = {InstanceClass::noise_floor},
      .statement = statement({}).tells_where(
          "there is noise, $ζ ≠ 0$",
          [](const Case& c, const Conclusion&) {
            return square(member_of("lower-noise-floor", c).at("zeta")) > 0;
          }),
      .mutants = {{"floor-without-b", R"($\eta\zeta^2/(2-\eta B)\to\eta\zeta^2/2$)",
                   statement({.curvature = 0}), noise_floor_witness("1/4", "1/2", 1)},
                  {"twice-the-floor", R"($\eta\zeta^2/(2-\eta B)\to2\eta\zeta^2/(2-\eta B)$)",
                   statement({.floor = 2}), noise_floor_witness("1/4", "1/2", 1)},
                  {"b-squared", R"($\eta^2B\zeta^2\to\eta^2B^2\zeta^2$)", statement({.batch = 2}),
                   witness(R"("family": "quadratic", "dimension": 1, "functions": [
                                {"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}])",
                           R"("start": ["1"], "step": "1/4", "batch": 2, "iterations": 1)")},
                  {"without-one", R"($B_S(w)=\zeta^2/w^2$)", statement({.one = 0}),
                   noise_floor_witness("1/4", "1/2", 1)}},
  };
}

}  // namespace graddiv::theorem::lower_noise_floor
