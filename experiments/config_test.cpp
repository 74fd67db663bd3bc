#include "experiments/config.h"

#include <gtest/gtest.h>

#include "experiments/experiment.h"
#include "json/input_error.h"

namespace graddiv::experiments {
namespace {

const std::vector<Setting> known = {{"count", Kind::integer, 1, 100},
                                    {"share", Kind::number, 0, 1},
                                    {"sizes", Kind::integers, 2, 64},
                                    {"model", Kind::word, 0, 0, {"logistic", "mlp"}}};

Config read(const std::string& text, bool full = false) {
  return Config::read(known, text, "own.toml", full);
}

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Configs, AreRead) {
  const Config config = read(
      "count = 7\nshare = 1 # an integer is a number\nsizes = [2, 64]\n"
      "model = \"mlp\"\n");
  EXPECT_EQ(config.integer("count"), 7);
  EXPECT_EQ(config.number("share"), 1);
  EXPECT_EQ(config.integers("sizes"), (std::vector<std::int64_t>{2, 64}));
  EXPECT_EQ(config.word("model"), "mlp");
  EXPECT_THROW(config.integer("nothing"), std::out_of_range);
}

TEST(Configs, StandInTheOrderOfTheKnownOnes) {
  const Config config = read("model = \"mlp\"\nsizes = [2]\nshare = 0\ncount = 1\n");
  std::vector<std::string> names;
  for (const auto& entry : config.entries()) names.push_back(entry.name);
  EXPECT_EQ(names, (std::vector<std::string>{"count", "share", "sizes", "model"}));
}

TEST(Configs, TheTableFullCountsOnlyWhereItIsAskedFor) {
  const std::string text = "count = 7\n[full]\ncount = 70\n";
  EXPECT_EQ(read(text).integer("count"), 7);
  EXPECT_EQ(read(text, true).integer("count"), 70);
  EXPECT_EQ(read(text).overridden_by(read("count = 8")).integer("count"), 8);
}

TEST(Configs, ErrorsNameFileLineAndExpectation) {
  EXPECT_EQ(error_of("share = 0.5\n\ncuont = 3\n"),
            "own.toml:3: unknown key cuont, expected one of count, share, sizes, model");
  EXPECT_EQ(error_of("count = \"7\""),
            "own.toml:1: count: found \"7\", expected an integer from 1 to 100");
  EXPECT_EQ(error_of("count = 7.0"),
            "own.toml:1: count: found 7.0, expected an integer from 1 to 100");
  EXPECT_EQ(error_of("\ncount = 0"),
            "own.toml:2: count: found 0, expected an integer from 1 to 100");
  EXPECT_EQ(error_of("count = 101"),
            "own.toml:1: count: found 101, expected an integer from 1 to 100");
  EXPECT_EQ(error_of("share = nan"), "own.toml:1: share: found nan, expected a number from 0 to 1");
  EXPECT_EQ(error_of("share = 1.5"), "own.toml:1: share: found 1.5, expected a number from 0 to 1");
  EXPECT_EQ(error_of("sizes = 4"), "own.toml:1: sizes: found 4, expected a list [a, b, …]");
  EXPECT_EQ(error_of("sizes = []"), "own.toml:1: sizes: found [], expected a list [a, b, …]");
  EXPECT_EQ(error_of("sizes = [4, 1]"),
            "own.toml:1: sizes: found 1, expected an integer from 2 to 64");
  EXPECT_EQ(error_of("model = \"cnn\""),
            "own.toml:1: model: found \"cnn\", expected one of \"logistic\", \"mlp\"");
  EXPECT_EQ(error_of("[full]\nx = 1"),
            "own.toml:2: unknown key x, expected one of count, share, sizes, model")
      << "also where it is not asked for";
  EXPECT_EQ(error_of("[count]\nx = 1"),
            "own.toml:1: count: found a table, expected an integer from 1 to 100");
}

TEST(Configs, WhatIsNoTomlIsSaidToBeThat) {
  for (const char* text :
       {"count = \n", "count 7", "count = 7\ncount = 8", "[full", "count = [1"}) {
    const std::string error = error_of(text);
    EXPECT_TRUE(error.starts_with("own.toml:")) << error;
    EXPECT_NE(error.find(": no TOML: "), std::string::npos) << error;
  }
  EXPECT_TRUE(error_of("share = 1\ncount = \n").starts_with("own.toml:2: ")) << "the line";
}

TEST(Configs, TheBuiltInOnesAreWhole) {
  for (const Experiment& experiment : experiments()) {
    for (const bool full : {false, true}) {
      EXPECT_EQ(default_config(experiment, full).entries().size(), experiment.settings.size())
          << experiment.id;
    }
  }
}

}  // namespace
}  // namespace graddiv::experiments
