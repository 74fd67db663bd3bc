#include "measure/verify_gradients.h"

#include <gtest/gtest.h>

namespace graddiv::measure {
namespace {

/// Six rows of three bytes in two classes.
std::shared_ptr<const Examples<double>> whole_numbers() {
  auto file = std::make_shared<Dataset>();
  file->rows = 6;
  file->columns = 3;
  file->features = DenseBytes{{1, 0, 255, 7, 2, 0, 0, 0, 3, 9, 9, 1, 4, 0, 0, 5, 6, 7}};
  file->labels = {0, 1, 1, 1, 0, 1};
  return std::make_shared<const Examples<double>>(file, Preparation{1, false, Target::sign, {}});
}

TEST(GradientCheck, PassesForModelsAndIsExactOnWholeNumbers) {
  const auto data = whole_numbers();
  const auto model = generalized_linear_model<double>(data, Loss::logistic, 1, 0);
  const auto check = verify_gradients(*model, std::vector<double>(3), 6, 1);
  EXPECT_TRUE(check.passed());
  EXPECT_EQ(check.sum, 0);
  EXPECT_EQ(check.squared_norm, 0);
}

// Zero rows and biases of 0 begin in the kink of relu.
TEST(GradientCheck, PassesForNetworksOnZeroRowsAndForLargeTargets) {
  auto file = std::make_shared<Dataset>();
  file->rows = 4;
  file->columns = 2;
  file->features = DenseNumbers{{0, 0, 1, 2, 0, 0, 3, -1}};
  file->labels = {0, 1, 1, 0};
  const auto classes =
      std::make_shared<const Examples<double>>(file, Preparation{1, false, Target::index, {}});
  const auto network = network_model<double>(classes, {5, 3}, Activation::relu, 0);
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const auto check = verify_gradients(*network, network->start(seed), 10, seed);
    EXPECT_TRUE(check.passed()) << check.slope;
    EXPECT_GT(check.slopes, 0);
  }
  auto large = std::make_shared<Dataset>(*file);
  large->labels = {1e7, -3e6, 2e6, 5e6};
  const auto numbers =
      std::make_shared<const Examples<double>>(large, Preparation{1, true, Target::number, {}});
  const auto linear = generalized_linear_model<double>(numbers, Loss::squared, 1, 0);
  const auto check = verify_gradients(*linear, std::vector<double>{1, 2, 3}, 10, 1);
  EXPECT_TRUE(check.passed()) << check.slope;
  EXPECT_GT(check.slopes, 0);
}

// A model whose reported norms, or slopes, are off by one part in a thousand.
class WrongModel final : public Model<double> {
 public:
  WrongModel(std::unique_ptr<const Model<double>> right, double norm, double gradient)
      : right_(std::move(right)), norm_(norm), gradient_(gradient) {}
  std::int64_t size() const override { return right_->size(); }
  std::int64_t parameters() const override { return right_->parameters(); }
  std::vector<Layer> layers() const override { return right_->layers(); }
  bool is_classifier() const override { return right_->is_classifier(); }
  void add_block(const Selection& block, std::span<const double> w,
                 const BlockOutput<double>& output) const override {
    right_->add_block(block, w, output);
    for (double& x : output.squared_norms) x *= norm_;
    if (!output.gradient.empty()) output.gradient[0] *= gradient_;
  }

 private:
  std::unique_ptr<const Model<double>> right_;
  double norm_;
  double gradient_;
};

TEST(GradientCheck, FailsForWrongNormsAndWrongSlopes) {
  const auto data = whole_numbers();
  const auto right = [&] { return generalized_linear_model<double>(data, Loss::logistic, 1, 0); };
  const std::vector<double> w = {0.01, 0.02, -0.01};
  EXPECT_TRUE(verify_gradients(WrongModel(right(), 1, 1), w, 6, 1).passed());
  EXPECT_FALSE(verify_gradients(WrongModel(right(), 1.001, 1), w, 6, 1).passed());
  EXPECT_FALSE(verify_gradients(WrongModel(right(), 1, 1.001), w, 6, 1).passed());
}

}  // namespace
}  // namespace graddiv::measure
