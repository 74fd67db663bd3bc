#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cli/testing/store_contents.h"
#include "cli/testing/verify_tool.h"
#include "mpi/communicator.h"

namespace graddiv::cli {
namespace {

namespace fs = std::filesystem;

class VerifyOnRanks : public testing::VerifyTool {
 protected:
  void SetUp() override {
    if (!mpi::Communicator::is_built_in()) GTEST_SKIP() << "built without MPI";
  }

  /// With searches among the instances.
  Arguments campaign(const std::string& store, int instances) const {
    return command({"--instances", std::to_string(instances), "--search", "50", "--store", store});
  }

  /// The processes below mpirun that run the tool.
  static std::vector<pid_t> ranks_of(pid_t mpirun) {
    std::vector<pid_t> ranks;
    const std::string id = std::to_string(mpirun);
    std::ifstream children("/proc/" + id + "/task/" + id + "/children");
    for (pid_t child = 0; children >> child;) ranks.push_back(child);
    return ranks;
  }
};

// As the threads of one process do: cli/merge_test.cpp.
TEST_F(VerifyOnRanks, MakesTheStoreOfOneProcess) {
  const auto alone = graddiv(campaign("alone.sqlite", 40));
  ASSERT_EQ(alone.code, 0) << alone.err;
  const auto whole = testing::contents(path("alone.sqlite"));
  for (const int ranks : {1, 2, 4}) {
    const std::string name = std::to_string(ranks) + ".sqlite";
    const auto outcome = graddiv_on_ranks(ranks, campaign(name, 40));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.json().at("left"), 0);
    EXPECT_EQ(testing::difference(testing::contents(path(name)), whole), "") << ranks;
    EXPECT_FALSE(exists(name + "-wal"));
  }
}

TEST_F(VerifyOnRanks, OneRankPrintsAndAStoreInMemoryIsEnough) {
  const auto outcome = graddiv_on_ranks(2, command({"--instances", "20", "--mpi"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.json().at("theorems").at(0).at("instances"), 20);
}

// Whichever rank it is, all end, and the next run makes the rest.
TEST_F(VerifyOnRanks, ARankThatIsKilledTakesNothingWithIt) {
  const int instances = 3000;
  for (const std::size_t killed : {1U, 0U}) {
    const std::string name = "killed" + std::to_string(killed) + ".sqlite";
    const pid_t mpirun = start_on_ranks(2, campaign(name, instances));
    std::vector<pid_t> ranks;
    std::size_t done = 0;
    while (ranks.size() < 2 || done < 20) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      ranks = ranks_of(mpirun);
      if (!exists(name)) continue;
      try {
        done = store(name).done("second-moment").size();
      } catch (const std::exception&) {  // it is being made
      }
    }
    ASSERT_LT(done, static_cast<std::size_t>(instances)) << "too fast";
    kill(ranks.at(killed), SIGKILL);
    const auto outcome = wait_for(mpirun);
    ASSERT_NE(outcome.code, 0);
    const std::size_t left = store(name).done("second-moment").size();
    EXPECT_GE(left, done);
    ASSERT_LT(left, static_cast<std::size_t>(instances)) << "too fast";
    const auto resumed = graddiv_on_ranks(2, campaign(name, instances));
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    if (!exists("undisturbed.sqlite")) {
      ASSERT_EQ(graddiv(campaign("undisturbed.sqlite", instances)).code, 0);
    }
    EXPECT_EQ(testing::difference(testing::contents(path(name)),
                                  testing::contents(path("undisturbed.sqlite"))),
              "");
  }
}

TEST_F(VerifyOnRanks, ABudgetIsUsedUpForAll) {
  const auto outcome =
      graddiv_on_ranks(2, command({"--instances", "1000000", "--time-budget", "1"}));
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_GT(outcome.json().at("left"), 1000);
}

}  // namespace
}  // namespace graddiv::cli
