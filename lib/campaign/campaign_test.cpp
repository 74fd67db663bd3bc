#include "campaign/campaign.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <set>

#include "number/exact.h"
#include "testing/instances.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

using test::parabola_at;

const Plan numbered{[](const Theorem&, std::int64_t number, const auto&) -> std::optional<Planned> {
  return Planned{"made up", parabola_at(static_cast<int>(number))};
}};

// claims: n ≤ limit, of functions with E(w_0 − w*)² > 0. With numbered(): not applicable to number
// 0.
Theorem theorem(const std::string& id, int limit = 2) {
  Theorem t;
  t.id = id;
  t.statement
      .assumes("the start is not the minimiser",
               [](const Case& c) { return (c.distance(0) > 0).truth(); })
      .claims([limit](const Case& c) {
        return std::vector<Conclusion>{{"k = 2, exactly", Truth::yes, c.n() <= limit}};
      });
  return t;
}

Theorem throwing(const std::string& id) {
  Theorem t;
  t.id = id;
  t.statement.claims(
      [](const Case&) -> std::vector<Conclusion> { throw std::runtime_error("it broke"); });
  return t;
}

CampaignOptions options(std::int64_t instances, int jobs = 2) {
  CampaignOptions o;
  o.instances = instances;
  o.jobs = jobs;
  return o;
}

Store memory() { return {":memory:", Store::Mode::write}; }

TEST(Campaign, GivesEveryTheoremAVerdictOnEveryNumber) {
  const auto a = theorem("a");
  const auto b = theorem("b", 0);
  auto store = memory();
  const auto result = run_campaign({&a, &b}, numbered, store, options(10));
  EXPECT_EQ(result.ending, Ending::complete);
  EXPECT_EQ(result.checked, 20);
  EXPECT_EQ(result.resumed, 0);
  EXPECT_EQ(result.left, 0);
  const auto found = store.summaries();
  ASSERT_EQ(found.size(), 2U);
  for (const auto& summary : found) {
    EXPECT_EQ(summary.instances, 10);
    EXPECT_EQ(summary.applicable, 9);
  }
  EXPECT_EQ(found[0].proved, 9);
  EXPECT_EQ(found[0].tightness, "0.5");
  EXPECT_EQ(found[1].refuted, 9);
}

TEST(Campaign, MoreThreadsFindTheSame) {
  const auto a = theorem("a");
  auto one = memory();
  auto four = memory();
  run_campaign({&a}, numbered, one, options(30, 1));
  run_campaign({&a}, numbered, four, options(30, 4));
  const auto left = one.verdicts("a");
  const auto right = four.verdicts("a");
  ASSERT_EQ(left.size(), 30U);
  ASSERT_EQ(right.size(), 30U);
  for (std::size_t i = 0; i < left.size(); ++i) {
    EXPECT_EQ(left[i].number, right[i].number);
    EXPECT_EQ(left[i].verdict, right[i].verdict);
    EXPECT_EQ(left[i].instance, right[i].instance);
  }
}

/// numbered(), in groups of five numbers with one instance each.
Plan in_groups() {
  return {[](const Theorem& t, std::int64_t number, const auto&) {
            return numbered.at(t, number / 5, {});
          },
          [](const Theorem&, std::int64_t number, const Theorem&) {
            const std::int64_t first = number / 5 * 5;
            return std::vector{first, first + 1, first + 2, first + 3, first + 4};
          }};
}

