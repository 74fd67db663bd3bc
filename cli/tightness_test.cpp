#include <filesystem>

#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class TightnessCommand : public testing::ToolTest {};

TEST_F(TightnessCommand, GivesTheSandwichOfATheoremInBothRegimes) {
  const auto outcome = graddiv({"tightness", "rate-smooth", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto entries = outcome.json().at("theorems");
  ASSERT_EQ(entries.size(), 2U);
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.at("id"), "rate-smooth");
    EXPECT_EQ(entry.at("evidence"), "exact");
    EXPECT_EQ(entry.at("instance").at("format"), "graddiv-instance/1");
  }
  EXPECT_EQ(entries[1].at("regime"), "delta-zero");
  EXPECT_EQ(entries[1].at("ratio").at("lower"), "1");
  EXPECT_EQ(entries[1].at("verdict"), "tight");
  EXPECT_EQ(entries[0].at("regime"), "delta-positive");
  EXPECT_TRUE(entries[0].at("verdict").get<std::string>().starts_with("loose by ×1.0"))
      << entries[0];
}

TEST_F(TightnessCommand, ItsInstancesCanBeCheckedAsTheyAre) {
  const auto entry = graddiv({"tightness", "glm", "--json"}).json().at("theorems").at(0);
  write("instance.json", entry.at("instance").dump());
  const auto outcome = graddiv({"check", "glm", "instance.json", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.json().at("verdict"), "proved");
}

TEST_F(TightnessCommand, PeopleSeeAllOfIt) {
  const auto outcome = graddiv({"tightness", "glm", "generalization"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  for (const char* text : {"tight", "loose by ×2", "graddiv-instance/1", "attained at"}) {
    EXPECT_NE(outcome.out.find(text), std::string::npos) << text << "\n" << outcome.out;
  }
}

TEST_F(TightnessCommand, ASearchNeedsNoGalleryAndSavesWhatItImproves) {
  // One half at the gallery's instance; a search cannot do worse, and saves only what is better.
  std::filesystem::create_directory(path("gallery"));
  const auto arguments = [](const char* seed) {
    return Arguments{"tightness", "generalization", "--search", "60",    "--seed",
                     seed,        "--save",         "gallery",  "--json"};
  };
  const auto first = graddiv(arguments("3"));
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(first.out, graddiv(arguments("3")).out);  // the same for the same seed
  for (const auto& entry : first.json().at("theorems")) {
    const bool saved = exists("gallery/generalization.json");
    EXPECT_EQ(saved, entry.at("improved").get<bool>());
  }
}

// Rows of unequal length leave the bound of glm loose, and the gallery's instance stays.
TEST_F(TightnessCommand, ADullStartReplacesNothing) {
  write("dull.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "linear", "dimension": 2,
                "functions": [{"a": ["4", "0"]}, {"a": ["0", "1"]}]},
    "run": {"start": ["0", "0"], "step": "1", "batch": 1, "iterations": 0}})");
  const auto outcome = graddiv({"tightness", "glm", "--start", "dull.json", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto entry = outcome.json().at("theorems").at(0);
  EXPECT_EQ(entry.at("improved"), false);
  EXPECT_EQ(entry.at("ratio").at("lower"), "1");

  std::filesystem::create_directory(path("gallery"));
  EXPECT_EQ(graddiv({"tightness", "glm", "--start", "dull.json", "--save", "gallery"}).code, 0);
  EXPECT_FALSE(exists("gallery/glm.json"));
}

TEST_F(TightnessCommand, WrongUseIsAnError) {
  expect_bad_input(graddiv({"tightness", "nonsense"}), "nonsense");
  expect_bad_input(graddiv({"tightness", "glm", "--save", "nowhere"}), "nowhere");
  expect_bad_input(graddiv({"tightness", "glm", "--search", "-1"}), "--search");
  EXPECT_NE(graddiv({"tightness", "glm", "--start", "missing.json"}).code, 0);
}

}  // namespace
}  // namespace graddiv::cli
