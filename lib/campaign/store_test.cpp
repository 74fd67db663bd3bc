#include "campaign/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "campaign/tables.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

class StoreTest : public testing::Test {
 protected:
  StoreTest()
      : folder_(fs::temp_directory_path() /
                ("graddiv-store-" + std::to_string(getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~StoreTest() override { fs::remove_all(folder_); }

  std::string file(const std::string& name = "results.sqlite") const {
    return (folder_ / name).string();
  }

 private:
  fs::path folder_;
};

VerdictRecord verdict(std::string theorem, std::int64_t number, Verdict outcome,
                      std::optional<std::string> tightness = std::nullopt) {
  VerdictRecord v;
  v.theorem = std::move(theorem);
  v.number = number;
  v.verdict = outcome;
  v.tightness = std::move(tightness);
  return v;
}

TEST_F(StoreTest, GivesBackEveryFieldOfAVerdict) {
  VerdictRecord v;
  v.theorem = "one-step";
  v.number = -3;
  v.origin = "random: strongly-convex";
  v.verdict = Verdict::proved;
  v.evidence = Evidence::exact;
  v.evidence.at_surrogates = true;
  v.reason = "it's \"so\": $0.5 ≤ 1$ for \\$5";
  v.provenance = "moments, rational";
  v.precision = 256;
  v.escalations = 1;
  v.conclusions = 40;
  v.tightness = "0.97310000000000001";
  v.sharpest = Place::at(7).of("the law");
  v.instance = "{\n  \"format\": \"graddiv-instance/1\"\n}\n";
  Place everything = Place::between({Spot::Kind::start}, {Spot::Kind::start_plus, 2});
  everything.iteration = 1;
  everything.on_every_path = true;
  everything.form = BatchForm::on_the_domain;
  everything.is_surrogate = true;
  everything.copies = 3;
  everything.example = 0;
  everything.part = "the \"law\"";
  v.series = {{everything, 0.1, 1e300, Relation::greater}, {Place(), -1.0 / 3, 5e-324}};
  Store(file(), Store::Mode::write).write(v);

  const auto read = Store(file(), Store::Mode::read).verdicts("one-step");
  ASSERT_EQ(read.size(), 1U);
  const auto& r = read.front();
  EXPECT_EQ(r.theorem, v.theorem);
  EXPECT_EQ(r.number, v.number);
  EXPECT_EQ(r.origin, v.origin);
  EXPECT_EQ(r.verdict, v.verdict);
  EXPECT_EQ(r.evidence, v.evidence);
  EXPECT_EQ(r.reason, v.reason);
  EXPECT_EQ(r.provenance, v.provenance);
  EXPECT_EQ(r.precision, v.precision);
  EXPECT_EQ(r.escalations, v.escalations);
  EXPECT_EQ(r.conclusions, v.conclusions);
  EXPECT_EQ(r.tightness, v.tightness);
  EXPECT_EQ(r.sharpest, v.sharpest);
  EXPECT_EQ(r.instance, v.instance);
  ASSERT_EQ(r.series.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(r.series[i].place, v.series[i].place);
    EXPECT_EQ(r.series[i].relation, v.series[i].relation);
    EXPECT_EQ(r.series[i].left, v.series[i].left);
    EXPECT_EQ(r.series[i].right, v.series[i].right);
  }
}

TEST_F(StoreTest, KeepsAnInfiniteSideOfASeriesAsNotANumber) {
  auto v = verdict("a", 0, Verdict::proved);
  v.series = {{Place::at(1), 0.5, std::numeric_limits<double>::infinity()}};
  Store store(file(), Store::Mode::write);
  store.write(v);
  EXPECT_TRUE(std::isnan(store.verdicts("a").front().series.front().right));
}

TEST_F(StoreTest, AVerdictWithoutTightnessHasNone) {
  Store store(file(), Store::Mode::write);
  store.write(verdict("a", 0, Verdict::not_applicable));
  EXPECT_EQ(store.verdicts("a").front().tightness, std::nullopt);
  EXPECT_TRUE(store.tightness_ratios("a").empty());
  EXPECT_FALSE(store.sharpest("a"));
}

TEST_F(StoreTest, GivesBackStatementsConstructionsMutantsAndProvenance) {
  {
    Store store(file(), Store::Mode::write);
    EXPECT_FALSE(store.provenance());
    store.write(StatementRecord{
        "z", "Title", "Theorem 1", "yin2018", "$x \\le 1$", {"a", "$b ≤ 1$"}, {"$V > 0$"}});
    store.write(StatementRecord{"a", "Second", "", "", "", {}});
    store.write(ConstructionRecord{
        "c", "Noise", "D", "f", "law", "$λ = 1$", "{}", true, {{Place::at(1), 0.5, 0.5}}});
    store.write(MutantRecord{"z", "m", "$1 \\to 0$", true, Evidence::exact, "k = 8", "1.5", "{}"});
    store.write(Provenance{"0.1.0",
                           "abc",
                           18446744073709551615U,
                           "2026-01-02T03:04:05Z",
                           "cpu",
                           {{"GMP", "6.2"}, {"Boost", "1.81"}},
                           "f00"});
  }
  const Store store(file(), Store::Mode::read);
  const auto statements = store.statements();
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0].id, "z");
  EXPECT_EQ(statements[0].cites, "yin2018");
  EXPECT_EQ(statements[0].latex, "$x \\le 1$");
  EXPECT_EQ(statements[0].hypotheses, (std::vector<Text>{"a", "$b ≤ 1$"}));
  EXPECT_EQ(statements[0].telling, (std::vector<Text>{"$V > 0$"}));
  EXPECT_EQ(statements[1].id, "a");
  const auto constructions = store.constructions();
  ASSERT_EQ(constructions.size(), 1U);
  EXPECT_TRUE(constructions[0].law_holds);
  EXPECT_EQ(constructions[0].law, "law");
  EXPECT_EQ(constructions[0].parameters, "$λ = 1$");
  EXPECT_EQ(constructions[0].series.at(0).right, 0.5);
  const auto mutants = store.mutants();
  ASSERT_EQ(mutants.size(), 1U);
  EXPECT_TRUE(mutants[0].refuted);
  EXPECT_EQ(mutants[0].ratio, "1.5");
  EXPECT_EQ(mutants[0].change, "$1 \\to 0$");
  const auto provenance = store.provenance();
  ASSERT_TRUE(provenance);
  EXPECT_EQ(provenance->seed, 18446744073709551615U);
  EXPECT_EQ(provenance->commit, "abc");
  EXPECT_EQ(provenance->inputs, "f00");
  EXPECT_EQ(provenance->packages.at(1).second, "1.81");
}

FigureRecord figure(std::string id) {
  FigureRecord f;
  f.id = std::move(id);
  f.theorem = "lower-fixed-step";
  f.title = "Evaluations against $B$";
  f.caption = "$B_S = m$: \"exact\"";
  f.x = {"batch size $B$", true, {"1", "4", "16"}};
  f.y = {"evaluations", false, {}};
  f.curves = {{CurveStyle::line, "found", "$m=1$", {{"1", "1"}, {"2", "1.0625"}}},
              {CurveStyle::reference, "", "", {{"1e-7", "2.5e20"}}},
              {CurveStyle::dots, "", "", {}},
              {CurveStyle::rings, "$B=m$", "", {{"1", "1"}}}};
  return f;
}

TEST_F(StoreTest, GivesBackEveryFieldOfAFigureInTheOrderOfWriting) {
  {
    Store store(file(), Store::Mode::write);
    EXPECT_TRUE(store.figures().empty());
    FigureRecord old = figure("z");
    old.curves.clear();
    store.write(old);
    store.write(figure("a"));
    store.write(figure("z"));  // replaces, and stays where it was
  }
  const auto read = Store(file(), Store::Mode::read).figures();
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[1].id, "a");
  const auto written = figure("z");
  const auto& r = read[0];
  EXPECT_EQ(r.id, "z");
  EXPECT_EQ(r.theorem, written.theorem);
  EXPECT_EQ(r.title, written.title);
  EXPECT_EQ(r.caption, written.caption);
  EXPECT_EQ(r.x.label, written.x.label);
  EXPECT_TRUE(r.x.logarithmic);
  EXPECT_EQ(r.x.ticks, written.x.ticks);
  EXPECT_EQ(r.y.label, written.y.label);
  EXPECT_FALSE(r.y.logarithmic);
  EXPECT_TRUE(r.y.ticks.empty());
  ASSERT_EQ(r.curves.size(), written.curves.size());
  for (std::size_t i = 0; i < r.curves.size(); ++i) {
    const auto& curve = r.curves[i];
    const auto& expected = written.curves[i];
    EXPECT_EQ(curve.style, expected.style);
    EXPECT_EQ(curve.legend, expected.legend);
    EXPECT_EQ(curve.label, expected.label);
    ASSERT_EQ(curve.points.size(), expected.points.size());
    for (std::size_t k = 0; k < curve.points.size(); ++k) {
      EXPECT_EQ(curve.points[k].x, expected.points[k].x);
      EXPECT_EQ(curve.points[k].y, expected.points[k].y);
    }
  }
}

