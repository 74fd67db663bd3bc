#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "claim/evidence_name.h"
#include "claim/place.h"
#include "claim/verdict.h"
#include "number/enclosure.h"

namespace graddiv {

/// One row of a plot: both sides of a conclusion, or an expectation and its law.
struct SeriesPoint {
  Place place;
  double left = 0;
  double right = 0;
  Relation relation = Relation::less_equal;
};

/// One verdict: a statement checked on one instance.
struct VerdictRecord {
  std::string theorem;
  std::int64_t number = 0;  ///< running number of the instance within the theorem's campaign
  /// "random: strongly-convex", "construction: lower-noise-floor", "example: …", "search"
  std::string origin;
  std::int64_t search_checks = 0;  ///< that a search spent to find the instance
  Verdict verdict = Verdict::not_applicable;
  EvidenceName evidence;
  bool is_telling = false;                    ///< a conclusion of it tells something, and
  bool is_telling_at_positive_delta = false;  ///< it does so with δ > 0
  Text reason;
  std::string provenance;  ///< engine and arithmetic
  int precision = 0;
  int escalations = 0;
  int conclusions = 0;                   ///< inequalities decided
  std::optional<std::string> tightness;  ///< decimal at or below the largest ratio
  std::optional<Place> sharpest;         ///< where it was found
  std::string instance;                  ///< JSON text of the instance (graddiv-instance/1)
  std::vector<SeriesPoint> series;
  /// The probability that draws misled, rounded up; nothing where nothing rests on draws.
  std::optional<std::string> error_level;
  double seconds = 0;  ///< that it took, the search too; differs from one time to the next
};

}  // namespace graddiv
