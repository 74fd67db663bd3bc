#include <cmath>

#include "measure/class_probabilities.h"
#include "measure/matrix_product.h"
#include "measure/model.h"
#include "measure/random.h"
#include "measure/ridge.h"
#include "measure/row_products.h"

namespace graddiv::measure {
namespace {

/// Where a layer's numbers stand: V from `first` on, then b.
struct Shape {
  int inputs;
  int outputs;
  std::int64_t first;
  std::int64_t weights() const { return std::int64_t{inputs} * outputs; }
  std::int64_t count() const { return weights() + outputs; }
};

template <class T>
class NetworkModel final : public Model<T> {
 public:
  NetworkModel(std::shared_ptr<const Examples<T>> data, const std::vector<int>& hidden,
               Activation activation, double rho)
      : data_(std::move(data)), activation_(activation), rho_(rho) {
    int inputs = data_->dimension();
    std::int64_t first = 0;
    std::vector<int> widths = hidden;
    widths.push_back(data_->classes());
    for (const int outputs : widths) {
      shapes_.push_back({inputs, outputs, first});
      first += shapes_.back().count();
      inputs = outputs;
    }
  }

  std::int64_t size() const override { return data_->size(); }
  std::int64_t parameters() const override { return shapes_.back().first + shapes_.back().count(); }
  std::vector<Layer> layers() const override {
    std::vector<Layer> result;
    for (const Shape& shape : shapes_) {
      result.push_back({"layer " + std::to_string(result.size() + 1), shape.first, shape.count()});
    }
    return result;
  }
  bool is_classifier() const override { return true; }

  // Glorot and Bengio 2010 for tanh, He et al. 2015 for relu, the last layer as for tanh; b = 0.
  std::vector<T> start(std::uint64_t seed) const override {
    std::vector<T> w(static_cast<std::size_t>(parameters()));
    const CounterRandom random(seed, Purpose::start);
    for (const Shape& shape : shapes_) {
      const bool rectified = activation_ == Activation::relu && &shape != &shapes_.back();
      const double variance = rectified ? 2.0 / shape.inputs : 2.0 / (shape.inputs + shape.outputs);
      for (std::int64_t j = shape.first; j < shape.first + shape.weights(); ++j) {
        w[static_cast<std::size_t>(j)] =
            static_cast<T>(std::sqrt(variance) * random.normal(static_cast<std::uint64_t>(j)));
      }
    }
    return w;
  }

  void add_block(const Selection& block, std::span<const T> w,
                 const BlockOutput<T>& output) const override {
    const int m = static_cast<int>(block.count);
    const std::size_t L = shapes_.size();
    std::vector<std::vector<T>> a(L);  // a_0, …, a_{L−1}
    std::vector<std::vector<T>> z(L);  // z_1, …, z_L
    a[0].resize(size_of(m, shapes_[0].inputs));
    data_->load(block, a[0].data());
    for (std::size_t l = 0; l < L; ++l) {
      forward(shapes_[l], m, w, a[l], z[l]);
      if (l + 1 < L) a[l + 1] = activated(z[l]);
    }
    std::vector<T> delta = z.back();
    softmax_losses(*data_, block, delta.data(), Ridge<T>(rho_, w).value(), output);
    if (output.squared_norms.empty() && output.gradient.empty()) return;
    for (std::size_t l = L; l-- > 0;) {
      if (!output.squared_norms.empty()) {
        norms(shapes_[l], block, w, a[l], z[l], delta,
              output.squared_norms.subspan(l * static_cast<std::size_t>(m),
                                           static_cast<std::size_t>(m)));
      }
      if (!output.gradient.empty()) add_gradient(shapes_[l], m, w, a[l], delta, output.gradient);
      if (l > 0) delta = backward(shapes_[l], m, w, delta, z[l - 1], a[l]);
    }
  }

 private:
  static std::size_t size_of(int rows, int columns) {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
  }
  static std::span<const T> part(const Shape& shape, std::span<const T> w) {
    return w.subspan(static_cast<std::size_t>(shape.first),
                     static_cast<std::size_t>(shape.count()));
  }

