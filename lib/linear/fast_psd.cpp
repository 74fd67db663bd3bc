#include "linear/fast_psd.h"

#include <gmp.h>

#include <Eigen/Cholesky>
#include <limits>
#include <vector>

namespace graddiv {

// With the unit u = 2^−53: if the Cholesky factorisation of B in floating point runs to its end,
// LLᵀ = B + ΔB with ‖ΔB‖₂ ≤ γ/(1−γ) trace B, γ = ku/(1−ku), k = d + 1, in whatever order the sums
// are taken (Higham 2002, theorem 10.3; Rump 2006, BIT 46). Eigen multiplies by reciprocals of
// pivots where the theorem divides: one rounding more a term, k = d + 2. Hence
//   λ_min(B) ≥ −γ/(1−γ) trace B ≥ −(d + 3) u trace B,
// and as B = A − cI is rounded too, by at most u |a_ii − c| ≤ u trace A on its diagonal, with c ≥
// 0:
//   λ_min(A) ≥ c − (d + 5) u trace A.
// The shift c adds four times that to the radius, which leaves three times it for its own rounding
// (B ≻ 0 has c < min a_ii, so that the sum is off by less than u trace A) and for underflow (at
// most 2^−900, the trace being between 2^−100 and 2^100).
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

// ---- in integers --------------------------------------------------------------------------------

using Eigen::Index;

namespace {

constexpr long fraction_bits = 192;  // p: integers stand for multiples of u = 2^−p

/// ⌊log2 |x|⌋ or one more, for x ≠ 0.
long exponent_of(const Rational& x) {
  const auto bits = [](mpz_srcptr z) { return static_cast<long>(mpz_sizeinbase(z, 2)); };
  return bits(mpq_numref(x.backend().data())) - bits(mpq_denref(x.backend().data()));
}

/// ⌊x · 2^exponent⌋.
Integer floor_of_scaled(const Rational& x, long exponent) {
  Integer above, below(mpq_denref(x.backend().data()));
  const auto shift = static_cast<mp_bitcnt_t>(exponent >= 0 ? exponent : -exponent);
  if (exponent >= 0) {
    mpz_mul_2exp(above.backend().data(), mpq_numref(x.backend().data()), shift);
  } else {
    mpz_set(above.backend().data(), mpq_numref(x.backend().data()));
    mpz_mul_2exp(below.backend().data(), below.backend().data(), shift);
  }
  mpz_fdiv_q(above.backend().data(), above.backend().data(), below.backend().data());
  return above;
}

}  // namespace

// Congruence with powers of two scales the diagonal of A into (1/2, 4). The entries, rounded down
// to multiples of u, are the matrix B: off by less than u each, by d·u in norm. Then, all on
// integers,
//   L_jj = ⌊√(B_jj − c − Σ_k<j L_jk²)⌋,   L_ij = ⌊(B_ij − Σ_k<j L_ik L_jk) / L_jj⌋,
// with ⌊·⌋ to multiples of u, leave E = B − cI − LLᵀ with 0 ≤ E_ij < u L_jj for i > j and
// 0 ≤ E_jj ≤ 2u L_jj, where L_jj < 2: the rows of |E| sum up to less than 2(d + 1)u. Where this
// runs to its end with c = (3d + 4)u, B ⪰ c − 2(d + 1)u > d·u, and A ≻ 0.
bool proves_positive_definite(const Matrix<Rational>& A) {
  const Index d = A.rows();
  std::vector<long> half(static_cast<std::size_t>(d));
  for (Index j = 0; j < d; ++j) {
    if (A(j, j) <= 0) return false;
    const long exponent = exponent_of(A(j, j));
    half[static_cast<std::size_t>(j)] = (exponent - (exponent & 1L)) / 2;
  }
  const auto raw = [](Integer& x) { return x.backend().data(); };
  Matrix<Integer> L(d, d);  // column i holds row i of L: what the inner loop reads is consecutive
  const Integer c = 3 * d + 4;
  Integer rest;
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j <= i; ++j) {
      const long exponent =
          fraction_bits - half[static_cast<std::size_t>(i)] - half[static_cast<std::size_t>(j)];
      rest = floor_of_scaled(A(i, j), exponent);
      if (i == j) rest -= c;
      mpz_mul_2exp(raw(rest), raw(rest), fraction_bits);
      for (Index k = 0; k < j; ++k) mpz_submul(raw(rest), raw(L(k, i)), raw(L(k, j)));
      if (i == j) {
        if (mpz_sgn(raw(rest)) <= 0) return false;
        mpz_sqrt(raw(L(i, i)), raw(rest));
        if (mpz_sgn(raw(L(i, i))) == 0) return false;
      } else {
        mpz_fdiv_q(raw(L(j, i)), raw(rest), raw(L(j, j)));
      }
    }
  }
  return true;
}

}  // namespace graddiv
