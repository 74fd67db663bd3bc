#include "experiments/verdicts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace graddiv::experiments {

Band band(const std::vector<double>& repetitions) {
  if (repetitions.empty()) throw std::invalid_argument("a band needs at least one repetition");
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Band result{0, infinity, -infinity};
  for (const double x : repetitions) {
    const double value = std::isfinite(x) ? x : infinity;
    result.mean += value;
    result.low = std::min(result.low, value);
    result.high = std::max(result.high, value);
  }
  result.mean /= static_cast<double>(repetitions.size());
  return result;
}

std::string to_string(Reading reading) {
  switch (reading) {
    case Reading::respected:
      return "respected";
    case Reading::violated:
      return "violated";
    case Reading::inconclusive:
      return "inconclusive";
  }
  throw std::logic_error("a reading without a name");
}

Reading lies_below(const Band& small, const Band& large) {
  if (small.high < large.low) return Reading::respected;
  if (large.high < small.low) return Reading::violated;
  return Reading::inconclusive;
}

Reading stay_below(const std::vector<Band>& bands, double limit) {
  std::vector<Reading> readings;
  for (const Band& band : bands) {
    readings.push_back(band.high <= limit ? Reading::respected
                       : band.low > limit ? Reading::violated
                                          : Reading::inconclusive);
  }
  return all_of(readings);
}

Reading all_of(const std::vector<Reading>& readings) {
  if (std::ranges::count(readings, Reading::violated) > 0) return Reading::violated;
  const bool all = std::ranges::count(readings, Reading::respected) == std::ssize(readings);
  return all && !readings.empty() ? Reading::respected : Reading::inconclusive;
}

Reading any_of(const std::vector<Reading>& readings) {
  if (std::ranges::count(readings, Reading::respected) > 0) return Reading::respected;
  const bool none = std::ranges::count(readings, Reading::violated) == std::ssize(readings);
  return none && !readings.empty() ? Reading::violated : Reading::inconclusive;
}

}  // namespace graddiv::experiments
