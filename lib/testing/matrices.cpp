#include "testing/matrices.h"

namespace graddiv::testing {

rc::Gen<Rational> entries() {
  return rc::gen::weightedOneOf<Rational>(
      {{2, small_rationals(6)},
       {1, rc::gen::map(rc::gen::inRange(-1, 2), [](int n) { return Rational(n); })}});
}

rc::Gen<Matrix<Rational>> matrices(Index rows, Index cols) {
  return rc::gen::map(
      rc::gen::container<std::vector<Rational>>(static_cast<std::size_t>(rows * cols), entries()),
      [rows, cols](const std::vector<Rational>& values) {
        Matrix<Rational> A(rows, cols);
        std::copy(values.begin(), values.end(), A.data());
        return A;
      });
}

rc::Gen<Vector<Rational>> vectors(Index size) {
  return rc::gen::map(matrices(size, 1),
                      [](const Matrix<Rational>& A) { return Vector<Rational>(A.col(0)); });
}

rc::Gen<Matrix<Rational>> symmetric_matrices(Index n) {
  return rc::gen::map(matrices(n, n), [](const Matrix<Rational>& M) {
    return Matrix<Rational>((M + M.transpose()) / Rational(2));
  });
}

rc::Gen<Matrix<Rational>> gram_matrices(Index n, Index rank) {
  return rc::gen::map(matrices(rank, n), [](const Matrix<Rational>& G) {
    return Matrix<Rational>(G.transpose() * G);
  });
}

Matrix<Rational> with_eigenvalues(const Vector<Rational>& eigenvalues, const Vector<Rational>& u) {
  const Index n = eigenvalues.size();
  Matrix<Rational> Q = Matrix<Rational>::Identity(n, n);
  if (u.squaredNorm() != 0) Q -= Rational(2) / u.squaredNorm() * u * u.transpose();
  return Q * eigenvalues.asDiagonal() * Q;
}

}  // namespace graddiv::testing
