#include "networks/convolutional_model.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <cmath>

#include "json/input_error.h"
#include "measure/class_probabilities.h"
#include "measure/random.h"
#include "measure/ridge.h"
#include "networks/layer_norms.h"

namespace graddiv::networks {
namespace {

using measure::BlockOutput;
using measure::ConvolutionalShape;
using measure::Examples;
using measure::Selection;
using torch::Tensor;

/// A layer with weights: outputs × inputs × kernel × kernel, or outputs × inputs where kernel = 0.
struct Weights {
  std::string name;
  int inputs;
  int outputs;
  int kernel;
  std::int64_t first;   // of its parameters
  double gain;          // the weights begin with a variance of gain/inputs
  std::int64_t pixels;  // of y: so often every weight is used
  std::int64_t fan_in() const { return std::int64_t{inputs} * std::max(1, kernel * kernel); }
  std::int64_t weights() const { return fan_in() * outputs; }
  std::int64_t count() const { return weights() + outputs; }
};

/// What the pass forward remembers of a layer: y = W ∗ a + b.
struct Passed {
  Tensor a;
  Tensor y;
};

template <class T>
class ConvolutionalModel final : public measure::Model<T> {
 public:
  ConvolutionalModel(std::shared_ptr<const Examples<T>> data, ConvolutionalShape shape, double rho)
      : data_(std::move(data)), shape_(std::move(shape)), rho_(rho) {
    if (data_->preparation().constant_column) {
      throw InputError(
          "networks of convolutions have biases of their own: no constant column "
          "(--bias) expected");
    }
    image_ = *data_->data().image;
    plan();
    at::set_num_threads(1);
  }

  std::int64_t size() const override { return data_->size(); }
  std::int64_t parameters() const override { return layers_.back().first + layers_.back().count(); }
  std::vector<measure::Layer> layers() const override {
    std::vector<measure::Layer> result;
    for (const Weights& layer : layers_) result.push_back({layer.name, layer.first, layer.count()});
    return result;
  }
  bool is_classifier() const override { return true; }
  std::int64_t products() const override {
    std::int64_t count = 0;
    for (const Weights& layer : layers_) count += layer.weights() * layer.pixels;
    return count;
  }

  std::vector<T> start(std::uint64_t seed) const override {
    std::vector<T> w(static_cast<std::size_t>(parameters()));
    const measure::CounterRandom random(seed, measure::Purpose::start);
    for (const Weights& layer : layers_) {
      const double deviation = std::sqrt(layer.gain / static_cast<double>(layer.fan_in()));
      for (std::int64_t j = layer.first; j < layer.first + layer.count(); ++j) {
        w[static_cast<std::size_t>(j)] =
            static_cast<T>(deviation * random.normal(static_cast<std::uint64_t>(j)));
      }
    }
    return w;
  }

  void add_block(const Selection& block, std::span<const T> w,
                 const BlockOutput<T>& output) const override {
    const bool slopes = !output.gradient.empty() || !output.squared_norms.empty();
    const torch::AutoGradMode with_gradients(slopes);
    const std::vector<Tensor> parameters = tensors(w, slopes);
    std::vector<Passed> passed;
    const Tensor z = forward(images(block), parameters, passed);
    // ∂f_i/∂z_i, which autograd would take from what rounding leaves of 1 − p_y.
    const Tensor delta = z.detach().contiguous().clone();
    measure::softmax_losses(*data_, block, delta.template data_ptr<T>(),
                            measure::Ridge<T>(rho_, w).value(), output);
    if (!slopes) return;
    // One pass backward gives ∂f_i/∂y for every layer and example: losses of others do not depend
    // on them.
    std::vector<Tensor> wanted;
    for (const Passed& layer : passed) wanted.push_back(layer.y);
    if (!output.gradient.empty()) {
      wanted.insert(wanted.end(), parameters.begin(), parameters.end());
    }
    const auto found = torch::autograd::grad({z}, wanted, {delta});
    const torch::NoGradGuard no_more;
    if (!output.squared_norms.empty()) norms(block, w, passed, found, output);
    if (!output.gradient.empty()) add_gradient(block.count, w, found, passed.size(), output);
  }