// Verdict for verdict what every theorem finds on its own, on any number of threads, in every
// shard.
TEST(Campaign, SharesWhatIsFoundOutAboutAnInstanceWithoutChangingAVerdict) {
  const auto a = theorem("a");
  const auto b = theorem("b", 0);
  const auto bad = throwing("bad");
  const std::vector<const Theorem*> all{&bad, &a, &b};
  auto alone = memory();
  run_campaign(all, {in_groups().at}, alone, options(23, 1));
  auto together = memory();
  run_campaign(all, in_groups(), together, options(23, 4));
  auto in_shards = memory();
  for (const int index : {1, 2}) {
    auto o = options(23, 1);
    o.shard = {index, 2};
    run_campaign(all, in_groups(), in_shards, o);
  }
  for (const Theorem* t : all) {
    const auto expected = alone.verdicts(t->id);
    ASSERT_EQ(expected.size(), 23U);
    for (const Store* store : {&together, &in_shards}) {
      const auto found = store->verdicts(t->id);
      ASSERT_EQ(found.size(), 23U);
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].number, expected[i].number);
        EXPECT_EQ(found[i].verdict, expected[i].verdict);
        EXPECT_EQ(found[i].reason, expected[i].reason);
        EXPECT_EQ(found[i].provenance, expected[i].provenance);
        EXPECT_EQ(found[i].instance, expected[i].instance);
      }
    }
  }
}

// Cancelled at any moment, no theorem is behind by more than what has the instance of an earlier
// number.
TEST(Campaign, ChecksInTheOrderOfTheSmallestNumberOfAnInstance) {
  const auto a = theorem("a");
  const auto b = theorem("b");
  const auto far = [](const Theorem& t, std::int64_t number) {
    return t.id == "b" ? number : 3 * number;
  };
  const Plan plan{[far](const Theorem& t, std::int64_t number, const auto&) {
                    return numbered.at(t, far(t, number), {});
                  },
                  [far](const Theorem& t, std::int64_t number, const Theorem& other) {
                    const std::int64_t at = far(t, number);
                    if (other.id == "b") return std::vector{at};
                    return at % 3 == 0 ? std::vector{at / 3} : std::vector<std::int64_t>();
                  }};
  auto store = memory();
  auto o = options(12, 1);
  int checks = 0;
  o.cancelled = [&] { return checks++ >= 13; };
  EXPECT_EQ(run_campaign({&a, &b}, plan, store, o).ending, Ending::cancelled);
  const auto of_a = store.verdicts("a");
  const auto of_b = store.verdicts("b");
  ASSERT_EQ(of_a.size() + of_b.size(), 13U);
  std::set<std::int64_t> numbers;
  for (const auto& v : of_b) numbers.insert(v.number);
  for (std::int64_t k = 0; k + 1 < static_cast<std::int64_t>(of_a.size()); ++k) {
    EXPECT_EQ(of_a[static_cast<std::size_t>(k)].number, k);
    EXPECT_TRUE(numbers.contains(k)) << k;
    EXPECT_EQ(numbers.contains(3 * k), 3 * k < 12) << k;
  }
}

TEST(Campaign, AnExceptionInACheckBecomesAnErrorWithTheReason) {
  const auto bad = throwing("bad");
  const auto good = theorem("good");
  auto store = memory();
  const auto result = run_campaign({&bad, &good}, numbered, store, options(5));
  EXPECT_EQ(result.ending, Ending::complete);
  ASSERT_EQ(store.verdicts("bad").size(), 5U);
  for (const auto& verdict : store.verdicts("bad")) {
    EXPECT_EQ(verdict.verdict, Verdict::error);
    EXPECT_EQ(verdict.reason, "it broke");
    EXPECT_EQ(verdict.origin, "made up");
    EXPECT_NE(verdict.instance, "");
  }
  EXPECT_EQ(store.summaries().at(0).errors, 5);
  EXPECT_EQ(store.summaries().at(0).applicable, 0);
  EXPECT_EQ(store.summaries().at(0).inconclusive, 0);
  EXPECT_EQ(store.errors().size(), 5U);
  EXPECT_EQ(store.summaries().at(1).proved, 4);
}

