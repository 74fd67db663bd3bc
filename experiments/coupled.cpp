#include "experiments/coupled.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "measure/random.h"

namespace graddiv::experiments {
namespace {

constexpr double far_apart = std::numeric_limits<double>::infinity();

std::vector<std::vector<float>> points_along(const Model& model, const RunOptions& options) {
  std::vector<std::vector<float>> points;
  run_sgd(model, options, [&](std::int64_t, std::span<const float> w) {
    points.emplace_back(w.begin(), w.end());
    return true;
  });
  return points;
}

}  // namespace

Pair neighbours(const Task& task, std::int64_t examples, std::uint64_t seed,
                std::uint64_t repetition) {
  auto rows = drawn_rows(task.train_rows, examples + 1, seed, repetition);
  const std::int64_t other = rows.back();
  rows.pop_back();
  const measure::CounterRandom random(seed, measure::Purpose::repetition, repetition);
  Pair pair;
  pair.place = random.below(examples, 0);
  pair.first = selected(task.train, rows);
  rows[static_cast<std::size_t>(pair.place)] = other;
  pair.second = selected(task.train, rows);
  return pair;
}

double normalised_distance(std::span<const float> w, std::span<const float> other) {
  double difference = 0;
  double norms = 0;
  for (std::size_t j = 0; j < w.size(); ++j) {
    const auto x = static_cast<double>(w[j]);
    const auto y = static_cast<double>(other[j]);
    difference += (x - y) * (x - y);
    norms += x * x + y * y;
  }
  if (norms == 0) return 0;
  const double distance = std::sqrt(difference / norms);
  return std::isfinite(distance) ? distance : far_apart;
}

double differential_bound(const Model& model, std::span<const float> w,
                          std::span<const float> other) {
  std::vector<float> here(w.size());
  std::vector<float> there(w.size());
  std::vector<double> sum(w.size());
  double squares = 0;
  const auto gradient = [&](std::int64_t i, std::span<const float> at, std::vector<float>& to) {
    std::fill(to.begin(), to.end(), 0.0F);
    measure::BlockOutput<float> output;
    output.gradient = to;
    model.add_block({i, 1, nullptr}, at, output);
  };
  for (std::int64_t i = 0; i < model.size(); ++i) {
    gradient(i, w, here);
    gradient(i, other, there);
    for (std::size_t j = 0; j < sum.size(); ++j) {
      const double difference = static_cast<double>(here[j]) - static_cast<double>(there[j]);
      squares += difference * difference;
      sum[j] += difference;
    }
  }
  double of_sum = 0;
  for (const double x : sum) of_sum += x * x;
  return of_sum > 0 ? static_cast<double>(model.size()) * (squares / of_sum) : far_apart;
}

CoupledRuns run_coupled(const Pair& pair, const RunOptions& options, bool with_bound) {
  const auto first = points_along(*pair.first, options);
  const auto second = points_along(*pair.second, options);
  CoupledRuns runs{{}, far_apart, mean_loss(*pair.first, first.back())};
  for (std::size_t j = 0; j < first.size(); ++j) {
    const double distance = normalised_distance(first[j], second[j]);
    runs.distance.push_back(distance);
    if (!with_bound || distance == 0 || !std::isfinite(distance)) continue;
    runs.least_differential_bound = std::min(runs.least_differential_bound,
                                             differential_bound(*pair.first, first[j], second[j]));
  }
  return runs;
}

}  // namespace graddiv::experiments
