#pragma once

#include <cstddef>

#include "expectation/affine_gradients.h"

// How much longer the integers of a recursion can get in one iteration.
namespace graddiv::moments {

std::size_t bits_of(const Integer& x);  ///< of |x|; 1 for 0
/// The largest Σ_b |C_ab| of a row: |(C S Cᵀ)_ab| is at most its square where all |S_ab| ≤ 1.
Integer largest_row_sum(const Matrix<Integer>& C);
/// Σ_i of the largest such entry of Ĉ_i S Ĉ_iᵀ.
Integer largest_squares(const AffineGradients& gradients);
/// An upper bound of the bits by which numerators and the denominator grow with this step and
/// batch.
double bits_per_step(const AffineGradients& gradients, bool track_sum, const Rational& gamma,
                     long B);

}  // namespace graddiv::moments
