#include <gtest/gtest.h>

#include <iostream>
#include <limits>
#include <map>

#include "claim/reference.h"
#include "constructions/catalogue.h"
#include "diversity/diversity.h"
#include "number/exact.h"
#include "property_tests/support/path.h"
#include "property_tests/support/search.h"
#include "sgd/step.h"

// lower-replicated, path by path: any parameters, any batches and indices, and steps by adversaries
// that try to do well. The theorem's own suite lists all index sequences of a run with given steps;
// here the steps may depend on everything.
namespace graddiv {
namespace {

struct Setting {
  long m = 1;
  long r = 1;
  Rational G;
  Rational a;  // mλ
  long K = 1;
  Domain domain;
  std::string projection;            // in words
  bool is_product_of_balls = false;  // of radius G/a, on which M² ≤ 4G²
};

Domain product_of_balls(long count, long dimension, const Rational& radius) {
  const Domain ball = Domain::ball(Vector<Rational>::Zero(dimension), radius);
  return Domain::product(std::vector<Domain>(static_cast<std::size_t>(count), ball));
}

// G/a holds w* in every block: ‖(G/(ap), …)‖ = (G/a)/√p.
Setting any_setting(Choices choices) {
  const long m = choices.between(1, 4);
  const long K = choices.between(1, 5);
  Setting setting;
  setting.m = m;
  setting.r = choices.between(1, 3);
  setting.G = choices.positive();
  setting.a = m * choices.positive();
  setting.K = K;
  const Rational radius = setting.G / setting.a;
  if (choices.once_in(3)) {
    setting.projection = ", projected onto a product of balls";
    setting.domain = product_of_balls(m, 2 * K, radius);
    setting.is_product_of_balls = true;
  } else if (choices.once_in(3)) {
    setting.projection = ", projected onto a ball";  // ‖w*‖ ≤ m G/a
    setting.domain = product_of_balls(1, 2 * K * m, radius * m);
  }
  return setting;
}

std::vector<long> any_counts(Choices& choices, long n, long B) {
  std::vector<long> counts(static_cast<std::size_t>(n), 0);
  for (long draw = 0; draw < B; ++draw) ++counts[static_cast<std::size_t>(choices.up_to(n - 1))];
  return counts;
}

/// The least ratio of distance and gap over their bounds; nothing where the path refutes them or
/// leaves them open.
struct PathResult {
  std::string failure;
  double distance = std::numeric_limits<double>::infinity();
  double gap = std::numeric_limits<double>::infinity();
};

PathResult follow(const Setting& setting, const Adversary& adversary, Choices choices) {
  const Setting& f = setting;
  const Rational lambda = f.a / f.m;
  const Construction& family = find_construction("lower-replicated");
  const Parameters p{
      {"blocks", f.m}, {"copies", f.r}, {"iterations", f.K}, {"lambda", lambda}, {"G", f.G}};
  const Problem problem{family.functions(p), setting.domain};
  const Vector<Rational> minimizer = family.minimizer(p);
  const Rational optimum = family.optimum(p);
  const Enclosure distance_bound =
      enclose(Rational(f.G * f.G / (4 * f.m * lambda * lambda * setting.K)));
  const Enclosure gap_bound = enclose(Rational(f.G * f.G / (4 * f.m * lambda * setting.K)));
  PathResult result;
  Vector<Enclosure> w = Vector<Enclosure>::Constant(problem.dimension(), Enclosure(0));
  long smallest_batch = std::numeric_limits<long>::max();
  long N = 0;
  for (int k = 1; k <= setting.K; ++k) {
    const auto g = gradients(problem, w);
    const GradientSums sums = sum_gradients(g);
    // Σ∇f_i ≠ 0 everywhere, so that B_S(w) = m is always meant.
    const Enclosure product = sums.inverse_batch_size_bound() * f.m;
    if (!product.contains(1) || (is_exact(w) && (product == 1).truth() != Truth::yes))
      result.failure = "m/B_S(w) = " + product.to_string(6);
    // 4G² is attained on the sphere, where an interval straddles it.
    if (setting.is_product_of_balls &&
        (sums.second_moment() > enclose(Rational(4 * f.G * f.G))).truth() == Truth::yes)
      result.failure = "M² = " + sums.second_moment().to_string(6) + " is above 4G²";
    const long B = choices.between(1, 9);
    smallest_batch = std::min(smallest_batch, B);
    N += B;
    const auto counts = any_counts(choices, problem.size(), B);
    Vector<Enclosure> direction = Vector<Enclosure>::Constant(w.size(), Enclosure(0));
    for (std::size_t i = 0; i < g.size(); ++i) direction += g[i] * Enclosure(counts[i]);
    const Rational gamma =
        adversary.step({k, B, problem, w, direction, minimizer, optimum}, choices);
    w = mini_batch_step(problem.domain, w, g, counts, enclose(gamma));

    const Enclosure distance = Vector<Enclosure>(w - enclose(minimizer)).squaredNorm();
    const Enclosure gap = objective(problem, w) - enclose(optimum);
    const std::string where = "k = " + std::to_string(k) + ", γ = " + to_string(gamma) + ": ";
    if ((distance >= distance_bound).truth() != Truth::yes)
      result.failure = where + "‖w − w*‖² = " + distance.to_string(6) + " against " +
                       distance_bound.to_string(6);
    // As F(w) ≥ F* + G²/(4mλK) = 0: an interval can say that, where the bound is attained.
    if ((objective(problem, w) >= enclose(optimum) + gap_bound).truth() != Truth::yes)
      result.failure =
          where + "F − F* = " + gap.to_string(6) + " against " + gap_bound.to_string(6);
    if (!result.failure.empty()) return result;
    result.distance = std::min(result.distance, (distance / distance_bound).approximate());
    result.gap = std::min(result.gap, (gap / gap_bound).approximate());
  }
  // B_k ≥ 1 + δm for all k: δG²/(4λ²N), which on the product of balls is δM²/(16λ²N) with M² = 4G².
  const Rational delta(smallest_batch - 1, f.m);
  const Rational slow = delta * f.G * f.G / (4 * lambda * lambda * N);
  const Enclosure distance = Vector<Enclosure>(w - enclose(minimizer)).squaredNorm();
  if ((distance >= enclose(slow)).truth() != Truth::yes)
    result.failure =
        "‖w − w*‖² = " + distance.to_string(6) + " against δG²/(4λ²N) = " + to_string(slow);
  return result;
}

TEST(LowerReplicatedPaths, RespectTheBoundsWhateverTheAdversaryDoes) {
  std::map<std::string, std::pair<int, PathResult>> seen;
  for (int number = 0; number < property_cases(); ++number) {
    Choices choices({.seed = 1, .number = static_cast<std::uint64_t>(number)}, number % 101);
    const Setting setting = any_setting(choices.part(1));
    const auto& all = adversaries();
    const Adversary& adversary = all[static_cast<std::size_t>(number) % all.size()];
    const PathResult found = follow(setting, adversary, choices.part(2));
    const Setting& f = setting;
    ASSERT_EQ(found.failure, "") << "number " << number << ", " << adversary.name
                                 << setting.projection << ", m = " << f.m << ", r = " << f.r
                                 << ", K = " << setting.K << ", λ = " << Rational(f.a / f.m)
                                 << ", G = " << f.G;
    auto& [count, best] = seen[adversary.name + setting.projection];
    ++count;
    best.distance = std::min(best.distance, found.distance);
    best.gap = std::min(best.gap, found.gap);
  }
  for (const auto& [name, about] : seen) {
    std::cout << name << ": " << about.first << " paths, nearest to the bounds "
              << about.second.distance << " (distance), " << about.second.gap << " (gap)\n";
  }
}

}  // namespace
}  // namespace graddiv