TEST_F(StoreTest, WritingAgainReplacesAndKeepsTheOrder) {
  Store store(file(), Store::Mode::write);
  store.write(StatementRecord{"first", "old", "", "", "", {}});
  store.write(StatementRecord{"second", "", "", "", "", {}});
  store.write(StatementRecord{"first", "new", "", "", "", {}});
  ASSERT_EQ(store.statements().size(), 2U);
  EXPECT_EQ(store.statements().front().title, "new");

  store.write(verdict("first", 4, Verdict::inconclusive));
  store.write(verdict("first", 4, Verdict::proved));
  ASSERT_EQ(store.verdicts("first").size(), 1U);
  EXPECT_EQ(store.verdicts("first").front().verdict, Verdict::proved);

  MutantRecord mutant{"first", "m", "", false, Evidence::none, "", "", ""};
  store.write(mutant);
  mutant.refuted = true;
  store.write(mutant);
  ASSERT_EQ(store.mutants().size(), 1U);
  EXPECT_TRUE(store.mutants().front().refuted);
}

TEST_F(StoreTest, CountsVerdictsOfEveryKind) {
  Store store(file(), Store::Mode::write);
  store.write(StatementRecord{"b", "", "", "", "", {}});
  store.write(StatementRecord{"a", "", "", "", "", {}});
  int number = 0;
  using enum Verdict;
  for (const Verdict outcome : {proved, proved, proved, supported, consistent, refuted,
                                inconclusive, inconclusive, not_applicable, error}) {
    VerdictRecord record = verdict("b", number++, outcome);
    record.is_telling = number <= 5;
    record.is_telling_at_positive_delta = number <= 2;
    store.write(record);
  }
  store.write(verdict("unlisted", 0, Verdict::not_applicable));

  const auto all = store.summaries();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].id, "b");
  EXPECT_EQ(all[0].instances, 10);
  EXPECT_EQ(all[0].applicable, 8);
  EXPECT_EQ(all[0].telling, 5);
  EXPECT_EQ(all[0].telling_at_positive_delta, 2);
  EXPECT_EQ(all[0].proved, 3);
  EXPECT_EQ(all[0].supported, 1);
  EXPECT_EQ(all[0].consistent, 1);
  EXPECT_EQ(all[0].refuted, 1);
  EXPECT_EQ(all[0].inconclusive, 2);
  EXPECT_EQ(all[0].errors, 1);
  EXPECT_EQ(all[1].id, "a");
  EXPECT_EQ(all[1].instances, 0);
  EXPECT_EQ(all[1].applicable, 0);
  EXPECT_EQ(all[2].id, "unlisted");
  EXPECT_EQ(all[2].instances, 1);
  EXPECT_EQ(all[2].applicable, 0);
}

