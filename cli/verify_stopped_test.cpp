#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include "campaign/counterexample.h"
#include "cli/testing/verify_tool.h"
#include "constructions/catalogue.h"

namespace graddiv::cli {
namespace {

using namespace std::chrono_literals;

class StoppedVerify : public testing::VerifyTool {};

TEST_F(StoppedVerify, GoesOnWhereAKilledRunWasAndRepeatsNothing) {
  const pid_t child =
      start_and_wait_for_verdicts(command({"--instances", "1000000", "--store", "s.sqlite"}), 20);
  kill(child, SIGKILL);
  EXPECT_EQ(wait_for(child).code, -SIGKILL);

  std::size_t before = 0;
  {
    // Marked, so that it shows if they are made again.
    Store killed(path("s.sqlite"), Store::Mode::write);
    for (const auto* theorem : {"second-moment", "diversity-range"}) {
      auto verdicts = killed.verdicts(theorem);
      before = std::max(before, verdicts.size());
      for (auto& verdict : verdicts) verdict.reason = "kept";
      killed.write(verdicts);
    }
  }
  ASSERT_GE(before, 20U);
  const auto instances = before + 10;
  const auto outcome =
      graddiv(command({"--instances", std::to_string(instances), "--store", "s.sqlite"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  for (const auto& theorem : json.at("theorems")) EXPECT_EQ(theorem.at("instances"), instances);

  const auto verdicts = store().verdicts("second-moment");
  ASSERT_EQ(verdicts.size(), instances);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    EXPECT_EQ(verdicts[i].number, static_cast<std::int64_t>(i));
    kept += verdicts[i].reason == "kept" ? 1 : 0;
  }
  EXPECT_GE(kept, 20U);
  EXPECT_LT(kept, instances);
}

// Whatever a kill hits (instances, laws, mutants, the gallery, figures), what was made before stays
// and is not made again, and the store is whole.
TEST_F(StoppedVerify, EveryKillLeavesProgressAndAWholeStore) {
  const std::vector<std::string> ids{"lower-unstable", "lower-noise-floor", "second-moment",
                                     "lower-fixed-step"};
  // Work for many times the tenth of a second between two writings, on fast machines too.
  Arguments arguments{"verify",      "--instances", "200",     "--example",
                      noise_floor(), "--store",     "s.sqlite"};
  arguments.insert(arguments.end(), ids.begin(), ids.end());
  const auto made = [&] {
    try {
      const Store now = store();
      now.examine();
      std::size_t count = now.constructions().size() + now.mutants().size() + now.gallery().size() +
                          now.figures().size();
      for (const auto& id : ids) count += now.done(id).size();
      return count;
    } catch (const NoStore&) {  // not there yet
      return std::size_t{0};
    }
  };
  std::set<std::string> kept;
  std::size_t before = 0;
  int kills = 0;
  for (int code = -SIGKILL; code == -SIGKILL; ++kills) {
    ASSERT_LT(kills, 1000);
    const pid_t child = start(arguments);
    int status = 0;
    siginfo_t ended{};
    while (made() <= before && ended.si_pid == 0) {
      status = waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
    }
    ASSERT_EQ(status, 0);
    kill(child, SIGKILL);
    code = wait_for(child).code;
    EXPECT_GE(made(), before) << "what was there is gone";
    before = made();
    Store marked(path("s.sqlite"), Store::Mode::write);
    for (auto record : marked.mutants()) {
      record.change = "kept";
      kept.insert(record.theorem + "/" + record.mutant);
      marked.write(record);
    }
  }
  EXPECT_GE(kills, 4);
  EXPECT_GE(kept.size(), 3U);
  const double seconds = seconds_of_tools();
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(made(), before);
  EXPECT_LT(seconds_of_tools() - seconds, 1) << "nothing was left to be made";
  for (const auto& record : store().mutants())
    EXPECT_EQ(record.change == "kept", kept.contains(record.theorem + "/" + record.mutant));
}

TEST_F(StoppedVerify, FinishesWritingWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string name = std::to_string(signal) + ".sqlite";
    const pid_t child =
        start_and_wait_for_verdicts(command({"--instances", "1000000", "--store", name}), 20, name);
    kill(child, signal);
    const auto outcome = wait_for(child);
    EXPECT_EQ(outcome.code, 130);
    EXPECT_TRUE(outcome.err.starts_with(
        "\ngraddiv: interrupted, what was begun is being finished; once more stops at once; the "
        "same command continues with " +
        name + "\n"))
        << outcome.err;
    EXPECT_NE(outcome.err.find("interrupted; "), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find(" left, the same command continues with " + name + "\n"),
              std::string::npos)
        << outcome.err;
    const auto json = outcome.json();
    EXPECT_EQ(json.at("theorems").at(0).at("instances"), store(name).done("second-moment").size());
    EXPECT_GE(json["theorems"][0]["instances"], 20);
  }
}

// Both signals are there when it wakes up, so it has no time to finish anything in between.
TEST_F(StoppedVerify, StopsAtOnceWhenItIsInterruptedAgain) {
  const pid_t child =
      start_and_wait_for_verdicts(command({"--instances", "1000000", "--store", "s.sqlite"}), 20);
  kill(child, SIGSTOP);
  siginfo_t stopped{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &stopped, WSTOPPED), 0);
  for (const int signal : {SIGINT, SIGTERM, SIGCONT}) kill(child, signal);
  const auto outcome = wait_for(child);
  EXPECT_EQ(outcome.code, 130);
  EXPECT_EQ(outcome.out, "") << "it did not finish";
  store().examine();
  EXPECT_GE(store().done("second-moment").size(), 20U);
}

TEST_F(StoppedVerify, StopsWhenItsTimeIsUsedUp) {
  const auto outcome =
      graddiv(command({"--instances", "1000000", "--time-budget", "1", "--store", "s.sqlite"}));
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_NE(outcome.err.find("the time is used up; "), std::string::npos) << outcome.err;
  const auto json = outcome.json();
  EXPECT_GT(json.at("left"), 0);
  EXPECT_EQ(json["theorems"].size(), 2U);
}

TEST_F(StoppedVerify, TheTimeBudgetCoversEverythingAndWhatIsLeftEndsWithFour) {
  const double seconds = seconds_of_tools();
  const auto outcome = graddiv({"verify", "--time-budget", "0.1", "--json", "--store", "s.sqlite"});
  EXPECT_LT(seconds_of_tools() - seconds, 5);
  EXPECT_EQ(outcome.code, 4);
  const auto json = outcome.json();
  EXPECT_GT(json.at("left"), 0);
  for (const char* part : {"laws", "mutants", "gallery", "figures"})
    EXPECT_GT(json.at("not_made").at(part), 0) << part;
  EXPECT_NE(outcome.err.find(" figures are left, the same command continues"), std::string::npos)
      << outcome.err;
}

// A killed call may have refuted much and saved nothing of it: everything is saved first, then
// shrunk, and no kill leaves half a file.
TEST_F(StoppedVerify, AKillWhileItSavesLeavesWholeCounterexamples) {
  const auto arguments = command({"--instances", "5", "--store", "s.sqlite"});
  ASSERT_EQ(graddiv(arguments).code, 0);
  {
    Store stored(path("s.sqlite"), Store::Mode::write);
    for (auto verdict : stored.verdicts("second-moment")) {
      verdict.verdict = Verdict::refuted;
      stored.write(verdict);
    }
  }
  const auto saved = [&] {
    std::vector<bool> are_smallest;
    for (const auto& name : files()) {
      if (!name.starts_with("counterexample-") || !name.ends_with(".json")) continue;
      are_smallest.push_back(
          read_counterexample(path(name), families_and_constructions()).is_smallest);
    }
    return are_smallest;
  };
  auto patience = 10ms;
  for (int kills = 0; saved().size() < 5 && kills < 200; ++kills, patience += 10ms) {
    const pid_t child = start(arguments);
    std::this_thread::sleep_for(patience);
    kill(child, SIGKILL);
    ASSERT_EQ(wait_for(child).code, -SIGKILL) << "shrinking takes longer";
  }
  const auto found = saved();
  EXPECT_EQ(found.size(), 5U);
  EXPECT_GE(std::ranges::count(found, false), 1) << "all are saved before all are shrunk";
}

TEST_F(StoppedVerify, UsesAsManyThreadsAsAskedFor) {
  const auto threads = [&](const std::string& jobs) {
    const pid_t child = start_and_wait_for_verdicts(
        command({"--instances", "1000000", "--store", jobs + ".sqlite", "--jobs", jobs}), 20,
        jobs + ".sqlite");
    std::ifstream status("/proc/" + std::to_string(child) + "/status");
    int found = 0;
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("Threads:")) found = std::stoi(line.substr(8));
    }
    kill(child, SIGKILL);
    wait_for(child);
    return found;
  };
  EXPECT_EQ(threads("1"), 2);  // and one that writes
  EXPECT_EQ(threads("3"), 4);
}

}  // namespace
}  // namespace graddiv::cli
