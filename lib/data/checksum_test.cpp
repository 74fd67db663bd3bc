#include "data/checksum.h"

#include <gtest/gtest.h>

#include <functional>

namespace graddiv {
namespace {

TEST(ChecksumOfData, IsThatOfFeaturesAndLabels) {
  Dataset data;
  data.source = "one";
  data.rows = 2;
  data.columns = 2;
  data.labels = {0, 1};
  data.features = DenseBytes{{1, 2, 3, 4}};
  const auto changed = [&](const std::function<void(Dataset&)>& change) {
    Dataset other = data;
    change(other);
    return checksum_of(other) != checksum_of(data);
  };
  EXPECT_FALSE(changed([](Dataset& d) { d.source = "another place"; }));
  EXPECT_TRUE(changed([](Dataset& d) { d.labels[1] = 2; }));
  EXPECT_TRUE(changed([](Dataset& d) { std::get<DenseBytes>(d.features).values[3] = 5; }));
  EXPECT_TRUE(changed([](Dataset& d) { d.rows = 1, d.columns = 4; }));
  EXPECT_TRUE(changed([](Dataset& d) { d.features = DenseNumbers{{1, 2, 3, 4}}; }));
  data.features = SparseRows{{0, 1, 2}, {0, 1}, {5, 6}};
  EXPECT_TRUE(changed([](Dataset& d) { std::get<SparseRows>(d.features).row_begin[1] = 2; }));
  EXPECT_TRUE(changed([](Dataset& d) { std::get<SparseRows>(d.features).column[1] = 0; }));
  EXPECT_TRUE(changed([](Dataset& d) { std::get<SparseRows>(d.features).value[1] = 5; }));
}

}  // namespace
}  // namespace graddiv
