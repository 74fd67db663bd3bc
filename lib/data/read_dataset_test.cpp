#include "data/read_dataset.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "testing/data_files.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// A record of a CIFAR-10 batch.
std::string cifar_record_of(char label) { return label + std::string(3072, 'x'); }

using ReadDataset = DataFiles;

TEST_F(ReadDataset, SaysWhatIsNoData) {
  EXPECT_EQ(error(folder_ / "nothing"), "DIR/nothing: found no such file, expected a data file");
  EXPECT_NE(error(folder_).find("DIR: found a folder without data that is known here, expected "
                                "train-images-idx3-ubyte"),
            std::string::npos);
  EXPECT_EQ(error_in(""),
            "DIR/data: found an empty file, expected IDX, CIFAR-10, LIBSVM or CSV "
            "data");
  EXPECT_EQ(error_in("# nothing\n\n"),
            "DIR/data: found no examples, expected IDX, CIFAR-10, LIBSVM or CSV data");
  EXPECT_EQ(error_in("\x7f"
                     "ELF\0\0"s),
            "DIR/data: found binary data that begin with the bytes 127 69 76 70, expected IDX (0 "
            "0 8 …), CIFAR-10 records of 3073 bytes, LIBSVM or CSV text");
  EXPECT_EQ(error_in("some words\n"),
            "DIR/data:1:1: found \"some words\", expected LIBSVM (label index:value …) or CSV "
            "(numbers between commas)");
  ReadOptions options;
  options.format = DataFormat::idx;
  write("data_batch_1.bin", cifar_record_of(1));
  EXPECT_NE(error(folder_, options).find("without data"), std::string::npos);
  // Opens, but cannot be read.
  EXPECT_EQ(error("/proc/self/mem"),
            "/proc/self/mem: found a file that cannot be read (Input/output error), expected a "
            "readable data file");
}

TEST_F(ReadDataset, NoticesDamagedCompression) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "1 1:" + std::to_string(i * i % 9973) + '\n';
  const fs::path whole = write_gz("whole.gz", text);
  std::ifstream in(whole, std::ios::binary);
  std::string packed(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(error(whole), "accepted");
  EXPECT_EQ(error(write("cut.gz", packed.substr(0, packed.size() / 2))),
            "DIR/cut.gz: found compressed data that end too early, expected a whole gzip file");
  EXPECT_EQ(error(write("almost.gz", packed.substr(0, packed.size() - 1))),
            "DIR/almost.gz: found compressed data that end too early, expected a whole gzip file");
  packed[packed.size() - 6] ^= 1;  // of the checksum
  EXPECT_EQ(error(write("sum.gz", packed)),
            "DIR/sum.gz: found damaged compressed data (incorrect data check), expected a whole "
            "gzip file");
}

}  // namespace
}  // namespace graddiv
