#include "data/cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "data/read_dataset.h"
#include "testing/data_files.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

class Cache : public DataFiles {
 protected:
  ReadOptions options() const {
    ReadOptions result;
    result.cache = folder_ / "cache";
    return result;
  }
  std::vector<fs::path> kept() const {
    if (!fs::exists(folder_ / "cache")) return {};
    return {fs::directory_iterator(folder_ / "cache"), {}};
  }
  static std::string bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

/// All of it, as text; the phrases apart.
std::string content(const Dataset& data) {
  std::ostringstream text;
  text.precision(17);
  text << data.rows << " × " << data.columns << "; " << joined(data.labels) << "; ";
  if (const auto* rows = std::get_if<SparseRows>(&data.features)) {
    text << joined(rows->row_begin) << "; " << joined(rows->column) << "; ";
    for (const double value : rows->value) text << value << ' ';
  } else {
    for (const double value : std::get<DenseNumbers>(data.features).values) text << value << ' ';
  }
  return text.str();
}

const char* const sparse_text = "1 1:0.1 3:2\n-1 2:-0.3\n0.5 1:7 2:8 3:1e-300\n";

TEST_F(Cache, GivesWhatTheReaderGave) {
  const fs::path file = write("data", sparse_text);
  const Dataset fresh = read_dataset(file);
  const Dataset first = read_dataset(file, options());
  EXPECT_EQ(joined(first.detected), joined(fresh.detected));
  ASSERT_EQ(kept().size(), 1U);
  const Dataset second = read_dataset(file, options());
  EXPECT_EQ(joined(second.detected), joined(fresh.detected) + "parsed before; ");
  EXPECT_EQ(content(second), content(fresh));
  EXPECT_EQ(second.source, file.string());

  ReadOptions csv = options();
  csv.label_column = "1";
  const fs::path table = write("table", "1,0.1\n2,3\n");
  EXPECT_EQ(content(read_dataset(table, csv)), content(read_dataset(table, csv)));
  EXPECT_EQ(kept().size(), 2U);
}

TEST_F(Cache, KnowsContentsAndWaysToReadThemApart) {
  const fs::path file = write("data", sparse_text);
  read_dataset(file, options());
  ReadOptions wide = options();
  wide.columns = 9;
  EXPECT_EQ(read_dataset(file, wide).columns, 9);
  write("data", "1 1:5\n");
  EXPECT_EQ(content(read_dataset(file, options())), content(read_dataset(file)));
  EXPECT_EQ(kept().size(), 3U);
  ReadOptions csv = options();
  csv.label_column = "1";
  write("data", "1,2,3\n");
  read_dataset(file, csv);
  csv.label_column = "2";
  EXPECT_EQ(read_dataset(file, csv).labels.front(), 2);
}

// Every byte matters: with any one of them changed, cut off or added, the entry is made anew.
TEST_F(Cache, TrustsNothingThatIsDamaged) {
  const fs::path file = write("data", sparse_text);
  const std::string fresh = content(read_dataset(file, options()));
  const fs::path entry = kept().front();
  const std::string sound = bytes(entry);
  const auto check = [&](const std::string& damaged, std::size_t at) {
    std::ofstream(entry, std::ios::binary) << damaged;
    const Dataset data = read_dataset(file, options());
    EXPECT_EQ(content(data), fresh) << at;
    EXPECT_NE(data.detected.back(), "parsed before") << at;
    EXPECT_EQ(bytes(entry), sound) << at;
  };
  for (std::size_t at = 0; at < sound.size(); ++at) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ (at % 2 == 0 ? 0x80 : 1));
    check(damaged, at);
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{10}, sound.size() / 2, sound.size() - 1}) {
    check(sound.substr(0, size), size);
  }
  check(sound + 'x', sound.size());
}

TEST_F(Cache, KeepsNothingOfABadFile) {
  EXPECT_NE(error(write("data", "1 1:1\n1 1:x\n"), options()), "accepted");
  EXPECT_TRUE(kept().empty());
}

TEST_F(Cache, IsNoConditionForReading) {
  const fs::path file = write("data", sparse_text);
  ReadOptions options;
  options.cache = write("no-folder", "a file");
  const Dataset data = read_dataset(file, options);
  EXPECT_EQ(content(data), content(read_dataset(file)));
  EXPECT_EQ(without_folder(data.detected.back()),
            "not kept for the next time: DIR/no-folder: Not a directory");
}

TEST_F(Cache, KeepsNothingOfAFileThatChangedMeanwhile) {
  const fs::path file = write("data", sparse_text);
  const DatasetCache cache(folder_ / "cache", file, "");
  const Dataset data = read_dataset(file);
  write("data", "1 1:5\n");
  EXPECT_EQ(cache.store(data), "the file was changed while it was read");
  EXPECT_TRUE(kept().empty());
}

}  // namespace
}  // namespace graddiv
