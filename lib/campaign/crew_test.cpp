#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>

#include "campaign/campaign.h"
#include "campaign/foreman.h"
#include "campaign/helper.h"
#include "testing/instances.h"

namespace graddiv {
namespace {

/// Ranks that are threads of this process.
class Post {
 public:
  explicit Post(int size) : boxes_(static_cast<std::size_t>(size)) {}
  int size() const { return static_cast<int>(boxes_.size()); }
  void put(int to, Crew::Channel channel, Crew::Message message) {
    const std::lock_guard lock(mutex_);
    boxes_[static_cast<std::size_t>(to)][channel].push_back(std::move(message));
  }
  std::optional<Crew::Message> get(int rank, Crew::Channel channel) {
    const std::lock_guard lock(mutex_);
    auto& box = boxes_[static_cast<std::size_t>(rank)][channel];
    if (box.empty()) return std::nullopt;
    Crew::Message message = std::move(box.front());
    box.pop_front();
    return message;
  }

 private:
  std::mutex mutex_;
  std::vector<std::map<Crew::Channel, std::deque<Crew::Message>>> boxes_;
};

class ThreadCrew final : public Crew {
 public:
  ThreadCrew(Post& post, int rank) : post_(post), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return post_.size(); }
  void send(int to, Channel channel, std::string bytes) override {
    post_.put(to, channel, {rank_, std::move(bytes)});
  }
  std::optional<Message> receive(Channel channel) override { return post_.get(rank_, channel); }

