#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "experiments/task.h"
#include "experiments/work.h"

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

/// Repetitions of searches for steps: those of the results have smaller numbers.
inline constexpr std::uint64_t search_repetition = 1U << 20U;

/// look(j, w) after the first iteration with T ≥ j n/looks, for j = 0 (the start), …, passes·looks;
/// the run ends early where look says false.
void run_sgd(const Model& model, const RunOptions& options, const Work& work,
             const std::function<bool(std::int64_t, std::span<const float>)>& look);

/// F(w), the mean over all functions of the model.
double mean_loss(const Model& model, std::span<const float> w);

/// F at the looks 0, …, passes·looks; +∞ from where it is no number on.
std::vector<double> losses_along(const Model& run, const Model& of, const RunOptions& options,
                                 const Work& work);

/// B_S at the looks of a run.
std::vector<double> bounds_along(const Model& run, const Model& of, const RunOptions& options,
                                 const Work& work);

}  // namespace graddiv::experiments
