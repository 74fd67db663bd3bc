#pragma once

#include <cstdint>
#include <vector>

// What a data pass of data-parallel SGD costs, fitted to passes that were timed.
namespace graddiv::experiments::speedup {

/// A pass over n examples in batches of B by P workers that was timed.
struct TimedPass {
  std::size_t model = 0;  ///< which of several models
  double parameters = 0;  ///< p
  std::int64_t examples = 0;
  std::int64_t batch = 0;
  int workers = 1;
  double seconds = 0;
};

/// ⌈n/B⌉ (c s(B, P) + o + 2 ⌈log2 P⌉ (a + 8p/b)): s(B, P) of the B gradients are computed by the
/// worker with most of them (whole leaves, see measure::sgd_leaf); their sum, p doubles, goes up a
/// tree of workers and down again.
struct Cost {
  std::vector<double> seconds_per_gradient;  ///< c, by model
  std::vector<double> overhead;              ///< o, by model: of an iteration, on every worker
  double latency = 0;                        ///< a: seconds a message
  double seconds_per_byte = 0;               ///< 1/b

  /// Of a pass; its own seconds are not looked at.
  double seconds(const TimedPass& pass) const;
};

/// The cost with the least Σ (seconds of the model / seconds measured − 1)² among those without a
/// negative number. Numbers that the passes do not determine (a and 1/b where all have one p) are 0
/// where that fits as well. Throws std::invalid_argument without passes.
Cost fit(const std::vector<TimedPass>& passes);

}  // namespace graddiv::experiments::speedup
