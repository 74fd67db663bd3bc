#pragma once

#include <vector>

#include "linear/matrix.h"

// Private to lib/linear. Elimination on integers needs no gcd at each step and is many times faster
// than on rationals: the matrix is scaled to integers, and Bareiss' rule keeps every entry a minor
// of it, which bounds its length (Hadamard).
namespace graddiv::detail {

/// a ← (pivot · a − b · c) / former_pivot, a division without remainder (Bareiss 1968: Sylvester's
/// identity makes the new a the minor of one order more).
void bareiss_step(Integer& a, const Integer& pivot, const Integer& b, const Integer& c,
                  const Integer& former_pivot, Integer& scratch);

/// a / b for a multiple a of b.
Integer exact_quotient(const Integer& a, const Integer& b);

/// The least common multiple of the denominators of row i.
Integer row_denominator(const Matrix<Rational>& A, Eigen::Index i);

/// numerator(x) · (scale / denominator(x)): the integer x · scale.
Integer scaled(const Rational& x, const Integer& scale);

/// The greatest common divisor of all entries; 1 for a zero matrix.
Integer content(const Matrix<Integer>& M);

/// A and B side by side, each row multiplied by the least number that makes it integer, and divided
/// by its content.
Matrix<Integer> integer_rows(const Matrix<Rational>& A, const Matrix<Rational>& B);

/// A row echelon form by Bareiss' rule, with pivots in the first `columns` columns of M only. Rows
/// are not moved: row rows[t] of M holds the t-th pivot, in column pivots[t]; rows[rank…] have
/// zeros in the first `columns` columns.
struct Echelon {
  Echelon(Matrix<Integer> matrix, Eigen::Index columns);

  Matrix<Integer> M;
  std::vector<Eigen::Index> rows;
  std::vector<Eigen::Index> pivots;

  Eigen::Index rank() const { return static_cast<Eigen::Index>(pivots.size()); }
  /// The last pivot: ± the minor of the pivot rows and columns; 1 for rank 0.
  Integer determinant() const;
  /// determinant() · y, which is integer by Cramer's rule, for the y with Σ_t M(rows[s], pivots[t])
  /// y_t = M(rows[s], column).
  Vector<Integer> solve_for_column(Eigen::Index column) const;
};

}  // namespace graddiv::detail
