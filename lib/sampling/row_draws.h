#pragma once

#include <boost/align/aligned_allocator.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "problem/finite_sum.h"

namespace graddiv {

/// Least squares f_i(w) = ½ (x_iᵀw − y_i)² in doubles, a few rows drawn at a time: four rows
/// side by side, four coordinates a number, products and sums fused. Every processor takes the
/// same roundings.
class RowDraws {
 public:
  /// Numbers of a vector, with zeros up to a multiple of four.
  using Padded = std::vector<double, boost::alignment::aligned_allocator<double, 32>>;

  /// Null for other functions, and where a row is zero, whose target is not known.
  enum class Instructions { best, portable };  ///< the same numbers, sooner or later
  static std::unique_ptr<const RowDraws> of(const FiniteSum& sum,
                                            Instructions instructions = Instructions::best);

  std::size_t padded_dimension() const { return padded_; }

  /// What draws of one point give.
  struct Drawn {
    double squares = 0;       ///< Σ_ℓ ‖∇f_{s_ℓ}(w)‖²
    double twice_values = 0;  ///< 2 Σ_ℓ f_{s_ℓ}(w)
  };
  /// Adds Σ_ℓ ∇f_{s_ℓ}(w). w and the gradient have padded_dimension() numbers; all sizes must fit:
  /// nothing is checked.
  Drawn add_gradients(std::span<const std::uint32_t> indices, const double* w,
                      double* gradient) const;

 private:
  RowDraws(const Matrix<Rational>& rows, const FamilyFacts& facts, Instructions instructions);

  bool is_fused_ = false;
  std::size_t padded_;
  Padded rows_;  // one after another; a row of zeros at the end
  std::vector<double> targets_, squared_norms_;
};

}  // namespace graddiv
