#include "cli/testing/tool.h"
#include "mpi/communicator.h"

namespace graddiv::cli {
namespace {

class Train : public testing::ToolTest {
 protected:
  /// 90 rows of three numbers in three classes.
  std::string data() const {
    std::string text;
    for (int i = 0; i < 90; ++i) {
      text += std::to_string(i % 3);
      for (int j = 1; j <= 3; ++j) {
        const int value = (i * i + 31 * i * j) % 17 + (i % 3 + 1 == j ? 9 : 0);
        text += " " + std::to_string(j) + ":0." + std::to_string(10 + value);
      }
      text += '\n';
    }
    return write("rows.svm", text);
  }
  Arguments call(const std::string& name, const Arguments& more = {}) const {
    Arguments all = {"train",    data(), "--model",     "mlp:4", "--step", "0.01",
                     "--batch",  "48",   "--passes",    "3",     "--csv",  name + ".csv",
                     "--output", name,   "--precision", "single"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
};

TEST_F(Train, IsTheSameRunForAnyNumberOfThreads) {
  ASSERT_EQ(graddiv(call("one")).code, 0);
  ASSERT_EQ(graddiv(call("three", {"--threads", "3"})).code, 0);
  EXPECT_EQ(read("one"), read("three"));
  EXPECT_EQ(read("one.csv"), read("three.csv"));
}

TEST_F(Train, LearnsAndSaysHowFar) {
  const auto outcome = graddiv(call("w", {"--json"}));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const auto json = outcome.json();
  EXPECT_EQ(json["iterations"], 6) << "270 gradients by 48";
  EXPECT_EQ(json["losses"].size(), 4U);
  EXPECT_LT(json["losses"][3].get<double>(), json["losses"][0].get<double>());
  EXPECT_EQ(json["parameters"], 3 * 4 + 4 + 4 * 3 + 3);
  EXPECT_TRUE(read("w.csv").starts_with("pass,loss\n0,"));
}

TEST_F(Train, TakesTheSameOptionsOfDataAsMeasure) {
  const auto rows = data();
  const auto last_loss = [&](Arguments more) {
    more.insert(more.begin(), {"train", rows, "--step", "0.001", "--json"});
    const auto outcome = graddiv(more);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.json().at("losses").back().get<double>();
  };
  EXPECT_NE(last_loss({"--model", "huber", "--tau", "0.1"}), last_loss({"--model", "huber"}));
  EXPECT_NE(last_loss({"--model", "mlp:4", "--activation", "tanh"}),
            last_loss({"--model", "mlp:4"}));
  EXPECT_EQ(last_loss({"--model", "linear", "--columns", "5", "--cache", "c"}),
            last_loss({"--model", "linear"}));
  EXPECT_TRUE(exists("c"));
  expect_bad_input(graddiv({"train", rows, "--step", "1", "--tau", "2"}),
                   "--tau is for --model huber");
}

TEST_F(Train, TheRanksOfMpirunGiveTheSameFiles) {
  if (!mpi::Communicator::is_built_in()) GTEST_SKIP() << "built without MPI";
  ASSERT_EQ(graddiv(call("alone")).code, 0);
  for (const int ranks : {1, 2, 4}) {
    const std::string name = "ranks" + std::to_string(ranks);
    const auto outcome = graddiv_on_ranks(ranks, call(name, {"--mpi", "--json"}));
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    const auto json = outcome.json();  // one rank prints
    ASSERT_TRUE(json.is_object());
    EXPECT_EQ(json["ranks"], ranks);
    EXPECT_EQ(read(name), read("alone"));
    EXPECT_EQ(read(name + ".csv"), read("alone.csv"));
    EXPECT_FALSE(read(name).empty());
  }
}

TEST_F(Train, AnErrorOnRanksEndsThemAll) {
  if (!mpi::Communicator::is_built_in()) GTEST_SKIP() << "built without MPI";
  const auto outcome = graddiv_on_ranks(2, {"train", "nowhere", "--step", "1", "--mpi"});
  EXPECT_NE(outcome.code, 0);
  EXPECT_NE(outcome.err.find("graddiv: nowhere"), std::string::npos) << outcome.err;
}

TEST_F(Train, BadInputLeavesNothing) {
  const auto rows = data();
  expect_bad_input(graddiv({"train", rows}), "--step");
  expect_bad_input(graddiv({"train", rows, "--step", "0"}), "--step");
  expect_bad_input(graddiv({"train", rows, "--step", "1", "--batch", "0"}), "--batch");
  expect_bad_input(graddiv({"train", rows, "--step", "1", "--model", "svm", "-o", "w"}),
                   "\"svm\" is no model");
  expect_bad_input(graddiv({"train", rows, "--step", "1", "--model", "softmax", "--positive", "1"}),
                   "--positive");
  expect_bad_input(graddiv({"train", rows, "--model", "linear", "--step", "1e200", "--batch", "90",
                            "--passes", "5", "-o", "w"}),
                   "diverges");
  EXPECT_FALSE(exists("w"));
}

}  // namespace
}  // namespace graddiv::cli
