#pragma once

#include <cstdint>
#include <functional>

#include "experiments/work.h"

namespace graddiv::experiments {

/// Which steps 2^k are tried.
struct StepSearch {
  int first = -8;   ///< the exponent where it begins
  int least = -24;  ///< the exponents between which it stays
  int most = 8;
  int at_least = 2;  ///< so many exponents on each side of the best one are tried
};

/// A search tries about as many steps or more.
inline std::int64_t least_tries(const StepSearch& search) { return 2 * search.at_least + 1; }

/// Repetitions of searches for steps: those of the results have smaller numbers.
inline constexpr std::uint64_t search_repetition = 1U << 20U;

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

/// The same for the sum of an objective over repetitions from search_repetition on. Each of its
/// terms is a unit of work, named and priced after `unit`; least_tries(search) of them for every
/// repetition were expected.
TunedStep tune_step(const StepSearch& search, std::int64_t repetitions, const Unit& unit,
                    Work& work,
                    const std::function<double(double step, std::uint64_t repetition)>& objective);

}  // namespace graddiv::experiments
