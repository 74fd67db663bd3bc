#pragma once

#include "linear/matrix.h"
#include "number/rational_generator_test.h"

// Random exact matrices for the tests of lib/linear.
namespace graddiv::testing {

using Eigen::Index;

/// Small fractions; now and then whole numbers with many zeros, so that singular matrices are
/// common.
inline rc::Gen<Rational> entries() {
  return rc::gen::weightedOneOf<Rational>(
      {{2, small_rationals(6)},
       {1, rc::gen::map(rc::gen::inRange(-1, 2), [](int n) { return Rational(n); })}});
}

inline rc::Gen<Matrix<Rational>> matrices(Index rows, Index cols) {
  return rc::gen::map(
      rc::gen::container<std::vector<Rational>>(static_cast<std::size_t>(rows * cols), entries()),
      [rows, cols](const std::vector<Rational>& values) {
        Matrix<Rational> A(rows, cols);
        std::copy(values.begin(), values.end(), A.data());
        return A;
      });
}

inline rc::Gen<Vector<Rational>> vectors(Index size) {
  return rc::gen::map(matrices(size, 1),
                      [](const Matrix<Rational>& A) { return Vector<Rational>(A.col(0)); });
}

/// (M + Mᵀ)/2.
inline rc::Gen<Matrix<Rational>> symmetric_matrices(Index n) {
  return rc::gen::map(matrices(n, n), [](const Matrix<Rational>& M) {
    return Matrix<Rational>((M + M.transpose()) / Rational(2));
  });
}

/// GᵀG with G of `rank` rows: positive semidefinite, singular where rank < n.
inline rc::Gen<Matrix<Rational>> gram_matrices(Index n, Index rank) {
  return rc::gen::map(matrices(rank, n), [](const Matrix<Rational>& G) {
    return Matrix<Rational>(G.transpose() * G);
  });
}

/// The entries row by row.
template <class T>
Matrix<Rational> matrix(std::initializer_list<std::initializer_list<T>> rows) {
  const auto cols = rows.size() == 0 ? 0 : rows.begin()->size();
  Matrix<Rational> A(static_cast<Index>(rows.size()), static_cast<Index>(cols));
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const T& value : row) A(i, j++) = Rational(value);
    ++i;
  }
  return A;
}

/// Q diag(eigenvalues) Qᵀ with the reflection Q = I − 2uuᵀ/uᵀu: a rational matrix with these
/// eigenvalues.
inline Matrix<Rational> with_eigenvalues(const Vector<Rational>& eigenvalues,
                                         const Vector<Rational>& u) {
  const Index n = eigenvalues.size();
  Matrix<Rational> Q = Matrix<Rational>::Identity(n, n);
  if (u.squaredNorm() != 0) Q -= Rational(2) / u.squaredNorm() * u * u.transpose();
  return Q * eigenvalues.asDiagonal() * Q;
}

}  // namespace graddiv::testing
