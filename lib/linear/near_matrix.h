#pragma once

#include "linear/matrix.h"

namespace graddiv {

/// A symmetric matrix M, known by doubles: ‖M − middle‖₂ ≤ radius. Of `middle` only the lower
/// triangle is read.
struct NearMatrix {
  Matrix<double> middle;
  double radius = 0;
};

// Proofs by one Cholesky factorisation (linear/fast_psd.h): `true` is one, `false` says nothing.
bool is_above(const NearMatrix& M, double t);  ///< M − tI ⪰ 0
bool is_below(const NearMatrix& M, double t);  ///< tI − M ⪰ 0

/// t ≤ λ_min(M), as large as a guess and a few such proofs make it: usually within a relative 1e-6
/// where λ_min is far above radius and rounding, else below 0.
double eigenvalue_below(const NearMatrix& M);
/// t ≥ λ_max(M), likewise.
double eigenvalue_above(const NearMatrix& M);
/// λ_max(M), between a Rayleigh quotient and that.
Enclosure enclose_largest_eigenvalue(const NearMatrix& M);

}  // namespace graddiv
