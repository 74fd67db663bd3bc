#include "campaign/campaign.h"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <thread>
#include <utility>

#include "campaign/agenda.h"
#include "campaign/foreman.h"
#include "campaign/helper.h"
#include "campaign/workers.h"

namespace graddiv {

namespace {

using Clock = std::chrono::steady_clock;

// At most this much work is lost with the power, and the disk is waited for at most this often. A
// kill loses nothing that was written, and every verdict is written as soon as it is made.
constexpr std::chrono::milliseconds sync_interval(100);

// How often processes look for what others send, how often a helper sends, and how many tasks for
// every thread it keeps at hand meanwhile.
constexpr std::chrono::milliseconds poll_interval(5);
constexpr std::chrono::milliseconds result_interval(200);
constexpr int tasks_at_hand = 8;

// A task is a batch, a line an item: "rate-pl 7".
std::optional<std::string> task_of(const Batch& batch) {
  if (batch.empty()) return std::nullopt;
  std::string task;
  for (const Item& item : batch)
    task += item.theorem->id + " " + std::to_string(item.number) + "\n";
  return task;
}

Batch batch_of(const std::optional<std::string>& task,
               const std::vector<const Theorem*>& theorems) {
  Batch batch;
  std::istringstream lines(task.value_or(""));
  std::string id;
  for (std::int64_t number = 0; lines >> id >> number;) {
    batch.push_back({*std::ranges::find(theorems, id, &Theorem::id), number});
  }
  return batch;
}

// A result is how many had no instance, a space, and a store in memory.
std::string result_of(const Workers::Harvest& found) {
  Store part(":memory:", Store::Mode::write);
  part.write(found.records);
  return std::to_string(found.skipped) + " " + part.bytes();
}

/// What becomes of a campaign, told to the store and to whoever watches.
class Campaign {
 public:
  Campaign(Store& store, const CampaignOptions& options, const Agenda& agenda)
      : store_(store), options_(options), progress_{.total = agenda.total()} {
    result_.resumed = progress_.done = agenda.resumed();
  }

  void take(const Workers::Harvest& harvest) {
    for (const VerdictRecord& record : harvest.records) {
      store_.write(record);
      if (options_.written) options_.written(record);
      if (record.verdict == Verdict::refuted) ++progress_.refuted;
    }
    result_.checked += static_cast<std::int64_t>(harvest.records.size());
    progress_.done += static_cast<std::int64_t>(harvest.records.size());
    progress_.total -= harvest.skipped;
  }

  /// What a helper sends.
  void take(const std::vector<const Theorem*>& theorems, std::string_view result) {
    Workers::Harvest harvest;
    const auto space = result.find(' ');
    harvest.skipped = std::stoll(std::string(result.substr(0, space)));
    const Store part = Store::from_bytes(result.substr(space + 1));
    for (const Theorem* theorem : theorems) {
      std::ranges::move(part.verdicts(theorem->id), std::back_inserter(harvest.records));
    }
    take(harvest);
  }

  void sync() {
    store_.sync();
    report();
  }
  void report() const {
    if (options_.progress) options_.progress(progress_);
  }

  bool is_complete() const { return progress_.done == progress_.total; }
  CampaignResult result(Ending ending) const {
    CampaignResult result = result_;
    result.left = progress_.total - progress_.done;
    result.ending = is_complete() ? Ending::complete : ending;
    return result;
  }