TEST_F(StoreTest, TheSharpestIsTheLargestNumberAndNotTheLastText) {
  Store store(file(), Store::Mode::write);
  store.write(verdict("a", 0, Verdict::proved, "9.5e-1"));
  store.write(verdict("a", 1, Verdict::proved, "0.99"));
  store.write(verdict("a", 2, Verdict::proved, "9e-3"));  // the greatest as a text
  store.write(verdict("a", 3, Verdict::proved, "0.99"));
  store.write(verdict("b", 4, Verdict::proved, "1"));
  EXPECT_EQ(store.sharpest("a")->number, 1);
  EXPECT_EQ(store.summaries().front().tightness, "0.99");
  EXPECT_EQ(store.tightness_ratios("a"), (std::vector<double>{0.95, 0.99, 0.009, 0.99}));
}

TEST_F(StoreTest, ListsDoneNumbersAndRefutationsOfEachTheorem) {
  Store store(file(), Store::Mode::write);
  store.write({verdict("a", 7, Verdict::proved), verdict("a", 2, Verdict::refuted),
               verdict("b", 1, Verdict::refuted)});
  EXPECT_EQ(store.done("a"), (std::set<std::int64_t>{2, 7}));
  EXPECT_EQ(store.done("nothing"), (std::set<std::int64_t>{}));
  ASSERT_EQ(store.refuted().size(), 2U);
  EXPECT_EQ(store.refuted().front().number, 2);
  EXPECT_EQ(store.verdicts("a").front().number, 2);
}

