#pragma once

#include "linear/matrix.h"

namespace graddiv {

/// Proves in floating point, where it can, that every symmetric matrix M with ‖M − A‖₂ ≤ radius is
/// positive semidefinite: `true` is a proof (Rump 2006), `false` says nothing. The entries of A are
/// taken as they stand, and only the lower triangle is read; radius ≥ 0. It succeeds from λ_min(A)
/// ≥ radius + 3 (d + 5) ε trace A on, d × d the size and ε = 2^−52, and takes one Cholesky
/// factorisation.
bool proves_psd(const Matrix<double>& A, double radius);

/// Proves, where it can without exact elimination, that a symmetric matrix is positive definite:
/// `true` is a proof, `false` says nothing. Numbers stay short whatever the size is: d³/6 products
/// of integers of about 200 bits. With its rows and columns scaled to a diagonal of about 1, it
/// succeeds where the smallest eigenvalue is above about d · 2^−190.
bool proves_positive_definite(const Matrix<Rational>& A);

}  // namespace graddiv
