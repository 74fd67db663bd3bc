#include "json/line_journal.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "json/checksum.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

class LineJournals : public ::testing::Test {
 protected:
  LineJournals() {
    std::string name = (fs::temp_directory_path() / "graddiv-journals-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~LineJournals() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name = "a") const { return folder_ / name; }
  static void add(const fs::path& path, const Lines& lines) {
    LineJournal journal(path);
    for (const auto& line : lines) journal.add(line);
  }
  static Lines lines_of(const fs::path& path) { return LineJournal(path).lines(); }
  void expect_empty() const {
    EXPECT_EQ(fs::directory_iterator(folder_), fs::directory_iterator());
  }

 private:
  fs::path folder_;
};

TEST_F(LineJournals, GrowByLines) {
  add(file(), {"one", ""});
  add(file(), {"two and two"});
  EXPECT_EQ(lines_of(file()), (Lines{"one", "", "two and two"}));
}

TEST_F(LineJournals, GoOnFromALineThatWasCutOffAnywhere) {
  add(file(), {"first", "second"});
  const std::string whole = read_file(file());
  const std::size_t second = whole.find('\n') + 1;
  for (std::size_t size = second; size < whole.size(); ++size) {
    write_file(file(), whole.substr(0, size));
    add(file(), {"third"});
    EXPECT_EQ(lines_of(file()), (Lines{"first", "third"})) << size;
  }
}

TEST_F(LineJournals, LeaveOutALineThatIsDamaged) {
  add(file(), {"first", "second", "third"});
  std::string bytes = read_file(file());
  bytes[bytes.find("second")] = 'S';
  write_file(file(), bytes);
  EXPECT_EQ(lines_of(file()), (Lines{"first", "third"}));
}

TEST_F(LineJournals, ToWhichNothingWasAddedLeaveNothingBehind) {
  { const LineJournal journal(file("new/folder/a")); }
  expect_empty();
  fs::create_directory(file("old"));
  { const LineJournal journal(file("old/a")); }
  EXPECT_TRUE(fs::is_empty(file("old"))) << "the folder stays";
  {
    const LineJournal journal(file("new/a"));
    write_file(file("new/other"), "of somebody else");
  }
  EXPECT_TRUE(fs::exists(file("new/other")));
  EXPECT_FALSE(fs::exists(file("new/a")));
}

TEST_F(LineJournals, AreTakenAwayWhenTheyAreGivenUp) {
  add(file("new/a"), {"one"});
  {
    LineJournal journal(file("new/a"));
    journal.add("two");
    journal.give_up();
    EXPECT_TRUE(fs::exists(file("new/a"))) << "not before the end";
  }
  EXPECT_TRUE(fs::is_empty(file("new")));
}

TEST_F(LineJournals, BelongToOneProcessAtATime) {
  LineJournal journal(file());
  EXPECT_THROW(LineJournal{file()}, FileError);
  journal.add("one");
  EXPECT_THROW(LineJournal{file()}, FileError);
  EXPECT_EQ(journal.lines(), Lines{}) << "those that were there before";
}

TEST_F(LineJournals, TouchNoFileThatIsNone) {
  for (const char* bytes : {"a text\nof somebody", "a text"}) {
    write_file(file(), bytes);
    EXPECT_THROW(LineJournal{file()}, InputError);
    EXPECT_EQ(read_file(file()), bytes);
  }
}

TEST_F(LineJournals, ThatCannotBeMadeAreNamedAndLeaveNothingBehind) {
  fs::create_directories(file("new/folder"));
  EXPECT_THROW(LineJournal{file("new/folder")}, FileError);
  write_file(file("file"), "in the way");
  EXPECT_THROW(LineJournal{file("file/folder/a")}, FileError);
  EXPECT_EQ(read_file(file("file")), "in the way");
}

// The limit on the size of a file stands for a full disk: both end a write half way.
TEST_F(LineJournals, ThatFindNoRoomAreAnErrorAndStayAsTheyWere) {
  add(file(), {"one"});
  const std::string before = read_file(file());
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1U << 12, 1U << 12};
    setrlimit(RLIMIT_FSIZE, &limit);
    LineJournal journal(file());
    try {
      journal.add(std::string(1U << 16, 'x'));
    } catch (const FileError& error) {
      _exit(std::string(error.what()).ends_with("cannot be written: File too large") ? 0 : 1);
    }
    _exit(2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read_file(file()), before);
}

TEST_F(LineJournals, KeepEveryLineWheneverTheirWriterIsKilled) {
  for (int trial = 0; trial < 20; ++trial) {
    int told[2];
    ASSERT_EQ(pipe(told), 0);
    const std::size_t before = fs::exists(file()) ? lines_of(file()).size() : 0;
    const pid_t child = fork();
    if (child == 0) {
      LineJournal journal(file());
      for (std::size_t k = before;; ++k) {
        journal.add(std::to_string(k));
        if (write(told[1], "x", 1) != 1) _exit(1);
      }
    }
    close(told[1]);
    usleep(static_cast<useconds_t>(200 * (trial + 1)));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    std::size_t count = before;
    for (char c = 0; read(told[0], &c, 1) == 1;) ++count;
    close(told[0]);
    const Lines lines = lines_of(file());
    ASSERT_GE(lines.size(), count);
    ASSERT_LE(lines.size(), count + 1) << "one may have been written and not told";
    for (std::size_t k = 0; k < lines.size(); ++k) ASSERT_EQ(lines[k], std::to_string(k));
  }
}

// Of XXH3 with 128 bits: its documentation names the sum of nothing.
TEST(Checksums, AreThoseOfTheSpecification) {
  EXPECT_EQ(hexadecimal(checksum_of("")), "99aa06d3014798d86001c324468d497f");
  Summing sum;
  sum.add("in two ");
  sum.add("pieces");
  EXPECT_EQ(sum.sum(), checksum_of("in two pieces"));
  EXPECT_NE(sum.sum(), checksum_of("in two piecEs"));
}

}  // namespace
}  // namespace graddiv
