#include "experiments/coupled.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "experiments/testing.h"
#include "measure/random.h"
#include "measure/totals.h"

namespace graddiv::experiments {
namespace {

TEST(Neighbours, DifferInOneExample) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  const Pair pair = neighbours(task, 20, 1, 3);
  const std::vector<float> w(static_cast<std::size_t>(pair.first->parameters()), 0.25F);
  for (std::int64_t i = 0; i < 20; ++i) {
    const auto gradient = [&](const Model& model) {
      return measure::totals<float>(model, {i, 1}, w).gradient;
    };
    EXPECT_EQ(gradient(*pair.first) != gradient(*pair.second), i == pair.place) << i;
  }
}

// Until the example that differs is drawn the runs are one, bit for bit; then they are two.
TEST(CoupledRuns, CoincideWhereTheDataDo) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  for (const std::uint64_t repetition : {0U, 1U, 2U}) {
    const Pair pair = neighbours(task, 20, 1, repetition);
    const RunOptions options{0.01, 1, 4, 20, 1, repetition};  // a look after every step
    const auto runs = run_coupled(pair, options, false);
    const measure::CounterRandom draws(1, measure::Purpose::draws, repetition);
    bool was_drawn = false;
    ASSERT_EQ(runs.distance.size(), 81U);
    for (std::size_t T = 0; T <= 80; ++T) {
      if (T > 0) was_drawn |= draws.below(20, T - 1) == pair.place;
      EXPECT_EQ(runs.distance[T] > 0, was_drawn) << T;
    }
    EXPECT_TRUE(was_drawn);
  }
}

TEST(CoupledRuns, OnTheSameDataAreOne) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  Pair pair = neighbours(task, 20, 1, 0);
  pair.second = neighbours(task, 20, 1, 0).first;
  for (const double d : run_coupled(pair, {0.01, 3, 3, 4, 1, 0}, false).distance) {
    EXPECT_EQ(d, 0);
  }
}

TEST(NormalisedDistance, IsThePapers) {
  const std::vector<float> zero = {0, 0};
  const std::vector<float> x = {3, 0};
  const std::vector<float> y = {0, 4};
  EXPECT_EQ(normalised_distance(zero, zero), 0);
  EXPECT_EQ(normalised_distance(x, x), 0);
  EXPECT_EQ(normalised_distance(x, y), 1);
  EXPECT_EQ(normalised_distance(x, zero), 1);
  EXPECT_EQ(normalised_distance(x, std::vector<float>{1, 0}), std::sqrt(0.4));
  const std::vector<float> lost = {std::numeric_limits<float>::quiet_NaN(), 0};
  EXPECT_TRUE(std::isinf(normalised_distance(x, lost)));
}

TEST(DifferentialBound, IsTheRatioOfDifferences) {
  // Least squares in one dimension: ∇f_i(w) − ∇f_i(w') = x_i²(w − w').
  auto data = std::make_shared<Dataset>();
  data->rows = 3;
  data->columns = 1;
  data->features = DenseNumbers{{1, 2, 3}};
  data->labels = {0, 0, 0};
  auto examples = std::make_shared<const measure::Examples<float>>(data, measure::Preparation{});
  const auto model = measure::generalized_linear_model<float>(examples, Loss::squared, 1, 0);
  const std::vector<float> w = {2};
  const std::vector<float> other = {1};
  EXPECT_NEAR(differential_bound(*model, w, other), 3.0 * (1 + 16 + 81) / (14 * 14), 1e-12);
  EXPECT_TRUE(std::isinf(differential_bound(*model, w, w)));
}

}  // namespace
}  // namespace graddiv::experiments