TEST_F(StoreTest, WhatWasWrittenIsThereForAnotherReaderAtOnce) {
  Store writer(file(), Store::Mode::write);
  const Store reader(file(), Store::Mode::read);
  writer.write(verdict("a", 0, Verdict::proved));
  EXPECT_EQ(reader.done("a").size(), 1U);
}

TEST_F(StoreTest, TakesWritesFromManyThreadsAndTwoConnections) {
  Store one(file(), Store::Mode::write);
  Store two(file(), Store::Mode::write);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 5; ++i) {
          (t % 2 == 0 ? one : two).write(verdict("a", 10 * t + i, Verdict::proved));
        }
      });
    }
  }
  EXPECT_EQ(one.done("a").size(), 20U);
}

TEST_F(StoreTest, MemoryStoresLeaveNoFile) {
  Store store(":memory:", Store::Mode::write);
  store.write(verdict("a", 0, Verdict::proved));
  EXPECT_EQ(store.done("a").size(), 1U);
  EXPECT_FALSE(fs::exists(":memory:"));
}

TEST_F(StoreTest, AnEmptyFileBecomesAStoreButIsNoneToRead) {
  std::ofstream(file()).close();
  EXPECT_THROW(Store(file(), Store::Mode::read), NoStore);
  EXPECT_NO_THROW(Store(file(), Store::Mode::write));
  EXPECT_NO_THROW(Store(file(), Store::Mode::read));
}

// What a message says of a file that is no store; "" where it is opened.
std::string refusal(const std::string& path, Store::Mode mode) {
  try {
    const Store store(path, mode);
  } catch (const NoStore& error) {
    return std::string("no store: ") + error.what();
  } catch (const StoreError& error) {
    return std::string("error: ") + error.what();
  }
  return "";
}

TEST_F(StoreTest, RefusesWhatIsNoStoreAndNamesTheFile) {
  using enum Store::Mode;
  EXPECT_EQ(refusal(file(), read), "no store: " + file() + ": no such file");
  EXPECT_FALSE(fs::exists(file())) << "reading must not create a file";

  std::ofstream(file()) << "This is a text, and a rather long one at that.";
  EXPECT_EQ(refusal(file(), read), "no store: " + file() + ": is no graddiv store");
  EXPECT_EQ(refusal(file(), write), "no store: " + file() + ": is no graddiv store");
  std::string text;
  std::getline(std::ifstream(file()), text);
  EXPECT_EQ(text, "This is a text, and a rather long one at that.");

  const auto folder = fs::path(file()).parent_path().string();
  EXPECT_EQ(refusal(folder, write), "no store: " + folder + ": is a folder, not a store");
  EXPECT_EQ(refusal(file("no/such/folder.sqlite"), write),
            "error: " + file("no/such/folder.sqlite") + ": cannot be created: there is no folder " +
                file("no/such"));
}

