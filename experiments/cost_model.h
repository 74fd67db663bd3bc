#pragma once

#include <cstdint>
#include <stdexcept>

namespace graddiv::experiments {

/// What an iteration of data-parallel SGD costs: the B gradients are shared out among P workers,
/// and their sums of `bytes` bytes are added up by a ring all-reduce.
struct CostModel {
  double seconds_per_gradient = 0;  ///< c: one gradient on one worker
  double latency = 0;               ///< a: seconds a message
  double bandwidth = 1;             ///< b: bytes a second on every link
  double bytes = 0;                 ///< m: of a gradient

  /// c ⌈B/P⌉ + 2(P − 1)(a + m/(P b)): the ring has 2(P − 1) rounds, in each of which every worker
  /// sends the P-th part of the gradient. P = min(workers, B): more have nothing to do.
  double iteration_seconds(std::int64_t batch, std::int64_t workers) const {
    if (batch < 1 || workers < 1) throw std::invalid_argument("needs a batch and a worker");
    const std::int64_t P = workers < batch ? workers : batch;
    const auto p = static_cast<double>(P);
    const auto share = static_cast<double>((batch + P - 1) / P);
    return seconds_per_gradient * share + 2 * (p - 1) * (latency + bytes / (p * bandwidth));
  }

  /// Of ⌈T/B⌉ iterations: T gradients in all.
  double seconds(std::int64_t gradients, std::int64_t batch, std::int64_t workers) const {
    const double one = iteration_seconds(batch, workers);
    return static_cast<double>((gradients + batch - 1) / batch) * one;
  }
};

}  // namespace graddiv::experiments
