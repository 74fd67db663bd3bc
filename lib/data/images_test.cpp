#include "data/images.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "data/read_dataset.h"
#include "testing/data_files.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

// Bytes of an IDX file.
std::string idx(const std::vector<unsigned>& extents, const std::string& data) {
  std::string bytes = "\0\0\x08"s + static_cast<char>(extents.size());
  for (const unsigned extent : extents) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(extent >> shift & 255U);
  }
  return bytes + data;
}

std::string cifar_records(const std::string& labels) {
  std::string bytes;
  for (const char label : labels) bytes += label + std::string(3072, static_cast<char>(label + 1));
  return bytes;
}

using Images = DataFiles;

TEST_F(Images, ReadsAFolderOfIdxFiles) {
  write("train-images-idx3-ubyte", idx({2, 1, 2}, "abcd"));
  write_gz("train-labels-idx1-ubyte.gz", idx({2}, "\x03\x09"));
  write("t10k-images-idx3-ubyte", idx({1, 1, 2}, "ef"));
  write("t10k-labels-idx1-ubyte", idx({1}, "\x01"));
  const Dataset train = read_dataset(folder_);
  EXPECT_EQ(train.rows, 2);
  EXPECT_EQ(train.columns, 2);
  ASSERT_TRUE(train.image);
  EXPECT_EQ(train.image->width, 2);
  EXPECT_EQ(joined(train.labels), "3 9 ");
  EXPECT_EQ(joined(std::get<DenseBytes>(train.features).values), "a b c d ");
  EXPECT_EQ(joined(train.detected), "IDX; training part; ");
  ReadOptions options;
  options.part = DataPart::test;
  EXPECT_EQ(joined(read_dataset(folder_, options).labels), "1 ");
  EXPECT_EQ(joined(read_dataset(folder_ / "t10k-images-idx3-ubyte").labels), "1 ");
}

TEST_F(Images, SaysWhatIsWrongInIdx) {
  const fs::path images = write("train-images-idx3-ubyte", idx({2, 1, 2}, "abcd"));
  EXPECT_EQ(error(folder_),
            "DIR/train-labels-idx1-ubyte: found no such file, expected the labels of "
            "DIR/train-images-idx3-ubyte");
  write("train-labels-idx1-ubyte", idx({3}, "\x01\x02\x03"));
  EXPECT_EQ(error(images),
            "DIR/train-labels-idx1-ubyte: found 3 labels, expected 2, one for each image of "
            "DIR/train-images-idx3-ubyte");
  write("train-images-idx3-ubyte", "\0\0\x09\x03\0\0\0\x01z"s);
  EXPECT_EQ(error(folder_),
            "DIR/train-images-idx3-ubyte: found elements of type 9, expected type 8, unsigned "
            "bytes");
  write("train-images-idx3-ubyte", "");
  EXPECT_EQ(error(folder_),
            "DIR/train-images-idx3-ubyte: found an empty file, expected an IDX file");
  fs::rename(images, folder_ / "t10k-images-idx3-ubyte");
  EXPECT_EQ(error(folder_), "DIR: found the test part alone, expected train-images-idx3-ubyte");
  EXPECT_EQ(error(write("other", idx({1, 1, 2}, "ab"))),
            "DIR/other: found IDX images of another name, expected …images-idx3… with "
            "…labels-idx1… beside it");
}

TEST_F(Images, ReadsCifar) {
  for (int i = 1; i <= 5; ++i) {
    write("data_batch_" + std::to_string(i) + ".bin", cifar_records(i == 2 ? "\x09\x04" : "\x01"));
  }
  write("test_batch.bin", cifar_records("\x07"));
  const Dataset train = read_dataset(folder_);
  EXPECT_EQ(joined(train.labels), "1 9 4 1 1 1 ");
  EXPECT_EQ(train.columns, 3072);
  ASSERT_TRUE(train.image);
  EXPECT_EQ(train.image->channels, 3);
  EXPECT_EQ(std::get<DenseBytes>(train.features).values[3072], 10);
  ReadOptions options;
  options.part = DataPart::test;
  EXPECT_EQ(joined(read_dataset(folder_, options).labels), "7 ");
  EXPECT_EQ(joined(read_dataset(folder_ / "data_batch_2.bin").labels), "9 4 ");
  fs::remove(folder_ / "data_batch_4.bin");
  EXPECT_EQ(error(folder_), "DIR/data_batch_4.bin: found no such file, expected a data file");
  write("data_batch_4.bin", cifar_records("\x01") + "x");
  EXPECT_EQ(error(folder_),
            "DIR/data_batch_4.bin: found 1 bytes in record 2, expected CIFAR-10 records of 3073 "
            "bytes");
  write("data_batch_4.bin", cifar_records("\x0a"));
  EXPECT_EQ(error(folder_),
            "DIR/data_batch_4.bin: found label 10 in record 1, expected one of 0, …, 9");
}

}  // namespace
}  // namespace graddiv
