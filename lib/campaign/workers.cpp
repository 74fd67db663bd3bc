#include "campaign/workers.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace graddiv {

namespace {

VerdictRecord failed(const Item& item, const std::optional<Planned>& planned,
                     const std::string& reason) {
  VerdictRecord record;
  record.theorem = item.theorem->id;
  record.number = item.number;
  record.verdict = Verdict::error;
  record.reason = Text::words(reason);
  if (planned) {
    record.origin = planned->origin;
    record.search_checks = planned->search_checks;
    record.instance = to_text(planned->instance);
  }
  return record;
}

}  // namespace

Workers::Workers(std::function<Batch()> next, const Plan& plan, const CampaignOptions& options)
    : next_(std::move(next)), plan_(plan), options_(options) {
  if (options.time_budget) {
    deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(*options.time_budget);
  }
  working_ = std::max(1, options.jobs);
  for (int job = 0, jobs = working_; job < jobs; ++job) {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }
}

Workers::Harvest Workers::harvest(Clock::time_point until) {
  std::unique_lock lock(mutex_);
  news_.wait_until(lock, until, [&] { return working_ == 0 || !records_.empty(); });
  return {std::exchange(records_, {}), std::exchange(skipped_, 0), working_ == 0};
}

void Workers::work(const std::stop_token& stop) {
  while (!stop.stop_requested() && !should_end()) {
    const Batch mine = next_();
    if (mine.empty()) break;
    check_all(mine, stop);
  }
  const std::lock_guard lock(mutex_);
  if (--working_ == 0) news_.notify_one();
}

void Workers::check_all(const Batch& batch, const std::stop_token& stop) {
  std::optional<Evaluation> evaluation;  // shared by all
  for (const Item& item : batch) {
    if (&item != &batch.front() && (stop.stop_requested() || should_end())) return;
    const Clock::time_point begin = Clock::now();
    std::optional<VerdictRecord> record;
    try {
      record = check_one(item, evaluation);
    } catch (const Unwanted&) {
      return;
    }
    if (record) record->seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const std::lock_guard lock(mutex_);
    if (record) {
      records_.push_back(std::move(*record));
      news_.notify_one();
    } else {
      ++skipped_;
    }
  }
}

bool Workers::should_end() {
  if (is_cancelled()) return true;
  const std::lock_guard lock(cancel_mutex_);
  if (ending_ == Ending::complete && deadline_ && Clock::now() >= *deadline_)
    ending_ = Ending::out_of_time;
  return ending_ != Ending::complete;
}

bool Workers::is_cancelled() {
  const std::lock_guard lock(cancel_mutex_);
  if (ending_ != Ending::cancelled && options_.cancelled && options_.cancelled())
    ending_ = Ending::cancelled;
  return ending_ == Ending::cancelled;
}

std::optional<VerdictRecord> Workers::check_one(const Item& item,
                                                std::optional<Evaluation>& evaluation) {
  std::optional<Planned> planned;
  try {
    planned = plan_.at(*item.theorem, item.number, [this] { return is_cancelled(); });
    if (!planned) return std::nullopt;
    if (!evaluation) {
      // Of an instance that several statements share, the first pays for all.
      EvaluationOptions how;
      how.error_level = options_.ledger.share(item.number);
      how.sampling = planned->sampling;
      evaluation.emplace(planned->instance, how);
    }
    return to_record(item.theorem->id, item.number, *planned,
                     check(item.theorem->statement, *evaluation, options_.check));
  } catch (const Unwanted&) {
    throw;
  } catch (const std::exception& error) {
    evaluation.reset();  // nobody knows what was left half done
    return failed(item, planned, error.what());
  }
}

}  // namespace graddiv
