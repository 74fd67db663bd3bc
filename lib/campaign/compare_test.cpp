#include "campaign/compare.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "campaign/store.h"
#include "campaign/subject.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

// A store with one of everything, and a copy of it that a test edits.
class Compare : public testing::Test {
 protected:
  Compare() {
    fs::create_directories(folder_);
    fill();
    fs::copy_file(before(), after());
  }
  ~Compare() override { fs::remove_all(folder_); }

  std::string before() const { return (folder_ / "before.sqlite").string(); }
  std::string after() const { return (folder_ / "after.sqlite").string(); }

  static std::string in_words(const std::vector<Change>& changes) {
    std::string text;
    for (const Change& c : changes) {
      text += c.trend == Trend::worse ? "worse: " : c.trend == Trend::better ? "better: " : "";
      text += c.what + "\n";
    }
    return text;
  }
  /// The changes that the edit makes of the copy, one a line: "worse: refuted 0 → 1"; the copy is
  /// as it was again afterwards.
  std::string edited(const std::string& sql) const {
    SQLite::Database(after(), SQLite::OPEN_READWRITE).exec(sql);
    const auto found =
        in_words(compare({before(), Store::Mode::read}, {after(), Store::Mode::read}));
    fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
    return found;
  }
  /// The changes the other way round.
  std::string back(const std::string& sql) const {
    SQLite::Database(after(), SQLite::OPEN_READWRITE).exec(sql);
    const auto found =
        in_words(compare({after(), Store::Mode::read}, {before(), Store::Mode::read}));
    fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
    return found;
  }

