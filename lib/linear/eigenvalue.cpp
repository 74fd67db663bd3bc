#include "linear/eigenvalue.h"

#include <gmp.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"
#include "number/precision.h"

namespace graddiv {

using Eigen::Index;

namespace {

Rational power_of_two(long exponent) {
  Integer one = 1;
  return exponent >= 0 ? Rational(one << exponent) : Rational(1) / Rational(one << -exponent);
}

using FloatingEigen = Eigen::SelfAdjointEigenSolver<Matrix<double>>;

/// 2^e with largest |entry| / 2^e in about [1/2, 2], so that no matrix overflows a double; 1 for a
/// zero matrix.
Rational scale_of(const Matrix<Rational>& A) {
  Rational largest = 0;
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i) largest = std::max(largest, Rational(abs(A(i, j))));
  if (largest == 0) return 1;
  const auto bits = [](const Integer& x) { return static_cast<long>(msb(x)); };
  return power_of_two(bits(numerator(largest)) - bits(denominator(largest)));
}

Matrix<Rational> shifted(const Matrix<Rational>& A, const Rational& t) {
  Matrix<Rational> S = A;
  for (Index i = 0; i < S.rows(); ++i) S(i, i) -= t;
  return S;
}

/// min_i (A_ii − Σ_{j≠i} |A_ij|) ≤ λ_min (Gershgorin).
Rational gershgorin_bound(const Matrix<Rational>& A) {
  Rational smallest = 0;
  for (Index i = 0; i < A.rows(); ++i) {
    Rational left = A(i, i);
    for (Index j = 0; j < A.cols(); ++j)
      if (j != i) left -= abs(A(i, j));
    if (i == 0 || left < smallest) smallest = left;
  }
  return smallest;
}

/// The largest u > 0 of which all entries are multiples; 1 for a zero matrix.
Rational unit_of(const Matrix<Rational>& A) {
  Integer above = 0;
  Integer below = 1;
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i) {
      above = gcd(above, numerator(A(i, j)));
      below = lcm(below, denominator(A(i, j)));
    }
  return above == 0 ? Rational(1) : Rational(above, below);
}

Integer nearest_integer(const Rational& x) {
  const Rational y = x + Rational(1, 2);
  Integer n;
  mpz_fdiv_q(n.backend().data(), mpq_numref(y.backend().data()), mpq_denref(y.backend().data()));
  return n;
}

void add_new(std::vector<Rational>& list, const Rational& x) {
  if (std::find(list.begin(), list.end(), x) == list.end()) list.push_back(x);
}

/// The rationals that the exact eigenvalue may be, given a guess within scale · 2⁻⁴² or so.
///
/// With the unit u of A, the eigenvalues of the integer matrix A/u are algebraic integers, so that
/// a rational one is an integer: only the multiples of u are candidates. Where u is large against
/// the error of the guess, that leaves the nearest one; where it is small, the simplest number
/// near the guess is tried, if it is such a multiple; where it is tiny, as many multiples as one
/// likes are near, and the nearest tells nothing.
std::vector<Rational> candidates(const Rational& guess, const Rational& scale, const Rational& u) {
  std::vector<Rational> list;
  if (u > scale * power_of_two(-80)) list.push_back(u * Rational(nearest_integer(guess / u)));
  for (const long bits : {30L, 42L}) {
    const Rational slack = scale * power_of_two(-bits);
    const Rational x = simplest_between(guess - slack, guess + slack);
    if (denominator(Rational(x / u)) == 1) add_new(list, x);
  }
  return list;
}

/// A⁻¹; absent where A is singular.
std::optional<Matrix<Rational>> inverse(const Matrix<Rational>& A) {
  Matrix<Rational> result(A.rows(), A.cols());
  for (Index j = 0; j < A.cols(); ++j) {
    const auto column = solve<Rational>(A, Vector<Rational>(Vector<Rational>::Unit(A.rows(), j)));
    if (!column) return std::nullopt;
    result.col(j) = *column;
  }
  return result;
}

