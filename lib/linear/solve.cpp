#include "linear/solve.h"

#include <gmp.h>

#include <Eigen/QR>
#include <stdexcept>
#include <utility>

#include "linear/integer_matrix.h"
#include "linear/modular_rank.h"

namespace graddiv {

using detail::Echelon;
using Eigen::Index;

namespace {

template <class T>
void require_fitting(const Matrix<T>& A, const Vector<T>& b) {
  if (A.rows() != b.size())
    throw std::invalid_argument("the right side has " + std::to_string(b.size()) +
                                " entries, the matrix " + std::to_string(A.rows()) + " rows");
}

void add_product(Integer& sum, const Integer& a, const Integer& b) {
  mpz_addmul(sum.backend().data(), a.backend().data(), b.backend().data());
}

Matrix<Integer> integer_rows(const Matrix<Rational>& A) {
  return detail::integer_rows(A, Matrix<Rational>(A.rows(), 0));
}

/// The least-norm solution for the integer rows (A | b) of a system.
std::optional<Vector<Rational>> least_norm_of_rows(const Matrix<Integer>& system) {
  const Index n = system.cols() - 1;
  // More equations than unknowns mostly contradict each other: then b is no combination of columns.
  if (system.rows() > n && detail::rank_modulo_prime(system) > n) return std::nullopt;
  const Echelon echelon(system, n);
  const Index rank = echelon.rank();
  for (std::size_t s = echelon.pivots.size(); s < echelon.rows.size(); ++s)
    if (echelon.M(echelon.rows[s], n) != 0) return std::nullopt;
  Vector<Rational> x = Vector<Rational>::Zero(n);
  if (rank == n) {  // one solution only
    const Vector<Integer> y = echelon.solve_for_column(n);
    for (Index i = 0; i < n; ++i) x(i) = Rational(y(i), echelon.determinant());
    return x;
  }
  // The solution in the span of the rows: x = Rᵀy for a largest set R of independent rows, with R
  // Rᵀ y = c regular.
  Matrix<Integer> R(rank, n);
  Matrix<Integer> normal(rank, rank + 1);
  for (Index s = 0; s < rank; ++s) {
    const Index row = echelon.rows[static_cast<std::size_t>(s)];
    R.row(s) = system.row(row).head(n);
    normal(s, rank) = system(row, n);
  }
  for (Index s = 0; s < rank; ++s)
    for (Index t = 0; t <= s; ++t) {
      Integer product = 0;
      for (Index j = 0; j < n; ++j) add_product(product, R(s, j), R(t, j));
      normal(s, t) = normal(t, s) = product;
    }
  const Echelon regular(std::move(normal), rank);
  const Vector<Integer> y = regular.solve_for_column(rank);
  Vector<Integer> z = Vector<Integer>::Zero(n);
  for (Index j = 0; j < n; ++j)
    for (Index s = 0; s < rank; ++s) add_product(z(j), R(s, j), y(s));
  for (Index i = 0; i < n; ++i) x(i) = Rational(z(i), regular.determinant());
  return x;
}

std::optional<Vector<Rational>> solution(const Matrix<Rational>& A, const Vector<Rational>& b) {
  const Index n = A.cols();
  const Echelon echelon(detail::integer_rows(A, b), n);
  if (echelon.rank() < n) return std::nullopt;
  const Vector<Integer> y = echelon.solve_for_column(n);
  Vector<Rational> x(n);
  for (Index i = 0; i < n; ++i) x(i) = Rational(y(i), echelon.determinant());
  return x;
}

using FloatingSystem = Eigen::CompleteOrthogonalDecomposition<Matrix<double>>;

std::optional<Vector<double>> solution(const Matrix<double>& A, const Vector<double>& b) {
  if (A.rows() == 0) return Vector<double>();
  const FloatingSystem system(A);
  if (!system.isInvertible()) return std::nullopt;
  return Vector<double>(system.solve(b));
}

std::optional<Vector<Enclosure>> solution(const Matrix<Enclosure>& A, const Vector<Enclosure>& b) {
  // Gaussian elimination. The pivot is the entry of the column that is certified to be non-zero and
  // looks largest.
  const Index n = A.cols();
  Matrix<Enclosure> U = A;
  Vector<Enclosure> x = b;
  for (Index k = 0; k < n; ++k) {
    Index pivot = n;
    double largest = 0;
    for (Index i = k; i < n; ++i) {
      const Enclosure size = abs(U(i, k));
      if ((size > 0).truth() != Truth::yes) continue;
      if (pivot == n || size.approximate() > largest) {
        pivot = i;
        largest = size.approximate();
      }
    }
    if (pivot == n) return std::nullopt;
    U.row(k).swap(U.row(pivot));
    std::swap(x(k), x(pivot));
    for (Index i = k + 1; i < n; ++i) {
      const Enclosure factor = U(i, k) / U(k, k);
      for (Index j = k + 1; j < n; ++j) U(i, j) -= factor * U(k, j);
      x(i) -= factor * x(k);
    }
  }
  for (Index k = n - 1; k >= 0; --k) {
    for (Index j = k + 1; j < n; ++j) x(k) -= U(k, j) * x(j);
    x(k) /= U(k, k);
  }
  return x;
}

std::optional<Vector<Rational>> least_norm_solution(const Matrix<Rational>& A,
                                                    const Vector<Rational>& b) {
  return least_norm_of_rows(detail::integer_rows(A, b));
}

Vector<Rational> least_squares_solution(const Matrix<Rational>& A, const Vector<Rational>& b) {
  // AᵀA x = Aᵀb on integers: with row i of (A | b) equal to M_i / d_i, both sides times S = lcm
  // d_i² are Σ (S/d_i²) M_iᵀ M_i.
  const Index m = A.rows();
  const Index n = A.cols();
  Matrix<Integer> M(m, n + 1);
  std::vector<Integer> squares;
  Integer common = 1;
  for (Index i = 0; i < m; ++i) {
    Integer d = detail::row_denominator(A, i);
    mpz_lcm(d.backend().data(), d.backend().data(), mpq_denref(b(i).backend().data()));
    for (Index j = 0; j < n; ++j) M(i, j) = detail::scaled(A(i, j), d);
    M(i, n) = detail::scaled(b(i), d);
    squares.emplace_back(d * d);
    mpz_lcm(common.backend().data(), common.backend().data(), squares.back().backend().data());
  }
  Matrix<Integer> normal = Matrix<Integer>::Zero(n, n + 1);
  for (Index i = 0; i < m; ++i) {
    const Integer weight = detail::exact_quotient(common, squares[static_cast<std::size_t>(i)]);
    for (Index s = 0; s < n; ++s) {
      if (M(i, s) == 0) continue;
      const Integer factor = weight * M(i, s);
      for (Index t = s; t <= n; ++t) add_product(normal(s, t), factor, M(i, t));  // symmetric
    }
  }
  for (Index s = 0; s < n; ++s)
    for (Index t = 0; t < s; ++t) normal(s, t) = normal(t, s);
  return *least_norm_of_rows(normal);  // the normal equations always have a solution
}

Vector<double> least_squares_solution(const Matrix<double>& A, const Vector<double>& b) {
  if (A.size() == 0) return Vector<double>::Zero(A.cols());
  return FloatingSystem(A).solve(b);
}

std::optional<Vector<double>> least_norm_solution(const Matrix<double>& A,
                                                  const Vector<double>& b) {
  Vector<double> x = least_squares_solution(A, b);
  // Rounding leaves a residual of about this size in a consistent system.
  const double allowed = 1e-10 * (A.norm() * x.norm() + b.norm());
  if (!((A * x - b).norm() <= allowed)) return std::nullopt;
  return x;
}

Matrix<Rational> kernel_basis(const Matrix<Rational>& A) {
  const Index n = A.cols();
  Matrix<Integer> M = integer_rows(A);
  if (detail::rank_modulo_prime(M) == n) return Matrix<Rational>(n, 0);
  const Echelon echelon(std::move(M), n);
  Matrix<Rational> basis = Matrix<Rational>::Zero(n, n - echelon.rank());
  Index column = 0;
  for (Index free = 0, t = 0; free < n; ++free) {
    if (t < echelon.rank() && echelon.pivots[static_cast<std::size_t>(t)] == free) {
      ++t;
      continue;
    }
    // x_free = 1, the other free ones 0, the pivot ones −y with U y = (column free of U); all times
    // the determinant, over their common divisor.
    const Vector<Integer> y = echelon.solve_for_column(free);
    Matrix<Integer> x = Matrix<Integer>::Zero(n, 1);
    for (Index s = 0; s < echelon.rank(); ++s)
      x(echelon.pivots[static_cast<std::size_t>(s)]) = -y(s);
    x(free) = echelon.determinant();
    Integer common = detail::content(x);
    if (x(free) < 0) common = -common;
    for (Index i = 0; i < n; ++i) basis(i, column) = detail::exact_quotient(x(i), common);
    ++column;
  }
  return basis;
}

Matrix<double> kernel_basis(const Matrix<double>& A) {
  if (A.rows() == 0) return Matrix<double>::Identity(A.cols(), A.cols());
  if (A.cols() == 0) return Matrix<double>(0, 0);
  // A P = Q (T 0; 0 0) Z with Z orthogonal: the last rows of Z span the null space of A P.
  const FloatingSystem system(A);
  const Index dimension = A.cols() - system.rank();
  if (dimension == A.cols()) return Matrix<double>::Identity(A.cols(), A.cols());
  const Matrix<double> last = system.matrixZ().bottomRows(dimension).transpose();
  return system.colsPermutation() * last;
}

}  // namespace

template <class T>
std::optional<Vector<T>> solve(const Matrix<T>& A, const Vector<T>& b) {
  require_fitting(A, b);
  if (A.rows() != A.cols()) throw std::invalid_argument("the matrix is not square");
  return solution(A, b);
}

template <class T>
std::optional<Vector<T>> least_norm_solve(const Matrix<T>& A, const Vector<T>& b) {
  require_fitting(A, b);
  return least_norm_solution(A, b);
}

template <class T>
Vector<T> least_squares_solve(const Matrix<T>& A, const Vector<T>& b) {
  require_fitting(A, b);
  return least_squares_solution(A, b);
}

template <class T>
Matrix<T> null_space(const Matrix<T>& A) {
  return kernel_basis(A);
}

std::vector<Index> independent_rows(const Matrix<Rational>& A) {
  // The pivot columns of Aᵀ: each is the first that does not depend on those before it.
  const Matrix<Rational> transposed = A.transpose();
  return Echelon(integer_rows(transposed), A.rows()).pivots;
}

Index rank_at_least(const Matrix<Rational>& A) {
  return detail::rank_modulo_prime(integer_rows(A));
}

template std::optional<Vector<Rational>> solve(const Matrix<Rational>&, const Vector<Rational>&);
template std::optional<Vector<double>> solve(const Matrix<double>&, const Vector<double>&);
template std::optional<Vector<Enclosure>> solve(const Matrix<Enclosure>&, const Vector<Enclosure>&);
template std::optional<Vector<Rational>> least_norm_solve(const Matrix<Rational>&,
                                                          const Vector<Rational>&);
template std::optional<Vector<double>> least_norm_solve(const Matrix<double>&,
                                                        const Vector<double>&);
template Vector<Rational> least_squares_solve(const Matrix<Rational>&, const Vector<Rational>&);
template Vector<double> least_squares_solve(const Matrix<double>&, const Vector<double>&);
template Matrix<Rational> null_space(const Matrix<Rational>&);
template Matrix<double> null_space(const Matrix<double>&);

}  // namespace graddiv
