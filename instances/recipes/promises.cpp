#include "instances/recipes/promises.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "facts/facts.h"
#include "number/exact.h"
#include "sgd/step.h"

namespace graddiv::recipes {
namespace {

/// Of a run: M² = max E M²(w_k), and (1 + δ)M² = max E[M²(w_k) + (B − 1)‖∇F(w_k)‖²], k < K.
struct Prospect {
  double second_moment = 0;
  double one_plus_delta = 1;
};

double squared_length(const std::vector<Vector<double>>& g) {
  double total = 0;
  for (const Vector<double>& each : g) total += each.squaredNorm();
  return total;
}

/// (1/n) Σ E‖Q(g_i) − g_i‖², 0 where it has no closed form in the squares.
double mean_variance(const Mechanism& mechanism, const std::vector<Vector<double>>& g) {
  const auto variance = mechanism.is_none() ? std::nullopt : mechanism.coordinate_variance();
  if (!variance) return 0;
  return variance->of_square.convert_to<double>() * squared_length(g) /
             static_cast<double>(g.size()) +
         variance->constant.convert_to<double>() * static_cast<double>(g.front().size());
}

Prospect prospect_of(const Problem& problem, const Run& run) {
  constexpr int paths = 8;
  std::mt19937_64 random(1);  // the same numbers on every machine, unlike those of distributions
  const auto uniform = [&] { return std::ldexp(static_cast<double>(random() >> 11U), -53); };
  const auto n = static_cast<double>(problem.size());
  const double gamma = run.step(0).convert_to<double>();
  const long B = run.batch(0);
  const auto iterations = static_cast<std::size_t>(run.iterations);
  std::vector<double> moments(iterations), with_batches(iterations);
  for (int path = 0; path < paths; ++path) {
    Vector<double> w = to_double(run.start);
    for (std::size_t k = 0; k < iterations; ++k) {
      const auto g = gradients(problem, w);
      Vector<double> sum = Vector<double>::Zero(w.size());
      for (const Vector<double>& each : g) sum += each;
      const double moment = squared_length(g) / n + mean_variance(run.mechanism, g);
      moments[k] += moment / paths;
      with_batches[k] +=
          (moment + static_cast<double>(B - 1) * sum.squaredNorm() / (n * n)) / paths;
      std::vector<Vector<double>> used;
      std::vector<Drawn> drawn;
      for (long l = 0; l < B; ++l) {
        const Vector<double>& one = g[random() % g.size()];
        drawn.push_back({used.size(), 1});
        used.push_back(run.mechanism.is_none() ? one : run.mechanism.sample(one, uniform));
      }
      w = mini_batch_step(problem.domain, w, used, drawn, gamma);
    }
  }
  const double moment = std::ranges::max(moments);
  if (!(moment > 0)) return {};
  return {moment, std::ranges::max(with_batches) / moment};
}

double value_of(const Fact<Rational>& fact) {
  return fact.value ? fact.value->convert_to<double>() : 0;
}

double squared_distance(const Vector<Rational>& w, const Fact<Vector<Enclosure>>& other) {
  if (!other.value) return 0;
  double total = 0;
  for (Eigen::Index j = 0; j < w.size(); ++j)
    total += std::pow((*other.value)(j).approximate() - w(j).convert_to<double>(), 2);
  return total;
}

}  // namespace

bool promises_to_tell(Rate rate, const Instance& instance) {
  const Run& run = instance.run;
  if (run.iterations < 1) return false;
  const Prospect met = prospect_of(instance.problem, run);
  const double M2 = met.second_moment;
  const double gamma = run.step(0).convert_to<double>();
  const auto B = static_cast<double>(run.batch(0));
  const double T = B * run.iterations;

  const Facts facts(instance.problem);
  const auto gap = [&] {
    const Fact<Enclosure>& least = facts.optimum();
    return least.value
               ? objective(instance.problem, to_double(run.start)) - least.value->approximate()
               : 0;
  };
  const auto distance = [&] { return squared_distance(run.start, facts.minimizer()); };
  // δ of a few paths is too small now and then.
  const auto is_below = [&](double epsilon, double start) {
    return 1.03 * (1 + met.one_plus_delta) / 2 * epsilon < start;
  };
  const auto is_linear_rate = [&](double lambda, double epsilon, double start) {
    return 2 * gamma * lambda * B <= 1 + 1e-12 && is_below(epsilon, start) &&
           2 * gamma * lambda * T >= std::log(2 * start / epsilon);
  };
  switch (rate) {
    case Rate::strongly_convex: {
      const double lambda = value_of(facts.strong_convexity());
      return lambda > 0 && is_linear_rate(lambda, gamma * M2 / lambda, distance());
    }
    case Rate::convex: {
      const double epsilon = gamma * M2;
      return is_below(epsilon, gap()) && T * epsilon * epsilon >= M2 * distance();
    }
    case Rate::smooth: {
      const double beta = value_of(facts.smoothness());
      const double epsilon = gamma * beta * M2;
      const double gradient2 = full_gradient(instance.problem, to_double(run.start)).squaredNorm();
      return is_below(epsilon, gradient2) && T * epsilon * epsilon >= 2 * beta * M2 * gap();
    }
    case Rate::pl: {
      const double mu = value_of(facts.pl_constant());
      const double epsilon = gamma * value_of(facts.smoothness()) * M2 / (2 * mu);
      return mu > 0 && is_linear_rate(mu, epsilon, gap());
    }
  }
  return false;
}

}  // namespace graddiv::recipes