/// Both sides of the smallest eigenvalue: lower ≤ λ_min ≤ upper, equal where exact.
struct Sides {
  Rational lower;
  Rational upper;
};

/// The same, closer, where the two sides differ by more than a small part of them: the guess in
/// floating point is as good as the largest eigenvalue of A allows, which may be many times the
/// smallest one. S = A − lower·I ≻ 0 has the smallest eigenvalue 1/λ_max(S⁻¹), and for every v
///   λ_min(A) ≤ lower + vᵀv / vᵀS⁻¹v,
/// close to it with v an eigenvector of S⁻¹ in floating point; what is just below is certified
/// exactly. Each step gains 40 bits, until the sides are within a relative 2^−bits.
Sides refined(const Matrix<Rational>& A, Sides sides, long bits) {
  constexpr Index most_rows = 24;  // the inverse takes as many exact solves
  const long most_steps = 12 + bits / 40;
  if (A.rows() > most_rows) return sides;
  for (long step = 0; step < most_steps; ++step) {
    const Rational size = std::max(Rational(abs(sides.lower)), Rational(abs(sides.upper)));
    if (sides.upper - sides.lower <= size * power_of_two(-bits)) break;
    const std::optional<Matrix<Rational>> S1 = inverse(shifted(A, sides.lower));
    if (!S1) break;
    const FloatingEigen solver(to_double(Matrix<Rational>(*S1 / scale_of(*S1))));
    if (solver.info() != Eigen::Success || !solver.eigenvectors().allFinite()) break;
    const Vector<Rational> v = exact_rational(solver.eigenvectors().col(A.rows() - 1));
    const Rational theta = v.squaredNorm() / quadratic_form(*S1, v);
    sides.upper = std::min(sides.upper, Rational(sides.lower + theta));
    const Rational below = sides.lower + theta * (1 - power_of_two(-40));
    const Rational t =
        simplest_between(below - theta * power_of_two(-42), below + theta * power_of_two(-42));
    const PsdCertificate certificate = certify_psd(shifted(A, t));
    if (!certificate.positive_semidefinite) break;
    sides.lower = t;
    if (!certificate.positive_definite) return {t, t};
  }
  return sides;
}

/// Within a relative 2^−bits where that is more than the 2^−48 or so of every bound; not so close
/// where A has many rows.
Sides smallest_eigenvalue(const Matrix<Rational>& A, long bits) {
  if (!is_symmetric(A)) throw std::invalid_argument("the matrix is not square and symmetric");
  if (A.rows() == 0) throw std::invalid_argument("an empty matrix has no eigenvalues");

  const Rational scale = scale_of(A);
  const Matrix<double> guess = to_double(A / scale);
  const FloatingEigen solver(guess);
  Vector<Rational> v = Vector<Rational>::Zero(A.rows());
  v(0) = 1;
  if (solver.info() == Eigen::Success && solver.eigenvectors().col(0).allFinite() &&
      solver.eigenvectors().col(0).norm() > 0.5)
    v = exact_rational(solver.eigenvectors().col(0));
  // λ_min = min vᵀAv / vᵀv: an upper bound whatever v is, with an error quadratic in the one of v.
  const Rational rayleigh = quadratic_form(A, v) / v.squaredNorm();

  for (const Rational& t : candidates(rayleigh, scale, unit_of(A))) {
    if (t > rayleigh) continue;
    const PsdCertificate certificate = certify_psd(shifted(A, t));
    if (certificate.positive_semidefinite && !certificate.positive_definite) return {t, t};
  }

  // The slack is relative to the eigenvalue, however small it is against the matrix; it is widened
  // until the certificate holds.
  const Rational size = std::max(Rational(abs(rayleigh)), Rational(scale * power_of_two(-80)));
  const Rational floor = gershgorin_bound(A);
  const long close = std::max(bits, 40L);
  // With v good to the digits of a double, its quotient is good to twice as many.
  for (long b = std::clamp(bits, 48L, 96L); b > -80; b -= 4) {
    const Rational slack = size * power_of_two(-b);
    const Rational t = simplest_between(rayleigh - slack, rayleigh - slack / 2);
    if (t <= floor) break;
    const PsdCertificate certificate = certify_psd(shifted(A, t));
    if (certificate.positive_semidefinite)
      return certificate.positive_definite ? refined(A, {t, rayleigh}, close) : Sides{t, t};
  }
  return certify_psd(shifted(A, floor)).positive_definite ? refined(A, {floor, rayleigh}, close)
                                                          : Sides{floor, floor};
}

