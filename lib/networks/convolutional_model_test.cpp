#include "networks/convolutional_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "json/input_error.h"
#include "measure/totals.h"
#include "measure/verify_gradients.h"
#include "networks/layer_norms.h"

namespace graddiv::networks {
namespace {

using measure::ConvolutionalShape;
using measure::Examples;

// 9 images of c × 8 × 6 pixels in three classes.
template <class T>
std::shared_ptr<const Examples<T>> images(int channels, double scale = 1.0 / 255) {
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = 9;
  data->columns = channels * 48;
  data->image = ImageShape{channels, 8, 6};
  DenseBytes bytes;
  for (int k = 0; k < 9 * data->columns; ++k) {
    bytes.values.push_back(static_cast<std::uint8_t>(k * k % 251));
  }
  data->features = std::move(bytes);
  for (int i = 0; i < 9; ++i) data->labels.push_back(i % 3);
  return std::make_shared<const Examples<T>>(
      data, measure::Preparation{scale, false, measure::Target::index, {}});
}

template <class T>
std::vector<T> point(const measure::Model<T>& model) {
  auto w = model.start(2);
  for (std::size_t j = 0; j < w.size(); ++j) {
    w[j] += static_cast<T>(std::sin(static_cast<double>(j)) / 50);
  }
  return w;
}

void each_model(const std::function<void(const measure::Model<double>&)>& check) {
  for (const int channels : {1, 3}) {
    for (const double rho : {0.0, 0.25}) {
      for (const bool residual : {false, true}) {
        const auto model =
            convolutional_model<double>(images<double>(channels), {residual, {3, 4}}, rho);
        SCOPED_TRACE(testing::Message()
                     << channels << " channels, rho " << rho << (residual ? ", residual" : ""));
        check(*model);
      }
    }
  }
}

TEST(ConvolutionalModel, HasVerifiedGradients) {
  each_model([](const measure::Model<double>& model) {
    const auto check = measure::verify_gradients(model, point(model), 6, 1);
    EXPECT_LT(check.sum, measure::GradientCheck::largest_rounding);
    EXPECT_LT(check.squared_norm, measure::GradientCheck::largest_rounding);
    EXPECT_LT(check.slope, measure::GradientCheck::largest_slope);
  });
}

TEST(ConvolutionalModel, SquaredNormsAreThoseOfEachLayersPart) {
  each_model([](const measure::Model<double>& model) {
    const auto w = point(model);
    const auto layers = model.layers();
    std::vector<double> norms(layers.size() * 9);
    measure::BlockOutput<double> output;
    output.squared_norms = norms;
    model.add_block({0, 9, nullptr}, w, output);
    for (std::int64_t i = 0; i < 9; ++i) {
      std::vector<double> gradient(w.size());
      measure::BlockOutput<double> own;
      own.gradient = gradient;
      model.add_block({i, 1, nullptr}, w, own);
      for (std::size_t l = 0; l < layers.size(); ++l) {
        double norm2 = 0;
        for (auto j = layers[l].first; j < layers[l].first + layers[l].count; ++j) {
          norm2 += gradient[static_cast<std::size_t>(j)] * gradient[static_cast<std::size_t>(j)];
        }
        EXPECT_NEAR(norms[l * 9 + static_cast<std::size_t>(i)], norm2, 1e-12 * (1 + norm2));
      }
    }
  });
}

// Large inputs fit some examples all but perfectly.
TEST(ConvolutionalModel, HasVerifiedGradientsOnRawPixels) {
  for (const bool residual : {false, true}) {
    const auto model = convolutional_model<double>(images<double>(1, 1), {residual, {3, 4}}, 0);
    const auto check = measure::verify_gradients(*model, model->start(1), 20, 1);
    EXPECT_TRUE(check.passed()) << check.sum << ' ' << check.squared_norm << ' ' << check.slope;
  }
}

/// All parameters 0 but the three biases of the last layer, so that z = bias and a = 0: the
/// gradient is that of softmax at z, plus ρ bias.
std::vector<double> only_biases(const measure::Model<double>& model, std::vector<double> bias) {
  std::vector<double> w(static_cast<std::size_t>(model.parameters()));
  std::copy(bias.begin(), bias.end(), w.end() - 3);
  return w;
}

TEST(ConvolutionalModel, KeepsTheDigitsOfFittedExamples) {
  const auto model = convolutional_model<double>(images<double>(1), {false, {3, 4}}, 0);
  // Image 0 has label 0: 1 − p_0 = 2e⁻⁴⁰/(1 + 2e⁻⁴⁰) is far below the rounding of 1.
  const auto sums =
      measure::totals<double>(*model, {0, 1, nullptr}, only_biases(*model, {40, 0, 0}));
  const double others = 2 * std::exp(-40);
  EXPECT_DOUBLE_EQ(sums.loss_sum(), std::log1p(others));
  EXPECT_DOUBLE_EQ(sums.gradient.end()[-3], -others / (1 + others));
  EXPECT_DOUBLE_EQ(sums.sum_of_squared_norms(), 1.5 * std::pow(others / (1 + others), 2));
}

TEST(ConvolutionalModel, KeepsTheDigitsOfGradientsThatTheRidgeCancels) {
  // At z = (2, −1, −1) the slope of softmax is −(1 − p)/2 · z: a ridge of (1 − p)/2 takes it all,
  // and a little beside that point the lengths of both are no help.
  const double others = 2 * std::exp(-3);
  const double rho = others / (1 + others) / 2;
  const auto model = convolutional_model<double>(images<double>(1), {false, {3, 4}}, rho);
  const auto sums =
      measure::totals<double>(*model, {0, 1, nullptr}, only_biases(*model, {2 + 1e-9, -1, -1}));
  EXPECT_GT(sums.squared_norm_of_sum(), 0);
  EXPECT_NEAR(sums.batch_size_bound(), 1, 1e-12) << "of one example";
}

TEST(ConvolutionNorms, AreTheSameBothWays) {
  const auto options = torch::TensorOptions().dtype(torch::kFloat64);
  const auto a = torch::sin(torch::arange(5 * 2 * 7 * 6, options)).reshape({5, 2, 7, 6});
  const auto delta = torch::cos(torch::arange(5 * 4 * 7 * 6, options)).reshape({5, 4, 7, 6});
  const auto one = convolution_norms(delta, a, 3, Way::explicitly);
  EXPECT_TRUE(torch::allclose(one, convolution_norms(delta, a, 3, Way::gram), 1e-12, 0));
  EXPECT_TRUE(torch::allclose(one, convolution_norms(delta, a, 3), 1e-12, 0));
}

TEST(ConvolutionalModel, SinglePrecisionIsNear) {
  const auto exact = convolutional_model<double>(images<double>(1), {true, {3, 4}}, 0);
  const auto rounded = convolutional_model<float>(images<float>(1), {true, {3, 4}}, 0);
  const double a =
      measure::totals<double>(*exact, {0, 9, nullptr}, point(*exact)).batch_size_bound();
  const double b =
      measure::totals<float>(*rounded, {0, 9, nullptr}, point(*rounded)).batch_size_bound();
  EXPECT_NEAR(a, b, 1e-3 * a);
}

TEST(ConvolutionalModel, RefusesWhatItCannotTake) {
  EXPECT_THROW(measure::parse_model("resnet:8-16+batch-norm"), InputError);
  EXPECT_THROW(convolutional_model<double>(images<double>(1), {true, {4, 3}}, 0), InputError);
  EXPECT_THROW(convolutional_model<double>(images<double>(1), {false, {1, 1, 1, 1}}, 0),
               InputError);
}

}  // namespace
}  // namespace graddiv::networks
