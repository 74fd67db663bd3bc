#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "cli/testing/tool.h"
#include "mpi/communicator.h"

namespace graddiv::cli {
namespace {

class ExperimentCommand : public testing::ToolTest {
 protected:
  std::string settings() const {
    return write("tiny.toml",
                 "positive = [1]\nnegative = [0]\nhidden = [2]\nlooks = 1\n"
                 "logistic_examples = 16\nlogistic_passes = 2\nlogistic_factors = [1, 4]\n"
                 "logistic_batches = [4]\nmlp_examples = 16\nmlp_passes = 2\n"
                 "mlp_factors = [1, 4]\nmlp_batches = [4]\n");
  }
  const Environment without_latex_{{"PATH", "/nonexistent"}};
};

TEST_F(ExperimentCommand, WritesNumbersSectionAndSummary) {
  const Arguments call = {"experiment", "replication", "--data", images(2),       "--config",
                          settings(),   "--seed",      "7",      "--repetitions", "2"};
  auto one = call;
  one.insert(one.end(), {"--threads", "1", "-o", "one", "--json"});
  const auto outcome = graddiv(one, without_latex_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("no PDF"), std::string::npos);
  const auto json = outcome.json();
  EXPECT_EQ(json["experiment"], "replication");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["settings"]["logistic_repetitions"], 2);
  EXPECT_EQ(json["settings"]["search_repetitions"], 1) << "not of the results";
  for (const char* name : {"csv", "tex", "json"}) {
    EXPECT_TRUE(exists(std::string("one/replication.") + name)) << name;
  }
  EXPECT_FALSE(exists("one/replication.pdf"));