/// What the thread's precision asks for: 2^−48 at the 256 bits that facts are certified with, half
/// of every further bit.
long bits_of_precision() { return static_cast<long>(current_precision().bits) / 2 - 80; }

EigenvalueBound bound_from(const Rational& value, const Rational& other_side) {
  return {value, value == other_side};
}

/// The largest t with A − t B ⪰ 0 for a positive definite A and B ⪰ 0, B ≠ 0.
EigenvalueBound largest_for_definite(const Matrix<Rational>& A, const Matrix<Rational>& B) {
  const Index n = A.rows();
  const Rational scale_a = scale_of(A);
  const Rational scale_b = scale_of(B);
  // t ≤ vᵀAv / vᵀBv for every v with Bv ≠ 0; the unit vectors give a first bound. A diagonal entry
  // of B is not zero, as B ≠ 0.
  std::optional<Rational> least;
  const auto try_direction = [&](const Vector<Rational>& v) {
    const Rational below = quadratic_form(B, v);
    if (below <= 0) return;
    const Rational ratio = quadratic_form(A, v) / below;
    if (!least || ratio < *least) least = ratio;
  };
  for (Index i = 0; i < n; ++i)
    if (B(i, i) > 0 && (!least || A(i, i) / B(i, i) < *least)) least = A(i, i) / B(i, i);

  // With A = Q Λ Qᵀ and W = Q Λ^(−1/2), the largest eigenvalue of Wᵀ B W is 1/t. The diagonal of A
  // is scaled to about 1 first.
  const Matrix<double> a = to_double(A / scale_a);
  const Matrix<double> b = to_double(B / scale_b);
  const Vector<double> d = a.diagonal().cwiseMax(1e-300).cwiseSqrt().cwiseInverse();
  const FloatingEigen of_a(d.asDiagonal() * a * d.asDiagonal());
  if (of_a.info() == Eigen::Success) {
    const Vector<double> roots = of_a.eigenvalues().cwiseMax(1e-15).cwiseSqrt().cwiseInverse();
    const Matrix<double> W = d.asDiagonal() * of_a.eigenvectors() * roots.asDiagonal();
    const FloatingEigen of_b(W.transpose().lazyProduct(b.lazyProduct(W).eval()));
    const Vector<double> v = W.lazyProduct(of_b.eigenvectors().col(n - 1));
    if (of_b.info() == Eigen::Success && v.allFinite()) try_direction(exact_rational(v));
  }

  // Simple as it stands, or in the units of A and B.
  const Rational unit = unit_of(A) / unit_of(B);
  std::vector<Rational> list;
  for (const long bits : {30L, 42L}) {
    const Rational slack = *least * power_of_two(-bits);
    add_new(list, simplest_between(*least - slack, *least + slack));
    add_new(list, unit * simplest_between((*least - slack) / unit, (*least + slack) / unit));
  }
  for (const Rational& t : list) {
    if (t > *least) continue;
    const PsdCertificate certificate = certify_psd(A - t * B);
    // Some v ≠ 0 has vᵀAv = t vᵀBv, where vᵀAv > 0: beyond t the form is negative at v.
    if (certificate.positive_semidefinite && !certificate.positive_definite) return {t, true};
  }
  for (long bits = 48; bits >= 4; bits -= 4) {
    const Rational slack = *least * power_of_two(-bits);
    const Rational t = simplest_between(*least - slack, *least - slack / 2);
    const PsdCertificate certificate = certify_psd(A - t * B);
    if (certificate.positive_semidefinite) return {t, !certificate.positive_definite};
  }
  // The guess was of no use. A ⪰ t B holds for small t > 0, and halving finds one.
  for (Rational t = *least / 2;; t /= 16) {
    const PsdCertificate certificate = certify_psd(A - t * B);
    if (certificate.positive_semidefinite) return {t, !certificate.positive_definite};
  }
}

