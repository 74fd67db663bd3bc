#include "experiments/run.h"

#include <cmath>
#include <limits>

#include "measure/sgd.h"

namespace graddiv::experiments {

double cost_of_gradients(const Model& model, std::int64_t count, std::int64_t batch) {
  constexpr double of_iteration = 10;
  return static_cast<double>(model.products()) * static_cast<double>(count) *
         (1 + of_iteration / static_cast<double>(batch));
}

double cost_of_run(const Model& model, std::int64_t n, const RunOptions& options,
                   std::int64_t looked_at) {
  constexpr double of_value = 0.5;  // of that of a gradient
  return static_cast<double>(options.passes) *
         (cost_of_gradients(model, n, options.batch) +
          of_value * static_cast<double>(model.products()) * static_cast<double>(options.looks) *
              static_cast<double>(looked_at));
}

void run_sgd(const Model& model, const RunOptions& options,
             const std::function<bool(std::int64_t, std::span<const float>)>& look) {
  const measure::SgdOptions sgd{options.step, options.batch, options.seed, options.repetition, 1};
  measure::Sgd<float> run(model, model.start(options.seed + options.repetition), sgd);
  const std::int64_t last = options.passes * options.looks;
  for (std::int64_t j = 0; j <= last; ++j) {
    while (run.gradients() * options.looks < j * model.size()) run.step();
    if (!look(j, run.point())) return;
  }
}

double mean_loss(const Model& model, std::span<const float> w) {
  const auto sums = measure::totals<float>(model, {0, model.size()}, w,
                                           {.with_norms = false, .with_gradient = false});
  return sums.loss_sum() / static_cast<double>(sums.count);
}

std::vector<double> losses_along(const Model& run, const Model& of, const RunOptions& options) {
  std::vector<double> losses(static_cast<std::size_t>(options.passes * options.looks + 1),
                             std::numeric_limits<double>::infinity());
  run_sgd(run, options, [&](std::int64_t j, std::span<const float> w) {
    const double loss = mean_loss(of, w);
    if (!std::isfinite(loss)) return false;
    losses[static_cast<std::size_t>(j)] = loss;
    return true;
  });
  return losses;
}

std::vector<double> bounds_along(const Model& run, const Model& of, const RunOptions& options) {
  std::vector<double> bounds;
  run_sgd(run, options, [&](std::int64_t, std::span<const float> w) {
    const auto sums = measure::totals<float>(of, {0, of.size()}, w, {1, true, false});
    bounds.push_back(sums.batch_size_bound());
    return true;
  });
  return bounds;
}

}  // namespace graddiv::experiments
