#include "data/exact_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "testing/data_files.h"

namespace graddiv {
namespace {

using ExactData = DataFiles;

template <class A>
std::string exact(const A& values) {
  std::string text;
  for (Eigen::Index i = 0; i < values.rows(); ++i) {
    for (Eigen::Index j = 0; j < values.cols(); ++j) text += to_string(values(i, j)) + ' ';
    if (values.cols() > 1) text += "| ";
  }
  return text;
}

TEST_F(ExactData, ReadsDecimalsAsTheyStand) {
  const ExactSource source(write("data", "0.1 1:0.1 2:-3e-2\n\n1 # 2:1\n+2 2:.5 3:1e-400\n"));
  EXPECT_EQ(source.rows(), 3);
  EXPECT_EQ(source.columns(), 3);
  const ExactRows all = source.read({{0, 1, 2}, {}});
  EXPECT_EQ(exact(all.labels), "1/10 1 2 ");
  EXPECT_EQ(exact(all.X.topLeftCorner(3, 2)), "1/10 -3/100 | 0 0 | 0 1/2 | ");
  EXPECT_EQ(all.X(2, 2), parse_rational("1e-400"));
}

TEST_F(ExactData, TakesRowsAndColumnsInTheOrderAskedFor) {
  const ExactSource source(write_gz("data.gz", "1 0:1 1:2 2:3\n2 1:4\n3 0:5 2:6"));
  const ExactRows some = source.read({{2, 0, 2}, {2, 0, 2}});
  EXPECT_EQ(exact(some.labels), "3 1 3 ");
  EXPECT_EQ(exact(some.X), "6 5 6 | 3 1 3 | 6 5 6 | ");
  EXPECT_THROW(source.read({{3}, {}}), std::out_of_range);
  EXPECT_THROW(source.read({{0}, {3}}), std::out_of_range);
}

TEST_F(ExactData, ReadsCsv) {
  ReadOptions options;
  options.label_column = "y";
  const ExactSource source(write("data", "a,y,b\n0.3,1,2\n\"4\",-1,1e-1\n"), options);
  const ExactRows all = source.read({{0, 1}, {}});
  EXPECT_EQ(exact(all.labels), "1 -1 ");
  EXPECT_EQ(exact(all.X), "3/10 2 | 4 1/10 | ");
  EXPECT_EQ(exact(source.read({{1}, {1}}).X), "1/10 ");
}

TEST_F(ExactData, RefusesExponentsThatWouldFillMemory) {
  const auto error_of = [&](const std::string& text, const ReadOptions& options = {}) {
    const ExactSource source(write("data", text), options);
    try {
      source.read({{0}, {}});
    } catch (const InputError& e) {
      return without_folder(e.what());
    }
    return std::string("accepted");
  };
  const std::string expected = "expected an exponent from -100000 to 100000, to be read exactly";
  EXPECT_EQ(error_of("1 1:2 2:1e-100001\n"), "DIR/data:1:9: found \"1e-100001\", " + expected);
  ReadOptions options;
  options.label_column = "1";
  EXPECT_EQ(error_of("1,2,0e-100001\n", options), "DIR/data:1:5: found \"0e-100001\", " + expected);
}

// Two images of 2 × 4 pixels: each becomes two means over 2 × 2.
TEST_F(ExactData, PoolsImages) {
  using namespace std::string_literals;
  write("train-images-idx3-ubyte", "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x04"s +
                                       "\1\2\3\4\5\6\7\x0b"
                                       "\0\0\xff\xff\0\0\xff\xff"s);
  write("train-labels-idx1-ubyte", "\0\0\x08\x01\0\0\0\x02\3\4"s);
  const ExactSource source(folder_);
  EXPECT_EQ(source.columns(), 8);
  EXPECT_EQ(source.columns(2), 2);
  EXPECT_FALSE(source.can_pool(4));
  EXPECT_FALSE(source.can_pool(0));
  EXPECT_EQ(exact(source.read({{0, 1}, {}, 2}).X), "7/2 25/4 | 0 255 | ");
  EXPECT_EQ(exact(source.read({{1, 0}, {1}, 2}).X), "255 25/4 ");
  EXPECT_EQ(exact(source.read({{0}, {7, 0}}).X), "11 1 | ");
  EXPECT_EQ(exact(source.read({{1, 0}, {}}).labels), "4 3 ");
}

TEST_F(ExactData, PoolsChannelsApart) {
  std::string record(1, '\5');
  for (int c = 0; c < 3; ++c) record += std::string(1024, static_cast<char>(10 * c + 1));
  const ExactSource source(write("test_batch.bin", record));
  EXPECT_EQ(source.columns(16), 12);
  EXPECT_EQ(exact(source.read({{0}, {}, 16}).X), "1 1 1 1 11 11 11 11 21 21 21 21 | ");
}

// Sums over the whole of files that others wrote, from a few lines of Python on fractions.
TEST(RealData, IsReadExactly) {
  const ExactSource heart(GRADDIV_HEART_SCALE);
  ASSERT_EQ(heart.rows(), 270);
  ASSERT_EQ(heart.columns(), 13);
  std::vector<std::int64_t> all(270);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
  const ExactRows rows = heart.read({all, {}});
  EXPECT_EQ(rows.X.sum(), Rational("-6664008603/10000000"));
  EXPECT_EQ(rows.X.squaredNorm(), Rational("10981978188965017331/5000000000000000"));
  EXPECT_EQ(rows.labels.sum(), -30);  // 120 against 150

  const ExactSource fashion(GRADDIV_FASHION_MNIST);
  ASSERT_EQ(fashion.rows(), 60'000);
  const ExactRows first = fashion.read({{0}, {}, 4});
  ASSERT_EQ(first.X.cols(), 49);
  EXPECT_EQ(first.labels(0), 9);
  EXPECT_EQ(first.X(0, 3), Rational(14, 16));
  EXPECT_EQ(first.X(0, 48), Rational(157, 16));
}

TEST(SampleRows, GivesDistinctRowsAscending) {
  for (std::int64_t n = 0; n < 8; ++n) {
    for (std::int64_t count = 0; count <= n; ++count) {
      const auto rows = sample_rows(n, count, 3);
      ASSERT_EQ(static_cast<std::int64_t>(rows.size()), count);
      for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_LT(rows[i - 1], rows[i]);
      if (count > 0) {
        EXPECT_GE(rows.front(), 0);
        EXPECT_LT(rows.back(), n);
      }
    }
  }
  EXPECT_THROW(sample_rows(3, 4, 1), std::invalid_argument);
  EXPECT_THROW(sample_rows(3, -1, 1), std::invalid_argument);
}

// Each of the 10 sets of 2 among 5: a number of hits with mean 2000 and deviation 42.
TEST(SampleRows, GivesEverySetEquallyOften) {
  std::map<std::vector<std::int64_t>, int> hits;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) ++hits[sample_rows(5, 2, seed)];
  EXPECT_EQ(hits.size(), 10U);
  for (const auto& [rows, count] : hits) EXPECT_NEAR(count, 2000, 200);
}

// Instance files name rows by a seed: these may never change.
TEST(SampleRows, GivesTheSameForever) {
  EXPECT_EQ(joined(sample_rows(60'000, 5, 1)), "30852 40709 45063 47672 56874 ");
}

}  // namespace
}  // namespace graddiv
