#pragma once

#include <string>
#include <vector>

#include "campaign/record.h"

namespace graddiv {

/// Something that differs between two campaigns.
struct Change {
  std::string theorem;
  std::string what;  ///< "best tightness 0.9 → 0.8"
  bool is_worse = false;
};

/// What changed from one campaign to another, theorem by theorem: theorems that came or went, verdicts, the best tightness. Worse is a
/// theorem that went, more refuted or inconclusive instances, fewer proved or supported ones together, and a lower tightness.
std::vector<Change> compare(const std::vector<TheoremSummary>& old_ones,
                            const std::vector<TheoremSummary>& new_ones);

}  // namespace graddiv
