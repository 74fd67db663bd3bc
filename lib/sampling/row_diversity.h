#pragma once

#include "problem/random_rows.h"

namespace graddiv {

/// Whether B_S(w) ≥ b for all w and all losses ℓ_i, with f_i(w) = ℓ_i(x_iᵀw) and the rows x_i that
/// a draw X stands for (RowLaw::rounding): n/σ_max(Y)² ≥ b, Y the rows scaled to unit length
/// (theory: `glm-sharp`). Both answers come with a proof in floating point or intervals that covers
/// the rounding of the draw; `unknown` where n/σ_max(Y)² is too close to b for it. b ≥ 1.
Truth rows_are_diverse(const RowLaw& law, const Matrix<long>& X, const Rational& b);

}  // namespace graddiv
