#include "measure/shared_totals.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "measure/sgd.h"
#include "measure/thread_communicator.h"

namespace graddiv::measure {
namespace {

constexpr std::int64_t rows = 150;

std::shared_ptr<const Dataset> made_up() {
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = rows;
  data->columns = 5;
  DenseNumbers numbers;
  for (std::int64_t i = 0; i < rows; ++i) {
    data->labels.push_back(static_cast<double>(i % 3));
    for (std::int64_t j = 0; j < 5; ++j) {
      numbers.values.push_back(static_cast<double>((i * i + 7 * j * i + 3) % 101) / 31);
    }
  }
  data->features = std::move(numbers);
  return data;
}

template <class T>
std::vector<std::unique_ptr<const Model<T>>> all_models() {
  Preparation signs;
  signs.target = Target::sign;
  signs.positive = {2};
  Preparation classes;
  classes.target = Target::index;
  const auto two = std::make_shared<const Examples<T>>(made_up(), signs);
  const auto three = std::make_shared<const Examples<T>>(made_up(), classes);
  std::vector<std::unique_ptr<const Model<T>>> models;
  models.push_back(generalized_linear_model<T>(two, Loss::logistic, 1, 0.01));
  models.push_back(softmax_model<T>(three, 0));
  models.push_back(network_model<T>(three, {4}, Activation::tanh, 0));
  return models;
}

template <class T>
std::vector<T> some_point(const Model<T>& model) {
  std::vector<T> w(static_cast<std::size_t>(model.parameters()));
  for (std::size_t j = 0; j < w.size(); ++j) {
    w[j] = static_cast<T>(0.3 - 0.07 * static_cast<double>(j % 9));
  }
  return w;
}

void expect_same(const Totals& a, const Totals& b) {
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.correct, b.correct);
  EXPECT_EQ(a.losses.sum(), b.losses.sum());
  EXPECT_EQ(a.losses.lost(), b.losses.lost());
  ASSERT_EQ(a.squared_norms.size(), b.squared_norms.size());
  for (std::size_t l = 0; l < a.squared_norms.size(); ++l) {
    EXPECT_EQ(a.squared_norms[l].sum(), b.squared_norms[l].sum());
    EXPECT_EQ(a.squared_norms[l].lost(), b.squared_norms[l].lost());
  }
  EXPECT_EQ(a.gradient, b.gradient);
}

template <class T>
void expect_the_same_on_all_ranks(const Model<T>& model, std::int64_t count, std::int64_t leaf) {
  const auto w = some_point(model);
  const PassOptions options{1, true, true, leaf};
  const Totals alone = totals<T>(model, {0, count}, w, options);
  for (const int size : {1, 2, 3, 4, 7}) {
    std::vector<Totals> sums(static_cast<std::size_t>(size));
    run_on_threads(size, [&](Communicator& ranks) {
      sums[static_cast<std::size_t>(ranks.rank())] =
          shared_totals<T>(model, {0, count}, w, options, ranks);
    });
    for (const Totals& sum : sums) expect_same(sum, alone);
    ASSERT_FALSE(::testing::Test::HasFailure()) << size << " ranks, " << count << " by " << leaf;
  }
}

TEST(SharedTotals, AreTheSameBitForBitForAnyNumberOfRanks) {
  for (const auto& model : all_models<float>()) {
    for (const std::int64_t count : {1, 15, 16, 17, 64, 150}) {
      for (const std::int64_t leaf : {1, 7, 16}) expect_the_same_on_all_ranks(*model, count, leaf);
    }
  }
  for (const auto& model : all_models<double>()) expect_the_same_on_all_ranks(*model, rows, 10);
}

/// How many examples were asked of the model that it stands for.
class CountingModel final : public Model<double> {
 public:
  explicit CountingModel(const Model<double>& model) : model_(model) {}
  std::int64_t size() const override { return model_.size(); }
  std::int64_t parameters() const override { return model_.parameters(); }
  std::vector<Layer> layers() const override { return model_.layers(); }
  bool is_classifier() const override { return model_.is_classifier(); }
  void add_block(const Selection& block, std::span<const double> w,
                 const BlockOutput<double>& output) const override {
    asked += block.count;
    model_.add_block(block, w, output);
  }
  mutable std::atomic<std::int64_t> asked = 0;

 private:
  const Model<double>& model_;
};

TEST(SharedTotals, ShareTheWork) {
  const auto models = all_models<double>();
  const auto w = some_point(*models[0]);
  for (const int size : {2, 3, 4}) {
    std::vector<std::int64_t> asked(static_cast<std::size_t>(size));
    run_on_threads(size, [&](Communicator& ranks) {
      const CountingModel counting(*models[0]);
      shared_totals<double>(counting, {0, rows}, w, {1, true, true, 10}, ranks);
      asked[static_cast<std::size_t>(ranks.rank())] = counting.asked;
    });
    std::int64_t sum = 0;
    std::int64_t largest = 0;
    for (const std::int64_t n : asked) {
      sum += n;
      largest = std::max(largest, n);
    }
    EXPECT_EQ(sum, rows) << "every example once";
    EXPECT_EQ(largest, largest_share(rows, 10, size));
    EXPECT_LE(largest, (rows / 10 + size - 1) / size * 10);
  }
}

TEST(SharedTotals, OfFewLeavesLeaveRanksIdle) {
  EXPECT_EQ(largest_share(16, 16, 4), 16);
  EXPECT_EQ(largest_share(17, 16, 2), 16);
  EXPECT_EQ(largest_share(512, 16, 4), 128);
}

TEST(Sgd, IsTheSameRunForAnyNumberOfRanksAndThreads) {
  for (const auto& model : all_models<float>()) {
    const auto run_with = [&](int threads, Communicator* ranks) {
      Sgd<float> run(*model, some_point(*model), {1e-3, 100, 3, 0, threads, ranks});
      run.keep_norms(true);
      for (int k = 0; k < 3; ++k) run.step();
      return std::pair(run.point(), run.last_sums().sum_of_squared_norms());
    };
    const auto alone = run_with(1, nullptr);
    EXPECT_EQ(alone, run_with(3, nullptr));
    for (const int size : {1, 2, 3, 4}) {
      run_on_threads(size, [&](Communicator& ranks) { EXPECT_EQ(alone, run_with(1, &ranks)); });
    }
  }
}

TEST(Sgd, CutsABatchByItsSizeAlone) {
  EXPECT_EQ(sgd_leaf(1), 16);
  EXPECT_EQ(sgd_leaf(1024), 16);
  EXPECT_EQ(sgd_leaf(1025), 17);
  EXPECT_EQ(sgd_leaf(64000), 1000);
}

TEST(RunOnThreads, EndsWhereARankFails) {
  EXPECT_THROW(run_on_threads(3,
                              [](Communicator& ranks) {
                                if (ranks.rank() == 1) throw std::domain_error("rank 1");
                                double number = 0;
                                ranks.broadcast(1, {&number, 1});
                              }),
               std::domain_error);
}

}  // namespace
}  // namespace graddiv::measure
