#pragma once

#include "linear/matrix.h"

namespace graddiv {

/// Σ_i weights_i x_i x_iᵀ = Xᵀ diag(weights) X over the rows x_iᵀ of X, for any weights: on
/// integers over one denominator, so that nothing is reduced before the end. Throws
/// std::invalid_argument unless there is one weight a row.
Matrix<Rational> weighted_gram(const Matrix<Rational>& X, const Vector<Rational>& weights);

/// XᵀX.
Matrix<Rational> gram(const Matrix<Rational>& X);

}  // namespace graddiv
