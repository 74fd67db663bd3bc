#pragma once

#include <functional>

namespace graddiv::experiments {

/// Which steps 2^k are tried.
struct StepSearch {
  int first = -8;   ///< the exponent where it begins
  int least = -24;  ///< the exponents between which it stays
  int most = 8;
  int at_least = 2;  ///< so many exponents on each side of the best one are tried
};

struct TunedStep {
  int exponent = 0;
  double step = 1;  ///< 2^exponent
  double objective = 0;
  int tried = 0;            ///< steps in all
  bool is_at_edge = false;  ///< the best lies at `least` or `most`
};

/// The step 2^k of the least objective (a loss; NaN counts as +∞; of equal ones the smallest step):
/// tries the exponents around `first` and walks on until on each side of the best one `at_least`
/// worse ones were tried or the end is reached.
TunedStep tune_step(const StepSearch& search, const std::function<double(double step)>& objective);

}  // namespace graddiv::experiments
