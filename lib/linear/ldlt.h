#pragma once

#include <optional>
#include <vector>

#include "linear/matrix.h"

namespace graddiv {

/// P A Pᵀ = L D Lᵀ exactly, for a symmetric n × n matrix A of the given rank.
struct Ldlt {
  /// n × rank, unit lower trapezoidal: L(i, i) = 1 and L(i, j) = 0 for i < j.
  Matrix<Rational> L;
  /// The rank non-zero pivots: the diagonal of D.
  Vector<Rational> D;
  /// Row i of P A is row permutation[i] of A: (P A Pᵀ)(i, j) = A(permutation[i], permutation[j]).
  std::vector<Eigen::Index> permutation;
  Eigen::Index rank = 0;

  /// Pᵀ L D Lᵀ P.
  Matrix<Rational> reconstruct() const;
};

/// The exact LDLᵀ factorisation, with the first non-zero diagonal entry of what is left as the next
/// pivot (so that a positive definite matrix keeps its order). std::nullopt where all diagonal
/// entries left are zero and some other entry is not, as in (0 1; 1 0): the matrix is indefinite
/// and has no diagonal pivot. Throws std::invalid_argument if A is not square and symmetric.
std::optional<Ldlt> ldlt(const Matrix<Rational>& A);

/// A prediction from above, but for the logarithm of n, of the bits of all numbers in ldlt(A): what
/// its time grows with. Takes O(n²).
double ldlt_bits(const Matrix<Rational>& A);

/// The proof that a symmetric matrix is positive semidefinite, or that it is not.
struct PsdCertificate {
  /// All pivots are positive and the rest is zero: xᵀAx = Σ D_i (Lᵀ P x)_i² ≥ 0.
  bool positive_semidefinite = false;
  /// Moreover the rank is n.
  bool positive_definite = false;
  /// The rank of A; meaningful only where A is positive semidefinite.
  Eigen::Index rank = 0;
  /// v with vᵀAv < 0 exactly, where A is not positive semidefinite.
  std::optional<Vector<Rational>> negative_direction;
};

/// Decides exactly whether A ⪰ 0. Throws std::invalid_argument if A is not square and symmetric.
/// The 0 × 0 matrix is positive definite.
PsdCertificate certify_psd(const Matrix<Rational>& A);

/// vᵀ A v.
Rational quadratic_form(const Matrix<Rational>& A, const Vector<Rational>& v);

}  // namespace graddiv
