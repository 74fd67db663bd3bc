#include "measure/sgd.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "measure/random.h"

namespace graddiv::measure {
namespace {

// f_i(w) = ½ (x_i w − y_i)² with x = 1, 2, 3 and y = 0, 1, 2.
std::unique_ptr<const Model<double>> three_squares() {
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = 3;
  data->columns = 1;
  data->features = DenseNumbers{{1, 2, 3}};
  data->labels = {0, 1, 2};
  return generalized_linear_model(
      std::make_shared<const Examples<double>>(std::move(data), Preparation{}), Loss::squared, 1,
      0);
}

TEST(Sgd, TakesTheStepsOfThePaper) {
  const auto model = three_squares();
  Sgd<double> run(*model, {2.0}, {0.125, 2, 5, 0, 1});
  double w = 2;
  for (int k = 0; k < 4; ++k) {
    run.step();
    double sum = 0;
    for (const auto i : run.last_batch()) {
      const auto x = static_cast<double>(i + 1);
      sum += (x * w - static_cast<double>(i)) * x;
    }
    w -= 0.125 * sum;
    EXPECT_DOUBLE_EQ(run.point()[0], w);
  }
  EXPECT_EQ(run.gradients(), 8);
  EXPECT_DOUBLE_EQ(run.passes(), 8.0 / 3);
}

TEST(Sgd, DrawsTheSameIndicesWhateverTheBatchSize) {
  const auto model = three_squares();
  Sgd<double> serial(*model, {0.0}, {1e-3, 1, 9, 2, 1});
  Sgd<double> batches(*model, {0.0}, {1e-3, 6, 9, 2, 1});
  std::vector<std::int64_t> one_by_one;
  for (int k = 0; k < 12; ++k) {
    serial.step();
    one_by_one.push_back(serial.last_batch()[0]);
  }
  std::vector<std::int64_t> together;
  for (int k = 0; k < 2; ++k) {
    batches.step();
    together.insert(together.end(), batches.last_batch().begin(), batches.last_batch().end());
  }
  EXPECT_EQ(one_by_one, together);
}

TEST(Sgd, RepetitionsDrawOtherIndices) {
  const auto model = three_squares();
  std::set<std::vector<std::int64_t>> drawn;
  for (const std::uint64_t repetition : {0U, 1U, 2U}) {
    Sgd<double> run(*model, {0.0}, {1e-3, 40, 9, repetition, 1});
    run.step();
    drawn.insert(run.last_batch());
  }
  EXPECT_EQ(drawn.size(), 3U);
}

// The mean of m uniform indices below n is (n − 1)/2 up to five standard deviations.
TEST(CounterRandom, IsUniformBelowAnyNumber) {
  const CounterRandom random(1, Purpose::draws);
  constexpr int m = 20000;
  for (const std::int64_t n : {2, 7, 60000}) {
    double sum = 0;
    for (int k = 0; k < m; ++k) {
      const auto index = random.below(n, static_cast<std::uint64_t>(k));
      ASSERT_GE(index, 0);
      ASSERT_LT(index, n);
      sum += static_cast<double>(index);
    }
    const auto size = static_cast<double>(n);
    EXPECT_NEAR(sum / m, (size - 1) / 2, 5 * size / std::sqrt(12.0 * m)) << n;
  }
}

TEST(CounterRandom, IsNormal) {
  const CounterRandom random(1, Purpose::start);
  constexpr int m = 20000;
  double sum = 0;
  double squares = 0;
  for (int k = 0; k < m; ++k) {
    const double x = random.normal(static_cast<std::uint64_t>(k));
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / m, 0, 5 / std::sqrt(m));
  EXPECT_NEAR(squares / m, 1, 5 * std::sqrt(2.0 / m));
}

}  // namespace
}  // namespace graddiv::measure
