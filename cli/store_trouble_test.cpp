#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "cli/testing/verify_tool.h"

namespace graddiv::cli {
namespace {

namespace fs = std::filesystem;

// What can be wrong with a store ends with three and one line that says what, and the store as it
// was.
class StoreTrouble : public testing::VerifyTool {
 protected:
  Arguments more() const { return command({"--instances", "400", "--store", "s/s.sqlite"}); }

  void make_store() const {
    fs::create_directory(path("s"));
    ASSERT_EQ(graddiv(command({"--instances", "3", "--store", "s/s.sqlite"})).code, 0);
  }
  void overwrite(std::size_t at, const std::string& with) const {
    auto bytes = read("s/s.sqlite");
    bytes.replace(at, with.size(), with);
    write("s/s.sqlite", bytes);
  }
  std::vector<std::string> files_of_the_store() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(path("s")))
      names.push_back(entry.path().filename());
    return names;
  }
  static void expect_trouble(const testing::Outcome& outcome, const std::string& message) {
    EXPECT_EQ(outcome.code, 3) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.starts_with("graddiv: s/s.sqlite: ")) << outcome.err;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  }
};

TEST_F(StoreTrouble, AnotherLayout) {
  make_store();
  constexpr std::size_t layout = 60;
  overwrite(layout, std::string("\0\0\0\x01", 4));
  const auto before = read("s/s.sqlite");
  expect_trouble(graddiv(more()), "is a store of layout 1, but this graddiv reads layout ");
  expect_trouble(graddiv({"report", "s/s.sqlite"}), "is a store of layout 1");
  EXPECT_EQ(read("s/s.sqlite"), before);
  EXPECT_EQ(files_of_the_store().size(), 1U);
}

TEST_F(StoreTrouble, DamageInTheMiddle) {
  make_store();
  constexpr std::size_t page = 4096;
  overwrite(read("s/s.sqlite").size() / 2 / page * page, std::string(page, '\xff'));
  const auto before = read("s/s.sqlite");
  expect_trouble(graddiv(more()), "");
  expect_trouble(graddiv({"diff", "s/s.sqlite", "s/s.sqlite"}), "");
  expect_trouble(graddiv({"merge", "s/s.sqlite", "-o", "all.sqlite"}), "");
  EXPECT_EQ(read("s/s.sqlite"), before);
  EXPECT_EQ(files_of_the_store().size(), 1U);
  EXPECT_FALSE(exists("all.sqlite"));
}

TEST_F(StoreTrouble, AFolderThatCannotBeWritten) {
  make_store();
  const auto before = read("s/s.sqlite");
  fs::permissions(path("s/s.sqlite"), fs::perms::owner_read);
  fs::permissions(path("s"), fs::perms::owner_read | fs::perms::owner_exec);
  const auto continued = graddiv(more());
  const auto begun = graddiv(command({"--instances", "3", "--store", "s/other.sqlite"}));
  const auto compared = graddiv({"diff", "s/s.sqlite", "s/s.sqlite"});
  fs::permissions(path("s"), fs::perms::owner_all);
  expect_trouble(continued, "cannot be written: attempt to write a readonly database");
  EXPECT_EQ(begun.code, 3) << begun.err;
  EXPECT_NE(begun.err.find("s/other.sqlite: cannot be opened: "), std::string::npos) << begun.err;
  EXPECT_EQ(compared.code, 0) << "a finished store can be read there: " << compared.err;
  EXPECT_EQ(read("s/s.sqlite"), before);
  EXPECT_EQ(files_of_the_store().size(), 1U);
}

// The limit on the size of a file stands for a full disk.
TEST_F(StoreTrouble, AFullDiskKeepsWhatWasThereAndCanBeContinued) {
  make_store();
  const auto kept = store("s/s.sqlite").verdicts("second-moment");
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{read("s/s.sqlite").size() + (1U << 18), limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const auto outcome = graddiv(more());
  setrlimit(RLIMIT_FSIZE, &limit);
  expect_trouble(outcome, "cannot be written: disk I/O error (File too large)");
  {
    const auto left = store("s/s.sqlite");
    left.examine();
    const auto verdicts = left.verdicts("second-moment");
    ASSERT_GE(verdicts.size(), kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(verdicts[i].instance, kept[i].instance);
  }
  EXPECT_EQ(graddiv(more()).code, 0);
  EXPECT_EQ(store("s/s.sqlite").done("second-moment").size(), 400U);
}

}  // namespace
}  // namespace graddiv::cli
