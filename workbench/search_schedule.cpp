#include "workbench/search_schedule.h"

#include <Random123/philox.h>

#include <algorithm>

namespace graddiv::workbench {

namespace {

constexpr std::int64_t fewest_checks = 25;
constexpr std::int64_t doublings = 3;

/// e_0 + … + e_j.
std::int64_t checks_through(std::int64_t search) {
  const std::int64_t growing = std::min(search, doublings);
  return fewest_checks * ((2 << growing) - 1) + (search - growing) * (fewest_checks << doublings);
}

/// A shard has the numbers in steps of its count: were searches spaced evenly, one of the shards
/// could get them all. So each comes up to 15 numbers early.
std::int64_t early_by(std::int64_t search) {
  return static_cast<std::int64_t>(
      r123::Philox2x64()({{static_cast<std::uint64_t>(search), 0}}, {{0}})[0] % 16);
}

}  // namespace

std::int64_t SearchSchedule::checks(std::int64_t search) {
  return fewest_checks << std::min(search, doublings);
}

// Strictly increasing, even at a share of 60 %: e_0 checks come behind 17 others then.
std::int64_t SearchSchedule::place(std::int64_t search) const {
  const std::int64_t others = checks_through(search) * (100 - percent_) / percent_;
  return others + search - 1 - early_by(search);
}

std::int64_t SearchSchedule::searches_below(std::int64_t number) const {
  if (percent_ == 0) return 0;
  std::int64_t low = 0;
  std::int64_t high = std::max<std::int64_t>(number, 0);  // place(j) ≥ j
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (place(middle) < number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::int64_t> SearchSchedule::search_at(std::int64_t number) const {
  const std::int64_t before = searches_below(number);
  if (searches_below(number + 1) == before) return std::nullopt;
  return before;
}

std::int64_t SearchSchedule::others_below(std::int64_t number) const {
  return number - searches_below(number);
}

std::string SearchSchedule::in_words() const {
  return std::to_string(percent_) + " % of the checks search for sharp instances";
}

}  // namespace graddiv::workbench
