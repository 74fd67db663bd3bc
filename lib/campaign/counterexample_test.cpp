#include "campaign/counterexample.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace graddiv {
namespace {

namespace fs = std::filesystem;

constexpr auto instance_text = R"({"format": "graddiv-instance/1",
  "problem": {"family": "quadratic", "dimension": 2,
              "functions": [{"A": [["2", "0"], ["0", "1/3"]], "c": ["1", "-1/2"], "offset": "0"}],
              "domain": {"kind": "all"}},
  "run": {"start": ["0", "0"], "step": "1/64", "batch": 4, "iterations": 3}})";

class CounterexampleFileTest : public testing::Test {
 protected:
  ~CounterexampleFileTest() override { fs::remove(file_); }

  std::string error_for(const std::string& text) const {
    std::ofstream(file_) << text;
    try {
      read_counterexample(file_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  const std::string file_ =
      (fs::temp_directory_path() / ("graddiv-counterexample-" + std::to_string(getpid()))).string();
};

TEST_F(CounterexampleFileTest, ReadsBackWhatWasWritten) {
  CounterexampleFile saved{.statement = "one-step",
                           .mutant = "without-delta",
                           .verdict = Verdict::refuted,
                           .evidence = Evidence::exact,
                           .reason = "k = 1: 2 ≤ 1 is \"false\"",
                           .sides = Sides{"k = 1", "2", "[0.5, 1]"},
                           .sampled = SampledBy{5000, 18446744073709551615U, 17, {1, 39'000'000}},
                           .origin = "random: convex",
                           .version = "0.1.0",
                           .commit = "abc",
                           .seed = 18446744073709551615U,
                           .number = 17,
                           .is_smallest = false,
                           .instance = read_instance(JsonReader::from_text(instance_text, "text"))};
  std::ofstream(file_) << to_text(saved);
  const auto read = read_counterexample(file_);
  EXPECT_EQ(read.statement, saved.statement);
  EXPECT_EQ(read.mutant, saved.mutant);
  EXPECT_EQ(read.verdict, saved.verdict);
  EXPECT_EQ(read.evidence, saved.evidence);
  EXPECT_EQ(read.reason, saved.reason);
  EXPECT_EQ(read.sides, saved.sides);
  EXPECT_EQ(read.sampled, saved.sampled);
  EXPECT_EQ(read.is_smallest, saved.is_smallest);
  EXPECT_EQ(read.origin, saved.origin);
  EXPECT_EQ(read.version, saved.version);
  EXPECT_EQ(read.commit, saved.commit);
  EXPECT_EQ(read.seed, saved.seed);
  EXPECT_EQ(read.number, saved.number);
  EXPECT_EQ(to_text(read.instance), to_text(saved.instance));

  saved.mutant.reset();
  saved.seed.reset();
  saved.number.reset();
  saved.evidence.reset();
  saved.reason.reset();
  saved.sides.reset();
  saved.sampled.reset();
  saved.is_smallest = true;
  std::ofstream(file_) << to_text(saved);
  const auto plain = read_counterexample(file_);
  EXPECT_FALSE(plain.mutant);
  EXPECT_FALSE(plain.seed);
  EXPECT_FALSE(plain.number);
  EXPECT_FALSE(plain.evidence);
  EXPECT_FALSE(plain.reason);
  EXPECT_FALSE(plain.sides);
  EXPECT_FALSE(plain.sampled);
  EXPECT_TRUE(plain.is_smallest);
}

TEST_F(CounterexampleFileTest, SendsPlainInstancesToCheck) {
  const auto error = error_for(instance_text);
  EXPECT_NE(error.find("graddiv check ID " + file_), std::string::npos) << error;
}

TEST_F(CounterexampleFileTest, NamesWhatIsWrong) {
  const std::string head = R"({"format": "graddiv-counterexample/1", "statement": "glm", )";
  const std::string tail = std::string(R"("instance": )") + instance_text + "}";
  EXPECT_EQ(error_for(head + R"("verdict": "refuted", )" + tail), "");
  EXPECT_NE(
      error_for(head + R"("verdict": "perhaps", )" + tail).find("/verdict: found \"perhaps\""),
      std::string::npos);
  EXPECT_NE(error_for(head + R"("verdict": "refuted", "seed": "1x", )" + tail).find("/seed"),
            std::string::npos);
  EXPECT_NE(
      error_for(head + R"("verdict": "refuted", "sides": {"left": "1"}, )" + tail).find("/sides"),
      std::string::npos);
  EXPECT_NE(
      error_for(head + R"("verdict": "refuted", "shrinking": "done", )" + tail).find("/shrinking"),
      std::string::npos);
  EXPECT_NE(error_for(head + R"("verdict": "refuted", "sed": "1", )" + tail).find("sed"),
            std::string::npos);
  EXPECT_NE(error_for(head + R"("verdict": "refuted"})").find("instance"), std::string::npos);
  EXPECT_NE(error_for(head + R"("verdict": "refuted", "instance": {"format": "x"}})")
                .find("/instance/format"),
            std::string::npos);
}

}  // namespace
}  // namespace graddiv
