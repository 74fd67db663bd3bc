#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "problem/function_facts.h"

// What a family knows of its functions beside their values and gradients, as plain data.
namespace graddiv {

/// The largest numbers among the coefficients of all f_i, written in x_iᵀw − y_i or A_i(w − c_i):
/// what bounds the rounding of kernels.
struct CoefficientSizes {
  Rational squared_norm;   ///< max ‖x_i‖² or ‖A_i‖_F²
  Rational squared_shift;  ///< max y_i² or ‖c_i‖²
  Rational offset;         ///< max |offset_i|
};

/// The functions f_1, …, f_n of one family, or of several (problem/mixed.h).
struct FamilyFacts {
  /// Whether values and gradients at rational points are rational.
  bool is_rational = true;
  /// The rows x_iᵀ of X ∈ R^{n×d} where f_i(w) = ℓ_i(x_iᵀw) (Theorem 1's generalized linear
  /// functions), else nullptr.
  std::shared_ptr<const Matrix<Rational>> rows;
  /// For generalized linear functions, a number m > 0 with ½ ℓ_i'(t)² ≥ m (ℓ_i(t) − min ℓ_i) for
  /// all i and t (the losses are m-PL), where one is known; every ℓ_i then attains its minimum.
  std::optional<Rational> loss_pl_constant;
  /// Absent where no bound on the rounding of gradients is known: those of maxima jump.
  std::optional<CoefficientSizes> sizes;
  std::vector<FunctionFacts> functions;  // n

  /// Whether all functions are quadratic, or maxima of affine functions. O(n).
  bool is_quadratic() const {
    return std::ranges::all_of(functions, [](const auto& f) { return f.quadratic.has_value(); });
  }
  bool is_max_affine() const {
    return std::ranges::all_of(functions, [](const auto& f) { return f.max_affine != nullptr; });
  }
};

}  // namespace graddiv
