#include "data/libsvm.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "data/read_dataset.h"
#include "testing/data_files.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

using Libsvm = DataFiles;

TEST_F(Libsvm, ReadsIndicesFromOne) {
  const Dataset data = read_dataset(write("data",
                                          "# a comment\n"
                                          "+1 1:0.5 3:-2e-1 # more\n"
                                          "\n"
                                          "-1 qid:7 2:+4\r\n"
                                          "2.5\t \n"
                                          "0   4:1e-400  5:0"));
  EXPECT_EQ(data.rows, 4);
  EXPECT_EQ(data.columns, 5);
  EXPECT_EQ(joined(data.labels), "1 -1 2.5 0 ");
  const auto& rows = std::get<SparseRows>(data.features);
  EXPECT_EQ(joined(rows.row_begin), "0 2 3 3 5 ");
  EXPECT_EQ(joined(rows.column), "0 2 1 3 4 ");
  EXPECT_EQ(joined(rows.value), "0.5 -0.2 4 0 0 ");
  EXPECT_EQ(joined(data.detected), "LIBSVM; indices from 1 (assumed: none is 0); ");
}

TEST_F(Libsvm, ReadsIndicesFromZero) {
  const fs::path file = write("data", "1 1:1\n2 0:2 1:3\n");
  const Dataset data = read_dataset(file);
  EXPECT_EQ(data.columns, 2);
  EXPECT_EQ(joined(std::get<SparseRows>(data.features).column), "1 0 1 ");
  EXPECT_EQ(joined(data.detected), "LIBSVM; indices from 0; ");
  ReadOptions from_one;
  from_one.index_base = 1;
  EXPECT_EQ(error(file, from_one),
            "DIR/data:2:3: found index 0, expected indices that count from 1");
}

TEST_F(Libsvm, MakesAsManyColumnsAsAskedFor) {
  ReadOptions options;
  options.columns = 7;
  EXPECT_EQ(read_dataset(write("data", "1 1:1\n"), options).columns, 7);
  options.columns = 2;
  EXPECT_EQ(error_in("1 1:1\n1 2:1 3:1\n", options),
            "DIR/data:2:7: found index 3, expected at most 2, as there are to be 2 columns");
  EXPECT_EQ(error_in("1 0:1 2:1\n", options),
            "DIR/data: found indices from 0 to 2, expected at most 2 columns");
}

TEST_F(Libsvm, ReadsPackedText) {
  const Dataset data = read_dataset(write_gz("data.gz", "1 1:3\n-1 2:4"));
  EXPECT_EQ(joined(std::get<SparseRows>(data.features).value), "3 4 ");
}

TEST_F(Libsvm, ReadsLinesLongerThanABlock) {
  std::string text = "1";
  const int count = 200'000;  // more than 2 MiB
  for (int j = 1; j <= count; ++j) text += ' ' + std::to_string(j) + ":0.25";
  const Dataset data = read_dataset(write("data", text + "\n2 3:1\n"));
  EXPECT_EQ(data.rows, 2);
  EXPECT_EQ(std::get<SparseRows>(data.features).row_begin[1], count);
  EXPECT_EQ(data.columns, count);
}

TEST_F(Libsvm, SaysWhatIsWrong) {
  EXPECT_EQ(error_in("1 1:1\nx 1:1\n"),
            "DIR/data:2:1: found \"x\", expected a label, which is a number");
  EXPECT_EQ(error_in("1 1:1\n1:1\n"),
            "DIR/data:2:1: found \"1:1\", expected a label, which is a number");
  EXPECT_EQ(error_in("1 1:1  2:abc\n"), "DIR/data:1:10: found \"abc\", expected a number");
  EXPECT_EQ(error_in("1 1:\n"), "DIR/data:1:5: found nothing, expected a number");
  EXPECT_EQ(error_in("1 1:1 2\n"), "DIR/data:1:7: found \"2\", expected an entry index:value");
  EXPECT_EQ(error_in("1 1:nan\n"), "DIR/data:1:5: found nan, expected a number that is finite");
  EXPECT_EQ(error_in("-inf 1:1\n"),
            "DIR/data:1:1: found -inf, expected a label, which is a number that is finite");
  EXPECT_EQ(error_in("1 1:1e999\n"),
            "DIR/data:1:5: found 1e999, expected a number that a double can hold");
  EXPECT_EQ(error_in("1 1:+-1\n"), "DIR/data:1:5: found \"+-1\", expected a number");
  EXPECT_EQ(error_in("1 1:0x10\n"), "DIR/data:1:5: found \"0x10\", expected a number");
  EXPECT_EQ(error_in("1 2:1 2:1\n"),
            "DIR/data:1:7: found index 2, expected one above 2: indices ascend");
  EXPECT_EQ(error_in("1 2:1 1:1\n"),
            "DIR/data:1:7: found index 1, expected one above 2: indices ascend");
  EXPECT_EQ(error_in("1 -1:1\n"),
            "DIR/data:1:3: found \"-1\", expected an index, a whole number at or above 0");
  EXPECT_EQ(error_in("1 1:1 qid:1\n"),
            "DIR/data:1:7: found \"qid:1\", expected qid before the entries of the line");
  EXPECT_EQ(error_in("1 qid:x 1:1\n"),
            "DIR/data:1:7: found \"x\", expected an integer after \"qid:\"");
  EXPECT_EQ(error_in("1\n-1\n"), "DIR/data: found no entry index:value, expected one at least");
}

TEST_F(Libsvm, RefusesIndicesBeyondTheLargest) {
  EXPECT_EQ(error_in("1 2147483646:1\n"), "accepted");
  EXPECT_EQ(error_in("1 2147483647:1\n"),
            "DIR/data:1:3: found index 2147483647, expected at most 2147483646, 2^31 - 2");
  EXPECT_EQ(error_in("1 99999999999999999999:1\n"),
            "DIR/data:1:3: found index 99999999999999999999, expected at most 2147483646, "
            "2^31 - 2");
}

}  // namespace
}  // namespace graddiv
