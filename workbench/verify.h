#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "campaign/change.h"
#include "workbench/search_schedule.h"

namespace graddiv::workbench {

struct VerifyRequest {
  std::vector<const Theorem*> theorems;
  std::vector<std::string> examples;  ///< instance files to check as well
  std::int64_t instances = 300;       ///< of each theorem, shared out by VerificationPlan
  std::uint64_t seed = 1;             ///< of the random ones
  int search_percent = SearchSchedule::default_percent;  ///< of all checks, for searches
  bool large = false;  ///< instances too large for exact expectations (LargePlan), and no others
  int jobs = 1;        ///< threads
  Shard shard{};
  /// The file of a new store or of one to continue. Empty: a store in memory; without figures and
  /// gallery, which only a report would show, unless there is a baseline.
  std::string store{};
  /// Seconds after which nothing begins: instances come first, then laws, mutants, the gallery and
  /// figures, then the shrinking of what refutes a theorem.
  std::optional<double> time_budget{};
  /// The store of an earlier campaign to compare with; empty: none.
  std::string baseline{};
  /// The processes that share the work; none: this one alone. On all ranks but 0, which writes the
  /// store, verify gives an empty result.
  Crew* crew = nullptr;
  std::function<bool()> cancelled = [] { return false; };
  std::function<void(const CampaignProgress&)> progress = [](const CampaignProgress&) {};
};

/// A verdict that refutes a theorem, and the file that it was saved to.
struct Refutation {
  VerdictRecord verdict;
  std::string file;
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

/// Checks theorems on worst-case and random instances, their mutants on their witnesses, the laws
/// of all constructions and the gallery, all of it into a store, each as soon as it is made: what a
/// killed call made is not made again. What refutes a theorem is saved beside the store, or in the
/// current folder where it is in memory, when it is found, and shrunk in the end. Throws
/// InputError, CampaignError, NoStore, StoreError and FileError.
VerifyResult verify(const VerifyRequest& request);

/// How verify shares out its error level of 10^−6 among all theorems and instances.
Ledger ledger();

/// Why a campaign says next to nothing about the theorem: it hardly ever applied, or hardly ever
/// told something where it did, or hardly ever with δ > 0. "applies to 3 of 40 instances, less than
/// 20 %"; nothing where the campaign says enough.
std::optional<std::string> vacuous(const TheoremSummary& summary);

}  // namespace graddiv::workbench