 private:
  std::shared_ptr<const Examples<T>> data_;
  ConvolutionalShape shape_;
  double rho_;
  ImageShape image_;
  std::vector<Weights> layers_;

  static torch::TensorOptions options() {
    return torch::TensorOptions().dtype(sizeof(T) == 8 ? torch::kFloat64 : torch::kFloat32);
  }

  void add_layer(const std::string& name, int inputs, int outputs, int kernel, double gain,
                 std::int64_t pixels) {
    const std::int64_t first = layers_.empty() ? 0 : layers_.back().first + layers_.back().count();
    layers_.push_back({name, inputs, outputs, kernel, first, gain, pixels});
  }

  // Biases begin like weights: with 0 the black parts of an image would begin in the kink of relu.
  // Gains: 2 before relu (He et al. 2015); the last convolution of a residual block is smaller by
  // the number of blocks, so that what they add stays bounded without normalisation (Zhang et al.
  // 2019).
  void plan() {
    int inputs = image_.channels;
    int height = image_.height;
    int width = image_.width;
    const auto halve = [&] {
      height /= 2;
      width /= 2;
      if (height < 1 || width < 1) {
        throw InputError(
            fmt::format("images of {} × {} pixels are too small for {} stages, which "
                        "halve them",
                        image_.height, image_.width, shape_.channels.size()));
      }
    };
    const auto pixels_now = [&] { return std::int64_t{height} * width; };
    const auto stages = static_cast<double>(shape_.channels.size());
    if (shape_.is_residual) {
      inputs = shape_.channels.front();
      add_layer("convolution", image_.channels, inputs, 3, 2, pixels_now());
    }
    int stage = 0;
    for (const int channels : shape_.channels) {
      ++stage;
      if (!shape_.is_residual) {
        add_layer(fmt::format("convolution {}", stage), inputs, channels, 5, 2, pixels_now());
        halve();
      } else {
        if (channels < inputs) {
          throw InputError("the channels of the stages of a resnet may not decrease");
        }
        if (stage > 1) halve();
        add_layer(fmt::format("block {}, U", stage), channels, channels, 3, 2, pixels_now());
        add_layer(fmt::format("block {}, V", stage), channels, channels, 3, 2 / stages,
                  pixels_now());
      }
      inputs = channels;
    }
    const int pixels = shape_.is_residual ? 1 : height * width;
    add_layer("linear", inputs * pixels, data_->classes(), 0, 1, 1);
  }

  /// Weights and bias of every layer, one after another.
  std::vector<Tensor> tensors(std::span<const T> w, bool slopes) const {
    std::vector<Tensor> result;
    for (const Weights& layer : layers_) {
      // Read only: autograd does not write to leaves.
      T* const at = const_cast<T*>(w.data()) + layer.first;  // NOLINT
      const std::vector<std::int64_t> sizes =
          layer.kernel == 0
              ? std::vector<std::int64_t>{layer.outputs, layer.inputs}
              : std::vector<std::int64_t>{layer.outputs, layer.inputs, layer.kernel, layer.kernel};
      result.push_back(torch::from_blob(at, sizes, options()).clone());
      result.push_back(torch::from_blob(at + layer.weights(), {layer.outputs}, options()).clone());
      for (std::size_t k = result.size() - 2; k < result.size(); ++k) {
        result[k].set_requires_grad(slopes);
      }
    }
    return result;
  }

  Tensor images(const Selection& block) const {
    Tensor x = torch::empty({block.count, image_.channels, image_.height, image_.width}, options());
    data_->load(block, x.template data_ptr<T>());
    return x;
  }

