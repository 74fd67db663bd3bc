#pragma once

#include "linear/matrix.h"

namespace graddiv {

/// Proves in floating point, where it can, that every symmetric matrix M with ‖M − A‖₂ ≤ radius is positive semidefinite: `true` is a
/// proof (Rump 2006), `false` says nothing. The entries of A are taken as they stand, and only the lower triangle is read;
/// radius ≥ 0. It succeeds from λ_min(A) ≥ radius + 3 (d + 5) ε trace A on, d × d the size and ε = 2^−52, and takes one Cholesky
/// factorisation.
bool proves_psd(const Matrix<double>& A, double radius);

}  // namespace graddiv
