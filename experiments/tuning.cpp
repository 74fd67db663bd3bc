#include "experiments/tuning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace graddiv::experiments {

TunedStep tune_step(const StepSearch& search, const std::function<double(double step)>& objective) {
  std::map<int, double> tried;
  const auto value = [&](int k) {
    const auto found = tried.find(k);
    if (found != tried.end()) return found->second;
    const double y = objective(std::ldexp(1.0, k));
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
  const int best = best_of_tried();
  return {best, std::ldexp(1.0, best), tried.at(best), static_cast<int>(tried.size()),
          best == search.least || best == search.most};
}

TunedStep tune_step(const StepSearch& search, std::int64_t repetitions, const Unit& unit,
                    Work& work,
                    const std::function<double(double step, std::uint64_t repetition)>& objective) {
  std::int64_t expected = least_tries(search) * repetitions;
  const TunedStep tuned = tune_step(search, [&](double step) {
    double sum = 0;
    for (std::int64_t k = 0; k < repetitions; ++k, --expected) {
      if (expected <= 0) work.expect(1, unit.cost);
      const auto repetition = search_repetition + static_cast<std::uint64_t>(k);
      const Unit term{fmt::format("{} search k={} step={}", unit.name, k, step), unit.cost};
      sum += work.numbers(term, [&] { return Numbers{objective(step, repetition)}; }).front();
    }
    return sum;
  });
  work.expect(-std::max<std::int64_t>(expected, 0), unit.cost);
  return tuned;
}

}  // namespace graddiv::experiments
