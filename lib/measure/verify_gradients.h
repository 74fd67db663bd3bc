#pragma once

#include <cstdint>
#include <span>

#include "measure/model.h"

namespace graddiv::measure {

/// Why the numbers of a model can be trusted, at one point. Departures are relative.
struct GradientCheck {
  std::int64_t examples = 0;  ///< looked at one by one
  /// ‖(gradient of all of them in one pass) − Σ (gradients one by one)‖ / Σ ‖gradients‖: 0 where no
  /// operation rounds, as on whole numbers at w = 0.
  double sum = 0;
  /// The largest departure of a reported ‖∇f_i‖² from that of the gradient formed by itself.
  double squared_norm = 0;
  /// The largest departure of ⟨∇f_i, v⟩ from the difference quotient of the loss along a random v,
  /// of second and fourth order together (Richardson), relative to ‖∇f_i‖.
  double slope = 0;
  /// Of how many examples it could be told: rounding of the losses hides the others' slopes.
  std::int64_t slopes = 0;
  /// Which departures pass: what rounding and the truncated quotient explain.
  static constexpr double largest_rounding = 1e-12;
  static constexpr double largest_slope = 1e-6;
  bool passed() const {
    return sum <= largest_rounding && squared_norm <= largest_rounding && slope <= largest_slope;
  }
};

/// Looks at `examples` examples drawn by `seed` (with replacement), in doubles, a little beside w:
/// the numbers of w are moved by about a thousandth of their size.
GradientCheck verify_gradients(const Model<double>& model, std::span<const double> w,
                               std::int64_t examples, std::uint64_t seed);

}  // namespace graddiv::measure
