#include "data/csv.h"

#include <gtest/gtest.h>

#include "data/read_dataset.h"
#include "testing/data_files.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

ReadOptions labels_in(const std::string& column) {
  ReadOptions options;
  options.label_column = column;
  return options;
}

using Csv = DataFiles;

TEST_F(Csv, ReadsNumbersAndQuotes) {
  const fs::path file = write("data",
                              "\xEF\xBB\xBFheight,\"class, or \"\"label\"\"\",width\r\n"
                              "1.5,\"1\", 2 \r\n"
                              "\r\n"
                              "-3,0,\"4\"");
  for (const std::string& column : {"class, or \"label\""s, "2"s}) {
    const Dataset data = read_dataset(file, labels_in(column));
    EXPECT_EQ(data.rows, 2);
    EXPECT_EQ(data.columns, 2);
    EXPECT_EQ(joined(data.labels), "1 0 ");
    EXPECT_EQ(joined(std::get<DenseNumbers>(data.features).values), "1.5 2 -3 4 ");
    EXPECT_EQ(joined(data.detected), "CSV; with a header line; ");
  }
  const Dataset plain = read_dataset(write_gz("data.csv.gz", "1,2,3\n4,5,6\n"), labels_in("3"));
  EXPECT_EQ(joined(plain.labels), "3 6 ");
  EXPECT_EQ(joined(plain.detected), "CSV; without a header line; ");
}

TEST_F(Csv, SaysWhatIsWrong) {
  EXPECT_EQ(error_in("a,b\n1,2\n"),
            "DIR/data:1:1: found CSV without a word on its labels, expected the column of the "
            "labels among 1, …, 2 or \"a\" \"b\"");
  EXPECT_EQ(error_in("a,b\n1,2\n", labels_in("c")),
            "DIR/data:1:1: found no column \"c\", expected the column of the labels among 1, …, 2 "
            "or \"a\" \"b\"");
  EXPECT_EQ(error_in("a,a\n1,2\n", labels_in("a")),
            "DIR/data:1:3: found a second column \"a\", expected one for the labels");
  EXPECT_EQ(error_in("1,2\n3,x\n", labels_in("1")), "DIR/data:2:3: found \"x\", expected a number");
  EXPECT_EQ(error_in("1,2\n,3\n", labels_in("1")),
            "DIR/data:2:1: found nothing, expected a label, a number");
  EXPECT_EQ(error_in("1,2\n3,NaN\n", labels_in("1")),
            "DIR/data:2:3: found NaN, expected a number that is finite");
  EXPECT_EQ(error_in("1,inf\n", labels_in("1")),
            "DIR/data:1:3: found inf, expected a number that is finite");
  EXPECT_EQ(error_in("1,2\n3\n", labels_in("1")),
            "DIR/data:2:1: found 1 fields, expected 2, as in the first line");
  EXPECT_EQ(error_in("1,2\n3,4,5\n", labels_in("1")),
            "DIR/data:2:5: found 3 fields, expected 2, as in the first line");
  EXPECT_EQ(error_in("1,\"2\n3,4\n", labels_in("1")),
            "DIR/data:1:3: found a quote that is never closed, expected a closing quote");
  EXPECT_EQ(error_in("1,\"2\"3\n", labels_in("1")),
            "DIR/data:1:6: found text behind a closing quote, expected a comma");
  EXPECT_EQ(error_in("a,b\n", labels_in("a")),
            "DIR/data: found a header line alone, expected examples below it");
}

}  // namespace
}  // namespace graddiv
