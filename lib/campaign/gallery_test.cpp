#include "campaign/gallery.h"

#include <gtest/gtest.h>

#include "number/exact.h"

namespace graddiv {
namespace {

constexpr auto entry_text = R"({
  "format": "graddiv-gallery/1",
  "theorem": "rate-pl",
  "regime": "delta-positive",
  "ratio": "361/420",
  "shows": "A valley.",
  "instance": {
    "format": "graddiv-instance/1",
    "problem": { "family": "quadratic", "dimension": 1, "functions": [{ "A": [["1"]], "c": ["0"] }]
    },
    "run": { "start": ["1"], "step": "1/4", "batch": 2, "iterations": 1 }
  }
})";

ConclusionFinding conclusion(const Text& where, const Enclosure& left, const Enclosure& right,
                             std::optional<Enclosure> delta = {}) {
  const Comparison comparison = left <= right;
  return {
      {.place = where, .applies = Truth::yes, .comparison = comparison, .delta = std::move(delta)},
      comparison.truth(),
      left / right};
}

Finding proved(std::vector<ConclusionFinding> conclusions) {
  Finding finding;
  finding.verdict = Verdict::proved;
  finding.evidence = Evidence::exact;
  finding.conclusions = std::move(conclusions);
  return finding;
}

TEST(Attained, IsTheSharpestConclusionOfEachRegime) {
  const Finding finding =
      proved({conclusion("a", 1, 2, 0), conclusion("b", 2, 3, 0), conclusion("c", 1, 3, 0),
              conclusion("d", 1, 7, Enclosure(1) / 9), conclusion("e", 1, 5)});
  const auto all = attained(finding);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].regime, Regime::any);
  EXPECT_EQ(all[0].where, "e");
  EXPECT_EQ(all[1].regime, Regime::delta_zero);
  EXPECT_EQ(all[1].where, "b");
  EXPECT_EQ(exact_value(all[1].ratio), Rational(2, 3));
  EXPECT_EQ(all[2].regime, Regime::delta_positive);
  EXPECT_EQ(exact_value(*all[2].delta), Rational(1, 9));
}

TEST(Attained, LeavesOutWhatIsNotCertified) {
  Finding finding = proved({conclusion("a", 1, 2)});
  finding.evidence = Evidence::statistical;
  EXPECT_TRUE(attained(finding).empty());
  finding.evidence = Evidence::exact;
  finding.verdict = Verdict::inconclusive;
  EXPECT_TRUE(attained(finding).empty());

  finding = proved({conclusion("a", 1, 2), conclusion("b", 1, 3)});
  finding.conclusions[0].conclusion.is_lemma = true;
  EXPECT_EQ(attained(finding, Regime::any).value().where, "b");
  finding.conclusions[1].conclusion.applies = Truth::unknown;
  EXPECT_TRUE(attained(finding).empty());
}

// A δ that may be 0 or not is in neither regime.
TEST(Attained, NeedsToKnowTheRegime) {
  EXPECT_TRUE(attained(proved({conclusion("a", 1, 2, Enclosure::hull(0, 1))})).empty());
}

// w_0 ≤ 4 · w_0 for the statement, in the file a ratio that its instance has or has not.
TEST(Replay, SaysWhetherTheStoredRatioIsStillAttained) {
  const Statement quarter = Statement().claims([](const Case&) {
    return std::vector<Conclusion>{{"w_0", Truth::yes, Enclosure(1) <= 4}};
  });
  GalleryEntry entry = read_gallery_entry(JsonReader::from_text(entry_text, "entry"));
  entry.regime = Regime::any;
  entry.ratio = Rational(1, 4);
  SharpestRecord record = to_record(entry, replay(quarter, entry));
  EXPECT_TRUE(record.as_stored);
  EXPECT_EQ(record.ratio, "0.25");
  EXPECT_EQ(record.evidence, Evidence::exact);
  EXPECT_EQ(record.where, "w_0");
  entry.ratio = Rational(1, 3);
  record = to_record(entry, replay(quarter, entry));
  EXPECT_FALSE(record.as_stored);
  EXPECT_EQ(record.ratio, "0.25");
  entry.regime = Regime::delta_zero;  // of which nothing is claimed
  record = to_record(entry, replay(quarter, entry));
  EXPECT_FALSE(record.as_stored);
  EXPECT_FALSE(record.ratio.has_value());
}

// Of an interval only the lower end is certified.
TEST(Attained, GoesByTheLowerEnd) {
  const Enclosure wide = Enclosure::hull(Enclosure(1) / 4, Enclosure(3) / 4);
  const Finding finding = proved({conclusion("wide", wide, 1), conclusion("sure", 1, 3)});
  EXPECT_EQ(attained(finding, Regime::any).value().where, "sure");
}

TEST(GalleryEntry, ReadsBackWhatItWrites) {
  const GalleryEntry entry = read_gallery_entry(JsonReader::from_text(entry_text, "entry"));
  EXPECT_EQ(entry.theorem, "rate-pl");
  EXPECT_EQ(entry.regime, Regime::delta_positive);
  EXPECT_EQ(entry.ratio, Rational(361, 420));
  EXPECT_EQ(entry.file_name(), "rate-pl--delta-positive.json");
  const std::string written = to_text(entry);
  EXPECT_EQ(to_text(read_gallery_entry(JsonReader::from_text(written, "written"))), written);
}

TEST(GalleryEntry, ThatMakesNoSenseIsAnError) {
  const auto with = [](const std::string& what, const std::string& other) {
    std::string changed = entry_text;
    changed.replace(changed.find(what), what.size(), other);
    return JsonReader::from_text(changed, "entry");
  };
  EXPECT_THROW(read_gallery_entry(with("delta-positive", "delta-negative")), InputError);
  EXPECT_THROW(read_gallery_entry(with("361/420", "nearly 1")), InputError);
  EXPECT_THROW(read_gallery_entry(with("graddiv-gallery/1", "graddiv-gallery/2")), InputError);
  EXPECT_THROW(read_gallery_entry(with("\"shows\"", "\"proves\"")), InputError);
}

TEST(StoredRatio, IsExactWhereThatIsShortAndRoundedDownElsewhere) {
  EXPECT_EQ(stored_ratio(Enclosure(361) / 420), Rational(361, 420));
  const Enclosure third = (Enclosure(1) / 3).as_interval();
  EXPECT_EQ(stored_ratio(third), parse_rational("0.333333333333"));
  EXPECT_EQ((enclose(stored_ratio(sqrt(Enclosure(1) / 2))) <= sqrt(Enclosure(1) / 2)).truth(),
            Truth::yes);
}

}  // namespace
}  // namespace graddiv