  void forward(const Shape& shape, int m, std::span<const T> w, const std::vector<T>& a,
               std::vector<T>& z) const {
    const T* const V = w.data() + shape.first;
    const T* const b = V + shape.weights();
    z.resize(size_of(m, shape.outputs));
    for (int k = 0; k < m; ++k) std::copy(b, b + shape.outputs, z.data() + k * shape.outputs);
    multiply(false, true, m, shape.outputs, shape.inputs, a.data(), V, T(1), z.data());
  }

  std::vector<T> activated(const std::vector<T>& z) const {
    std::vector<T> a = z;
    for (T& x : a) x = activation_ == Activation::relu ? std::max(x, T(0)) : std::tanh(x);
    return a;
  }

  /// ‖δ aᵀ + ρV‖² + ‖δ + ρb‖², with ⟨δ aᵀ, V⟩ + ⟨δ, b⟩ = ⟨δ, z⟩.
  void norms(const Shape& shape, const Selection& block, std::span<const T> w,
             const std::vector<T>& a, const std::vector<T>& z, const std::vector<T>& delta,
             std::span<T> to) const {
    const Ridge<T> ridge(rho_, part(shape, w));
    for (int k = 0; k < block.count; ++k) {
      const T* const own = delta.data() + size_of(k, shape.outputs);
      const T* const input = a.data() + size_of(k, shape.inputs);
      const T* const outputs = z.data() + size_of(k, shape.outputs);
      const T delta2 = row_product(own, own, shape.outputs);
      const T input2 = row_product(input, input, shape.inputs);
      const T inner = ridge.rho == 0 ? 0 : row_product(own, outputs, shape.outputs);
      T& sum = to[static_cast<std::size_t>(k)];
      sum = ridge.squared_gradient_norm(delta2 * (input2 + 1), inner);
      if (ridge.cancels(delta2 * (input2 + 1), sum)) {
        sum = formed_squared_norm<T>(*this, block[k], w, {"", shape.first, shape.count()});
      }
    }
  }

  void add_gradient(const Shape& shape, int m, std::span<const T> w, const std::vector<T>& a,
                    const std::vector<T>& delta, std::span<T> gradient) const {
    T* const V = gradient.data() + shape.first;
    T* const b = V + shape.weights();
    multiply(true, false, shape.outputs, shape.inputs, m, delta.data(), a.data(), T(1), V);
    for (int k = 0; k < m; ++k) {
      add_row(T(1), delta.data() + size_of(k, shape.outputs), b, shape.outputs);
    }
    Ridge<T>(rho_, part(shape, w))
        .add_gradients(static_cast<T>(m), part(shape, w),
                       gradient.subspan(static_cast<std::size_t>(shape.first),
                                        static_cast<std::size_t>(shape.count())));
  }

  /// δ_{l−1} = (δ_l V_l) · σ'(z_{l−1}), with a_{l−1} = σ(z_{l−1}).
  std::vector<T> backward(const Shape& shape, int m, std::span<const T> w,
                          const std::vector<T>& delta, const std::vector<T>& z,
                          const std::vector<T>& a) const {
    std::vector<T> result(size_of(m, shape.inputs));
    multiply(false, false, m, shape.inputs, shape.outputs, delta.data(), w.data() + shape.first,
             T(0), result.data());
    for (std::size_t j = 0; j < result.size(); ++j) {
      result[j] *= activation_ == Activation::relu ? T(z[j] > 0 ? 1 : 0) : 1 - a[j] * a[j];
    }
    return result;
  }

  std::shared_ptr<const Examples<T>> data_;
  Activation activation_;
  double rho_;
  std::vector<Shape> shapes_;
};

}  // namespace

template <class T>
std::unique_ptr<const Model<T>> network_model(std::shared_ptr<const Examples<T>> data,
                                              const std::vector<int>& hidden, Activation activation,
                                              double rho) {
  return std::make_unique<NetworkModel<T>>(std::move(data), hidden, activation, rho);
}

template std::unique_ptr<const Model<double>> network_model(std::shared_ptr<const Examples<double>>,
                                                            const std::vector<int>&, Activation,
                                                            double);
template std::unique_ptr<const Model<float>> network_model(std::shared_ptr<const Examples<float>>,
                                                           const std::vector<int>&, Activation,
                                                           double);

}  // namespace graddiv::measure