  /// y of layer number l, remembered.
  Tensor apply(std::size_t l, const Tensor& a, const std::vector<Tensor>& parameters,
               std::vector<Passed>& passed) const {
    const Tensor& W = parameters[2 * l];
    const Tensor& b = parameters[2 * l + 1];
    const int kernel = layers_[l].kernel;
    const Tensor y = kernel == 0 ? torch::linear(a, W, b) : torch::conv2d(a, W, b, 1, kernel / 2);
    passed.push_back({a.detach(), y});
    return y;
  }

  Tensor forward(Tensor a, const std::vector<Tensor>& parameters,
                 std::vector<Passed>& passed) const {
    std::size_t l = 0;
    if (shape_.is_residual) a = torch::relu(apply(l++, a, parameters, passed));
    for (std::size_t stage = 0; stage < shape_.channels.size(); ++stage) {
      if (!shape_.is_residual) {
        a = torch::max_pool2d(torch::relu(apply(l++, a, parameters, passed)), 2);
        continue;
      }
      if (stage > 0) {
        a = torch::avg_pool2d(a, 2);
        const std::int64_t more = shape_.channels[stage] - a.size(1);
        if (more > 0) {
          a = torch::cat({a, torch::zeros({a.size(0), more, a.size(2), a.size(3)}, options())}, 1);
        }
      }
      const Tensor inner = torch::relu(apply(l++, a, parameters, passed));
      a = torch::relu(a + apply(l++, inner, parameters, passed));
    }
    a = shape_.is_residual ? a.mean({2, 3}) : a.flatten(1);
    return apply(l, a, parameters, passed);
  }

  /// ‖∇f_i + ρw‖², where ⟨∇f_i, w⟩ = ⟨δ_i, y_i⟩ in each layer.
  void norms(const Selection& block, std::span<const T> w, const std::vector<Passed>& passed,
             const std::vector<Tensor>& found, const BlockOutput<T>& output) const {
    T* to = output.squared_norms.data();
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const Weights& layer = layers_[l];
      const Tensor& delta = found[l];
      const Tensor norms2 = layer.kernel == 0 ? linear_norms(delta, passed[l].a)
                                              : convolution_norms(delta, passed[l].a, layer.kernel);
      const Tensor inner =
          rho_ == 0 ? torch::zeros_like(norms2) : (delta * passed[l].y.detach()).flatten(1).sum(1);
      const measure::Ridge<T> ridge(rho_, w.subspan(static_cast<std::size_t>(layer.first),
                                                    static_cast<std::size_t>(layer.count())));
      const auto norm2 = norms2.template accessor<T, 1>();
      const auto product = inner.template accessor<T, 1>();
      for (std::int64_t k = 0; k < block.count; ++k, ++to) {
        *to = ridge.squared_gradient_norm(norm2[k], product[k]);
        if (ridge.cancels(norm2[k], *to)) {
          *to =
              measure::formed_squared_norm<T>(*this, block[k], w, {"", layer.first, layer.count()});
        }
      }
    }
  }

  void add_gradient(std::int64_t m, std::span<const T> w, const std::vector<Tensor>& found,
                    std::size_t first, const BlockOutput<T>& output) const {
    std::size_t j = 0;
    for (std::size_t k = first; k < found.size(); ++k) {
      const Tensor part = found[k].contiguous();
      const T* const values = part.template data_ptr<T>();
      for (std::int64_t at = 0; at < part.numel(); ++at) output.gradient[j++] += values[at];
    }
    measure::Ridge<T>(rho_, w).add_gradients(static_cast<T>(m), w, output.gradient);
  }
};

}  // namespace

template <class T>
std::unique_ptr<const measure::Model<T>> convolutional_model(
    std::shared_ptr<const Examples<T>> data, const ConvolutionalShape& shape, double rho) {
  return std::make_unique<ConvolutionalModel<T>>(std::move(data), shape, rho);
}

template std::unique_ptr<const measure::Model<double>> convolutional_model(
    std::shared_ptr<const Examples<double>>, const ConvolutionalShape&, double);
template std::unique_ptr<const measure::Model<float>> convolutional_model(
    std::shared_ptr<const Examples<float>>, const ConvolutionalShape&, double);

}  // namespace graddiv::networks
