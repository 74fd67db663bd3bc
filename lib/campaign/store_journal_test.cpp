#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <sstream>

#include "campaign/store.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

class StoreJournal : public testing::Test {
 protected:
  StoreJournal() {
    std::string name = (fs::temp_directory_path() / "graddiv-journal-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~StoreJournal() override { fs::remove_all(folder_); }

  std::string file() const { return (folder_ / "s.sqlite").string(); }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.insert(entry.path().filename());
    return found;
  }
  std::string bytes() const {
    std::ostringstream text;
    text << std::ifstream(file(), std::ios::binary).rdbuf();
    return text.str();
  }
  void overwrite(std::size_t at, const std::string& with) const {
    std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    stream << with;
  }
  /// One ordinary file: its header asks for no journal beside it.
  bool is_one_file() const {
    constexpr std::size_t write_version = 18;
    return names() == std::set<std::string>{"s.sqlite"} && bytes().at(write_version) == 1;
  }

 private:
  fs::path folder_;
};

VerdictRecord numbered(std::int64_t number) {
  VerdictRecord record;
  record.theorem = "a";
  record.number = number;
  record.instance = std::string(2000, 'x');
  return record;
}

TEST_F(StoreJournal, StandsBesideAStoreThatIsWrittenAndIsGoneInTheEnd) {
  {
    Store store(file(), Store::Mode::write);
    store.write(numbered(0));
    EXPECT_TRUE(names().contains("s.sqlite-wal"));
    store.sync();
  }
  EXPECT_TRUE(is_one_file());
  EXPECT_EQ(Store(file(), Store::Mode::read).done("a").size(), 1U);
  EXPECT_TRUE(is_one_file()) << "reading leaves it as it is";
}

TEST_F(StoreJournal, IsPutIntoTheFileByTheLastOneToCloseIt) {
  std::optional<Store> one(std::in_place, file(), Store::Mode::write);
  std::optional<Store> two(std::in_place, file(), Store::Mode::write);
  std::optional<Store> reader(std::in_place, file(), Store::Mode::read);
  one->write(numbered(1));
  two->write(numbered(2));
  one.reset();
  EXPECT_FALSE(is_one_file());
  two.reset();
  EXPECT_EQ(reader->done("a").size(), 2U);
  reader.reset();
  EXPECT_TRUE(is_one_file());
}

TEST_F(StoreJournal, KeepsAllThatWasWrittenWhenTheWriterIsKilled) {
  for (const auto mode : {Store::Mode::read, Store::Mode::write}) {
    const pid_t child = fork();
    if (child == 0) {
      Store store(file(), Store::Mode::write);
      for (int i = 0; i < 30; ++i) store.write(numbered(i));
      kill(getpid(), SIGKILL);
    }
    waitpid(child, nullptr, 0);
    EXPECT_TRUE(names().contains("s.sqlite-wal"));
    EXPECT_EQ(Store(file(), mode).done("a").size(), 30U);
    EXPECT_TRUE(is_one_file());
    fs::remove(file());
  }
}

// Refused before the first byte changes, and with nothing left beside it.
TEST_F(StoreJournal, LeavesWhatIsRefusedAsItWas) {
  {
    Store store(file(), Store::Mode::write);
    for (int i = 0; i < 100; ++i) store.write(numbered(i));
  }
  const std::string whole = bytes();
  constexpr std::size_t page = 4096;
  constexpr std::size_t layout = 60;
  const std::pair<std::size_t, std::string> damages[] = {
      {layout, std::string("\0\0\0\x63", 4)},
      {layout, std::string("\0\0\0\x01", 4)},
      {whole.size() / 2 / page * page, std::string(page, '\xff')},
      {page, std::string(page, '\0')}};
  for (const auto& [at, with] : damages) {
    std::ofstream(file(), std::ios::binary) << whole;
    overwrite(at, with);
    const std::string before = bytes();
    EXPECT_THROW(Store(file(), Store::Mode::write), StoreError) << at;
    EXPECT_EQ(bytes(), before) << at;
    EXPECT_EQ(names(), std::set<std::string>{"s.sqlite"}) << at;
  }
}

// The limit on the size of a file stands for a full disk.
TEST_F(StoreJournal, OnAFullDiskKeepsWhatWasThere) {
  {
    Store store(file(), Store::Mode::write);
    for (int i = 0; i < 10; ++i) store.write(numbered(i));
  }
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1U << 17, 1U << 17};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      Store store(file(), Store::Mode::write);
      for (int i = 10; i < 1000; ++i) store.write(numbered(i));
    } catch (const StoreError& error) {
      const std::string message = error.what();
      _exit(message.starts_with(file() + ": cannot be written: ") &&
                    message.ends_with("(File too large)")
                ? 0
                : 1);
    }
    _exit(2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const Store store(file(), Store::Mode::write);
  store.examine();
  const auto done = store.done("a");
  EXPECT_GT(done.size(), 10U) << "what still had room";
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(done.contains(i));
  EXPECT_EQ(*done.rbegin(), static_cast<std::int64_t>(done.size()) - 1);
}

TEST_F(StoreJournal, IsNoneInMemory) {
  Store store(":memory:", Store::Mode::write);
  store.write(numbered(0));
  store.sync();
  EXPECT_TRUE(names().empty());
}

}  // namespace
}  // namespace graddiv
