#pragma once

#include <memory>
#include <span>
#include <vector>

#include "experiments/run.h"

// Two runs on data that differ in one example.
namespace graddiv::experiments {

/// The functions of S and of S', which has another example in one place.
struct Pair {
  std::unique_ptr<const Model> first;
  std::unique_ptr<const Model> second;
  std::int64_t place = 0;  ///< where they differ
};

/// S, S' and the place, drawn at random: a function of seed and repetition.
Pair neighbours(const Task& task, std::int64_t examples, std::uint64_t seed,
                std::uint64_t repetition);

/// √(‖w−w'‖²/(‖w‖²+‖w'‖²)), 0 where both are 0; +∞ where one is not finite.
double normalised_distance(std::span<const float> w, std::span<const float> other);

/// B̄_S(w, w') = n Σ‖∇f_i(w) − ∇f_i(w')‖² / ‖Σ(∇f_i(w) − ∇f_i(w'))‖²; +∞ where the sum is 0.
double differential_bound(const Model& model, std::span<const float> w,
                          std::span<const float> other);

struct CoupledRuns {
  std::vector<double> distance;  ///< at the looks
  /// The least B̄_S(w, w') at the looks, of S, where it was asked for; else +∞.
  double least_differential_bound = 0;
  double final_loss = 0;  ///< F of the first run at its end
};

/// Both runs with the same indices.
CoupledRuns run_coupled(const Pair& pair, const RunOptions& options, bool with_bound);

}  // namespace graddiv::experiments
