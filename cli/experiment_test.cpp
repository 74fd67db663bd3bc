#include <unistd.h>

#include <csignal>
#include <fstream>

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

TEST_F(ExperimentCommand, LeavesNothingWhenItIsInterrupted) {
  const auto config = write("long.toml",
                            "logistic_passes = 10000\nlogistic_repetitions = 1000\n"
                            "positive = [1]\nnegative = [0]\nlogistic_examples = 16\n"
                            "logistic_factors = [1]\nmlp_examples = 16\n"
                            "mlp_factors = [1]\n");
  const pid_t child =
      start({"experiment", "replication", "--data", images(2), "--config", config, "-o", "out"},
            without_latex_);
  // Until it has said what is to happen on Ctrl-C; a minute at most.
  bool is_caught = false;
  for (int tries = 0; !is_caught && tries < 6000; ++tries) {
    usleep(10'000);
    std::ifstream status("/proc/" + std::to_string(child) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (!line.starts_with("SigCgt:")) continue;
      is_caught = (std::stoull(line.substr(7), nullptr, 16) >> (SIGINT - 1) & 1U) != 0;
    }
  }
  EXPECT_TRUE(is_caught);
  kill(child, SIGINT);
  const auto outcome = wait_for(child);
  EXPECT_EQ(outcome.code, 130) << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with("graddiv: interrupted; nothing was written\n")) << outcome.err;
  EXPECT_FALSE(exists("out"));
}

}  // namespace
}  // namespace graddiv::cli