// Overwrites four bytes of the SQLite header: offset 60 is user_version, 68 is application_id.
void patch_header(const std::string& path, std::streamoff offset, char value) {
  std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(offset);
  const char bytes[4] = {0, 0, 0, value};
  stream.write(bytes, 4);
}

TEST_F(StoreTest, RefusesAnotherLayoutAndOtherDatabases) {
  using enum Store::Mode;
  Store(file(), write).write(verdict("a", 0, Verdict::proved));
  const std::string layout = std::to_string(tables::layout);
  patch_header(file(), 60, 99);
  for (const auto mode : {read, write}) {
    EXPECT_EQ(refusal(file(), mode),
              "error: " + file() + ": is a store of layout 99, but this graddiv reads layout " +
                  layout + ". It was made by a newer graddiv");
  }
  patch_header(file(), 60, 4);
  for (const auto mode : {read, write}) {
    EXPECT_EQ(refusal(file(), mode),
              "error: " + file() + ": is a store of layout 4, but this graddiv reads layout " +
                  layout + ". Make it anew: remove the file, and run verify with --store " +
                  file());
  }
  patch_header(file(), 68, 1);
  for (const auto mode : {read, write}) {
    EXPECT_EQ(refusal(file(), mode), "no store: " + file() + ": is no graddiv store");
  }
}

TEST_F(StoreTest, AStoreThatWasCutOffIsAnErrorAndNoCrash) {
  Store(file(), Store::Mode::write).write(verdict("a", 0, Verdict::proved));
  fs::resize_file(file(), fs::file_size(file()) / 2);
  EXPECT_THROW(
      {
        const Store store(file(), Store::Mode::read);
        store.verdicts("a");
      },
      StoreError);
}

TEST_F(StoreTest, ACurveOfAnUnknownStyleIsAnErrorThatNamesTheFile) {
  Store(file(), Store::Mode::write).write(figure("a"));
  std::stringstream bytes;
  bytes << std::ifstream(file(), std::ios::binary).rdbuf();
  std::string damaged = bytes.str();
  const auto at = damaged.find("\"reference\"");
  ASSERT_NE(at, std::string::npos);
  damaged.replace(at, 11, "\"Reference\"");
  std::ofstream(file(), std::ios::binary) << damaged;
  try {
    Store(file(), Store::Mode::read).figures();
    FAIL() << "no error";
  } catch (const StoreError& error) {
    EXPECT_EQ(std::string(error.what()),
              file() + ": holds damaged text: no style of a curve is called \"Reference\"");
  }
}

TEST_F(StoreTest, AVerdictOfAnUnknownNameIsAnErrorThatNamesTheFile) {
  Store(file(), Store::Mode::write).write(verdict("a", 0, Verdict::supported));
  std::stringstream bytes;
  bytes << std::ifstream(file(), std::ios::binary).rdbuf();
  std::string damaged = bytes.str();
  const auto at = damaged.find("supported");
  ASSERT_NE(at, std::string::npos);
  damaged.replace(at, 9, "suspected");
  std::ofstream(file(), std::ios::binary) << damaged;
  EXPECT_THROW(Store(file(), Store::Mode::read).verdicts("a"), StoreError);
}