 private:
  Post& post_;
  int rank_;
};

Theorem statement_named(const std::string& id) {
  Theorem t;
  t.id = id;
  t.statement.claims([](const Case& c) {
    return std::vector<Conclusion>{{"k = 2, exactly", Truth::yes, c.n() <= 2}};
  });
  return t;
}

const Plan with_gaps{
    [](const Theorem&, std::int64_t number, const auto&) -> std::optional<Planned> {
      if (number % 7 == 3) return std::nullopt;
      return Planned{"made up", test::parabola_at(static_cast<int>(number))};
    }};

/// The campaign on so many ranks.
struct Made {
  Store store{":memory:", Store::Mode::write};
  CampaignResult result;
};
Made made_on(
    int ranks, const std::vector<const Theorem*>& theorems,
    const std::function<void(CampaignOptions&)>& adjust = [](CampaignOptions&) {}) {
  Post post(ranks);
  Made made;
  CampaignOptions options;
  options.instances = 100;
  options.crew_plan = "the plan";
  std::vector<std::jthread> helpers;
  for (int rank = 1; rank < ranks; ++rank) {
    helpers.emplace_back([&, rank] {
      ThreadCrew crew(post, rank);
      CampaignOptions own = options;
      own.crew = &crew;
      help_campaign(theorems, with_gaps, own);
    });
  }
  ThreadCrew crew(post, 0);
  CampaignOptions own = options;
  own.crew = &crew;
  adjust(own);
  made.result = run_campaign(theorems, with_gaps, made.store, own);
  return made;
}

std::vector<std::string> in_words(const Store& store, const std::string& id) {
  std::vector<std::string> all;
  for (const VerdictRecord& v : store.verdicts(id)) {
    all.push_back(std::to_string(v.number) + v.origin + std::string(to_string(v.verdict)) +
                  v.reason.plain() + v.instance);
  }
  return all;
}

TEST(Crew, AnyNumberOfRanksMakesTheSameCampaign) {
  const auto a = statement_named("a");
  const auto b = statement_named("b");
  const Made alone = made_on(1, {&a, &b});
  ASSERT_EQ(in_words(alone.store, "b").size(), 86U);
  for (const int ranks : {2, 4}) {
    const Made together = made_on(ranks, {&a, &b});
    EXPECT_EQ(together.result.ending, Ending::complete);
    EXPECT_EQ(together.result.checked, 172);
    EXPECT_EQ(together.result.left, 0);
    for (const char* id : {"a", "b"}) {
      EXPECT_EQ(in_words(together.store, id), in_words(alone.store, id)) << id << " " << ranks;
    }
  }
}

TEST(Crew, HelpersEndWithTheForemanAndWhatIsLeftIsCounted) {
  const auto a = statement_named("a");
  std::int64_t asked = 0;
  const Made stopped = made_on(3, {&a}, [&](CampaignOptions& options) {
    options.instances = 1'000'000;
    options.cancelled = [&asked] { return ++asked > 5; };
  });
  EXPECT_EQ(stopped.result.ending, Ending::cancelled);
  EXPECT_EQ(stopped.result.checked, static_cast<std::int64_t>(stopped.store.done("a").size()));
  EXPECT_GT(stopped.result.left, 900'000);
}

TEST(Crew, TheForemanRefusesAHelperWithAnotherPlan) {
  Post post(2);
  ThreadCrew first(post, 0);
  ThreadCrew second(post, 1);
  Foreman foreman(
      &first, Crew::Channel::checks, "this plan", [] { return std::nullopt; },
      [](std::string_view) {});
  Helper helper(second, Crew::Channel::checks, "that plan", 4);
  helper.attend();
  try {
    foreman.attend();
    FAIL();
  } catch (const CampaignError& error) {
    EXPECT_STREQ(error.what(), "rank 1 is another graddiv, or has other examples, than rank 0");
  }
}

// Tasks and results one by one.
TEST(Crew, AHelperAsksInTimeAndNoTaskIsLostOrMadeTwice) {
  Post post(2);
  ThreadCrew first(post, 0);
  ThreadCrew second(post, 1);
  int given = 0;
  std::string results;
  Foreman foreman(
      &first, Crew::Channel::checks, "plan of several words",
      [&]() -> std::optional<std::string> {
        return given < 9 ? std::optional(std::to_string(given++)) : std::nullopt;
      },
      [&](std::string_view result) { results += result; });
  Helper helper(second, Crew::Channel::checks, "plan of several words", 4);
  helper.attend();
  helper.attend();  // asks once
  foreman.attend();
  EXPECT_EQ(given, 4);
  helper.attend();
  EXPECT_EQ(helper.next(), "0");
  helper.attend();  // three are enough
  foreman.attend();
  EXPECT_EQ(given, 4);
  EXPECT_EQ(helper.next(), "1");
  helper.attend();  // two are not
  foreman.attend();
  EXPECT_EQ(given, 6);
  helper.send("0");
  helper.send("1");
  for (int task = 2; task < 9; ++task) {
    helper.attend();
    foreman.attend();
    helper.attend();
    EXPECT_EQ(helper.next(), std::to_string(task));
    helper.send(std::to_string(task));
  }
  helper.attend();
  foreman.attend();
  helper.attend();
  EXPECT_EQ(helper.next(), std::nullopt);
  EXPECT_FALSE(helper.is_stopped()) << "it only has all there is";
  EXPECT_FALSE(foreman.is_done());
  helper.say_goodbye();
  foreman.attend();
  EXPECT_TRUE(foreman.is_done());
  EXPECT_EQ(results, "012345678");
}

TEST(Crew, AHelperThatIsStoppedDropsWhatItHasNotBegun) {
  Post post(2);
  ThreadCrew first(post, 0);
  ThreadCrew second(post, 1);
  Foreman foreman(
      &first, Crew::Channel::parts, "", [] { return std::optional<std::string>("t"); },
      [](std::string_view) {});
  Helper helper(second, Crew::Channel::parts, "", 3);
  helper.attend();
  foreman.attend();
  foreman.stop();
  foreman.stop();  // says so once
  helper.attend();
  EXPECT_EQ(helper.next(), std::nullopt);
  EXPECT_TRUE(helper.is_stopped());
  helper.attend();
  EXPECT_FALSE(first.receive(Crew::Channel::parts)) << "it asks no more";
}

}  // namespace
}  // namespace graddiv
