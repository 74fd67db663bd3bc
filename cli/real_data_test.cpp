#include <filesystem>

#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class RealData : public testing::ToolTest {
 protected:
  /// Logistic regression in dimension 2 on a file of data.
  std::string instance(const std::string& data_file) const {
    return write("instance.json", R"({"format": "graddiv-instance/1",
      "problem": {"family": "glm", "loss": "logistic", "data": {"file": ")" +
                                      data_file + R"("}},
      "run": {"start": [0, 0], "step": "1/8", "batch": 1, "iterations": 2}})");
  }
};

TEST_F(RealData, IsReadExactly) {
  write("rows", "+1 1:0.1 2:0.3\r\n-1 2:0.1 # in tenths");
  const auto file = instance("rows");
  // max β_i = max ‖x_i‖²/4 = (0.01 + 0.09)/4, which the doubles next to 0.1 and 0.3 would not give.
  const auto facts = graddiv({"facts", file, "--json"}).json().at("facts");
  EXPECT_EQ(facts.at("component_smoothness").at("exact"), "1/40");
}

// Each of these is bad input: exit code 2, a place in the error, no file written.
TEST_F(RealData, ThatIsBadIsRefusedWithItsPlace) {
  const std::string ones = "1 1:1 2:1\n";
  const std::vector<std::pair<std::string, std::string>> bad = {
      {ones + "1 1:abc\n", "rows:2:5: found \"abc\", expected a number"},
      {ones + "1 1:nan\n", "rows:2:5: found nan, expected a number that is finite"},
      {ones + "1 9999999999:1\n", "rows:2:3: found index 9999999999, expected at most 2147483646"},
      {ones + "1 2:1 1:1", "rows:2:7: found index 1, expected one above 2: indices ascend"},
      {"", "rows: found an empty file"},
      {std::string("\x1f\x8b\x08\0\0\0\0\0", 8), "rows: found compressed data that end too early"},
  };
  for (const auto& [text, message] : bad) {
    write("rows", text);
    const auto file = instance("rows");
    const auto before = files();
    expect_bad_input(graddiv({"facts", file}), message);
    expect_bad_input(graddiv({"check", "one-step", file}), message);
    expect_bad_input(graddiv({"expect", file}), message);
    EXPECT_EQ(files(), before);
  }
  std::filesystem::create_directory(path("folder"));
  expect_bad_input(graddiv({"facts", instance("folder")}), "folder: found a folder without data");
  expect_bad_input(graddiv({"facts", instance("nothing")}), "nothing: found no such file");
}

}  // namespace
}  // namespace graddiv::cli
