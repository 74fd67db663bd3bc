#pragma once

#include <span>
#include <vector>

#include "measure/model.h"

// What the term ½ρ‖w‖² adds to every function.
namespace graddiv::measure {

/// ‖w‖²: one rounding after another, which a term of regularisation can bear.
template <class T>
double squared_norm(std::span<const T> w) {
  double sum = 0;
  for (const T x : w) sum += static_cast<double>(x) * static_cast<double>(x);
  return sum;
}

/// ½ρ‖w‖², and what gradients need of it.
template <class T>
struct Ridge {
  T rho = 0;
  T w2 = 0;  ///< ‖w‖², of the part of w that is asked for

  Ridge(double factor, std::span<const T> w) : rho(static_cast<T>(factor)) {
    if (rho != 0) w2 = static_cast<T>(squared_norm(w));
  }

  T value() const { return rho * w2 / 2; }
  /// ‖g + ρw‖² of a gradient g with ‖g‖² and ⟨g, w⟩.
  T squared_gradient_norm(T norm2, T inner) const {
    return rho == 0 ? norm2 : norm2 + 2 * rho * inner + rho * rho * w2;
  }
  /// Whether so little is left of that sum that it is rounding: then the gradient is formed.
  bool cancels(T norm2, T sum) const {
    constexpr T little = T(1e-3);
    return rho != 0 && sum <= little * (norm2 + rho * rho * w2);
  }
  /// Adds m ρ w.
  void add_gradients(T m, std::span<const T> w, std::span<T> gradient) const {
    if (rho == 0) return;
    for (std::size_t j = 0; j < w.size(); ++j) gradient[j] += m * rho * w[j];
  }
};

/// ‖∇f_i(w)‖² of a layer's part, from the gradient formed by itself.
template <class T>
T formed_squared_norm(const Model<T>& model, std::int64_t i, std::span<const T> w,
                      const Layer& layer) {
  std::vector<T> gradient(w.size());
  BlockOutput<T> output;
  output.gradient = gradient;
  model.add_block({i, 1, nullptr}, w, output);
  const auto part = std::span<const T>(gradient).subspan(static_cast<std::size_t>(layer.first),
                                                         static_cast<std::size_t>(layer.count));
  return static_cast<T>(squared_norm(part));
}

}  // namespace graddiv::measure
