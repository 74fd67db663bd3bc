#include "campaign/campaign.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "campaign/agenda.h"
#include "claim/evaluation.h"

namespace graddiv {

namespace {

using Clock = std::chrono::steady_clock;

// At most this much work is lost with the power, and the disk is waited for at most this often. A
// kill loses nothing that was written, and every verdict is written as soon as it is made.
constexpr std::chrono::milliseconds sync_interval(100);

VerdictRecord failed(const Item& item, const std::optional<Planned>& planned,
                     const std::string& reason) {
  VerdictRecord record;
  record.theorem = item.theorem->id;
  record.number = item.number;
  record.verdict = Verdict::error;
  record.reason = Text::words(reason);
  if (planned) {
    record.origin = planned->origin;
    record.instance = to_text(planned->instance);
  }
  return record;
}

/// The threads that check, and what they share.
class Workers {
 public:
  Workers(Agenda& agenda, const Plan& plan, const CampaignOptions& options)
      : agenda_(agenda), plan_(plan), options_(options) {
    if (options.time_budget) {
      deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*options.time_budget);
    }
    working_ = std::max(1, options.jobs);
    for (int job = 0, jobs = working_; job < jobs; ++job) {
      threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
  }

  struct Harvest {
    std::vector<VerdictRecord> records;
    std::int64_t skipped = 0;  ///< the plan had no instance for these
    bool last = false;
  };

  /// What was found since the last call: waits for something, but not beyond `until` and not
  /// beyond the end of all work.
  Harvest harvest(Clock::time_point until) {
    std::unique_lock lock(mutex_);
    news_.wait_until(lock, until, [&] { return working_ == 0 || !records_.empty(); });
    return {std::exchange(records_, {}), std::exchange(skipped_, 0), working_ == 0};
  }

  Ending ending() const { return ending_; }

 private:
  void work(const std::stop_token& stop) {
    while (!stop.stop_requested() && !should_end()) {
      const Batch mine = agenda_.next();
      if (mine.empty()) break;
      check_all(mine, stop);
    }
    const std::lock_guard lock(mutex_);
    if (--working_ == 0) news_.notify_one();
  }

  void check_all(const Batch& batch, const std::stop_token& stop) {
    std::optional<Evaluation> evaluation;  // shared by all
    for (const Item& item : batch) {
      if (&item != &batch.front() && (stop.stop_requested() || should_end())) return;
      auto record = check_one(item, evaluation);
      const std::lock_guard lock(mutex_);
      if (record) {
        records_.push_back(std::move(*record));
        news_.notify_one();
      } else {
        ++skipped_;
      }
    }
  }

  bool should_end() {
    const std::lock_guard lock(cancel_mutex_);
    if (ending_ != Ending::complete) return true;
    if (options_.cancelled && options_.cancelled()) {
      ending_ = Ending::cancelled;
    } else if (deadline_ && Clock::now() >= *deadline_) {
      ending_ = Ending::out_of_time;
    }
    return ending_ != Ending::complete;
  }

  std::optional<VerdictRecord> check_one(const Item& item, std::optional<Evaluation>& evaluation) {
    std::optional<Planned> planned;
    try {
      {
        const std::lock_guard lock(plan_mutex_);
        planned = plan_.at(*item.theorem, item.number);
      }
      if (!planned) return std::nullopt;
      if (!evaluation) {
        // Of an instance that several statements share, the first pays for all.
        EvaluationOptions how;
        how.error_level = options_.ledger.share(item.number);
        evaluation.emplace(planned->instance, how);
      }
      return to_record(item.theorem->id, item.number, *planned,
                       check(item.theorem->statement, *evaluation, options_.check));
    } catch (const std::exception& error) {
      evaluation.reset();  // nobody knows what was left half done
      return failed(item, planned, error.what());
    }
  }

  Agenda& agenda_;
  const Plan& plan_;
  const CampaignOptions& options_;
  std::optional<Clock::time_point> deadline_;

  std::mutex plan_mutex_;
  std::mutex cancel_mutex_;
  Ending ending_ = Ending::complete;

  std::mutex mutex_;              // guards what follows
  std::condition_variable news_;  // for the one that harvests
  std::vector<VerdictRecord> records_;
  std::int64_t skipped_ = 0;
  int working_ = 0;

  std::vector<std::jthread> threads_;  // last: they end before what they use
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
  CampaignResult result;
  CampaignProgress progress{.total = agenda.total()};
  result.resumed = progress.done = agenda.resumed();
  const auto report = [&] {
    if (options.progress) options.progress(progress);
  };
  report();
  if (progress.done == progress.total) return result;

  // This thread is the only one that writes. An exception from the store ends the threads with the
  // block.
  Workers workers(agenda, plan, options);
  auto next_sync = Clock::now() + sync_interval;
  for (bool last = false; !last;) {
    const auto harvest = workers.harvest(next_sync);
    last = harvest.last;
    for (const VerdictRecord& record : harvest.records) {
      store.write(record);
      if (options.written) options.written(record);
      if (record.verdict == Verdict::refuted) ++progress.refuted;
    }
    result.checked += static_cast<std::int64_t>(harvest.records.size());
    progress.done += static_cast<std::int64_t>(harvest.records.size());
    progress.total -= harvest.skipped;
    if (!last && Clock::now() < next_sync) continue;
    store.sync();
    report();
    next_sync = Clock::now() + sync_interval;
  }
  result.left = progress.total - progress.done;
  result.ending = result.left == 0 ? Ending::complete : workers.ending();
  return result;
}

VerdictRecord to_record(const std::string& theorem, std::int64_t number, const Planned& planned,
                        const Finding& finding) {
  VerdictRecord record;
  record.theorem = theorem;
  record.number = number;
  record.origin = planned.origin;
  record.verdict = finding.verdict;
  record.evidence = EvidenceName(finding.rests_on);
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
