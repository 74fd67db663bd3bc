#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <vector>

#include "campaign/campaign.h"

// Private to the campaign.
namespace graddiv {

struct Item {
  const Theorem* theorem;
  std::int64_t number;
};

/// Those with the same instance.
using Batch = std::vector<Item>;

/// What there is to check, one batch at a time, so that nothing is listed before work begins. By
/// number, then by theorem: out of time or cancelled, every theorem has had its share. An item that
/// comes with an earlier one is checked before its turn, which takes no share from any other. All
/// that it is made of must outlive it.
class Agenda {
 public:
  Agenda(const std::vector<const Theorem*>& theorems, const Plan& plan, const Store& store,
         const CampaignOptions& options);

  std::int64_t total() const;                        ///< items of this shard
  std::int64_t resumed() const { return resumed_; }  ///< of these, in the store at first

  /// Those of the next instance that are not in the store, in their order; empty at the end.
  Batch next();

 private:
  bool is_mine(std::int64_t number) const;
  bool is_done(std::size_t theorem, std::int64_t number) const;
  /// All that have the instance of this item, if it is the first of them.
  Batch led_by(std::size_t theorem) const;

  const std::vector<const Theorem*>& theorems_;
  const Plan& plan_;
  const CampaignOptions& options_;
  std::vector<std::set<std::int64_t>> done_;  // of each theorem, in the store at first
  std::int64_t resumed_ = 0;

  std::mutex mutex_;  // guards what follows
  std::int64_t number_;
  std::size_t theorem_ = 0;
};

}  // namespace graddiv
