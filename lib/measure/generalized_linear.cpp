#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "measure/model.h"
#include "measure/ridge.h"
#include "problem/families/losses.h"

// ∇f_i = s_i x_i + ρw with s_i = ℓ'(z_i; y_i), z_i = x_iᵀw, and ⟨s_i x_i, w⟩ = s_i z_i.
namespace graddiv::measure {
namespace {

template <class T>
class GeneralizedLinearModel final : public Model<T> {
 public:
  GeneralizedLinearModel(std::shared_ptr<const Examples<T>> data, Loss loss, double tau, double rho)
      : data_(std::move(data)), loss_(loss), tau_(static_cast<T>(tau)), rho_(rho) {}

  std::int64_t size() const override { return data_->size(); }
  std::int64_t parameters() const override { return data_->dimension(); }
  std::vector<Layer> layers() const override { return {{"w", 0, parameters()}}; }
  bool is_classifier() const override { return loss_ == Loss::logistic; }

  void add_block(const Selection& block, std::span<const T> w,
                 const BlockOutput<T>& output) const override {
    switch (loss_) {
      case Loss::squared:
        return add<Loss::squared>(block, w, output);
      case Loss::huber:
        return add<Loss::huber>(block, w, output);
      case Loss::geman_mcclure:
        return add<Loss::geman_mcclure>(block, w, output);
      case Loss::sine:
        return add<Loss::sine>(block, w, output);
      case Loss::logistic:
        return add<Loss::logistic>(block, w, output);
    }
    throw std::logic_error("a loss without a model");
  }

  double gradient_bound(std::span<const T> w) const override {
    const double norm = std::sqrt(squared_norm(w));
    const double row = std::sqrt(data_->largest_squared_norm());
    double target = 0;
    for (std::int64_t i = 0; i < size(); ++i) {
      target = std::max(target, std::abs(static_cast<double>(data_->target(i))));
    }
    return row * largest_slope(row * norm, target) + rho_ * norm;
  }

 private:
  // z once for the value and the slope.
  template <Loss loss>
  void add(const Selection& block, std::span<const T> w, const BlockOutput<T>& output) const {
    const Ridge<T> ridge(rho_, w);
    // Rows of bytes four at a time: they stay in the nearest cache, and the gradient is read and
    // written once for all. Rows of numbers come from far: one at a time, as memory gives them, and
    // while one is added the next but one is fetched.
    constexpr std::int64_t most = 4;
    constexpr std::int64_t ahead = 2;
    const std::int64_t group = data_->has_bytes() ? most : 1;
    for (std::int64_t first = 0; first < block.count; first += group) {
      const std::int64_t size = std::min(group, block.count - first);
      std::array<std::int64_t, most> rows{};
      std::array<T, most> products{};
      std::array<T, most> slopes{};
      for (std::size_t r = 0; std::cmp_less(r, size); ++r) {
        rows[r] = block[first + static_cast<std::int64_t>(r)];
        products[r] = data_->product(rows[r], w.data());
      }
      for (std::size_t r = 0; std::cmp_less(r, size); ++r) {
        slopes[r] =
            look<loss>(rows[r], products[r], static_cast<std::size_t>(first) + r, w, ridge, output);
      }
      if (output.gradient.empty()) continue;
      if (size == most) {
        data_->add_four_to(rows.data(), slopes.data(), output.gradient.data());
        continue;
      }
      for (std::size_t r = 0; std::cmp_less(r, size); ++r) {
        const std::int64_t soon = std::min(first + size - 1 + ahead, block.count - 1);
        data_->add_to(rows[r], slopes[r], output.gradient.data(), block[soon]);
      }
    }
    if (!output.gradient.empty()) {
      ridge.add_gradients(static_cast<T>(block.count), w, output.gradient);
    }
  }

  /// Puts what example i gives beside the gradient, z = x_iᵀw, at its place, and returns its slope.
  template <Loss loss>
  T look(std::int64_t i, T z, std::size_t at, std::span<const T> w, const Ridge<T>& ridge,
         const BlockOutput<T>& output) const {
    const T y = data_->target(i);
    const T slope = detail::loss_derivative(loss, z, y, tau_);
    if (!output.losses.empty()) {
      output.losses[at] = detail::loss_value(loss, z, y, tau_) + ridge.value();
    }
    if (!output.squared_norms.empty()) {
      const T own = slope * slope * data_->squared_norm(i);
      T& sum = output.squared_norms[at];
      sum = ridge.squared_gradient_norm(own, slope * z);
      if (ridge.cancels(own, sum)) sum = formed_squared_norm<T>(*this, i, w, layers()[0]);
    }
    if (output.correct != nullptr && y * z > 0) ++*output.correct;
    return slope;
  }

  /// Of |ℓ'| where |z| is at most `product` and |y| at most `target`.
  double largest_slope(double product, double target) const {
    const double residual = product + target;
    switch (loss_) {
      case Loss::squared:
        return residual;
      case Loss::huber:
        return std::min(residual, static_cast<double>(tau_));
      case Loss::geman_mcclure:
        return 0.65;  // max 2r/(1 + r²)² = 3√3/8 = 0.6495… at r = 1/√3
      case Loss::sine:
        return 2 * residual + 3;
      case Loss::logistic:
        return target / (1 + std::exp(-target * product));
    }
    throw std::logic_error("a loss without a slope");
  }

  std::shared_ptr<const Examples<T>> data_;
  Loss loss_;
  T tau_;
  double rho_;
};

}  // namespace

template <class T>
std::unique_ptr<const Model<T>> generalized_linear_model(std::shared_ptr<const Examples<T>> data,
                                                         Loss loss, double tau, double rho) {
  return std::make_unique<GeneralizedLinearModel<T>>(std::move(data), loss, tau, rho);
}

template std::unique_ptr<const Model<double>> generalized_linear_model(
    std::shared_ptr<const Examples<double>>, Loss, double, double);
template std::unique_ptr<const Model<float>> generalized_linear_model(
    std::shared_ptr<const Examples<float>>, Loss, double, double);

}  // namespace graddiv::measure