TEST(Campaign, AnExceptionWhilePlanningBecomesAnErrorToo) {
  const auto a = theorem("a");
  auto store = memory();
  run_campaign({&a}, {[](const Theorem& t, std::int64_t number, const auto&) {
                 if (number == 1) throw std::runtime_error("no such instance");
                 return numbered.at(t, number, {});
               }},
               store, options(3));
  ASSERT_EQ(store.verdicts("a").size(), 3U);
  EXPECT_EQ(store.verdicts("a").at(1).verdict, Verdict::error);
  EXPECT_EQ(store.verdicts("a").at(1).reason, "no such instance");
}

// What takes long is not waited for, and made by the next call.
TEST(Campaign, DropsWhatIsBeingSearchedForWhenItIsCancelled) {
  const auto a = theorem("a");
  std::atomic<bool> is_searching = false;
  const Plan plan{[&](const Theorem&, std::int64_t number,
                      const std::function<bool()>& is_over) -> std::optional<Planned> {
    is_searching = number == 3;
    while (number == 3) {
      if (is_over()) throw Unwanted();
    }
    return Planned{"made up", parabola_at(static_cast<int>(number))};
  }};
  auto store = memory();
  CampaignOptions stopped = options(6);
  stopped.cancelled = [&] { return is_searching.load(); };
  const auto result = run_campaign({&a}, plan, store, stopped);
  EXPECT_EQ(result.ending, Ending::cancelled);
  EXPECT_EQ(result.left, 3);
  EXPECT_EQ(store.done("a"), (std::set<std::int64_t>{0, 1, 2}));
}

TEST(Campaign, KeepsWhatASearchSpentAndHowLongAllTook) {
  const auto a = theorem("a");
  const Plan plan{[](const Theorem&, std::int64_t number, const auto&) {
    return std::optional(Planned{"made up", parabola_at(1), number == 2 ? 25 : 0});
  }};
  auto store = memory();
  run_campaign({&a}, plan, store, options(4));
  std::vector<std::int64_t> checks;
  for (const VerdictRecord& verdict : store.verdicts("a")) {
    checks.push_back(verdict.search_checks);
    EXPECT_GT(verdict.seconds, 0);
  }
  EXPECT_EQ(checks, (std::vector<std::int64_t>{0, 0, 25, 0}));
  const TheoremSummary summary = store.summaries().front();
  EXPECT_EQ(summary.searches, 1);
  EXPECT_EQ(summary.search_checks, 25);
  EXPECT_EQ(summary.search_percent(), 89);  // 25 of 28
  EXPECT_GT(store.search_share_of_time(), 0);
  EXPECT_LT(store.search_share_of_time(), 1);
}

TEST(Campaign, NumbersWithoutAnInstanceLeaveNothing) {
  const auto a = theorem("a");
  auto store = memory();
  CampaignProgress last;
  auto o = options(6);
  o.progress = [&](const CampaignProgress& p) { last = p; };
  const auto result = run_campaign({&a}, {[](const Theorem& t, std::int64_t number, const auto&) {
                                     return number < 4 ? numbered.at(t, number, {}) : std::nullopt;
                                   }},
                                   store, o);
  EXPECT_EQ(result.ending, Ending::complete);
  EXPECT_EQ(result.checked, 4);
  EXPECT_EQ(last.done, 4);
  EXPECT_EQ(last.total, 4);
}

TEST(Campaign, ContinuesWithWhatIsNotInTheStoreYet) {
  const auto a = theorem("a");
  auto store = memory();
  run_campaign({&a}, numbered, store, options(4));
  std::set<std::int64_t> planned;
  const auto result = run_campaign({&a}, {[&](const Theorem& t, std::int64_t number, const auto&) {
                                     planned.insert(number);
                                     return numbered.at(t, number, {});
                                   }},
                                   store, options(7));
  EXPECT_EQ(planned, (std::set<std::int64_t>{4, 5, 6}));
  EXPECT_EQ(result.resumed, 4);
  EXPECT_EQ(result.checked, 3);
  EXPECT_EQ(store.done("a").size(), 7U);
}

