#include "experiments/tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace graddiv::experiments {

TunedStep tune_step(const StepSearch& search, const std::function<double(double step)>& objective,
                    const std::function<void()>& told) {
  std::map<int, double> tried;
  std::int64_t to_tell = told ? least_tries(search) : 0;
  const auto tell = [&] {
    if (to_tell == 0) return;
    --to_tell;
    told();
  };
  const auto value = [&](int k) {
    const auto found = tried.find(k);
    if (found != tried.end()) return found->second;
    const double y = objective(std::ldexp(1.0, k));
    tell();
    return tried[k] = std::isnan(y) ? std::numeric_limits<double>::infinity() : y;
  };
  const auto best_of_tried = [&] {
    return std::min_element(tried.begin(), tried.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
  };
  value(std::clamp(search.first, search.least, search.most));
  while (true) {
    const int best = best_of_tried();
    // Where nothing converged yet the step is too large.
    const bool all_diverged = std::isinf(tried.at(best));
    const int low = std::max(search.least, best - search.at_least);
    const int high = all_diverged ? best : std::min(search.most, best + search.at_least);
    const auto before = tried.size();
    for (int k = low; k <= high; ++k) value(k);
    if (tried.size() == before) break;
  }
  while (to_tell > 0) tell();
  const int best = best_of_tried();
  return {best, std::ldexp(1.0, best), tried.at(best), static_cast<int>(tried.size()),
          best == search.least || best == search.most};
}

}  // namespace graddiv::experiments
