#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "campaign/change.h"
#include "workbench/applicability.h"

namespace graddiv::workbench {

/// A verdict that refutes a theorem, and the file that it was saved to.
struct Refutation {
  VerdictRecord verdict;
  std::string file;
  std::optional<std::string> smallest{};  ///< what it says of the instance once that is shrunk
};

/// What was not made, as the time was used up or somebody cancelled.
struct Left {
  std::int64_t instances = 0;
  std::int64_t laws = 0;
  std::int64_t mutants = 0;
  std::int64_t gallery = 0;
  std::int64_t figures = 0;

  bool nothing() const { return instances + laws + mutants + gallery + figures == 0; }
};

/// What is known of the theorems that were asked for, whichever call found it out; the store may
/// hold more.
struct VerifyResult {
  std::vector<TheoremSummary> summaries;
  std::vector<Refutation> refutations;
  std::vector<VerdictRecord> errors;  ///< checks that threw: nothing is known of these
  std::string first_error_file{};     ///< the instance of the first; empty where it has none
  std::vector<MutantRecord> mutants;
  std::vector<ConstructionRecord> laws;
  std::vector<SharpestRecord> gallery;
  /// Of theorems that hardly ever applied, to all instances or to those of one class.
  std::vector<Applicability> hardly_applicable;
  double search_share_of_time = 0;      ///< of the time of all checks
  std::string spent_error_level{"0"};   ///< what they spent, rounded up
  std::vector<std::string> left_out{};  ///< instances that there is no data for, and why
  /// Since the baseline, in what was asked for; none without one, or where something is left.
  std::optional<std::vector<Change>> changes{};
  Ending ending = Ending::complete;
  Left left;

  std::int64_t laws_that_hold() const;
  /// No theorem is refuted or has an error, every mutant is refuted, every law holds, the gallery
  /// is as sharp as ever, as far as they were made.
  bool all_well() const;
};

}  // namespace graddiv::workbench
