#pragma once

#include "linear/matrix.h"
#include "testing/rationals.h"

// Random exact matrices for the tests of lib/linear.
namespace graddiv::testing {

using Eigen::Index;

/// Small fractions; now and then whole numbers with many zeros, so that singular matrices are
/// common.
rc::Gen<Rational> entries();

rc::Gen<Matrix<Rational>> matrices(Index rows, Index cols);

rc::Gen<Vector<Rational>> vectors(Index size);

/// (M + Mᵀ)/2.
rc::Gen<Matrix<Rational>> symmetric_matrices(Index n);

/// GᵀG with G of `rank` rows: positive semidefinite, singular where rank < n.
rc::Gen<Matrix<Rational>> gram_matrices(Index n, Index rank);

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
Matrix<Rational> with_eigenvalues(const Vector<Rational>& eigenvalues, const Vector<Rational>& u);

}  // namespace graddiv::testing
