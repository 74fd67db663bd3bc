#include "json/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>

namespace graddiv {
namespace {

namespace fs = std::filesystem;

class Files : public ::testing::Test {
 protected:
  Files() {
    std::string name = (fs::temp_directory_path() / "graddiv-files-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Files() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name) const { return folder_ / name; }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.insert(entry.path().filename());
    return found;
  }
  static std::string message_of(const fs::path& path, std::string_view bytes) {
    try {
      write_file(path, bytes);
    } catch (const FileError& error) {
      return error.what();
    }
    return "no error";
  }

 private:
  fs::path folder_;
};

TEST_F(Files, AreReplacedAsAWhole) {
  write_file(file("a"), "first, and longer");
  write_file(file("a"), "second");
  EXPECT_EQ(read_file(file("a")), "second");
  write_file(file("a"), "");
  EXPECT_EQ(read_file(file("a")), "");
  EXPECT_EQ(names(), std::set<std::string>{"a"});
}

TEST_F(Files, ThatCannotBeWrittenAreNamedAndLeaveNothingBehind) {
  const std::string missing = file("missing/a").string();
  EXPECT_EQ(message_of(missing, "x"), missing + ": cannot be written: No such file or directory");
  fs::create_directory(file("folder"));
  EXPECT_EQ(message_of(file("folder"), "x"),
            file("folder").string() + ": cannot be written: Is a directory");
  write_file(file("file"), "x");
  EXPECT_EQ(message_of(file("file") / "a", "x"),
            (file("file") / "a").string() + ": cannot be written: Not a directory");
  EXPECT_EQ(names(), (std::set<std::string>{"file", "folder"}));
}

TEST_F(Files, BehindALinkAreReplacedAndTheLinkStays) {
  write_file(file("target"), "old");
  fs::create_symlink("target", file("link"));
  write_file(file("link"), "new");
  EXPECT_TRUE(fs::is_symlink(file("link")));
  EXPECT_EQ(read_file(file("target")), "new");
  EXPECT_EQ(names(), (std::set<std::string>{"link", "target"}));
}

// The limit on the size of a file stands for a full disk: both end a write half way.
TEST_F(Files, ThatFindNoRoomAreAnErrorAndTheOldOneStays) {
  write_file(file("a"), "old");
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1U << 16, 1U << 16};
    setrlimit(RLIMIT_FSIZE, &limit);
    const std::string message = message_of(file("a"), std::string(1U << 20, 'x'));
    _exit(message == file("a").string() + ": cannot be written: File too large" ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read_file(file("a")), "old");
  EXPECT_EQ(names(), std::set<std::string>{"a"});
}

TEST_F(Files, AreWholeWheneverTheirWriterIsKilled) {
  const std::string one(1U << 20, '1');
  const std::string two(1U << 20, '2');
  write_file(file("a"), one);
  for (int trial = 0; trial < 20; ++trial) {
    const pid_t child = fork();
    if (child == 0) {
      for (;;) {
        write_file(file("a"), two);
        write_file(file("a"), one);
      }
    }
    usleep(static_cast<useconds_t>(500 * trial));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const std::string now = read_file(file("a"));
    EXPECT_TRUE(now == one || now == two) << now.size();
  }
}

TEST_F(Files, ThatCannotBeReadSayWhatWasFoundAndExpected) {
  const auto message = [](const fs::path& path, std::size_t largest) {
    try {
      return read_file(path, "store", largest);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
  };
  const std::string missing = file("missing").string();
  EXPECT_EQ(message(missing, 9), missing + ": found no such file, expected a store");
  const std::string folder = file("").string();
  EXPECT_EQ(message(folder, 9), folder + ": found a directory, expected a store");
  EXPECT_EQ(message("/dev/zero", 1U << 20),
            "/dev/zero: found more than 1 MiB, expected a smaller store");
}

}  // namespace
}  // namespace graddiv
