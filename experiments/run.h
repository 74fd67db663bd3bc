#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "experiments/task.h"

namespace graddiv::experiments {

/// A run of mini-batch SGD that is looked at `looks` times a data pass.
struct RunOptions {
  double step = 0;         ///< γ, of the sum of gradients
  std::int64_t batch = 1;  ///< B
  std::int64_t passes = 1;
  std::int64_t looks = 1;
  std::uint64_t seed = 1;
  std::uint64_t repetition = 0;
};

/// The cost of so many gradients as part of a Unit: products of numbers. Every iteration takes
/// about as long as ten gradients beside its own (measured: 13 of a logistic model, 10 of a
/// network).
double cost_of_gradients(const Model& model, std::int64_t count, std::int64_t batch);
/// Of a run over n functions that looks at the values of so many.
double cost_of_run(const Model& model, std::int64_t n, const RunOptions& options,
                   std::int64_t looked_at);

/// look(j, w) after the first iteration with T ≥ j n/looks, for j = 0 (the start), …, passes·looks;
/// the run ends early where look says false.
void run_sgd(const Model& model, const RunOptions& options,
             const std::function<bool(std::int64_t, std::span<const float>)>& look);

/// F(w), the mean over all functions of the model.
double mean_loss(const Model& model, std::span<const float> w);

/// F at the looks 0, …, passes·looks; +∞ from where it is no number on.
std::vector<double> losses_along(const Model& run, const Model& of, const RunOptions& options);

/// B_S at the looks of a run.
std::vector<double> bounds_along(const Model& run, const Model& of, const RunOptions& options);

}  // namespace graddiv::experiments
