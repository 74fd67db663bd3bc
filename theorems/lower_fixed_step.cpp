#include "instances/classes.h"
#include "theorems/valleys.h"

namespace graddiv::theorem::lower_fixed_step {
namespace {

// The numbers that mutants change.
struct Constants {
  Enclosure extra = 0;      // B+m−1+extra in ρ
  Enclosure threshold = 1;  // of the largest stable step
  Enclosure rate = 4;       // 1 − rate B/(κ m(1+δ))
  Enclosure share = 1;      // of D_0/2
  Enclosure diversity = 0;  // B_S = m + diversity
};

// B_S(w) = M²(w)/‖∇F(w)‖² = m wherever a run gets, in expectation.
std::vector<Conclusion> the_batch_size_bound(const Case& c, const Constants& constants) {
  const Enclosure m = valleys_of(c).m;
  std::vector<Conclusion> result;
  for (int k = 0; k < c.iterations(); ++k) {
    result.push_back(
        {.place = Place::at(k).of("$B_S$"),
         .applies = Truth::yes,
         .comparison = c.second_moment(k) == (m + constants.diversity) * c.gradient_norm2(k)});
  }
  return result;
}

// Every coordinate's second moment is multiplied by ρ(γα) in each iteration: E‖w_k‖² = ρ(γλ)^k Λ_0
// + ρ(γβ)^k Β_0, where Λ_0 and Β_0 are those of the start over the coordinates of curvature λ and
// β.
std::vector<Conclusion> the_law(const Case& c, const Constants& constants) {
  const Valleys v = valleys_of(c);
  const Enclosure flat = second_moment_factor(c, v, v.lambda, constants.extra);
  const Enclosure steep = second_moment_factor(c, v, v.beta, constants.extra);
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    result.push_back({.place = Place::at(k).of("the law"),
                      .applies = Truth::yes,
                      .comparison = c.distance(k) ==
                                    pow(flat, k) * v.flat_start + pow(steep, k) * v.steep_start});
  }
  return result;
}

// A start on the coordinates of curvature β alone: nothing grows if γ ≤ 2/(βm(1+δ)), and everything
// does if γ is larger.
std::vector<Conclusion> the_threshold(const Case& c, const Constants& constants) {
  const Valleys v = valleys_of(c);
  if ((v.flat_start == 0 && v.steep_start > 0) != Truth::yes) return {};
  const Enclosure threshold = constants.threshold * largest_stable_step(c, v);
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    result.push_back({Place::at(k).of("a stable step"), c.gamma() <= threshold,
                      c.distance(k) <= c.distance(k - 1)});
    result.push_back({Place::at(k).of("an unstable step"), c.gamma() > threshold,
                      c.distance(k) > c.distance(k - 1)});
  }
  return result;
}

// γ ≤ 2/(βm(1+δ)) makes ρ(γλ) ≥ 1 − 2γλB ≥ 1 − 4B/(κm(1+δ)); a larger γ makes ρ(γβ) > 1. So
// whatever γ > 0 is, one half of D_0 shrinks no faster than this.
std::vector<Conclusion> the_lower_bound(const Case& c, const Constants& constants) {
  const Valleys v = valleys_of(c);
  if ((v.flat_start == v.steep_start) != Truth::yes) return {};
  const Enclosure m_one_plus_delta = c.B() + v.m - 1;
  const Enclosure kappa = v.beta / v.lambda;
  const Enclosure rate = max(1 - constants.rate * c.B() / (kappa * m_one_plus_delta), 0);
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    result.push_back({Place::at(k).of("the lower bound"), Truth::yes,
                      c.distance(k) >= constants.share * c.distance(0) / 2 * pow(rate, k)});
  }
  return result;
}

Statement statement(const Constants& constants) {
  return fixed_step_on_valleys()
      .claims([constants](const Case& c) { return the_batch_size_bound(c, constants); })
      .claims([constants](const Case& c) { return the_law(c, constants); })
      .claims([constants](const Case& c) { return the_threshold(c, constants); })
      .claims([constants](const Case& c) { return the_lower_bound(c, constants); });
}

}  // namespace

