#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace graddiv {

/// Counts over all verdicts of one theorem.
struct TheoremSummary {
  std::string id;
  std::int64_t instances = 0;
  std::int64_t applicable = 0;
  std::int64_t telling = 0;  ///< of these, with a conclusion that tells something,
  std::int64_t telling_at_positive_delta = 0;  ///< and of these, with δ > 0
  std::int64_t proved = 0;
  std::int64_t supported = 0;
  std::int64_t consistent = 0;
  std::int64_t refuted = 0;
  std::int64_t inconclusive = 0;
  std::int64_t errors = 0;               ///< checks that threw: neither applicable nor not
  std::int64_t searches = 0;             ///< of the instances, those that were searched for,
  std::int64_t search_checks = 0;        ///< and the checks that this took
  std::optional<std::string> tightness;  ///< best, decimal rounded down

  /// How many percent of all checks were made by searches, rounded down.
  std::int64_t search_percent() const {
    const std::int64_t checks = instances - searches + search_checks;
    return checks == 0 ? 0 : 100 * search_checks / checks;
  }
};

}  // namespace graddiv
