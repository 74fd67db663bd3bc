#pragma once

#include <optional>
#include <vector>

#include "problem/problem.h"

namespace graddiv {

/// The gradients of a finite sum at one point, summed up (paper, Definitions 4 and 5).
struct GradientSums {
  int n = 0;
  Enclosure sum_of_squares;  ///< Σ‖∇f_i(w)‖²
  Enclosure square_of_sum;   ///< ‖Σ∇f_i(w)‖²

  /// M²(w) = (1/n) Σ‖∇f_i(w)‖².
  Enclosure second_moment() const;
  /// ‖∇F(w)‖².
  Enclosure full_gradient_norm2() const;
  /// 1/Δ_S(w), with 1/∞ = 0 where Σ∇f_i(w) = 0 (also when all gradients vanish). Where enclosures
  /// cannot tell the gradients from 0 it is [0, n], by Cauchy–Schwarz.
  Enclosure inverse_gradient_diversity() const;
  /// 1/B_S(w) = ‖∇F(w)‖²/M²(w) ∈ [0, 1].
  Enclosure inverse_batch_size_bound() const;
  /// Δ_S(w) and B_S(w); absent where they are infinite. Throws std::domain_error where this cannot
  /// be told.
  std::optional<Enclosure> gradient_diversity() const;
  std::optional<Enclosure> batch_size_bound() const;
};

GradientSums sum_gradients(const std::vector<Vector<Enclosure>>& gradients);
GradientSums gradient_sums(const Problem& problem, const Vector<Enclosure>& w);

}  // namespace graddiv
