#include <SQLiteCpp/SQLiteCpp.h>

#include "campaign/store.h"
#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class DiffCommand : public testing::ToolTest {
 protected:
  void make_store(const std::string& name, const std::string& tightness) const {
    Store store(path(name), Store::Mode::write);
    VerdictRecord verdict;
    verdict.theorem = "glm";
    verdict.verdict = Verdict::proved;
    verdict.evidence = Evidence::exact;
    verdict.tightness = tightness;
    store.write(verdict);
  }
};

TEST_F(DiffCommand, ReportsADropOfTightness) {
  make_store("old.sqlite", "0.9");
  make_store("new.sqlite", "0.8");
  const auto outcome = graddiv({"diff", "old.sqlite", "new.sqlite"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.out.find("best tightness 0.9 → 0.8"), std::string::npos) << outcome.out;

  const auto worse = graddiv({"diff", "old.sqlite", "new.sqlite", "--json"});
  EXPECT_EQ(worse.code, 1);
  EXPECT_EQ(worse.json().at("changes").at(0).at("worse"), true);
  EXPECT_EQ(worse.json().at("changes").at(0).at("better"), false);
  EXPECT_EQ(worse.json().at("changes").at(0).at("theorem"), "glm");

  const auto better = graddiv({"diff", "new.sqlite", "old.sqlite", "--json"});
  EXPECT_EQ(better.code, 0);
  EXPECT_EQ(better.json().at("changes").at(0).at("worse"), false);
  EXPECT_EQ(better.json().at("changes").at(0).at("better"), true);
  const auto text = graddiv({"diff", "new.sqlite", "old.sqlite"}).out;
  EXPECT_NE(text.find(" better\n"), std::string::npos) << text;
}

TEST_F(DiffCommand, SaysThatNothingChanged) {
  make_store("old.sqlite", "1");
  const auto outcome = graddiv({"diff", "old.sqlite", "old.sqlite"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "no change\n");
}

TEST_F(DiffCommand, WritesJUnitXmlAsAWholeOrNotAtAll) {
  make_store("old.sqlite", "0.9");
  make_store("new.sqlite", "0.8");
  const Arguments arguments{"diff", "old.sqlite", "new.sqlite", "--junit", "diff.xml"};
  const auto outcome = graddiv(arguments);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.out.find("best tightness 0.9 → 0.8"), std::string::npos) << outcome.out;
  const auto xml = read("diff.xml");
  EXPECT_TRUE(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>")) << xml;
  EXPECT_NE(xml.find("name=\"glm\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("best tightness 0.9 → 0.8"), std::string::npos) << xml;
  EXPECT_EQ(files(), (std::vector<std::string>{"diff.xml", "new.sqlite", "old.sqlite"}));
  EXPECT_EQ(graddiv({"diff", "old.sqlite", "old.sqlite", "--junit", "diff.xml"}).code, 0);
  EXPECT_EQ(read("diff.xml").find("<failure"), std::string::npos);
  EXPECT_EQ(graddiv({"diff", "old.sqlite", "old.sqlite", "--junit", "no/diff.xml"}).code, 3);
}

TEST_F(DiffCommand, WantsStores) {
  make_store("old.sqlite", "1");
  EXPECT_EQ(graddiv({"diff", "old.sqlite", "missing.sqlite"}).code, 2);
  EXPECT_FALSE(exists("missing.sqlite"));
}

// As verify refuses it.
TEST_F(DiffCommand, RefusesAStoreWithAMissingColumn) {
  make_store("old.sqlite", "1");
  make_store("new.sqlite", "1");
  SQLite::Database(path("new.sqlite"), SQLite::OPEN_READWRITE)
      .exec("ALTER TABLE figures DROP COLUMN caption");
  const std::string message =
      "new.sqlite: is no whole graddiv store: its table figures has no "
      "column caption";
  expect_bad_input(graddiv({"diff", "old.sqlite", "new.sqlite"}), message);
  expect_bad_input(graddiv({"diff", "new.sqlite", "old.sqlite"}), message);
  expect_bad_input(graddiv({"verify", "glm", "--store", "new.sqlite"}), message);
}

TEST_F(DiffCommand, SaysThatAStoreIsDamaged) {
  make_store("old.sqlite", "1");
  {
    Store store(path("old.sqlite"), Store::Mode::write);
    MutantRecord large;
    for (large.rank = 0; large.rank < 50; ++large.rank) {
      large.mutant = std::to_string(large.rank);
      large.witness = std::string(3000, 'x');
      store.write(large);
    }
  }
  auto bytes = read("old.sqlite");
  bytes.replace(bytes.size() - 3 * 4096, 4096, std::string(4096, '\xff'));
  write("new.sqlite", bytes);
  const auto outcome = graddiv({"diff", "old.sqlite", "new.sqlite"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_TRUE(outcome.err.starts_with("graddiv: new.sqlite: ")) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

}  // namespace
}  // namespace graddiv::cli
