#include "campaign/agenda.h"

#include <algorithm>
#include <utility>

namespace graddiv {

Agenda::Agenda(const std::vector<const Theorem*>& theorems, const Plan& plan, const Store& store,
               const CampaignOptions& options)
    : theorems_(theorems), plan_(plan), options_(options), number_(options.shard.index - 1) {
  for (const Theorem* theorem : theorems) {
    done_.push_back(store.done(theorem->id));
    resumed_ += std::ranges::count_if(done_.back(), [&](auto n) { return is_mine(n); });
  }
}

std::int64_t Agenda::total() const {
  const std::int64_t first = options_.shard.index - 1;
  const std::int64_t count = options_.shard.count;
  const std::int64_t numbers = std::max<std::int64_t>(0, options_.instances - first + count - 1);
  return numbers / count * static_cast<std::int64_t>(theorems_.size());
}

Batch Agenda::next() {
  const std::lock_guard lock(mutex_);
  for (; number_ < options_.instances; number_ += options_.shard.count, theorem_ = 0) {
    while (theorem_ < theorems_.size()) {
      Batch batch = led_by(theorem_++);
      if (!batch.empty()) return batch;
    }
  }
  return {};
}

bool Agenda::is_mine(std::int64_t number) const {
  return number >= 0 && number < options_.instances &&
         number % options_.shard.count == options_.shard.index - 1;
}

bool Agenda::is_done(std::size_t theorem, std::int64_t number) const {
  return done_[theorem].contains(number);
}

Batch Agenda::led_by(std::size_t theorem) const {
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

}  // namespace graddiv
