#include "campaign/campaign.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "claim/evaluation.h"

namespace graddiv {

namespace {

using Clock = std::chrono::steady_clock;

// At most this much work is lost by a kill, and the disk is waited for at most this often.
constexpr std::chrono::milliseconds commit_interval(100);

struct Item {
  const Theorem* theorem;
  std::int64_t number;
};

/// Those with the same instance.
using Batch = std::vector<Item>;

/// What there is to check, one batch at a time, so that nothing is listed before work begins. By
/// number, then by theorem: out of time or cancelled, every theorem has had its share. An item that
/// comes with an earlier one is checked before its turn, which takes no share from any other.
class Agenda {
 public:
  Agenda(const std::vector<const Theorem*>& theorems, const Plan& plan, const Store& store,
         const CampaignOptions& options)
      : theorems_(theorems), plan_(plan), options_(options), number_(options.shard.index - 1) {
    for (const Theorem* theorem : theorems) {
      done_.push_back(store.done(theorem->id));
      resumed_ += std::ranges::count_if(done_.back(), [&](auto n) { return is_mine(n); });
    }
  }

  std::int64_t total() const {
    const std::int64_t first = options_.shard.index - 1;
    const std::int64_t count = options_.shard.count;
    const std::int64_t numbers = std::max<std::int64_t>(0, options_.instances - first + count - 1);
    return numbers / count * static_cast<std::int64_t>(theorems_.size());
  }
  std::int64_t resumed() const { return resumed_; }

  /// Those of the next instance that is not in the store, in their order; empty at the end.
  Batch next() {
    const std::lock_guard lock(mutex_);
    for (; number_ < options_.instances; number_ += options_.shard.count, theorem_ = 0) {
      while (theorem_ < theorems_.size()) {
        Batch batch = led_by(theorem_++);
        if (!batch.empty()) return batch;
      }
    }
    return {};
  }

 private:
  bool is_mine(std::int64_t number) const {
    return number >= 0 && number < options_.instances &&
           number % options_.shard.count == options_.shard.index - 1;
  }
  bool is_done(std::size_t theorem, std::int64_t number) const {
    return done_[theorem].contains(number);
  }

  /// All that have the instance of this item, if it is the first of them.
  Batch led_by(std::size_t theorem) const {
    if (is_done(theorem, number_)) return {};
    if (!plan_.same) return {{theorems_[theorem], number_}};
    using Turn = std::pair<std::int64_t, std::size_t>;
    const Turn own{number_, theorem};
    std::vector<Turn> turns{own};
    for (std::size_t other = 0; other < theorems_.size(); ++other) {
      for (const std::int64_t n : plan_.same(*theorems_[theorem], number_, *theorems_[other])) {
        const Turn turn{n, other};
        if (turn == own || !is_mine(n) || is_done(other, n)) continue;
        if (turn < own) return {};  // it came with that one
        turns.push_back(turn);
      }
    }
    std::ranges::sort(turns);
    Batch batch;
    for (const auto& [n, other] : turns) batch.push_back({theorems_[other], n});
    return batch;
  }

  const std::vector<const Theorem*>& theorems_;
  const Plan& plan_;
  const CampaignOptions& options_;
  std::vector<std::set<std::int64_t>> done_;  // of each theorem, in the store at first
  std::int64_t resumed_ = 0;

  std::mutex mutex_;  // guards what follows
  std::int64_t number_;
  std::size_t theorem_ = 0;
};

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

  /// What was found since the last call: waits for `patience`, but not beyond the end of all work.
  Harvest harvest(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    all_ended_.wait_for(lock, patience, [&] { return working_ == 0; });
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
    if (--working_ == 0) all_ended_.notify_all();
  }

  void check_all(const Batch& batch, const std::stop_token& stop) {
    std::optional<Evaluation> evaluation;  // shared by all
    for (const Item& item : batch) {
      if (&item != &batch.front() && (stop.stop_requested() || should_end())) return;
      auto record = check_one(item, evaluation);
      const std::lock_guard lock(mutex_);
      record ? records_.push_back(std::move(*record)) : void(++skipped_);
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
      if (!evaluation) evaluation.emplace(planned->instance);
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

  std::mutex mutex_;  // guards what follows
  std::condition_variable all_ended_;
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

  // This thread is the only one that writes: whatever was found within an interval goes to disk
  // together, and is told of afterwards. An exception from the store ends the threads with the
  // block.
  Workers workers(agenda, plan, options);
  for (bool last = false; !last;) {
    auto harvest = workers.harvest(commit_interval);
    last = harvest.last;
    store.write(harvest.records);
    if (options.written) options.written(harvest.records);
    result.checked += static_cast<std::int64_t>(harvest.records.size());
    progress.done += static_cast<std::int64_t>(harvest.records.size());
    progress.total -= harvest.skipped;
    progress.refuted +=
        std::ranges::count(harvest.records, Verdict::refuted, &VerdictRecord::verdict);
    report();
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
