#pragma once

#include <string>
#include <vector>

#include "campaign/record.h"

namespace graddiv {

class Store;

/// What two campaigns are compared by.
struct Results {
  std::vector<TheoremSummary> theorems;
  std::vector<MutantRecord> mutants;
  std::vector<ConstructionRecord> constructions;
  std::vector<SharpestRecord> gallery;
};
Results results_of(const Store& store);  ///< throws StoreError

/// Something that differs between two campaigns.
struct Change {
  std::string theorem;  ///< or the construction
  std::string what;     ///< "best tightness 0.9 → 0.8"
  bool is_worse = false;
};

/// What changed from one campaign to another. Worse is: a theorem, mutant, construction or gallery
/// instance that went; more refuted or inconclusive instances; fewer proved or supported ones among
/// as many; a mutant that is no longer refuted; a law that no longer holds; and a lower tightness,
/// of the campaign or of the gallery. Throws InputError for a ratio that is no decimal.
std::vector<Change> compare(const Results& before, const Results& after);

}  // namespace graddiv
