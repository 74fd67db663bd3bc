#pragma once

#include <optional>
#include <vector>

#include "linear/matrix.h"

// Linear systems. Over Rational every answer is exact (fraction-free elimination on integers), and
// so is every decision about rank. Over double the decisions are those of Eigen's rank-revealing
// decompositions at its default tolerance: a guess. All functions throw std::invalid_argument where
// the shapes of A and b do not fit.
namespace graddiv {

/// The solution of A x = b for a square A; std::nullopt if A is singular. T: Rational, double, or
/// Enclosure. For enclosures the result encloses the solutions for all matrices and right sides
/// enclosed (rigorous, but wide for large systems), and std::nullopt means that A was not certified
/// to be regular.
template <class T>
std::optional<Vector<T>> solve(const Matrix<T>& A, const Vector<T>& b);

/// The solution x of A x = b (A of any shape) with the least ‖x‖; std::nullopt if there is none. T:
/// Rational, double.
template <class T>
std::optional<Vector<T>> least_norm_solve(const Matrix<T>& A, const Vector<T>& b);

/// The minimiser of ‖A x − b‖² with the least ‖x‖: the least-norm solution of AᵀA x = Aᵀb. T:
/// Rational, double.
template <class T>
Vector<T> least_squares_solve(const Matrix<T>& A, const Vector<T>& b);

/// A basis of { x : A x = 0 }, one vector a column: n × (n − rank). T: Rational, double.
template <class T>
Matrix<T> null_space(const Matrix<T>& A);

/// The indices, ascending, of the rows of A that do not depend on the rows before them: rank many.
std::vector<Eigen::Index> independent_rows(const Matrix<Rational>& A);

/// A number that the rank of A is certainly not below, and that next to always is it: the rank
/// modulo a prime of 61 bits, in machine words.
Eigen::Index rank_at_least(const Matrix<Rational>& A);

}  // namespace graddiv
