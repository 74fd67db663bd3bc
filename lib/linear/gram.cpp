#include "linear/gram.h"

#include <gmp.h>

#include <stdexcept>
#include <vector>

#include "linear/integer_matrix.h"

namespace graddiv {

using Eigen::Index;

// With x_i = m_i / d_i for integer m_i and weights_i / d_i² = v_i / q, q common:
//   Σ_i weights_i x_i x_iᵀ = (1/q) Σ_i v_i m_i m_iᵀ.
Matrix<Rational> weighted_gram(const Matrix<Rational>& X, const Vector<Rational>& weights) {
  if (weights.size() != X.rows())
    throw std::invalid_argument("a weighted Gram matrix needs one weight a row");
  const Index d = X.cols();
  const auto raw = [](Integer& x) { return x.backend().data(); };

  std::vector<Integer> denominators;
  Vector<Rational> scaled_weights(weights.size());
  Integer q = 1;
  for (Index i = 0; i < X.rows(); ++i) {
    denominators.push_back(detail::row_denominator(X, i));
    scaled_weights(i) = weights(i) / Rational(denominators.back() * denominators.back());
    mpz_lcm(raw(q), raw(q), mpq_denref(scaled_weights(i).backend().data()));
  }

  Matrix<Integer> sum = Matrix<Integer>::Zero(d, d);  // the upper triangle, column by column
  Vector<Integer> m(d);
  Integer weighted;
  for (Index i = 0; i < X.rows(); ++i) {
    if (weights(i) == 0) continue;
    const Integer v = detail::scaled(scaled_weights(i), q);
    for (Index j = 0; j < d; ++j)
      m(j) = detail::scaled(X(i, j), denominators[static_cast<std::size_t>(i)]);
    for (Index j = 0; j < d; ++j) {
      if (m(j) == 0) continue;
      weighted = v * m(j);
      for (Index k = 0; k <= j; ++k) mpz_addmul(raw(sum(k, j)), raw(m(k)), raw(weighted));
    }
  }

  Matrix<Rational> result(d, d);
  for (Index j = 0; j < d; ++j)
    for (Index k = 0; k <= j; ++k) result(k, j) = result(j, k) = Rational(sum(k, j), q);
  return result;
}

Matrix<Rational> gram(const Matrix<Rational>& X) {
  return weighted_gram(X, Vector<Rational>::Constant(X.rows(), Rational(1)));
}

}  // namespace graddiv
