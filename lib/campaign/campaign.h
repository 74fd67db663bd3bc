#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/campaign_error.h"
#include "campaign/crew.h"
#include "campaign/ledger.h"
#include "campaign/plan.h"
#include "campaign/store.h"
#include "claim/check.h"

namespace graddiv {

struct CampaignProgress {
  std::int64_t total = 0;  ///< instances of this shard, all theorems together
  std::int64_t done = 0;   ///< of these, the ones that are in the store now
  std::int64_t refuted = 0;
};

struct CampaignOptions {
  std::int64_t instances = 200;  ///< numbers 0, …, instances − 1 of every theorem
  int jobs = 1;                  ///< threads that check
  Shard shard;
  std::optional<std::chrono::duration<double>> time_budget;  ///< no check begins after it
  CheckOptions check;
  Ledger ledger{};  ///< what checks may spend on draws
  /// Other processes that check too; none: this one alone. All have the same `crew_plan`, a
  /// fingerprint of theorems and plan.
  Crew* crew = nullptr;
  std::string crew_plan{};
  std::function<bool()>
      cancelled;  ///< asked before every check: all that was begun is finished and written, but
                  ///< for searches, which are dropped
  /// Called with what was just written, by the thread that called run_campaign.
  std::function<void(const VerdictRecord&)> written;
  /// Called several times a second by the thread that called run_campaign, always after what it
  /// tells of is on disk.
  std::function<void(const CampaignProgress&)> progress;
};

enum class Ending { complete, out_of_time, cancelled };

struct CampaignResult {
  Ending ending = Ending::complete;
  std::int64_t checked = 0;  ///< by this call
  std::int64_t resumed = 0;  ///< were in the store before
  std::int64_t left = 0;     ///< not checked: out of time, or cancelled
};

/// Writes the provenance into a new store. Throws CampaignError for one made by another version,
/// with another seed or from other inputs: its verdicts and the new ones must not be mixed.
void begin_or_continue(Store& store, const Provenance& provenance);

/// Checks the theorems on all planned instances that the store does not have yet, instance by
/// instance, on `jobs` threads, and writes each verdict as it is made. Whenever it stops, no
/// theorem has been checked on a number while a smaller one of another was not even begun, unless
/// their instances are the same. A check that throws leaves the verdict `error` with the reason.
CampaignResult run_campaign(const std::vector<const Theorem*>& theorems, const Plan& plan,
                            Store& store, const CampaignOptions& options);

/// What the other ranks of `options.crew` do while rank 0 runs the campaign: they check what it
/// hands out, and send it what they find.
void help_campaign(const std::vector<const Theorem*>& theorems, const Plan& plan,
                   const CampaignOptions& options);

/// What the store keeps of a finding.
VerdictRecord to_record(const std::string& theorem, std::int64_t number, const Planned& planned,
                        const Finding& finding);

}  // namespace graddiv
