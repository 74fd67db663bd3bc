#include "workbench/tightness.h"

#include <gtest/gtest.h>

#include "workbench/lookup.h"

namespace graddiv::workbench {
namespace {

TEST(TightnessRequests, ReplayTheGalleryInTheOrderOfTheTheorems) {
  TightnessRequest request;
  request.theorems = select_theorems({"glm-gaussian", "glm", "second-moment"});
  std::int64_t most = 0;
  request.progress = [&](std::int64_t done, std::int64_t total) {
    EXPECT_LE(done, total);
    most = std::max(most, done);
  };
  const TightnessResult result = tightness(request);
  std::vector<std::string> ids;
  for (const Sandwich& sandwich : result.sandwiches) ids.push_back(sandwich.theorem->id);
  EXPECT_EQ(ids.size(), 3U);  // second-moment has one at δ = 0 and one at δ > 0
  EXPECT_EQ(std::ranges::count(ids, "second-moment"), 2);
  EXPECT_EQ(most, 3);
  ASSERT_EQ(result.without.size(), 1U);
  EXPECT_EQ(result.without[0]->id, "glm-gaussian");
  EXPECT_TRUE(result.all_well());
}

TEST(TightnessResults, AreNotWellWhereTheGalleryIsLessSharpOrATheoremRefuted) {
  TightnessResult result;
  result.sandwiches.push_back({});
  EXPECT_TRUE(result.all_well());
  result.sandwiches[0].as_stored = false;
  EXPECT_FALSE(result.all_well());
  result.sandwiches.clear();
  result.counterexamples.push_back({});
  EXPECT_FALSE(result.all_well());
}

TEST(TightnessInWords, RoundsWhatABoundIsLooseByUpwards) {
  const auto words = [](const char* ratio) {
    Attained attained;
    attained.ratio = Enclosure::parse(ratio);
    return in_words(attained);
  };
  EXPECT_EQ(words("1"), "tight");
  EXPECT_EQ(words("1/2"), "loose by ×2");
  EXPECT_EQ(words("2/3"), "loose by ×1.5");
  EXPECT_EQ(words("3/4"), "loose by ×1.334");
  EXPECT_EQ(words("999/1000"), "loose by ×1.002");  // as in a report
  EXPECT_EQ(words("0"), "nothing above 0 known");
}

}  // namespace
}  // namespace graddiv::workbench