Matrix<Rational> principal(const Matrix<Rational>& A, const std::vector<Index>& chosen) {
  const auto n = static_cast<Index>(chosen.size());
  Matrix<Rational> P(n, n);
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < n; ++i)
      P(i, j) = A(chosen[static_cast<std::size_t>(i)], chosen[static_cast<std::size_t>(j)]);
  return P;
}

bool is_zero(const Matrix<Rational>& A) {
  return std::all_of(A.data(), A.data() + A.size(), [](const Rational& x) { return x == 0; });
}

}  // namespace

namespace {

/// −A, or where an exact factorisation would be costly, a matrix of short entries beside it: |E_ij|
/// ≤ h makes ‖E‖ ≤ n h.
struct Negated {
  Matrix<Rational> matrix;
  Rational error = 0;  ///< in the spectral norm
};

Negated negated(const Matrix<Rational>& A, long bits) {
  constexpr std::size_t costly_bits = 1 << 15;  // of a row, over the common denominator
  const bool is_costly =
      is_symmetric(A) && bit_size(unit_of(A)) * static_cast<std::size_t>(A.rows()) > costly_bits;
  if (!is_costly) return {-A};
  const Rational step = scale_of(A) * power_of_two(-std::max(96L, bits + 48));
  return {A.unaryExpr([&](const Rational& x) {
            return Rational(-step * Rational(nearest_integer(x / step)));
          }),
          step * Rational(A.rows(), 2)};
}

Sides largest_eigenvalue(const Matrix<Rational>& A, long bits) {
  const Negated B = negated(A, bits);
  const Sides sides = smallest_eigenvalue(B.matrix, bits);
  return {-sides.upper - B.error, -sides.lower + B.error};
}

}  // namespace

EigenvalueBound smallest_eigenvalue_bound(const Matrix<Rational>& A) {
  const Sides sides = smallest_eigenvalue(A, 0);
  return bound_from(sides.lower, sides.upper);
}

EigenvalueBound largest_eigenvalue_bound(const Matrix<Rational>& A) {
  const Sides sides = largest_eigenvalue(A, 0);
  return bound_from(sides.upper, sides.lower);
}

Enclosure enclose_largest_eigenvalue(const Matrix<Rational>& A) {
  const Sides sides = largest_eigenvalue(A, bits_of_precision());
  return enclose(sides.lower, sides.upper);
}

Enclosure enclose_smallest_eigenvalue(const Matrix<Rational>& A) {
  const Sides sides = smallest_eigenvalue(A, bits_of_precision());
  return enclose(sides.lower, sides.upper);
}

std::optional<EigenvalueBound> largest_generalized(const Matrix<Rational>& A,
                                                   const Matrix<Rational>& B, Known of_B) {
  if (A.rows() != B.rows() || A.cols() != B.cols())
    throw std::invalid_argument("the two matrices differ in size");
  const PsdCertificate of_A = certify_psd(A);
  if (!of_A.positive_semidefinite ||
      (of_B == Known::nothing && !certify_psd(B).positive_semidefinite))
    throw std::invalid_argument("a matrix is not positive semidefinite");
  if (is_zero(B)) return std::nullopt;
  if (of_A.positive_definite) return largest_for_definite(A, B);
  // A v = 0 ≠ B v gives vᵀ(A − tB)v < 0 for every t > 0, while t = 0 will do.
  if (!is_zero(B.lazyProduct(null_space(A)))) return EigenvalueBound{0, true};
  // Otherwise both forms vanish on the null space of A, and they are what they are on rank(A) many
  // coordinates with independent rows: these span a complement of it, where A is positive definite
  // (and B still not zero).
  const std::vector<Index> chosen = independent_rows(A);
  return largest_for_definite(principal(A, chosen), principal(B, chosen));
}

}  // namespace graddiv
