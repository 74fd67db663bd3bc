#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "cli/testing/store_contents.h"
#include "cli/testing/verify_tool.h"

namespace graddiv::cli {
namespace {

namespace fs = std::filesystem;

class KilledVerify : public testing::VerifyTool {
 protected:
  Arguments campaign(const std::string& store, int instances) const {
    return {"verify",         "second-moment",
            "lower-unstable", "lower-noise-floor",
            "--example",      noise_floor(),
            "--store",        store,
            "--instances",    std::to_string(instances),
            "--jobs",         "2"};
  }

  /// How many records a killed run left, read from a copy: what it left is for the next run.
  std::size_t records(const std::string& store) const {
    const std::string copy = path("copy.sqlite");
    for (const char* suffix : {"", "-wal", "-journal"}) {
      fs::remove(copy + suffix);
      if (exists(store + suffix)) fs::copy_file(path(store + suffix), copy + suffix);
    }
    try {
      const Store left(copy, Store::Mode::read);
      left.examine();
      std::size_t count = left.mutants().size() + left.constructions().size() +
                          left.gallery().size() + left.figures().size();
      for (const auto& summary : left.summaries())
        count += static_cast<std::size_t>(summary.instances);
      return count;
    } catch (const NoStore&) {  // killed before there was one
      return 0;
    }
  }

  /// Kills runs of one campaign at random times until there were enough kills, also enough behind
  /// new records. False where a run came to its end before.
  bool kill_often(const std::string& store, int instances) {
    using Seconds = std::chrono::duration<double>;
    using Clock = std::chrono::steady_clock;
    std::mt19937 random(instances);
    // Nothing is known of this machine's speed: as long as no run wrote anything new, the next one
    // may live longer, and once one did, shorter.
    Seconds longest(0.01);
    std::size_t before = 0;
    int kills = 0;
    for (int with_progress = 0; kills < 50 || with_progress < 20; ++kills) {
      const Seconds life = longest * std::uniform_real_distribution<>(0, 1)(random);
      const pid_t child = start(campaign(store, instances));
      std::this_thread::sleep_until(Clock::now() + life);
      kill(child, SIGKILL);
      if (wait_for(child).code != -SIGKILL) return false;
      const std::size_t now = records(store);
      EXPECT_GE(now, before) << "what was there is gone";
      with_progress += now > before ? 1 : 0;
      longest *= now > before ? 0.8 : 1.2;
      before = now;
    }
    return true;
  }
};

TEST_F(KilledVerify, EndsWithTheStoreOfAnUndisturbedRun) {
  int instances = 500;
  std::string store = "500.sqlite";
  while (!kill_often(store, instances)) {  // a fast machine needs more work
    instances *= 4;
    store = std::to_string(instances) + ".sqlite";
    ASSERT_LT(instances, 1'000'000);
  }
  ASSERT_EQ(graddiv(campaign(store, instances)).code, 0);
  ASSERT_EQ(graddiv(campaign("undisturbed.sqlite", instances)).code, 0);
  const auto expected = testing::contents(path("undisturbed.sqlite"));
  EXPECT_EQ(expected.at("verdicts").size(), 3U * static_cast<unsigned>(instances));
  const auto found = testing::contents(path(store));
  EXPECT_EQ(testing::difference(found, expected), "");
  EXPECT_FALSE(exists(store + "-wal"));
}

}  // namespace
}  // namespace graddiv::cli
