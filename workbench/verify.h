#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "workbench/search_schedule.h"
#include "workbench/verify_result.h"

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

/// Checks theorems on worst-case and random instances, their mutants on their witnesses, the laws
/// of all constructions and the gallery, all of it into a store, each as soon as it is made: what a
/// killed call made is not made again. What refutes a theorem is saved beside the store, or in the
/// current folder where it is in memory, when it is found, and shrunk in the end. Throws
/// InputError, CampaignError, NoStore, StoreError,
/// FileError, and RequestError for more statements than the error level is shared out among.
VerifyResult verify(const VerifyRequest& request);

/// How verify shares out its error level of 10^−6 among all theorems and instances.
Ledger ledger();

/// Why a campaign says next to nothing about the theorem: it hardly ever applied, or hardly ever
/// told something where it did, or hardly ever with δ > 0. "applies to 3 of 40 instances, less than
/// 20 %"; nothing where the campaign says enough.
std::optional<std::string> vacuous(const TheoremSummary& summary);

}  // namespace graddiv::workbench
