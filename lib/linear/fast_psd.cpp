#include "linear/fast_psd.h"

#include <Eigen/Cholesky>
#include <limits>

namespace graddiv {

// With the unit u = 2^−53: if the Cholesky factorisation of B in floating point runs to its end, LLᵀ = B + ΔB with ‖ΔB‖₂ ≤
// γ/(1−γ) trace B, γ = ku/(1−ku), k = d + 1, in whatever order the sums are taken (Higham 2002, theorem 10.3; Rump 2006, BIT 46).
// Eigen multiplies by reciprocals of pivots where the theorem divides: one rounding more a term, k = d + 2. Hence
//   λ_min(B) ≥ −γ/(1−γ) trace B ≥ −(d + 3) u trace B,
// and as B = A − cI is rounded too, by at most u |a_ii − c| ≤ u trace A on its diagonal, with c ≥ 0:
//   λ_min(A) ≥ c − (d + 5) u trace A.
// The shift c adds four times that to the radius, which leaves three times it for its own rounding (B ≻ 0 has c < min a_ii, so that
// the sum is off by less than u trace A) and for underflow (at most 2^−900, the trace being between 2^−100 and 2^100).
bool proves_psd(const Matrix<double>& A, double radius) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();  // 2u
  const double trace = A.trace();
  if (!(trace > 0x1p-100 && trace < 0x1p100)) return false;
  const double shift = radius + 2 * (static_cast<double>(A.rows()) + 5) * epsilon * trace;
  Matrix<double> B = A;
  B.diagonal().array() -= shift;
  const Eigen::LLT<Matrix<double>> factor(B);
  return factor.info() == Eigen::Success && factor.matrixLLT().allFinite();
}

}  // namespace graddiv
