#include "data/idx.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "json/input_error.h"

namespace graddiv {
namespace {

class Idx : public testing::Test {
 protected:
  std::string write(const std::string& bytes) {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(testing::TempDir()) / (std::string("idx-") + info->name());
    std::ofstream(path_, std::ios::binary) << bytes;
    return path_.string();
  }
  void TearDown() override { std::filesystem::remove(path_); }
  std::filesystem::path path_;
};

std::string message(const std::string& path) {
  try {
    read_idx(path);
  } catch (const InputError& e) {
    return e.what();
  }
  return "accepted";
}

using namespace std::string_literals;

TEST_F(Idx, ReadsDimensionsAndBytes) {
  const IdxArray a = read_idx(write("\0\0\x08\x02\0\0\0\x02\0\0\0\x03"s + "abcdef"));
  EXPECT_EQ(a.dimensions, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(a.data, (std::vector<std::uint8_t>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST_F(Idx, SaysWhatIsWrong) {
  const auto found = [this](const std::string& bytes) {
    const std::string text = message(write(bytes));
    return text.substr(text.find(": ") + 2);
  };
  EXPECT_EQ(message("no-such-file"), "no-such-file: found no such file, expected a data file");
  EXPECT_EQ(found("text"),
            "found a file that does not begin with two zero bytes, expected an IDX file");
  EXPECT_EQ(found(""), "found an empty file, expected an IDX file");
  EXPECT_EQ(found("\0\0\x0d\x01\0\0\0\x01zzzz"s),
            "found elements of type 13, expected type 8, unsigned bytes");
  EXPECT_EQ(found("\0\0\x08\x02\0\0\0\x02"s),
            "found a file that ends within its header, expected 2 dimensions");
  EXPECT_EQ(found("\0\0\x08\x01\0\0\0\x02z"s),
            "found 1 bytes of data, expected 2, as the header says");
  EXPECT_EQ(found("\0\0\x08\x01\0\0\0\x01zz"s),
            "found more bytes of data, expected 1, as the header says");
  EXPECT_EQ(found("\0\0\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\x01"s),
            "found a header of more than 2 GiB of data, expected at most that");
}

}  // namespace
}  // namespace graddiv
