#pragma once

#include <span>

// What the term ½ρ‖w‖² adds to every function.
namespace graddiv::measure {

/// ½ρ‖w‖², and what gradients need of it.
template <class T>
struct Ridge {
  T rho = 0;
  T squared_norm = 0;  ///< ‖w‖², of the part of w that is asked for

  Ridge(double factor, std::span<const T> w) : rho(static_cast<T>(factor)) {
    if (rho == 0) return;
    double sum = 0;
    for (const T x : w) sum += static_cast<double>(x) * static_cast<double>(x);
    squared_norm = static_cast<T>(sum);
  }

  T value() const { return rho * squared_norm / 2; }
  /// ‖g + ρw‖² of a gradient g with ‖g‖² and ⟨g, w⟩.
  T squared_gradient_norm(T norm2, T inner) const {
    return rho == 0 ? norm2 : norm2 + 2 * rho * inner + rho * rho * squared_norm;
  }
  /// Adds m ρ w.
  void add_gradients(T m, std::span<const T> w, std::span<T> gradient) const {
    if (rho == 0) return;
    for (std::size_t j = 0; j < w.size(); ++j) gradient[j] += m * rho * w[j];
  }
};

}  // namespace graddiv::measure
