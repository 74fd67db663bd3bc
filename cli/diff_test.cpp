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

  const auto better = graddiv({"diff", "new.sqlite", "old.sqlite", "--json"});
  EXPECT_EQ(better.code, 0);
  EXPECT_EQ(better.json().at("changes").at(0).at("worse"), false);
}

TEST_F(DiffCommand, SaysThatNothingChanged) {
  make_store("old.sqlite", "1");
  const auto outcome = graddiv({"diff", "old.sqlite", "old.sqlite"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "no change\n");
}

TEST_F(DiffCommand, WantsStores) {
  make_store("old.sqlite", "1");
  EXPECT_EQ(graddiv({"diff", "old.sqlite", "missing.sqlite"}).code, 2);
  EXPECT_FALSE(exists("missing.sqlite"));
}

}  // namespace
}  // namespace graddiv::cli
