#include "experiments/cost_model.h"

#include <gtest/gtest.h>

namespace graddiv::experiments {
namespace {

const CostModel cluster{.seconds_per_gradient = 2, .latency = 3, .bandwidth = 10, .bytes = 40};

TEST(CostModel, OneWorkerSendsNothing) {
  EXPECT_EQ(cluster.iteration_seconds(1, 1), 2);
  EXPECT_EQ(cluster.iteration_seconds(7, 1), 14);
}

TEST(CostModel, WorkersShareTheBatchAndAddUpInARing) {
  // ⌈5/2⌉ = 3 gradients, 2 rounds of 3 s and 40/2/10 = 2 s.
  EXPECT_EQ(cluster.iteration_seconds(5, 2), 3 * 2 + 2 * (3 + 2));
  // 2 gradients, 6 rounds of 3 s and 1 s.
  EXPECT_EQ(cluster.iteration_seconds(8, 4), 2 * 2 + 6 * (3 + 1));
}

TEST(CostModel, MoreWorkersThanGradientsAreIdle) {
  EXPECT_EQ(cluster.iteration_seconds(1, 64), cluster.iteration_seconds(1, 1));
  EXPECT_EQ(cluster.iteration_seconds(4, 64), cluster.iteration_seconds(4, 4));
}

TEST(CostModel, AnIterationThatIsBegunIsPaid) {
  EXPECT_EQ(cluster.seconds(8, 4, 2), 2 * cluster.iteration_seconds(4, 2));
  EXPECT_EQ(cluster.seconds(9, 4, 2), 3 * cluster.iteration_seconds(4, 2));
}

TEST(CostModel, RefusesNothingAtAll) {
  EXPECT_THROW(cluster.iteration_seconds(0, 1), std::invalid_argument);
  EXPECT_THROW(cluster.iteration_seconds(1, 0), std::invalid_argument);
}

}  // namespace
}  // namespace graddiv::experiments