// With B+m−1 = m(1+δ), δ = (B−1)/B_S and B_S = m: ρ(γα) = 1 − 2γαB + γ²α²B m(1+δ), since a
// coordinate of curvature α of F moves by −γmα w_j with each of the draws of its block, binomial
// with mean B/m and second moment B(B+m−1)/m².
Theorem theorem() {
  return {
      .id = "lower-fixed-step",
      .title = "The largest stable step shrinks by $1+δ$",
      .source = "worst-case optimality, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(On $m$ blocks of dimension 2, $r$ copies, $f_i(w)=\frac m2(\lambda v_1^2+\beta v_2^2)$
on its own block, $\lambda\le\beta$, $B_S(w)=m$ for $w\neq0$. (Any
rational $m\ge1$ will do: beside $\lfloor m\rfloor$ blocks, each with $1/m$ of the functions, a
smaller one has the rest and starts at its minimiser.)
There, with a fixed step $\gamma>0$ and batch $B$ each coordinate of curvature
$\alpha\in\{\lambda,\beta\}$ has
\[ \mathbb{E}\,v_{k+1}^2=\rho(\gamma\alpha)\,\mathbb{E}\,v_k^2,\qquad
\rho(\gamma\alpha)=1-2\gamma\alpha B+\gamma^2\alpha^2B\,m(1+\delta),\qquad\delta=\frac{B-1}{B_S}, \]
so that the largest stable step is exactly $2/(\beta m(1+\delta))$, and from $w_0=(1,\dots,1)$, for
every $\gamma>0$,
\[
\mathbb{E}\|w_k-w^*\|^2\ge\frac{D_0}{2}\Bigl(1-\frac{4B}{\kappa\,m(1+\delta)}\Bigr)_+^k,
\qquad\kappa=\beta/\lambda. \])",
      .text =
          "lower-fixed-step: B_S = m along the run; E v_{k+1}² = (1 − 2γαB + γ²α²Bm(1+δ)) E v_k²; "
          "stable iff γ ≤ "
          "2/(βm(1+δ)); E‖w_k − w*‖² ≥ (D_0/2)(1 − 4B/(κm(1+δ)))_+^k",
      .drawn_from = {InstanceClass::valley_blocks, InstanceClass::unequal_valley_blocks},
      .statement = statement({}).tells_where("both sides are positive", has_positive_sides),
      .mutants = {{"b-plus-m", R"($B+m-1\to B+m$)", statement({.extra = 1}),
                   valleys_witness(1, "1", 2, "1/4", 1, 1)},
                  {"one-percent-above",
                   R"(a step 1\,\% above $2/(\beta m(1+\delta))$ called stable)",
                   // 2/(βm(1+δ)) = 1/2
                   statement({.threshold = Enclosure(101) / 100}),
                   valleys_witness(2, "0", 1, "101/200", 3, 1)},
                  {"one-percent-below",
                   R"(a step 1\,\% below $2/(\beta m(1+\delta))$ called unstable)",
                   statement({.threshold = Enclosure(99) / 100}),
                   valleys_witness(2, "0", 1, "199/400", 3, 1)},
                  {"without-delta", R"(largest stable step $2/(\beta m)$)",
                   statement({.threshold = 2}),  // B+m−1 = 4 = 2m
                   valleys_witness(2, "0", 1, "3/4", 3, 1)},
                  {"half-the-rate", R"($4B/(\kappa m(1+\delta))\to2B/(\kappa m(1+\delta))$)",
                   statement({.rate = 2}), valleys_witness(1, "1", 100, "9/500", 1, 10)},
                  {"one-block-more", R"($B_S=m\to B_S=m+1$)", statement({.diversity = 1}),
                   valleys_witness(1, "1", 1, "1", 1, 1)},
                  {"all-of-the-start", R"($D_0/2\to D_0$)", statement({.share = 2}),
                   valleys_witness(1, "1", 100, "1/100", 1, 1)}},
  };
}

}  // namespace graddiv::theorem::lower_fixed_step