TEST_F(StoreTest, GivesBackEveryFieldOfTheGallery) {
  const SharpestRecord tight{"glm",
                             Regime::any,
                             "1",
                             "0.999999999999",
                             true,
                             Place::visited(0, 0),
                             "1/2",
                             Evidence::exact,
                             "Orthonormal rows.",
                             "{}"};
  {
    Store store(file(), Store::Mode::write);
    EXPECT_TRUE(store.gallery().empty());
    SharpestRecord old = tight;
    old.ratio.reset();
    old.as_stored = false;
    store.write(old);
    for (const Regime regime : {Regime::delta_positive, Regime::delta_zero}) {
      SharpestRecord nothing;
      nothing.theorem = "a";
      nothing.regime = regime;
      store.write(nothing);
    }
    store.write(tight);  // replaces
  }
  const auto read = Store(file(), Store::Mode::read).gallery();
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].regime, Regime::delta_zero);
  EXPECT_EQ(read[1].regime, Regime::delta_positive);
  EXPECT_FALSE(read[1].ratio.has_value());
  const SharpestRecord& r = read[2];
  EXPECT_EQ(r.theorem, tight.theorem);
  EXPECT_EQ(r.regime, tight.regime);
  EXPECT_EQ(r.ratio, tight.ratio);
  EXPECT_EQ(r.stored, tight.stored);
  EXPECT_TRUE(r.as_stored);
  EXPECT_EQ(r.where, tight.where);
  EXPECT_EQ(r.delta, tight.delta);
  EXPECT_EQ(r.evidence, tight.evidence);
  EXPECT_EQ(r.shows, tight.shows);
  EXPECT_EQ(r.instance, tight.instance);
}

TEST_F(StoreTest, PutsWhatIsFoundOfSharpnessInThePlaceOfWhatWasKnown) {
  SharpnessRecord number{.theorem = "a",
                         .part = SharpnessPart::number,
                         .what = "$[2]·γ$",
                         .place = "the claim",
                         .value = "2",
                         .among = "$δ > 0$",
                         .refuted = "at 2/3",
                         .unrefuted = "at 2",
                         .improvable = "at most ×3",
                         .outcome = "none",
                         .witness = "search: $1 ≤ 0$",
                         .checks = 50,
                         .seconds = 0.5};
  SharpnessRecord score{
      .theorem = "a", .part = SharpnessPart::mutants, .rank = 1, .outcome = "1 of 2 refuted"};
  {
    Store store(file(), Store::Mode::write);
    store.write("a", {score, number, {.theorem = "a", .part = SharpnessPart::mutants, .rank = 2}});
    store.write("b", {{.theorem = "b", .part = SharpnessPart::mutants}});
    store.write("a", {score, number});
  }
  const Store store(file(), Store::Mode::read);
  EXPECT_EQ(store.sharpness("b").size(), 1U);
  const auto read = store.sharpness("a");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[1].outcome, score.outcome);
  const SharpnessRecord& r = read[0];
  EXPECT_EQ(std::tie(r.theorem, r.part, r.rank, r.what, r.place, r.value, r.among, r.refuted),
            std::tie(number.theorem, number.part, number.rank, number.what, number.place,
                     number.value, number.among, number.refuted));
  EXPECT_EQ(std::tie(r.unrefuted, r.improvable, r.outcome, r.witness, r.checks, r.seconds),
            std::tie(number.unrefuted, number.improvable, number.outcome, number.witness,
                     number.checks, number.seconds));
}

void edit(const std::string& path, const std::string& sql) {
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec(sql);
}

// Whatever would be asked of it, and whoever opens it.
TEST_F(StoreTest, RefusesAStoreWithAMissingColumnOrTable) {
  using enum Store::Mode;
  Store(file(), write).write(verdict("a", 0, Verdict::proved));
  edit(file(), "ALTER TABLE figures DROP COLUMN caption");
  for (const auto mode : {read, write}) {
    EXPECT_EQ(refusal(file(), mode), "no store: " + file() +
                                         ": is no whole graddiv store: its table figures has no "
                                         "column caption");
  }
  edit(file(), "DROP TABLE gallery; ALTER TABLE figures ADD COLUMN caption TEXT");
  EXPECT_NE(refusal(file(), read).find("its table gallery has no column theorem"),
            std::string::npos);
}

