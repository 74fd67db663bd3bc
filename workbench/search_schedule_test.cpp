#include "workbench/search_schedule.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace graddiv::workbench {
namespace {

std::vector<std::int64_t> searches_of(const SearchSchedule& schedule, std::int64_t numbers) {
  std::vector<std::int64_t> places;
  for (std::int64_t number = 0; number < numbers; ++number) {
    if (const auto search = schedule.search_at(number)) {
      EXPECT_EQ(*search, static_cast<std::int64_t>(places.size())) << number;
      places.push_back(number);
    }
  }
  return places;
}

// Never more than the share, but for the 15 numbers that a search may come early by, and never less
// by more than the search that comes next.
TEST(SearchSchedule, SpendsItsShareOfAllChecks) {
  for (const int percent : {1, 5, 20, 33, 60}) {
    const SearchSchedule schedule(percent);
    std::int64_t spent = 0;
    std::int64_t others = 0;
    for (std::int64_t number = 0; number < 20'000; ++number) {
      EXPECT_EQ(schedule.others_below(number), others);
      const auto search = schedule.search_at(number);
      others += search ? 0 : 1;
      spent += search ? SearchSchedule::checks(*search) : 0;
      EXPECT_LE((100 - percent) * spent, percent * (others + 17)) << percent << " " << number;
      const auto next = SearchSchedule::checks(static_cast<std::int64_t>(number + 1 - others));
      EXPECT_GE((100 - percent) * (spent + next), percent * (others - 17))
          << percent << " " << number;
    }
  }
}

TEST(SearchSchedule, SearchesLongerAndLonger) {
  const SearchSchedule schedule(20);
  const auto places = searches_of(schedule, 3000);
  ASSERT_GE(places.size(), 5U);
  const std::vector<std::int64_t> behind{100, 300, 700, 1500, 2300};
  const std::vector<std::int64_t> checks{25, 50, 100, 200, 200};
  for (std::size_t j = 0; j < behind.size(); ++j) {
    const auto search = static_cast<std::int64_t>(j);
    EXPECT_LE(places[j], behind[j] + search);
    EXPECT_GE(places[j], behind[j] + search - 16);
    EXPECT_EQ(SearchSchedule::checks(search), checks[j]);
  }
}

// Each part of a campaign in parts has its share of them.
TEST(SearchSchedule, LeavesNoShardWithoutSearches) {
  const auto places = searches_of(SearchSchedule(), 40'000);
  for (const std::int64_t shards : {2, 3, 4, 5, 8}) {
    std::map<std::int64_t, std::int64_t> of;
    for (const std::int64_t place : places) ++of[place % shards];
    for (std::int64_t shard = 0; shard < shards; ++shard) {
      const auto share = static_cast<std::int64_t>(places.size()) / shards;
      EXPECT_GE(4 * of[shard], share) << shard << " of " << shards;
    }
  }
}

TEST(SearchSchedule, OfNoPercentSearchesNothing) {
  EXPECT_TRUE(searches_of(SearchSchedule(0), 5000).empty());
  EXPECT_EQ(SearchSchedule(0).others_below(5000), 5000);
}

}  // namespace
}  // namespace graddiv::workbench