 private:
  Store& store_;
  const CampaignOptions& options_;
  CampaignProgress progress_;
  CampaignResult result_;
};

}  // namespace

void begin_or_continue(Store& store, const Provenance& provenance) {
  const auto found = store.provenance();
  if (!found) {
    store.write(provenance);
    return;
  }
  const auto refuse = [&](const std::string& what) {
    throw CampaignError(store.path() + ": was made " + what +
                        "; its verdicts cannot be mixed with new ones. Choose another file, or "
                        "remove this one");
  };
  if (found->version != provenance.version || found->commit != provenance.commit) {
    refuse("by graddiv " + found->version + " (" + found->commit + "), this is " +
           provenance.version + " (" + provenance.commit + ")");
  }
  if (found->seed != provenance.seed) {
    refuse("with seed " + std::to_string(found->seed) + ", not " + std::to_string(provenance.seed));
  }
  if (found->inputs != provenance.inputs) refuse("with other examples or worst cases");
  if (found->plan != provenance.plan) refuse("in other shares: " + found->plan);
}

CampaignResult run_campaign(const std::vector<const Theorem*>& theorems, const Plan& plan,
                            Store& store, const CampaignOptions& options) {
  Agenda agenda(theorems, plan, store, options);
  Campaign campaign(store, options, agenda);
  campaign.report();
  // Also where nothing is left: helpers wait for somebody to say so.
  Foreman foreman(
      options.crew, Crew::Channel::checks, options.crew_plan,
      [&] { return task_of(agenda.next()); },
      [&](std::string_view result) { campaign.take(theorems, result); });
  if (campaign.is_complete() && foreman.is_done()) return campaign.result(Ending::complete);

  // This thread is the only one that writes. An exception from the store ends the threads with the
  // block.
  Workers workers([&] { return agenda.next(); }, plan, options);
  auto next_sync = Clock::now() + sync_interval;
  for (bool last = false; !last || !foreman.is_done();) {
    const auto until = foreman.is_done() ? next_sync : Clock::now() + poll_interval;
    if (last) std::this_thread::sleep_until(until);
    const auto harvest = workers.harvest(until);
    last = harvest.last;
    campaign.take(harvest);
    foreman.attend();
    if (!foreman.is_done() && workers.should_end()) foreman.stop();
    if (Clock::now() < next_sync) continue;
    campaign.sync();
    next_sync = Clock::now() + sync_interval;
  }
  campaign.sync();
  return campaign.result(workers.ending());
}

void help_campaign(const std::vector<const Theorem*>& theorems, const Plan& plan,
                   const CampaignOptions& options) {
  const auto at_hand = static_cast<std::size_t>(tasks_at_hand * std::max(1, options.jobs));
  Helper helper(*options.crew, Crew::Channel::checks, options.crew_plan, at_hand);
  // Rank 0 alone says when to end.
  CampaignOptions own = options;
  own.cancelled = [&] { return helper.is_stopped(); };
  own.time_budget = {};
  Workers workers([&] { return batch_of(helper.next(), theorems); }, plan, own);
  try {
    Workers::Harvest found;
    auto next_result = Clock::now() + result_interval;
    for (bool last = false; !last;) {
      auto harvest = workers.harvest(Clock::now() + poll_interval);
      last = harvest.last;
      std::ranges::move(harvest.records, std::back_inserter(found.records));
      found.skipped += harvest.skipped;
      helper.attend();
      if (!last && Clock::now() < next_result) continue;
      if (!found.records.empty() || found.skipped > 0) helper.send(result_of(found));
      found = {};
      next_result = Clock::now() + result_interval;
    }
  } catch (...) {
    helper.close();  // the threads wait for tasks
    throw;
  }
  helper.say_goodbye();
}

VerdictRecord to_record(const std::string& theorem, std::int64_t number, const Planned& planned,
                        const Finding& finding) {
  VerdictRecord record;
  record.theorem = theorem;
  record.number = number;
  record.origin = planned.origin;
  record.search_checks = planned.search_checks;
  record.verdict = finding.verdict;
  record.evidence = EvidenceName(finding.rests_on);
  if (!finding.rests_on.samples.empty())
    record.error_level = decimal_above(finding.rests_on.error_level(), 6);
  record.is_telling = finding.is_telling;
  record.is_telling_at_positive_delta = finding.is_telling_at_positive_delta;
  record.reason = finding.reason;
  record.provenance = finding.provenance;
  record.precision = static_cast<int>(finding.precision);
  record.escalations = finding.escalations;
  record.sharpest = finding.sharpest;
  record.instance = to_text(planned.instance);
  if (finding.tightness && finding.tightness->is_bounded()) {
    record.tightness = finding.tightness->decimal_lower();
  }
  for (const auto& [conclusion, holds, tightness] : finding.conclusions) {
    if (holds != Truth::unknown) ++record.conclusions;
    if (conclusion.is_lemma) continue;  // a plot shows what is claimed
    record.series.push_back({conclusion.place, conclusion.comparison.left.approximate(),
                             conclusion.comparison.right.approximate(),
                             conclusion.comparison.relation});
  }
  return record;
}

}  // namespace graddiv