 private:
  void fill() const {
    Store store(before(), Store::Mode::write);
    store.write(Provenance{"1.0", "abc", 7, "2026-01-01T00:00:00Z", "cpu", {}, "f0", "3 of 5"});
    store.write(StatementRecord{"glm", "Title", "Theorem 1", "yin2018", "$x$", {"n ≥ 2", "$d$"}});
    store.write(StatementRecord{"gone", "", "", "", "", {}});
    for (int number = 0; number < 4; ++number) {
      VerdictRecord v;
      v.theorem = "glm";
      v.number = number;
      v.verdict = number < 2 ? Verdict::proved : Verdict::supported;
      v.evidence = number < 2 ? Evidence::exact : Evidence::statistical;
      v.is_telling = true;
      v.is_telling_at_positive_delta = number == 1;
      v.conclusions = 5;
      if (number < 2) v.tightness = number == 0 ? "0.9" : "0.5";
      v.instance = "{\"number\": " + std::to_string(number) + "}";
      v.series = {{Place::at(1), 0.5, 1}, {Place::at(2), 0.25, 1}};
      store.write(v);
    }
    MutantRecord mutant;
    mutant.theorem = "glm";
    mutant.mutant = "mean";
    mutant.change = "$1 \\to 0$";
    mutant.refuted = true;
    mutant.evidence = Evidence::exact;
    mutant.ratio = "1.5";
    mutant.truth = Verdict::proved;
    store.write(mutant);
    ConstructionRecord construction;
    construction.id = "slope";
    construction.law = "$w$";
    construction.law_holds = true;
    store.write(construction);
    SharpestRecord sharpest;
    sharpest.theorem = "glm";
    sharpest.ratio = "1";
    sharpest.stored = "1";
    sharpest.as_stored = true;
    sharpest.evidence = Evidence::exact;
    store.write(sharpest);
    FigureRecord figure;
    figure.id = "speed";
    figure.theorem = "glm";
    figure.curves.emplace_back();
    store.write(figure);
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("graddiv-compare-" + std::to_string(getpid()) + "-" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Compare, FindsNothingBetweenEqualCampaigns) {
  EXPECT_EQ(edited(""), "");
  EXPECT_EQ(edited("UPDATE verdicts SET reason = 'in other words', bits = 256"), "");
  EXPECT_EQ(edited("UPDATE provenance SET date = '2027', cpu = 'another', code = 'abd'"), "");
}

// Each is one of the subjects that both have, of the right kind.
TEST_F(Compare, TellsWhatAChangeIsAbout) {
  using enum Subject::Kind;
  const std::pair<std::string, Subject> edits[] = {
      {"UPDATE provenance SET plan = 'all'", {campaign}},
      {"UPDATE statements SET latex = '$y$' WHERE id = 'glm'", {theorem, "glm"}},
      {"UPDATE verdicts SET conclusions = 4 WHERE number = 2", {theorem, "glm"}},
      {"DELETE FROM mutants", {mutant, "glm", "mean"}},
      {"UPDATE mutants SET refuted = 0", {mutant, "glm", "mean"}},
      {"UPDATE constructions SET law_holds = 0", {law, "slope"}},
      {"UPDATE gallery SET as_stored = 0", {gallery, "glm", "any"}},
      {"DELETE FROM figures", {figure, "glm", "speed"}}};
  for (const auto& [sql, about] : edits) {
    SQLite::Database(after(), SQLite::OPEN_READWRITE).exec(sql);
    const Store old(before(), Store::Mode::read);
    const Store now(after(), Store::Mode::read);
    const auto changes = compare(old, now);
    ASSERT_FALSE(changes.empty()) << sql;
    EXPECT_EQ(changes.front().about, about) << sql;
    const auto all = subjects(old, now);
    EXPECT_EQ(std::ranges::count(all, about), 1) << sql;
    EXPECT_EQ(all.size(), 7U) << "what is gone is a subject too";
    fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
  }
}

TEST_F(Compare, SeesAVerdictChangeInEitherDirection) {
  const std::string sql =
      "UPDATE verdicts SET verdict = 'supported', tightness = NULL "
      "WHERE number = 1";
  EXPECT_EQ(edited(sql), "worse: proved → supported on 1 instance (the first is 1)\n");
  EXPECT_EQ(back(sql), "better: supported → proved on 1 instance (the first is 1)\n");
}

TEST_F(Compare, SeesVerdictsChangePlacesWhereCountsAgree) {
  const auto found = edited(
      "UPDATE verdicts SET verdict = 'supported' WHERE number = 1;"
      "UPDATE verdicts SET verdict = 'proved' WHERE number = 3");
  EXPECT_NE(found.find("worse: proved → supported on 1 instance (the first is 1)"),
            std::string::npos)
      << found;
  EXPECT_NE(found.find("better: supported → proved on 1 instance (the first is 3)"),
            std::string::npos);
}

TEST_F(Compare, TakesEveryWeakerVerdictForWorse) {
  // From strong to weak; between the last two of the middle either way is a loss.
  const std::vector<std::string> order{"supported", "inconclusive", "error", "refuted"};
  std::string last = "proved";
  for (const auto& verdict : order) {
    const auto found = edited("UPDATE verdicts SET verdict = '" + verdict + "' WHERE number = 1");
    EXPECT_EQ(found, "worse: proved → " + verdict + " on 1 instance (the first is 1)\n");
    last = verdict;
  }
  const std::string nothing = "UPDATE verdicts SET verdict = 'not applicable' WHERE number > 1";
  EXPECT_EQ(edited(nothing), "worse: supported → not applicable on 2 instances (the first is 2)\n");
  EXPECT_EQ(back(nothing), "better: not applicable → supported on 2 instances (the first is 2)\n");
}

TEST_F(Compare, TakesNeitherSilenceNorDoubtForTheBetterOfBoth) {
  SQLite::Database(before(), SQLite::OPEN_READWRITE)
      .exec("UPDATE verdicts SET verdict = 'inconclusive' WHERE number = 2");
  const std::string sql = "UPDATE verdicts SET verdict = 'not applicable' WHERE number = 2";
  fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
  EXPECT_TRUE(edited(sql).starts_with("worse: inconclusive → not applicable"));
  EXPECT_TRUE(back(sql).starts_with("worse: not applicable → inconclusive"));
}

TEST_F(Compare, SeesWeakerEvidence) {
  const std::string interval = "UPDATE verdicts SET evidence = 'interval' WHERE number = 0";
  EXPECT_EQ(edited(interval), "worse: evidence exact → interval on 1 instance (the first is 0)\n");
  EXPECT_EQ(back(interval), "better: evidence interval → exact on 1 instance (the first is 0)\n");
  EXPECT_EQ(edited("UPDATE verdicts SET evidence = 'exact at surrogates' WHERE number = 0"),
            "worse: evidence exact → exact at surrogates on 1 instance (the first is 0)\n");
}

TEST_F(Compare, SeesThatThereIsLessToPlot) {
  const std::string emptied = "UPDATE verdicts SET series = '[]'";
  EXPECT_EQ(edited(emptied),
            "worse: fewer points to plot on 4 instances (the first is 0: 2 → 0)\n");
  EXPECT_EQ(back(emptied), "better: more points to plot on 4 instances (the first is 0: 0 → 2)\n");
}

TEST_F(Compare, SeesFewerConclusionsOnAnInstance) {
  const std::string sql = "UPDATE verdicts SET conclusions = 4 WHERE number = 2";
  EXPECT_EQ(edited(sql), "worse: fewer conclusions on 1 instance (the first is 2: 5 → 4)\n");
  EXPECT_EQ(back(sql), "better: more conclusions on 1 instance (the first is 2: 4 → 5)\n");
}

TEST_F(Compare, SeesAnInstanceTellLess) {
  const std::string sql = "UPDATE verdicts SET telling = 0 WHERE number = 2";
  EXPECT_EQ(edited(sql), "worse: tells something → nothing on 1 instance (the first is 2)\n");
  EXPECT_EQ(back(sql), "better: tells nothing → something on 1 instance (the first is 2)\n");
  EXPECT_EQ(edited("UPDATE verdicts SET telling_at_positive_delta = 0 WHERE number = 1"),
            "worse: tells something at δ > 0 → something on 1 instance (the first is 1)\n");
}

TEST_F(Compare, TakesWhatIsMerelyConsistentForLess) {
  const std::string sql = "UPDATE verdicts SET verdict = 'consistent' WHERE number = 2";
  EXPECT_TRUE(edited(sql).starts_with("worse: supported → consistent"));
  EXPECT_TRUE(back(sql).starts_with("better: consistent → supported"));
}

TEST_F(Compare, SeesTightnessFallAndRise) {
  const std::string best = "UPDATE verdicts SET tightness = '8.9e-1' WHERE number = 0";
  EXPECT_EQ(edited(best),
            "worse: a lower tightness on 1 instance (the first is 0: 0.9 → 8.9e-1)\n"
            "worse: best tightness 0.9 → 8.9e-1\n");
  EXPECT_EQ(back(best),
            "better: a higher tightness on 1 instance (the first is 0: 8.9e-1 → 0.9)\n"
            "better: best tightness 8.9e-1 → 0.9\n");
  EXPECT_EQ(edited("UPDATE verdicts SET tightness = NULL WHERE number = 1"),
            "worse: a lower tightness on 1 instance (the first is 1: 0.5 → none)\n");
}

TEST_F(Compare, SeesAVerdictGo) {
  const std::string sql = "DELETE FROM verdicts WHERE number = 2";
  EXPECT_EQ(edited(sql), "worse: no verdict on 1 instance (the first is 2)\n");
  EXPECT_EQ(back(sql), "1 instance more\n");
  EXPECT_EQ(back("DELETE FROM verdicts WHERE number = 0"),
            "1 instance more\nbetter: best tightness 0.5 → 0.9\n");
}

TEST_F(Compare, SeesWhatSpeaksAgainstATheoremAmongNewInstances) {
  EXPECT_EQ(edited("INSERT INTO verdicts SELECT NULL, theorem, 9, origin, 0, 'refuted', evidence, "
                   "telling, telling_at_positive_delta, reason, provenance, bits, "
                   "escalations, conclusions, NULL, "
                   "sharpest, instance, series, NULL, 0.1 FROM verdicts WHERE number = 3"),
            "worse: refuted among other instances 0 → 1\n1 instance more\n");
}

TEST_F(Compare, SeesATheoremGoAndCome) {
  const std::string sql = "DELETE FROM statements WHERE id = 'gone'";
  EXPECT_EQ(edited(sql),
            "worse: its statement is not in the new one\nworse: is not in the new one\n");
  EXPECT_EQ(back(sql), "is new\n");
}

TEST_F(Compare, SeesAnotherTextOfAStatement) {
  EXPECT_EQ(edited("UPDATE statements SET latex = '$y$' WHERE id = 'glm'"),
            "worse: its statement reads otherwise\n");
  EXPECT_EQ(edited("UPDATE statements SET latex = '' WHERE id = 'glm'"),
            "worse: its statement reads otherwise\n");
  EXPECT_EQ(edited("UPDATE statements SET title = 'Another' WHERE id = 'glm'"),
            "its title is another one\n");
}

TEST_F(Compare, SeesHypothesesComeAndGo) {
  EXPECT_EQ(edited("UPDATE statements SET hypotheses = '[\"n ≥ 2\", \"$e$\"]' WHERE id = 'glm'"),
            "worse: assumes no longer: d\nworse: assumes now: e\n");
}

TEST_F(Compare, SeesNewPartsThatAreNotAsTheyShouldBe) {
  SQLite::Database(before(), SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE mutants SET refuted = 0; UPDATE constructions SET law_holds = 0; "
          "UPDATE gallery SET as_stored = 0");
  fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
  EXPECT_EQ(back("DELETE FROM mutants"),
            "worse: the mutant mean is new, and not as it should be\n");
  EXPECT_EQ(back("DELETE FROM constructions"),
            "worse: the construction is new, and not as it should be\n");
  EXPECT_EQ(back("DELETE FROM gallery"),
            "worse: the gallery (any) is new, and not as it should be\n");
}

TEST_F(Compare, SeesAFigureLoseItsCurves) {
  EXPECT_EQ(edited("UPDATE figures SET curves = '[]'"),
            "worse: the figure speed has fewer curves\n");
}

TEST_F(Compare, SeesWhatTellsSomethingChange) {
  EXPECT_EQ(edited("UPDATE statements SET telling = '[\"$e$\"]' WHERE id = 'glm'"),
            "worse: when it tells something reads otherwise\n");
}

TEST_F(Compare, SeesMutantsThatAreRefutedLessClearly) {
  EXPECT_EQ(edited("UPDATE mutants SET refuted = 0"),
            "worse: the mutant mean is refuted no longer\n");
  EXPECT_EQ(back("UPDATE mutants SET refuted = 0"), "better: the mutant mean is refuted again\n");
  EXPECT_EQ(edited("UPDATE mutants SET ratio = '1.25'"),
            "worse: the mutant mean: ratio 1.5 → 1.25\n");
  EXPECT_EQ(edited("UPDATE mutants SET ratio = '0.25'"),
            "better: the mutant mean: ratio 1.5 → 0.25\n");
  EXPECT_EQ(edited("UPDATE mutants SET ratio = ''"), "worse: the mutant mean: ratio 1.5 → \n");
  EXPECT_EQ(edited("UPDATE mutants SET evidence = 'interval'"),
            "worse: the mutant mean: evidence exact → interval\n");
  EXPECT_EQ(edited("UPDATE mutants SET truth = 'refuted'"),
            "worse: on the witness of the mutant mean the theorem is proved → refuted\n");
  EXPECT_EQ(edited("UPDATE mutants SET truth = 'inconclusive'"),
            "worse: on the witness of the mutant mean the theorem is proved → inconclusive\n");
  EXPECT_EQ(edited("UPDATE mutants SET change = '$0$'"),
            "worse: the mutant mean reads otherwise\n");
  EXPECT_EQ(edited("DELETE FROM mutants"), "worse: the mutant mean is not in the new one\n");
}

TEST_F(Compare, SeesLawsAndFiguresGo) {
  EXPECT_EQ(edited("UPDATE constructions SET law_holds = 0"), "worse: its law holds no longer\n");
  EXPECT_EQ(edited("UPDATE constructions SET law = '$v$'"), "worse: its law reads otherwise\n");
  EXPECT_EQ(edited("DELETE FROM constructions"), "worse: the construction is not in the new one\n");
  EXPECT_EQ(edited("DELETE FROM figures"), "worse: the figure speed is not in the new one\n");
}

TEST_F(Compare, SeesAGalleryThatIsNotAsStored) {
  EXPECT_EQ(edited("UPDATE gallery SET as_stored = 0"),
            "worse: gallery (any): is as sharp as it is stored no longer\n");
  EXPECT_EQ(edited("UPDATE gallery SET ratio = '0.999999'"), "worse: gallery (any) 1 → 0.999999\n");
  EXPECT_EQ(edited("UPDATE gallery SET ratio = NULL"), "worse: gallery (any) 1 → none\n");
  EXPECT_EQ(edited("UPDATE gallery SET stored = '0.5'"),
            "worse: gallery (any): stored as 1 → 0.5\n");
  EXPECT_EQ(edited("UPDATE gallery SET evidence = 'interval'"),
            "worse: gallery (any): evidence exact → interval\n");
  EXPECT_EQ(edited("DELETE FROM gallery"), "worse: the gallery (any) is not in the new one\n");
}

// Said, and not compared: fewer instances, or weaker verdicts on other ones, say nothing then.
TEST_F(Compare, SaysThatSeedOrInputsDifferAndComparesOnlyWhatIsTheSame) {
  EXPECT_EQ(edited("UPDATE provenance SET seed = '8';"
                   "DELETE FROM verdicts WHERE number = 3;"
                   "UPDATE verdicts SET instance = '{}', verdict = 'supported', tightness = NULL "
                   "WHERE number < 2"),
            "seed 7 → 8: other instances are not compared\n"
            "no verdict on 1 instance (the first is 3)\n"
            "2 instances of 4 are other ones: not compared\n");
  EXPECT_EQ(edited("UPDATE provenance SET inputs = 'f1'"),
            "the worst cases and examples are other ones: other instances are not compared\n");
  EXPECT_EQ(edited("UPDATE provenance SET plan = 'all random'"),
            "the shares of random instances and worst cases are other ones: other instances are "
            "not compared\n");
  // A worst case is the same one with any seed.
  EXPECT_NE(edited("UPDATE provenance SET seed = '8';"
                   "UPDATE verdicts SET verdict = 'refuted' WHERE number = 0")
                .find("worse: proved → refuted"),
            std::string::npos);
}

// Of other instances the shares are compared, as far as they are no chance.
TEST_F(Compare, SeesThatATheoremTellsLessOfOtherInstances) {
  SQLite::Database(before(), SQLite::OPEN_READWRITE)
      .exec(
          "WITH RECURSIVE c(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM c WHERE n < 109) "
          "INSERT INTO verdicts SELECT NULL, theorem, n, origin, 0, verdict, evidence, telling, "
          "telling_at_positive_delta, reason, provenance, bits, escalations, conclusions, "
          "tightness, sharpest, instance, series, NULL, 0.1 FROM verdicts, c WHERE number = 0");
  fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
  const std::string others =
      "UPDATE provenance SET seed = '8'; UPDATE verdicts SET instance = '{}' WHERE number > 9;";
  const auto with = [&](const std::string& sql) { return edited(others + sql); };
  EXPECT_EQ(with("").find("worse"), std::string::npos) << with("");
  EXPECT_EQ(with("UPDATE verdicts SET telling = 0 WHERE number = 20").find("worse"),
            std::string::npos);
  const auto less = with("UPDATE verdicts SET telling = 0 WHERE number > 59");
  EXPECT_NE(less.find("worse: tells something on 104 of 104 → 54 of 104\n"), std::string::npos)
      << less;
  const auto seldom = with(
      "UPDATE verdicts SET verdict = 'not applicable', telling = 0 "
      "WHERE number > 79");
  EXPECT_NE(seldom.find("worse: applies to 104 of 104 → 74 of 104\n"), std::string::npos) << seldom;
}

TEST_F(Compare, SaysThatARatioIsNone) {
  for (const char* sql : {"UPDATE verdicts SET tightness = 'abc' WHERE number = 1",
                          "UPDATE mutants SET ratio = '1/0'", "UPDATE gallery SET stored = ''"}) {
    EXPECT_THROW(edited(sql), StoreError) << sql;
    fs::copy_file(before(), after(), fs::copy_options::overwrite_existing);
  }
}

TEST_F(Compare, RefusesAStoreWithAMissingColumn) {
  SQLite::Database(after(), SQLite::OPEN_READWRITE).exec("ALTER TABLE verdicts DROP COLUMN bits");
  EXPECT_THROW(Store(after(), Store::Mode::read), NoStore);
}

// Reading verdicts meets no page of the figures.
TEST_F(Compare, SaysThatAPageIsDamagedWhichItWouldNotRead) {
  {
    Store store(after(), Store::Mode::write);
    FigureRecord large;
    large.id = "large";
    large.caption = std::string(40'000, 'x');
    store.write(large);
  }
  SQLite::Database(after(), SQLite::OPEN_READWRITE).exec("VACUUM");
  const auto size = fs::file_size(after());
  std::fstream stream(after(), std::ios::in | std::ios::out | std::ios::binary);
  bool was_met = false;
  for (std::uintmax_t page = 4096; page < size && !was_met; page += 4096) {
    std::string bytes(4096, ' ');
    stream.seekg(static_cast<std::streamoff>(page));
    stream.read(bytes.data(), 4096);
    if (std::ranges::count(bytes, 'x') < 4000) continue;
    stream.seekp(static_cast<std::streamoff>(page));
    stream << std::string(4, '\xff');  // the number of the page that follows
    stream.flush();
    was_met = true;
  }
  ASSERT_TRUE(was_met);
  try {
    compare({before(), Store::Mode::read}, {after(), Store::Mode::read});
    FAIL() << "no error";
  } catch (const StoreError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with(after() + ": is damaged: ")) << error.what();
  }
}

}  // namespace
}  // namespace graddiv
