#include "theorems/gallery.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "number/exact.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

std::string test_name(const std::string& file) {
  std::string name = file.substr(0, file.rfind('.'));
  std::ranges::replace(name, '-', '_');
  return name;
}

class Gallery : public testing::TestWithParam<GalleryEntry> {};

// Tightness can only improve: what the gallery once reached, its instance must reach for ever.
TEST_P(Gallery, ReachesItsRatioWithRigorousEvidence) {
  const GalleryEntry& entry = GetParam();
  const Finding finding = replay(find_theorem(entry.theorem).statement, entry).finding;
  EXPECT_EQ(finding.verdict, Verdict::proved) << finding.reason;
  EXPECT_TRUE(finding.evidence == Evidence::exact || finding.evidence == Evidence::interval);
  const auto found = attained(finding, entry.regime);
  ASSERT_TRUE(found.has_value()) << "claims nothing in the regime " << to_string(entry.regime);
  EXPECT_EQ((found->ratio.lower() >= enclose(entry.ratio)).truth(), Truth::yes)
      << found->ratio.to_string() << " is below the stored " << to_string(entry.ratio);
  EXPECT_EQ((found->ratio <= 1).truth(), Truth::yes) << found->ratio.to_string();
  EXPECT_FALSE(entry.shows.empty());
}

INSTANTIATE_TEST_SUITE_P(Replays, Gallery, testing::ValuesIn(gallery()), [](const auto& parameter) {
  return test_name(parameter.param.file_name());
});

const GalleryEntry& entry_of(const std::string& theorem, Regime regime) {
  for (const GalleryEntry& entry : gallery()) {
    if (entry.theorem == theorem && entry.regime == regime) return entry;
  }
  throw std::out_of_range(theorem + " has no entry for " + std::string(to_string(regime)));
}

Rational ratio_of(const std::string& theorem, Regime regime) {
  return entry_of(theorem, regime).ratio;
}

TEST(GalleryAsAWhole, HasOneFileForEveryTheoremAndRegimeUnderItsName) {
  std::set<std::string> files;
  for (const GalleryEntry& entry : gallery()) {
    EXPECT_NO_THROW(find_theorem(entry.theorem)) << entry.theorem;
    EXPECT_TRUE(files.insert(entry.file_name()).second) << entry.file_name() << " twice";
  }
  std::set<std::string> names;
  for (const auto& file : detail::embedded_gallery()) names.emplace(file.name);
  EXPECT_EQ(names, files);
}

// But for the two whose left side, a probability, is known from draws only: those certify no ratio.
TEST(GalleryAsAWhole, HasAnEntryForEveryTheorem) {
  for (const Theorem& theorem : theorems()) {
    if (theorem.id == "glm-gaussian" || theorem.id == "glm-rademacher") continue;
    EXPECT_TRUE(std::ranges::any_of(gallery(), [&](const GalleryEntry& entry) {
      return entry.theorem == theorem.id;
    })) << theorem.id;
  }
}

// A statement on mini-batches with a δ is not done with B = 1; its serial case has no other.
TEST(GalleryAsAWhole, HasBothRegimesOfEveryTheoremWithADelta) {
  for (const GalleryEntry& entry : gallery()) {
    if (entry.regime == Regime::any || entry.theorem.starts_with("serial-")) continue;
    EXPECT_NO_THROW(entry_of(entry.theorem, Regime::delta_zero)) << entry.theorem;
    EXPECT_NO_THROW(entry_of(entry.theorem, Regime::delta_positive)) << entry.theorem;
  }
}

// The known tightness of theory G, to be reached or beaten.
TEST(GalleryMarks, OfTightBoundsAre1Exactly) {
  for (const char* theorem :
       {"glm-sharp", "glm", "sparse-conflicts", "lower-replicated", "lower-fixed-step"}) {
    EXPECT_EQ(ratio_of(theorem, Regime::any), 1) << theorem;
  }
  for (const char* theorem : {"one-step", "second-moment", "stability-convex"}) {
    EXPECT_EQ(ratio_of(theorem, Regime::delta_zero), 1) << theorem;
    EXPECT_EQ(ratio_of(theorem, Regime::delta_positive), 1) << theorem;
  }
  for (const char* theorem : {"rate-convex", "rate-smooth"}) {
    EXPECT_EQ(ratio_of(theorem, Regime::delta_zero), 1) << theorem;
  }
}

TEST(GalleryMarks, LowerReplicatedIsTightInDistance) {
  const GalleryEntry& entry = entry_of("lower-replicated", Regime::any);
  const Finding finding = check(find_theorem(entry.theorem).statement, entry.instance);
  EXPECT_TRUE(std::ranges::any_of(finding.conclusions, [](const ConclusionFinding& f) {
    return f.conclusion.place.part == "distance" && f.tightness &&
           (*f.tightness == 1) == Truth::yes;
  }));
}

TEST(GalleryMarks, OfTheStronglyConvexAndPlRatesAreReached) {
  for (const char* theorem : {"rate-strongly-convex", "rate-pl"}) {
    EXPECT_GE(ratio_of(theorem, Regime::delta_zero), parse_rational("0.973")) << theorem;
    EXPECT_GE(ratio_of(theorem, Regime::delta_positive), parse_rational("0.86")) << theorem;
    const Finding finding =
        check(find_theorem(theorem).statement, entry_of(theorem, Regime::delta_positive).instance);
    const auto found = attained(finding, Regime::delta_positive);
    ASSERT_TRUE(found && found->delta) << theorem;
    EXPECT_EQ((*found->delta >= 19).truth(), Truth::yes) << theorem;
  }
}

TEST(GalleryMarks, GeneralizationIsAtLeastOneHalf) {
  EXPECT_GE(ratio_of("generalization", Regime::any), Rational(1, 2));
}

}  // namespace
}  // namespace graddiv