TEST(Campaign, ShardsTogetherAreTheWholeAndShareNothing) {
  const auto a = theorem("a");
  std::set<std::int64_t> all;
  std::size_t sum = 0;
  for (int i = 1; i <= 3; ++i) {
    auto store = memory();
    auto o = options(11);
    o.shard = {i, 3};
    run_campaign({&a}, numbered, store, o);
    const auto part = store.done("a");
    sum += part.size();
    all.insert(part.begin(), part.end());
  }
  EXPECT_EQ(sum, 11U);
  EXPECT_EQ(all.size(), 11U);
  EXPECT_EQ(*all.begin(), 0);
  EXPECT_EQ(*all.rbegin(), 10);
}

// Work begins at once, and what is planned is what is checked, not all that there might be.
TEST(Campaign, PlansNoFartherThanItChecks) {
  const auto a = theorem("a");
  auto store = memory();
  std::int64_t farthest = 0;
  const Plan plan{numbered.at, [&](const Theorem&, std::int64_t number, const Theorem&) {
                    farthest = std::max(farthest, number);
                    return std::vector{number};
                  }};
  auto o = options(1'000'000'000, 1);
  int checks = 0;
  o.cancelled = [&] { return checks++ >= 10; };
  const auto result = run_campaign({&a}, plan, store, o);
  EXPECT_EQ(result.checked, 10);
  EXPECT_EQ(result.left, 999'999'990);
  EXPECT_LT(farthest, 20);
}

TEST(Campaign, KeepsWhatWasFoundBeforeItWasCancelled) {
  const auto a = theorem("a");
  auto store = memory();
  std::atomic<int> asked = 0;
  auto o = options(1000);
  o.cancelled = [&] { return ++asked > 10; };
  const auto result = run_campaign({&a}, numbered, store, o);
  EXPECT_EQ(result.ending, Ending::cancelled);
  EXPECT_EQ(result.checked, 10);
  EXPECT_EQ(result.left, 990);
  EXPECT_EQ(store.done("a").size(), 10U);
}

TEST(Campaign, BeginsNoCheckAfterItsTime) {
  const auto a = theorem("a");
  auto store = memory();
  auto o = options(20);
  o.time_budget = std::chrono::seconds(0);
  const auto result = run_campaign({&a}, numbered, store, o);
  EXPECT_EQ(result.ending, Ending::out_of_time);
  EXPECT_EQ(result.checked, 0);
  EXPECT_EQ(result.left, 20);
  o.time_budget = std::chrono::hours(1);
  EXPECT_EQ(run_campaign({&a}, numbered, store, o).ending, Ending::complete);
  EXPECT_EQ(store.done("a").size(), 20U);
}

class CampaignFile : public testing::Test {
 protected:
  ~CampaignFile() override { fs::remove(file_); }
  const std::string file_ =
      (fs::temp_directory_path() / ("graddiv-campaign-" + std::to_string(getpid()))).string();
};

// What is shown as done must survive a kill: it is there for another process at that moment.
TEST_F(CampaignFile, TellsOnlyOfWhatIsOnDisk) {
  const auto a = theorem("a");
  Store store(file_, Store::Mode::write);
  const Store other(file_, Store::Mode::read);
  int calls = 0;
  auto o = options(50);
  o.progress = [&](const CampaignProgress& p) {
    ++calls;
    EXPECT_LE(p.done, static_cast<std::int64_t>(other.done("a").size()));
    EXPECT_EQ(p.total, 50);
  };
  run_campaign({&a}, numbered, store, o);
  EXPECT_GE(calls, 2);
}

TEST_F(CampaignFile, AStoreThatCannotBeWrittenEndsIt) {
  { const Store create(file_, Store::Mode::write); }
  Store store(file_, Store::Mode::read);
  const auto a = theorem("a");
  EXPECT_THROW(run_campaign({&a}, numbered, store, options(1000)), StoreError);
}

std::string refusal(Store& store, const Provenance& provenance) {
  try {
    begin_or_continue(store, provenance);
  } catch (const CampaignError& error) {
    return error.what();
  }
  return "";
}

TEST(BeginOrContinue, RefusesAStoreOfAnotherVersionCommitSeedOrInput) {
  auto store = memory();
  const Provenance first{"1.0", "abc", 7, "2026-01-01T00:00:00Z", "cpu", {}, "f0"};
  EXPECT_EQ(refusal(store, first), "");
  auto later = first;
  later.date = "2027-01-01T00:00:00Z";
  EXPECT_EQ(refusal(store, later), "");
  EXPECT_EQ(store.provenance()->date, first.date);

  for (const auto change :
       {+[](Provenance& p) { p.version = "1.1"; }, +[](Provenance& p) { p.commit = "abd"; },
        +[](Provenance& p) { p.seed = 8; }, +[](Provenance& p) { p.inputs = "f1"; },
        +[](Provenance& p) { p.plan = "all random"; }}) {
    auto other = first;
    change(other);
    EXPECT_NE(refusal(store, other).find("Choose another file"), std::string::npos);
  }
  auto other = first;
  other.seed = 8;
  EXPECT_NE(refusal(store, other).find("with seed 7, not 8"), std::string::npos);
}

TEST(ToRecord, KeepsThePlaceOfAConclusion) {
  Finding finding;
  finding.verdict = Verdict::proved;
  for (const Place& place : {Place::at(7), Place::visited(0, 0), Place("the law")}) {
    finding.conclusions.push_back(
        {{place, Truth::yes, Enclosure(1) == Enclosure(2)}, Truth::yes, std::nullopt});
  }
  finding.conclusions.back().holds = Truth::unknown;
  const auto record = to_record("a", 3, {"somewhere", parabola_at(1)}, finding);
  ASSERT_EQ(record.series.size(), 3U);
  EXPECT_EQ(record.series[0].place, Place::at(7));
  EXPECT_EQ(record.series[2].place, Place("the law"));
  EXPECT_EQ(record.series[0].relation, Relation::equal);
  EXPECT_EQ(record.series[0].left, 1);
  EXPECT_EQ(record.series[0].right, 2);
  EXPECT_EQ(record.conclusions, 2);
}

TEST(ToRecord, RoundsTheTightnessDown) {
  Finding finding;
  for (const auto& ratio : {Rational(2, 3), Rational(1, 7), Rational(1), Rational(5, 4)}) {
    finding.tightness = enclose(ratio);
    const auto text = *to_record("a", 0, {"", parabola_at(1)}, finding).tightness;
    EXPECT_LE(parse_rational(text), ratio);
    EXPECT_LT(ratio - parse_rational(text), parse_rational("1e-15"));
  }
  finding.tightness = Enclosure::anything();
  EXPECT_FALSE(to_record("a", 0, {"", parabola_at(1)}, finding).tightness);
}

TEST(Ledger, AddsUpWhatWasSpentRoundedUp) {
  auto store = memory();
  EXPECT_EQ(store.spent_error_level(), "0");
  for (const char* const level : {"0.33333", "1e-8", "2e-8"}) {
    VerdictRecord verdict;
    verdict.theorem = level;
    verdict.error_level = level;
    store.write(verdict);
  }
  EXPECT_EQ(store.spent_error_level(), "0.3334");
}

TEST(Ledger, SharesOutAllItHasWhateverTheNumberOfInstances) {
  const Ledger ledger{Rational(1, 100), 3};
  Rational spent = 0;
  for (std::int64_t number = 0; number < 100; ++number) spent += 3 * ledger.share(number);
  EXPECT_EQ(spent, Rational(1, 100) * 100 / 101);
}

}  // namespace
}  // namespace graddiv
