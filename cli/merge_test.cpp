#include <filesystem>
#include <set>

#include "cli/testing/store_contents.h"
#include "cli/testing/verify_tool.h"

namespace graddiv::cli {
namespace {

class MergeCommand : public testing::VerifyTool {
 protected:
  void verify(const std::string& name, const Arguments& more) const {
    Arguments arguments =
        command({"lower-unstable", "--instances", "40", "--search", "50", "--store", name});
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto outcome = graddiv(arguments);
    // A part alone may be too small to tell much.
    EXPECT_TRUE(outcome.code == 0 || outcome.code == 4) << outcome.err;
  }
};

TEST_F(MergeCommand, MakesOfShardsTheStoreOfOneRunWhateverTheThreads) {
  verify("one.sqlite", {"--jobs", "1"});
  verify("two.sqlite", {"--jobs", "2"});
  for (const std::string i : {"1", "2", "3"})
    verify("shard" + i + ".sqlite", {"--shard", i + "/3", "--jobs", i == "2" ? "2" : "1"});
  const auto outcome =
      graddiv({"merge", "shard2.sqlite", "shard1.sqlite", "shard3.sqlite", "-o", "all.sqlite"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "all.sqlite: 120 verdicts on 3 theorems, of 3 stores\n");
  const auto whole = testing::contents(path("one.sqlite"));
  EXPECT_EQ(whole.at("verdicts").size(), 120U);
  for (const char* part : {"mutants", "constructions", "gallery", "figures"})
    EXPECT_FALSE(whole.at(part).empty()) << part;
  std::set<std::string> origins;
  for (const auto& verdict : store("one.sqlite").verdicts("second-moment"))
    origins.insert(verdict.origin.substr(0, verdict.origin.find(':')));
  const std::set<std::string> all{"construction", "random", "search"};
  EXPECT_EQ(origins, all);
  EXPECT_EQ(testing::difference(testing::contents(path("two.sqlite")), whole), "");
  EXPECT_EQ(testing::difference(testing::contents(path("all.sqlite")), whole), "");
  const auto changes = graddiv({"diff", "one.sqlite", "all.sqlite"});
  EXPECT_EQ(changes.out, "no change\n");
}

// Checked by runs, on one thread or beside another check.
TEST_F(MergeCommand, MakesOfShardsOfLargeInstancesTheStoreOfOneRun) {
  const auto verify_large = [&](const std::string& name, const Arguments& more) {
    Arguments arguments{"verify", "--large", "rate-pl", "glm", "--store", name};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto outcome = graddiv(arguments);
    EXPECT_TRUE(outcome.code == 0 || outcome.code == 4) << outcome.err;
  };
  verify_large("one.sqlite", {"--jobs", "2"});
  verify_large("shard1.sqlite", {"--shard", "1/2", "--jobs", "1"});
  verify_large("shard2.sqlite", {"--shard", "2/2", "--jobs", "1"});
  const auto merged = graddiv({"merge", "shard1.sqlite", "shard2.sqlite", "-o", "all.sqlite"});
  ASSERT_EQ(merged.code, 0) << merged.err;
  const auto whole = testing::contents(path("one.sqlite"));
  EXPECT_EQ(store("one.sqlite").verdicts("rate-pl").at(0).provenance, "sampling, double");
  EXPECT_EQ(testing::difference(testing::contents(path("all.sqlite")), whole), "");
}

TEST_F(MergeCommand, RefusesWhatIsThereAlreadyAndWhatIsNoStore) {
  verify("a.sqlite", {"--shard", "1/2"});
  write("b.sqlite", "");
  write("there", "mine");
  const auto before = files();
  expect_bad_input(graddiv({"merge", "a.sqlite", "-o", "there"}), "there: is there already");
  EXPECT_EQ(read("there"), "mine");
  expect_bad_input(graddiv({"merge", "a.sqlite", "-o", "a.sqlite"}), "is there already");
  expect_bad_input(graddiv({"merge", "a.sqlite", "b.sqlite", "-o", "all.sqlite"}), "b.sqlite: ");
  expect_bad_input(graddiv({"merge", "a.sqlite", "c.sqlite", "-o", "all.sqlite"}), "c.sqlite: ");
  const auto nowhere = graddiv({"merge", "a.sqlite", "-o", "no/folder/all.sqlite"});
  EXPECT_EQ(nowhere.code, 3);
  EXPECT_NE(nowhere.err.find("there is no folder no/folder"), std::string::npos) << nowhere.err;
  EXPECT_EQ(files(), before);
}

TEST_F(MergeCommand, NamesTheTwoStoresThatContradictEachOtherAndWritesNothing) {
  verify("a.sqlite", {"--shard", "1/3"});
  verify("b.sqlite", {"--shard", "2/3"});
  verify("c.sqlite", {"--shard", "3/3", "--seed", "2"});
  std::filesystem::copy_file(path("b.sqlite"), path("d.sqlite"));
  {
    Store altered(path("d.sqlite"), Store::Mode::write);
    auto verdict = altered.verdicts("second-moment").at(1);
    ASSERT_EQ(verdict.number, 4);
    verdict.conclusions += 1;
    altered.write(verdict);
  }
  const auto before = files();
  const auto refused = [&](const std::string& third, const std::string& message) {
    expect_bad_input(graddiv({"merge", "a.sqlite", "b.sqlite", third, "-o", "all.sqlite"}),
                     message);
    EXPECT_EQ(files(), before);
  };
  refused("c.sqlite", R"(a.sqlite and c.sqlite cannot be one store: provenance: seed "1" and "2")");
  refused("d.sqlite",
          "b.sqlite and d.sqlite cannot be one store: verdicts: theorem second-moment, number 4: "
          "conclusions is not the same");
}

}  // namespace
}  // namespace graddiv::cli