// A page in the middle of the verdicts is overwritten, which counting statements does not meet.
TEST_F(StoreTest, AnExaminationFindsDamageThatNoQuestionMet) {
  {
    Store store(file(), Store::Mode::write);
    auto large = verdict("a", 0, Verdict::proved);
    large.instance = std::string(1000, 'x');
    for (large.number = 0; large.number < 200; ++large.number) store.write(large);
    EXPECT_NO_THROW(store.examine());
  }
  {
    std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(4096 * 30);
    stream << std::string(4096, '\xff');
  }
  const Store store(file(), Store::Mode::read);
  EXPECT_TRUE(store.statements().empty());
  EXPECT_TRUE(store.mutants().empty());
  try {
    store.examine();
    FAIL() << "no error";
  } catch (const StoreError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with(file() + ": ")) << error.what();
  }
}

TEST_F(StoreTest, GivesMutantsConstructionsAndFiguresByRankWhateverWasWrittenFirst) {
  Store store(file(), Store::Mode::write);
  store.write({StatementRecord{"z", "", "", "", "", {}}, StatementRecord{"a", "", "", "", "", {}}});
  const auto mutant = [](const char* theorem, const char* id, int rank) {
    MutantRecord record;
    record.theorem = theorem;
    record.mutant = id;
    record.rank = rank;
    return record;
  };
  store.write(mutant("a", "one", 0));
  store.write(mutant("z", "three", 1));
  store.write(mutant("z", "two", 0));
  std::string order;
  for (const auto& record : store.mutants()) order += record.theorem + "/" + record.mutant + " ";
  EXPECT_EQ(order, "z/two z/three a/one ");
  ConstructionRecord construction;
  FigureRecord picture;
  for (const int rank : {2, 0, 1}) {
    construction.id = picture.id = std::to_string(rank);
    construction.rank = picture.rank = rank;
    store.write(construction);
    store.write(picture);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(store.constructions()[i].id, std::to_string(i));
    EXPECT_EQ(store.figures()[i].id, std::to_string(i));
  }
}

TEST_F(StoreTest, AReaderCannotWrite) {
  Store(file(), Store::Mode::write).write(verdict("a", 0, Verdict::proved));
  Store reader(file(), Store::Mode::read);
  EXPECT_THROW(reader.write(verdict("a", 1, Verdict::proved)), StoreError);
}

TEST_F(StoreTest, CountsWhyATheoremDidNotApplyByOrigin) {
  Store store(file(), Store::Mode::write);
  const auto write = [&](std::int64_t number, Verdict outcome, const char* origin, Text reason) {
    VerdictRecord v = verdict("t", number, outcome);
    v.origin = origin;
    v.reason = std::move(reason);
    store.write(v);
  };
  write(0, Verdict::proved, "random: b", "");
  write(1, Verdict::not_applicable, "random: b", "$n ≥ 2$: does not hold");
  write(2, Verdict::not_applicable, "random: a", "$n ≥ 2$: does not hold");
  write(3, Verdict::refuted, "random: b", "$1 ≤ 0$ is false");
  write(4, Verdict::error, "random: b", "division by zero");
  write(5, Verdict::not_applicable, "random: b", "$n ≥ 2$: does not hold");
  store.write(verdict("u", 0, Verdict::proved));
  const auto counts = store.outcome_counts("t");
  ASSERT_EQ(counts.size(), 3U);
  EXPECT_EQ(counts[0].origin, "random: b");
  EXPECT_TRUE(counts[0].is_applicable);
  EXPECT_EQ(counts[0].count, 2);
  EXPECT_TRUE(counts[0].reason.empty());
  EXPECT_FALSE(counts[1].is_applicable);
  EXPECT_EQ(counts[1].count, 2);
  EXPECT_EQ(counts[1].reason.marked(), "$n ≥ 2$: does not hold");
  EXPECT_EQ(counts[2].origin, "random: a");
  EXPECT_EQ(counts[2].count, 1);
}

}  // namespace
}  // namespace graddiv
