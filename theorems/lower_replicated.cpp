#include <algorithm>

#include "instances/classes.h"
#include "number/exact.h"
#include "sgd/instance.h"
#include "theorems/shared.h"

namespace graddiv::theorem::lower_replicated {
namespace {

// The numbers that mutants change.
struct Constants {
  Enclosure distance = 1;    // of G²/(4mλ²K)
  Enclosure gap = 1;         // of G²/(4mλK)
  Enclosure slow_down = 1;   // of δG²/(4λ²N)
  int copies = 0;            // B_S(w) = m r^copies
  bool is_projected = true;  // whether M² ≤ 4G² is asked of projected runs only
};

/// m blocks of p coordinates, r copies, with G and a = mλ: constructions/lower_replicated.cpp.
struct Blocks {
  Enclosure m, r, p, G, a;
};

Blocks blocks_of(const Case& c) {
  const auto f = member_of("lower-replicated", c);
  return {f.at("blocks"), f.at("copies"), 2 * f.at("iterations"), f.at("G"),
          f.at("blocks") * f.at("lambda")};
}

std::vector<Domain> factors_of(const Domain& W) {
  return W.kind() == Domain::Kind::product ? W.factors() : std::vector<Domain>{W};
}

/// How many balls {‖v‖ ≤ R} about 0, all of one radius and dimension, W is the product of: 1 for a
/// ball, 0 where it is no such product.
Enclosure balls_about_zero(const Case& c) {
  const auto balls = factors_of(c.instance().problem.domain);
  const auto is_like_the_first = [&](const Domain& W) {
    return W.kind() == Domain::Kind::ball && W.center().isZero() &&
           W.radius() == balls.front().radius() && W.dimension() == balls.front().dimension();
  };
  return std::ranges::all_of(balls, is_like_the_first) ? static_cast<long>(balls.size()) : 0;
}

/// That R; NotCertified for other W.
Enclosure ball_radius(const Case& c) {
  if ((balls_about_zero(c) > 0) != Truth::yes)
    throw NotCertified("$W$ is no product of equal balls about 0");
  return enclose(factors_of(c.instance().problem.domain).front().radius());
}

Place at(int k, const Text& part) {
  Place place = Place::at(k).of(part);
  place.on_every_path = true;
  return place;
}

// A block that an iteration finds in span(e_1, …, e_k) is left in span(e_1, …, e_{k+1}): an
// untouched coordinate is 0, and is picked, the first one first, only while no touched one is
// positive; projection onto balls about 0 shortens v and keeps its zeros. So after k ≤ K iterations
// at least K of the p = 2K coordinates of each of the m blocks are 0, where w* has −G/(ap):
//   ‖w_k − w*‖² ≥ mK (G/(2aK))² = G²/(4mλ²K) with a = mλ,
// and max_l v_l ≥ 0 makes φ(v) ≥ 0 on every block, so that F(w_k) − F* ≥ −F* = G²/(2ap) =
// G²/(4mλK).
std::vector<Conclusion> for_every_path(const Case& c, const Constants& constants) {
  const auto [m, r, p, G, a] = blocks_of(c);
  const Enclosure lambda = a / m;
  const Enclosure K = p / 2;
  std::vector<Conclusion> result;
  for (int k = 1; k <= c.iterations(); ++k) {
    result.push_back(
        {at(k, "$‖w − w*‖²$"), Truth::yes,
         c.least_distance(k) >= constants.distance * square(G) / (4 * m * square(lambda) * K)});
    result.push_back(
        {at(k, "$F(w) − F*$"), Truth::yes,
         c.least_suboptimality(k) >= constants.gap * square(G) / (4 * m * lambda * K)});
  }
  return result;
}

// Batches B_k ≥ 1 + δB_S for all k leave K ≤ N/(1 + δm) iterations for N evaluations: G²/(4mλ²K) ≥
// δG²/(4λ²N). For runs projected onto balls of radius G/a, where M² ≤ 4G², that is ≥ δM²/(16λ²N):
// M² over the points visited stands for sup_W M².
std::vector<Conclusion> for_large_batches(const Case& c, const Constants& constants) {
  const auto [m, r, p, G, a] = blocks_of(c);
  const Enclosure lambda = a / m;
  const int K = c.iterations();
  Enclosure smallest = c.B(0);
  for (int k = 1; k < K; ++k) smallest = min(smallest, c.B(k));
  const Enclosure delta = (smallest - 1) / m;
  const Enclosure N = c.evaluations(K);
  std::vector<Conclusion> result;
  result.push_back(
      {at(K, "$δG²/(4λ²N)$"), delta > 0,
       c.least_distance(K) >= constants.slow_down * delta * square(G) / (4 * square(lambda) * N)});
  const bool is_held =
      (balls_about_zero(c) > 0) == Truth::yes && (ball_radius(c) <= G / a) == Truth::yes;
  if (constants.is_projected && !is_held) return result;
  Enclosure M2 = 0;
  for (const Point& w : c.points()) M2 = max(M2, w.second_moment());
  result.push_back({at(K, "$δM²/(16λ²N)$"), delta > 0,
                    c.least_distance(K) >= delta * M2 / (16 * square(lambda) * N)});
  if (is_held) result.push_back({"$M² ≤ 4G²$", Truth::yes, M2 <= 4 * square(G), true});
  return result;
}

// Σ_j ‖g_j‖² of the blocks stands r times in Σ‖∇f_i‖² and r² times in ‖Σ∇f_i‖²: n Δ_S = m whatever
// w is. An equation would call the bounds tight everywhere, so it does not count as a claim.
std::vector<Conclusion> batch_size_bound_at_points(const Case& c, const Constants& constants) {
  const Blocks blocks = blocks_of(c);
  std::vector<Conclusion> result;
  for (const Point& w : c.points()) {
    const Enclosure claimed = blocks.m * pow(blocks.r, constants.copies);
    result.push_back({w.place().of("$m/B_S(w)$"), Truth::yes,
                      w.inverse_batch_size_bound() * claimed == 1, true});
  }
  return result;
}

Statement statement(const Constants& constants) {
  return Statement()
      .assumes("the functions are those of lower-replicated with $p = 2K$",
               [](const Case& c) { return blocks_of(c).p == 2 * c.iterations(); })
      .assumes("$w_0 = 0$", [](const Case& c) { return truth(c.instance().run.start.isZero()); })
      // w* is the minimiser on R^d: ‖v*‖² = p (G/(ap))² on each of the m blocks.
      .assumes("$W = R^d$, or a ball about 0 that holds $w*$, or one for each block",
               [](const Case& c) {
                 if (c.unconstrained() == Truth::yes) return Truth::yes;
                 const auto [m, r, p, G, a] = blocks_of(c);
                 const Enclosure balls = balls_about_zero(c);
                 return (balls == 1 || balls == m) &&
                        m * square(G) <= balls * square(a * ball_radius(c)) * p;
               })
      .claims([constants](const Case& c) { return for_every_path(c, constants); })
      .claims([constants](const Case& c) { return for_large_batches(c, constants); })
      .claims([constants](const Case& c) { return batch_size_bound_at_points(c, constants); });
}

// m = 1 block of p coordinates, φ(v) = max_l v_l + ½‖v‖².
std::string block_witness(int p, int copies, const std::string& run) {
  std::string pieces;
  std::string ones;
  std::string zeros;
  for (int l = 0; l < p; ++l) {
    std::string a;
    for (int j = 0; j < p; ++j) a += std::string(j > 0 ? ", " : "") + (j == l ? "1" : "0");
    pieces += std::string(l > 0 ? ", " : "") + R"({"a": [)" + a + "]}";
    ones += std::string(l > 0 ? ", " : "") + "1";
    zeros += std::string(l > 0 ? ", " : "") + "0";
  }
  const std::string function = R"({"pieces": [)" + pieces + R"(], "curvature": [)" + ones + "]}";
  std::string functions = function;
  for (int i = 1; i < copies; ++i) functions += ", " + function;
  return witness(R"("family": "max-affine", "dimension": )" + std::to_string(p) +
                     R"(, "functions": [)" + functions + "]",
                 R"("start": [)" + zeros + "], " + run);
}

}  // namespace

Theorem theorem() {
  return {
      .id = "lower-replicated",
      .title = "No step size repairs a batch beyond the batch-size bound",
      .source = "worst-case optimality, re-derived with explicit constants",
      .cites = "yin2018",
      .latex =
          R"(Let $a=m\lambda$, $p=2K$ and $f_i(w)=G\max_l v_l+\frac a2\|v\|^2$ on block $v$ number
$i$ of $m$ blocks in $\mathbb{R}^p$, $r$ copies of each,
with the subgradient of the smallest maximising index. Then $F$ is $\lambda$-strongly convex,
$B_S(w)=m$ for every $w$, and from $w_0=0$,
whatever the step sizes (of any sign, adaptive too), the batch sizes and the sampled indices, with
or without projection onto a ball about $0$ that holds $w^*$ or onto one for each block,
\[ \|w_k-w^*\|^2\ge\frac{G^2}{4m\lambda^2K},\qquad F(w_k)-F^*\ge\frac{G^2}{4m\lambda K}\qquad(1\le
k\le K). \]
If $B_k\ge1+\delta B_S$ for all $k$ then $\|w_K-w^*\|^2\ge\delta G^2/(4\lambda^2N)$ with
$N=\sum_kB_k$, and for runs projected onto a ball of radius
$G/a$, or one for each block, this is $\ge\delta M^2/(16\lambda^2N)$ for the $M^2\le4G^2$ of the
points visited.)",
      .text =
          "lower-replicated, w_0 = 0, any steps, batches, indices  ⇒  ‖w_k − w*‖² ≥ G²/(4mλ²K), "
          "F(w_k) − F* ≥ G²/(4mλK), B_S = m",
      .drawn_from = {InstanceClass::replicated_blocks},
      .statement = statement({}).tells_where("the lower bound is positive", has_positive_sides),
      .mutants = {{"twice-the-distance", R"($\|w_k-w^*\|^2\ge2\cdot G^2/(4m\lambda^2K)$)",
                   // γ_k = 1/(aB(K+k)), k = 1, …, K, attains the bound
                   statement({.distance = 2}),
                   block_witness(4, 1, R"("step": ["1/3", "1/4"], "batch": 1, "iterations": 2)")},
                  {"twice-the-gap", R"($F(w_k)-F^*\ge2\cdot G^2/(4m\lambda K)$)",
                   statement({.gap = 2}),  // a run that does not move attains the bound
                   block_witness(2, 1, R"("step": 0, "batch": 1, "iterations": 1)")},
                  {"delta-over-two", R"($\delta G^2/(4\lambda^2N)\to\delta G^2/(2\lambda^2N)$)",
                   statement({.slow_down = 2}),
                   block_witness(2, 1, R"("step": "1/6", "batch": 3, "iterations": 1)")},
                  {"without-projection",
                   R"($\ge\delta M^2/(16\lambda^2N)$ for runs on $\mathbb{R}^d$ too)",
                   statement({.is_projected = false}),
                   block_witness(4, 1, R"("step": [100, "1/2"], "batch": 2, "iterations": 2)")},
                  {"number-of-functions", R"($B_S(w)=m\to B_S(w)=n$)", statement({.copies = 1}),
                   block_witness(2, 2, R"("step": 1, "batch": 1, "iterations": 1)")}},
  };
}

}  // namespace graddiv::theorem::lower_replicated