  auto two = call;
  two.insert(two.end(), {"--threads", "2", "-o", "two"});
  const auto text = graddiv(two, without_latex_);
  ASSERT_EQ(text.code, 0) << text.err;
  EXPECT_EQ(read("one/replication.csv"), read("two/replication.csv"));
  EXPECT_NE(text.out.find("logistic-gap-grows: "), std::string::npos);
}

TEST_F(ExperimentCommand, StartsItsWorkersItself) {
  if (!mpi::Communicator::is_built_in()) GTEST_SKIP() << "built without MPI";
  const auto config = write("speedup.toml",
                            "models = [\"logistic\"]\npositive = [1]\nsmall_batches = [2]\n"
                            "batches = [4, 32]\ntimings = 2\nexamples = 16\nrepetitions = 2\n");
  const auto outcome = graddiv(
      {"experiment", "speedup", "--data", images(2), "--config", config, "-o", "out", "--json"},
      without_latex_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(read("out/speedup.tex").find("ranks of MPI"), std::string::npos);
  EXPECT_NE(read("out/speedup-timings.csv").find("measured P=2,32,"), std::string::npos);
  EXPECT_EQ(read("out/speedup.csv").find("speedup"), std::string::npos) << "no numbers of a clock";
  EXPECT_NE(read("out/speedup.csv").find("logistic-loss,B_S,"), std::string::npos);
}

TEST_F(ExperimentCommand, BadInputLeavesNothing) {
  const auto own = write("own.toml", "\nlooks = 0\n");
  expect_bad_input(graddiv({"experiment", "replicatoin"}), "did you mean 'replication'?");
  expect_bad_input(graddiv({"experiment", "replication", "--config", own, "-o", "out"}),
                   "own.toml:2: looks: found 0, expected an integer from 1 to 10000");
  expect_bad_input(graddiv({"experiment", "stability", "--models", "mlp,conv", "-o", "out"}),
                   "--models: found \"mlp,conv\", expected some of logistic,mlp of experiment "
                   "stability");
  expect_bad_input(graddiv({"experiment", "replication", "--models", "mlp,"}), "--models");
  expect_bad_input(graddiv({"experiment", "replication", "--data", "nowhere", "-o", "out"}),
                   "nowhere");
  const auto config = write("many.toml", "logistic_examples = 4096\n");
  expect_bad_input(
      graddiv({"experiment", "replication", "--data", images(2), "--config", config, "-o", "out"}),
      "");
  EXPECT_FALSE(exists("out"));
}

/// Two hundred units, each long enough to be stopped in the middle of the work.
class StoppedExperiment : public ExperimentCommand {
 protected:
  StoppedExperiment()
      : config_(write("long.toml",
                      "models = [\"logistic\"]\nlogistic_passes = 1000\nlooks = 1\n"
                      "positive = [1]\nnegative = [0]\nlogistic_examples = 16\n"
                      "logistic_factors = [1, 4]\nlogistic_batches = [4, 8]\n")) {}
  Arguments call(const std::string& folder, const std::string& seed = "1") const {
    return {"experiment", "replication", "--data", images_, "--config", config_,
            "--threads",  "1",           "--seed", seed,    "-o",       folder};
  }
  /// Started, and as far as the units of a journal; a minute at most.
  pid_t started(const std::string& folder, std::ptrdiff_t units) const {
    const pid_t child = start(call(folder), without_latex_);
    std::ptrdiff_t lines = 0;
    for (int tries = 0; lines <= units && tries < 60'000; ++tries) {
      usleep(1'000);
      const std::string journal = read(folder + "/replication.journal");
      lines = std::ranges::count(journal, '\n');
    }
    EXPECT_GT(lines, units);
    return child;
  }
  std::vector<std::string> files_of(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path(folder))) {
      names.push_back(entry.path().filename());
    }
    return names;
  }
  void expect_not_written(const std::string& folder, const std::string& message) const {
    const auto outcome = graddiv(call(folder), without_latex_);
    EXPECT_EQ(outcome.code, 3) << outcome.err;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  }
  void expect_undisturbed(const std::string& folder) const {
    const auto whole = graddiv(call("whole"), without_latex_);
    ASSERT_EQ(whole.code, 0) << whole.err;
    for (const char* name : {"csv", "tex"}) {
      EXPECT_EQ(read(folder + "/replication." + name),
                read(std::string("whole/replication.") + name));
    }
    auto json = nlohmann::json::parse(read(folder + "/replication.json"));
    auto expected = nlohmann::json::parse(read("whole/replication.json"));
    for (auto* of_one : {&json, &expected}) of_one->erase("files");  // which name their folder
    EXPECT_EQ(json, expected);
    EXPECT_FALSE(exists(folder + "/replication.journal"));
  }

  std::string images_ = images(2);
  std::string config_;
};

TEST_F(StoppedExperiment, ContinuesAfterItWasKilled) {
  for (const std::ptrdiff_t units : {1, 20}) {  // the second one finds the first one's
    const pid_t child = started("out", units);
    kill(child, SIGKILL);
    EXPECT_EQ(wait_for(child).code, -SIGKILL);
    EXPECT_FALSE(exists("out/replication.csv"));
  }
  const auto outcome = graddiv(call("out"), without_latex_);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(outcome.err.starts_with("graddiv: continues with the ")) << outcome.err;
  EXPECT_NE(outcome.err.find(" finished units in out/replication.journal\n"), std::string::npos);
  expect_undisturbed("out");
}

TEST_F(StoppedExperiment, ContinuesAfterItWasInterrupted) {
  const pid_t child = started("out", 3);
  kill(child, SIGINT);
  const auto outcome = wait_for(child);
  EXPECT_EQ(outcome.code, 130) << outcome.err;
  EXPECT_NE(outcome.err.find("once more stops at once; the same command continues with "
                             "out/replication.journal\n"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("graddiv: interrupted; the same command continues with the "),
            std::string::npos);
  EXPECT_EQ(files_of("out"), std::vector<std::string>{"replication.journal"});
  ASSERT_EQ(graddiv(call("out"), without_latex_).code, 0);
  expect_undisturbed("out");
}

TEST_F(StoppedExperiment, IsNotMixedWithAnother) {
  const pid_t child = started("out", 3);
  kill(child, SIGSTOP);  // or it might be through before the other one looks
  expect_not_written("out", "out/replication.journal: is being written by another process");
  kill(child, SIGKILL);
  wait_for(child);
  const std::string journal = read("out/replication.journal");
  expect_bad_input(graddiv(call("out", "2"), without_latex_), "seed: 1 there and 2 here");
  EXPECT_EQ(read("out/replication.journal"), journal);
  EXPECT_EQ(files_of("out"), std::vector<std::string>{"replication.journal"});
}

TEST_F(StoppedExperiment, SaysAtOnceWhatItCannotWrite) {
  std::filesystem::create_directory(path("locked"));
  std::filesystem::permissions(path("locked"), std::filesystem::perms(0555));
  for (const char* folder : {"locked", "locked/new", "/proc/new"}) {
    expect_not_written(folder, folder);
  }
  std::filesystem::permissions(path("locked"), std::filesystem::perms(0755));
  EXPECT_EQ(files_of("locked"), std::vector<std::string>{});
}

TEST_F(StoppedExperiment, StopsAtOnceWhenItIsInterruptedAgain) {
  const auto config = write("longer.toml",
                            "models = [\"logistic\"]\nlogistic_passes = 10000\nlooks = 100\n"
                            "positive = [1]\nnegative = [0]\nlogistic_examples = 40\n"
                            "logistic_factors = [1]\n");
  const pid_t child = start({"experiment", "replication", "--data", images_, "--config", config,
                             "--threads", "1", "-o", "new/out"},
                            without_latex_);
  for (int tries = 0; !exists("new/out/replication.journal") && tries < 60'000; ++tries) {
    usleep(1'000);
  }
  for (int twice = 0; twice < 2; ++twice) {
    kill(child, SIGINT);
    usleep(50'000);
  }
  EXPECT_EQ(wait_for(child).code, 130);
  EXPECT_EQ(read("new/out/replication.journal"), "") << "in the middle of the first unit";
}

}  // namespace
}  // namespace graddiv::cli
