#include <fmt/format.h>
#include <graddiv_version.h>
#include <filesystem>

#include "cli/command.h"
#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class Usage : public testing::ToolTest {};

TEST_F(Usage, EveryCommandHasHelp) {
  const auto help = graddiv({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_EQ(help.err, "");
  EXPECT_NE(help.out.find("Exit codes"), std::string::npos);
  for (const auto& command : commands()) {
    EXPECT_NE(help.out.find("\n  " + command.name + " "), std::string::npos) << command.name;
    const auto sub = graddiv({command.name, "--help"});
    EXPECT_EQ(sub.code, 0) << command.name;
    EXPECT_NE(sub.out.find("Usage"), std::string::npos) << command.name;
    EXPECT_EQ(sub.err, "");
  }
}

TEST_F(Usage, TellsItsVersion) {
  const auto outcome = graddiv({"--version"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(outcome.out.starts_with("graddiv " + std::string(version))) << outcome.out;
}

TEST_F(Usage, MistakesExitWithTwoAndSayWhatToDo) {
  expect_bad_input(graddiv({}), "see graddiv --help");
  expect_bad_input(graddiv({"exepct"}), "did you mean 'expect'?");
  expect_bad_input(graddiv({"--nonsense"}), "--nonsense");
  expect_bad_input(graddiv({"list", "--nonsense"}), "see graddiv list --help");
  expect_bad_input(graddiv({"list", "surplus"}), "surplus");
  expect_bad_input(graddiv({"expect"}), "FILE");
  expect_bad_input(graddiv({"expect", noise_floor(), "--engine", "magic"}), "magic");
  expect_bad_input(graddiv({"expect", noise_floor(), "--quantity", "speed"}), "speed");
  expect_bad_input(graddiv({"expect", noise_floor(), "--precision", "0"}), "precision");
  expect_bad_input(graddiv({"expect", noise_floor(), "--precision", "many"}), "many");
  expect_bad_input(graddiv({"verify", "--shard", "3/2"}), "1 ≤ i ≤ n");
  expect_bad_input(graddiv({"verify", "--shard", "1"}), "--shard: found 1");
  expect_bad_input(graddiv({"verify", "--shard", "1/2x"}), "--shard");
  expect_bad_input(graddiv({"verify", "--seed", "-1"}), "seed");
  expect_bad_input(graddiv({"verify", "--instances", "-1"}), "instances");
  expect_bad_input(graddiv({"verify", "--jobs", "0"}), "jobs");
}

TEST_F(Usage, OptionsSayWhatWasFoundAndExpected) {
  expect_bad_input(graddiv({"verify", "--instances", "1e3"}),
                   "--instances: found 1e3, expected a whole number from 0 to 1000000");
  expect_bad_input(graddiv({"verify", "--instances", "99999999999999999999"}), "to 1000000");
  // Not the largest seed there is, silently.
  expect_bad_input(graddiv({"verify", "--seed", "18446744073709551616"}),
                   "found 18446744073709551616, expected a whole number from 0 to "
                   "18446744073709551615");
  for (const Arguments& call : {Arguments{"verify"},
                                {"tightness"},
                                {"measure", "rows"},
                                {"train", "rows", "--step", "1"},
                                {"experiment", "replication"}}) {
    for (const char* seed : {"-1", "010", "0x1", "1e3", "1.5", "", "18446744073709551616"}) {
      Arguments with_seed = call;
      with_seed.insert(with_seed.end(), {"--seed", seed});
      expect_bad_input(graddiv(with_seed), fmt::format("--seed: found {}, expected a whole", seed));
    }
  }
  for (const char* budget : {"nan", "inf", "1e400", "-1", "1s"}) {
    expect_bad_input(graddiv({"verify", "--time-budget", budget}), "expected a number from 0 to");
  }
  expect_bad_input(graddiv({"check", "glm", noise_floor(), "--batch", "1.5"}),
                   "--batch: found 1.5, expected a whole number from 1 to 1000000000");
  expect_bad_input(graddiv({"expect", noise_floor(), "--quantity", "distanc"}),
                   "--quantity: found distanc, expected distance, suboptimality");
  expect_bad_input(graddiv({"expect", noise_floor(), "--quantity", "distanc"}),
                   "did you mean 'distance'?");
}

TEST_F(Usage, StoresThatAreNoneOrDamagedAreToldApart) {
  const auto text = write("text.sqlite", "not a store");
  ASSERT_EQ(graddiv({"verify", "glm", "--instances", "1", "--store", "s.sqlite"}).code, 0);
  const auto cut = write("cut.sqlite", read("s.sqlite").substr(0, 5000));
  const std::vector<std::pair<Arguments, Arguments>> calls{
      {{"report"}, {}}, {{"diff", "s.sqlite"}, {}}, {{"diff"}, {"s.sqlite"}}};
  for (const auto& around : calls) {
    const auto command_line = [&](const std::string& store) {
      Arguments arguments = around.first;
      arguments.push_back(store);
      arguments.insert(arguments.end(), around.second.begin(), around.second.end());
      return graddiv(arguments);
    };
    for (const auto& store : {std::string("missing.sqlite"), text, std::string(".")}) {
      expect_bad_input(command_line(store), store);
    }
    const auto damaged = command_line(cut);
    EXPECT_EQ(damaged.code, 3);
    EXPECT_NE(damaged.err.find(cut), std::string::npos) << damaged.err;
  }
}

TEST_F(Usage, FilesThatAreNotThereOrNoInstancesExitWithTwo) {
  const auto text = write("text.json", "not JSON");
  const auto wrong = write("wrong.json", R"({"format": "graddiv-instance/1", "problem": {}})");
  const std::vector<Arguments> readers{{"expect"}, {"diversity"}, {"facts"}, {"check", "glm"}};
  for (auto arguments : readers) {
    for (const auto& file : {std::string("missing.json"), text, wrong, std::string(".")}) {
      auto command_line = arguments;
      command_line.push_back(file);
      expect_bad_input(graddiv(command_line), file);
    }
  }
}

TEST_F(Usage, AFullDiskIsAnOutputFailure) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  const std::string command =
      std::string(GRADDIV_EXECUTABLE) + " list > /dev/full 2> " + path("err");
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 3);
  EXPECT_EQ(read("err"), "graddiv: cannot write to standard output\n");
}

TEST_F(Usage, ALimitOnTheSizeOfFilesIsAnOutputFailureAndLosesNothing) {
  ASSERT_EQ(graddiv({"verify", "glm", "--instances", "1", "--store", "s.sqlite"}).code, 0);
  const auto limited = [&](const std::string& arguments) {
    const std::string command = "cd " + path("") + " && ulimit -f 8 && " GRADDIV_EXECUTABLE " " +
                                arguments + " > out 2> err";
    return WEXITSTATUS(std::system(command.c_str()));
  };
  EXPECT_EQ(limited("report s.sqlite -o r.pdf"), 3);
  EXPECT_EQ(read("err"), "graddiv: r.tex: cannot be written: File too large\n");
  EXPECT_EQ(limited("verify glm --instances 9 --store s.sqlite"), 3);
  EXPECT_TRUE(read("err").starts_with("graddiv: s.sqlite: cannot be written: ")) << read("err");
  EXPECT_EQ(files(), (std::vector<std::string>{"err", "out", "s.sqlite"}));
  EXPECT_EQ(graddiv({"verify", "glm", "--instances", "1", "--store", "s.sqlite"}).code, 0);
  EXPECT_EQ(limited("verify glm --instances 9 --store new.sqlite"), 3);
  EXPECT_TRUE(read("err").starts_with("graddiv: new.sqlite: cannot be ")) << read("err");
  EXPECT_EQ(graddiv({"verify", "glm", "--instances", "1", "--store", "new.sqlite"}).code, 0);
  EXPECT_EQ(limited("expect " + noise_floor(100) + " --json"), 3);
  EXPECT_EQ(read("err"), "graddiv: cannot write to standard output\n");
}

TEST_F(Usage, GlobalOptionsAreAcceptedBehindTheCommandToo) {
  EXPECT_EQ(graddiv({"--quiet", "list"}).code, 0);
  EXPECT_EQ(graddiv({"list", "--quiet"}).code, 0);
}

}  // namespace
}  // namespace graddiv::cli
