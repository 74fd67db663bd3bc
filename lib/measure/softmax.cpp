#include <cmath>

#include "measure/class_probabilities.h"
#include "measure/matrix_product.h"
#include "measure/model.h"
#include "measure/ridge.h"

// ∇f_i = δ_i x_iᵀ + ρW with δ_i = p_i − e_{y_i}, so ‖δ_i x_iᵀ‖² = ‖δ_i‖² ‖x_i‖² and
// ⟨δ_i x_iᵀ, W⟩ = ⟨δ_i, W x_i⟩.
namespace graddiv::measure {
namespace {

template <class T>
class SoftmaxModel final : public Model<T> {
 public:
  SoftmaxModel(std::shared_ptr<const Examples<T>> data, double rho)
      : data_(std::move(data)), rho_(rho) {}

  std::int64_t size() const override { return data_->size(); }
  std::int64_t parameters() const override {
    return std::int64_t{data_->classes()} * data_->dimension();
  }
  std::vector<Layer> layers() const override { return {{"W", 0, parameters()}}; }
  bool is_classifier() const override { return true; }

  void add_block(const Selection& block, std::span<const T> w,
                 const BlockOutput<T>& output) const override {
    const int d = data_->dimension();
    const int C = data_->classes();
    const int m = static_cast<int>(block.count);
    std::vector<T> rows;
    std::vector<T> z(static_cast<std::size_t>(m) * static_cast<std::size_t>(C));
    if (data_->is_sparse()) {
      for (int k = 0; k < m; ++k) {
        for (int c = 0; c < C; ++c) z[at(k, c)] = data_->product(block[k], w.data() + c * d);
      }
    } else {
      rows.resize(static_cast<std::size_t>(m) * static_cast<std::size_t>(d));
      data_->load(block, rows.data());
      multiply(false, true, m, C, d, rows.data(), w.data(), T(0), z.data());
    }
    to_slopes(block, w, z, output);
    if (output.gradient.empty()) return;
    if (data_->is_sparse()) {
      for (int k = 0; k < m; ++k) {
        for (int c = 0; c < C; ++c) {
          data_->add_to(block[k], z[at(k, c)], output.gradient.data() + c * d);
        }
      }
    } else {
      multiply(true, false, C, d, m, z.data(), rows.data(), T(1), output.gradient.data());
    }
    Ridge<T>(rho_, w).add_gradients(static_cast<T>(m), w, output.gradient);
  }

  // Outputs differ by at most r = max‖x‖ max‖W_b − W_c‖, so p_y ≥ q = 1/(1 + (C − 1)eʳ), the others
  // are at most P = 1/(1 + (C − 1)e⁻ʳ), and ‖δ‖² ≤ (1 − q)² + (1 − q)P.
  double gradient_bound(std::span<const T> w) const override {
    const int C = data_->classes();
    const int d = data_->dimension();
    const double row = std::sqrt(data_->largest_squared_norm());
    double apart = 0;
    for (int b = 0; b < C; ++b) {
      for (int c = 0; c < b; ++c)
        apart = std::max(apart, distance(w.data() + b * d, w.data() + c * d));
    }
    const double others = C - 1;
    const double q = 1 / (1 + others * std::exp(row * apart));
    const double P = 1 / (1 + others * std::exp(-row * apart));
    return row * std::sqrt((1 - q) * (1 - q) + (1 - q) * P) + rho_ * std::sqrt(squared_norm(w));
  }

 private:
  double distance(const T* v, const T* w) const {
    double sum = 0;
    for (int j = 0; j < data_->dimension(); ++j) {
      const double step = static_cast<double>(v[j]) - static_cast<double>(w[j]);
      sum += step * step;
    }
    return std::sqrt(sum);
  }

  std::size_t at(int k, int c) const {
    return static_cast<std::size_t>(k) * static_cast<std::size_t>(data_->classes()) +
           static_cast<std::size_t>(c);
  }

  void to_slopes(const Selection& block, std::span<const T> w, std::vector<T>& z,
                 const BlockOutput<T>& output) const {
    const int C = data_->classes();
    const Ridge<T> ridge(rho_, w);
    std::vector<T> outputs;
    for (int k = 0; k < block.count; ++k) {
      T* const own = z.data() + at(k, 0);
      const std::int64_t i = block[k];
      if (ridge.rho != 0) outputs.assign(own, own + C);
      bool correct = false;
      const T loss = softmax_loss(own, C, static_cast<int>(data_->target(i)), correct);
      if (output.correct != nullptr && correct) ++*output.correct;
      if (!output.losses.empty()) {
        output.losses[static_cast<std::size_t>(k)] = loss + ridge.value();
      }
      if (output.squared_norms.empty()) continue;
      T norm2 = 0;
      T inner = 0;
      for (int c = 0; c < C; ++c) norm2 += own[c] * own[c];
      for (std::size_t c = 0; c < outputs.size(); ++c) inner += own[c] * outputs[c];
      norm2 *= data_->squared_norm(i);
      T& sum = output.squared_norms[static_cast<std::size_t>(k)];
      sum = ridge.squared_gradient_norm(norm2, inner);
      if (ridge.cancels(norm2, sum)) sum = formed_squared_norm<T>(*this, i, w, layers()[0]);
    }
  }

  std::shared_ptr<const Examples<T>> data_;
  double rho_;
};

}  // namespace

template <class T>
std::unique_ptr<const Model<T>> softmax_model(std::shared_ptr<const Examples<T>> data, double rho) {
  return std::make_unique<SoftmaxModel<T>>(std::move(data), rho);
}

template std::unique_ptr<const Model<double>> softmax_model(std::shared_ptr<const Examples<double>>,
                                                            double);
template std::unique_ptr<const Model<float>> softmax_model(std::shared_ptr<const Examples<float>>,
                                                           double);

}  // namespace graddiv::measure
