#include "experiments/run.h"

#include <cmath>
#include <limits>

#include "measure/sgd.h"

namespace graddiv::experiments {

void run_sgd(const Model& model, const RunOptions& options, const Work& work,
             const std::function<bool(std::int64_t, std::span<const float>)>& look) {
  const measure::SgdOptions sgd{options.step, options.batch, options.seed, options.repetition, 1};
  measure::Sgd<float> run(model, model.start(options.seed + options.repetition), sgd);
  const std::int64_t last = options.passes * options.looks;
  for (std::int64_t j = 0; j <= last; ++j) {
    while (run.gradients() * options.looks < j * model.size()) {
      run.step();
      work.check();
    }
    if (!look(j, run.point())) return;
  }
}

double mean_loss(const Model& model, std::span<const float> w) {
  const auto sums = measure::totals<float>(model, {0, model.size()}, w,
                                           {.with_norms = false, .with_gradient = false});
  return sums.loss_sum() / static_cast<double>(sums.count);
}

std::vector<double> losses_along(const Model& run, const Model& of, const RunOptions& options,
                                 const Work& work) {
  std::vector<double> losses(static_cast<std::size_t>(options.passes * options.looks + 1),
                             std::numeric_limits<double>::infinity());
  run_sgd(run, options, work, [&](std::int64_t j, std::span<const float> w) {
    const double loss = mean_loss(of, w);
    if (!std::isfinite(loss)) return false;
    losses[static_cast<std::size_t>(j)] = loss;
    return true;
  });
  return losses;
}

std::vector<double> bounds_along(const Model& run, const Model& of, const RunOptions& options,
                                 const Work& work) {
  std::vector<double> bounds;
  run_sgd(run, options, work, [&](std::int64_t, std::span<const float> w) {
    const auto sums = measure::totals<float>(of, {0, of.size()}, w, {1, true, false});
    bounds.push_back(sums.batch_size_bound());
    return true;
  });
  return bounds;
}

}  // namespace graddiv::experiments
