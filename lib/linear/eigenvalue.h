#pragma once

#include <optional>

#include "linear/matrix.h"

// Eigenvalues are guessed in floating point and certified exactly: t ≤ λ_min(A) if and only if A −
// t I ⪰ 0, which linear/ldlt.h decides. All functions throw std::invalid_argument for matrices that
// are not symmetric or are empty.
namespace graddiv {

/// A certified bound of an eigenvalue. `exact` where it is the eigenvalue itself.
struct EigenvalueBound {
  Rational value;
  bool exact = false;
};

/// t ≤ λ_min(A), usually within a relative 1e-12: A − t I ⪰ 0. It is exact (A − t I is singular
/// too) whenever λ_min is a rational that the floating-point guess can tell from its neighbours.
EigenvalueBound smallest_eigenvalue_bound(const Matrix<Rational>& A);

/// t ≥ λ_max(A), likewise: t I − A ⪰ 0.
EigenvalueBound largest_eigenvalue_bound(const Matrix<Rational>& A);

/// λ_max(A) enclosed: exact where it can be, else [vᵀAv / vᵀv, t] with v near an eigenvector and t
/// a bound as above. Beyond 256 bits of the thread's precision p the two differ by a relative
/// 2^(80 − p/2) or less (for at most 24 rows), so that more precision tells more eigenvalues apart.
Enclosure enclose_largest_eigenvalue(const Matrix<Rational>& A);
/// λ_min(A) enclosed, likewise.
Enclosure enclose_smallest_eigenvalue(const Matrix<Rational>& A);

/// A certified t, as large as can be found, with A − t B ⪰ 0, for A ⪰ 0 and B ⪰ 0 of one size;
/// `exact` where no larger one exists (then A − t B is singular on the range of B). std::nullopt if
/// B = 0, where every t will do. Throws std::invalid_argument if A is not positive semidefinite, or
/// if B is not, unless it is a Gram matrix, known to be so.
enum class Known { nothing, gram };
std::optional<EigenvalueBound> largest_generalized(const Matrix<Rational>& A,
                                                   const Matrix<Rational>& B,
                                                   Known of_B = Known::nothing);

}  // namespace graddiv
