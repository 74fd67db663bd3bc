#include "diversity/conflict_graph.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;

TEST(ConflictGraph, JoinsFunctionsThatShareACoordinate) {
  // 0 and 1 share coordinate 1; 1 and 2 share coordinate 2; 3 is alone; 4 has no gradient.
  const auto sum = least_squares(mat({{"1", "1", "0", "0"},
                                      {"0", "-1", "2", "0"},
                                      {"0", "0", "1", "0"},
                                      {"0", "0", "0", "5"},
                                      {"0", "0", "0", "0"}}),
                                 vec({"1", "1", "1", "1", "1"}));
  const ConflictGraph graph(*sum);
  EXPECT_EQ(graph.size(), 5);
  EXPECT_EQ(graph.neighbours(0), std::vector<int>{1});
  EXPECT_EQ(graph.neighbours(1), (std::vector<int>{0, 2}));
  EXPECT_EQ(graph.neighbours(2), std::vector<int>{1});
  EXPECT_TRUE(graph.neighbours(3).empty());
  EXPECT_TRUE(graph.neighbours(4).empty());
  EXPECT_EQ(graph.maximum_degree(), 2);
  EXPECT_EQ(graph.degree_sum(), 4);
}

TEST(ConflictGraph, OfDenseFunctionsIsComplete) {
  const ConflictGraph graph(
      *linear_sum(Matrix<Rational>::Constant(4, 2, 1), vec({"0", "0", "0", "0"})));
  EXPECT_EQ(graph.maximum_degree(), 3);
  EXPECT_EQ(graph.degree_sum(), 12);
}

TEST(ConflictGraph, OfOneFunctionHasNoEdge) {
  const ConflictGraph graph(*linear_sum(mat({{"1"}}), vec({"0"})));
  EXPECT_EQ(graph.maximum_degree(), 0);
}

RC_GTEST_PROP(ConflictGraph, HasAnEdgeExactlyWhereTwoSupportsMeet, ()) {
  const auto sum = test::any_sum();
  const ConflictGraph graph(*sum);
  for (int i = 0; i < sum->size(); ++i) {
    std::vector<int> expected;
    for (int k = 0; k < sum->size(); ++k) {
      bool meet = false;
      for (std::size_t j = 0; j < static_cast<std::size_t>(sum->dimension()); ++j) {
        meet = meet || (sum->facts(i).support[j] && sum->facts(k).support[j]);
      }
      if (meet && k != i) expected.push_back(k);
    }
    RC_ASSERT(graph.neighbours(i) == expected);
  }
}

}  // namespace
}  // namespace graddiv
