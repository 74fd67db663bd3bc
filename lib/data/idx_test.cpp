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
  EXPECT_NE(message("no-such-file").find("no-such-file: cannot be opened"), std::string::npos);
  EXPECT_NE(message(write("text")).find("no IDX file"), std::string::npos);
  EXPECT_NE(message(write("")).find("no IDX file"), std::string::npos);
  EXPECT_NE(message(write("\0\0\x0d\x01\0\0\0\x01zzzz"s)).find("type 13"), std::string::npos);
  EXPECT_NE(message(write("\0\0\x08\x02\0\0\0\x02"s)).find("ends within its header"),
            std::string::npos);
  EXPECT_NE(message(write("\0\0\x08\x01\0\0\0\x02z"s)).find("holds 1 bytes of data, expected 2"),
            std::string::npos);
  EXPECT_NE(message(write("\0\0\x08\x01\0\0\0\x01zz"s)).find("holds 2 bytes of data, expected 1"),
            std::string::npos);
  EXPECT_NE(message(write("\0\0\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\x01"s))
                .find("more than 2 GiB"),
            std::string::npos);
}

}  // namespace
}  // namespace graddiv
