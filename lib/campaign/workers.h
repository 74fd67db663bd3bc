#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "campaign/agenda.h"
#include "campaign/campaign.h"
#include "claim/evaluation.h"

// Private to the campaign.
namespace graddiv {

/// The threads that check, and what they share.
class Workers {
 public:
  using Clock = std::chrono::steady_clock;

  /// `next` gives what is to be checked, to any thread; an empty batch at the end.
  Workers(std::function<Batch()> next, const Plan& plan, const CampaignOptions& options);

  struct Harvest {
    std::vector<VerdictRecord> records;
    std::int64_t skipped = 0;  ///< the plan had no instance for these
    bool last = false;
  };
  /// What was found since the last call: waits for something, but not beyond `until` and not
  /// beyond the end of all work.
  Harvest harvest(Clock::time_point until);

  /// Whether somebody cancelled or the time is used up.
  bool should_end();
  Ending ending() const { return ending_; }

 private:
  void work(const std::stop_token& stop);
  void check_all(const Batch& batch, const std::stop_token& stop);
  bool is_cancelled();
  std::optional<VerdictRecord> check_one(const Item& item, std::optional<Evaluation>& evaluation);

  std::function<Batch()> next_;
  const Plan& plan_;
  const CampaignOptions& options_;
  std::optional<Clock::time_point> deadline_;

  std::mutex cancel_mutex_;
  Ending ending_ = Ending::complete;

  std::mutex mutex_;              // guards what follows
  std::condition_variable news_;  // for the one that harvests
  std::vector<VerdictRecord> records_;
  std::int64_t skipped_ = 0;
  int working_ = 0;

  std::vector<std::jthread> threads_;  // last: they end before what they use
};

}  // namespace graddiv
