#pragma once

#include <vector>

#include "problem/problem.h"

namespace graddiv::moments {

/// The gradients ∇f_i(w) = C_i z, z = (w, 1), of a problem whose functions are all quadratic, as integers over one denominator q.
class AffineGradients {
 public:
  explicit AffineGradients(const Problem& problem);

  int dimension() const { return d_; }
  int size() const { return n_; }
  const Integer& denominator() const { return q_; }
  /// q ΣC_i: d × (d + 1).
  const Matrix<Integer>& sum() const { return sum_; }

  /// Whether C_i = x_i c_iᵀ (least squares and the like): then `rows` and `factors` hold x_i and q c_i, else `matrices` holds q C_i.
  bool is_rank_one() const { return matrices_.empty(); }
  const std::vector<Matrix<Integer>>& matrices() const { return matrices_; }
  const Matrix<Integer>& rows() const { return rows_; }        ///< n × d, over row_denominator()
  const Matrix<Integer>& factors() const { return factors_; }  ///< n × (d + 1)
  /// q C_i, whichever way it is kept.
  Matrix<Integer> matrix(int i) const;

  /// (1/n) Σ C_iᵀC_i and C̄ᵀC̄, (d + 1) × (d + 1): M²(w) and ‖∇F(w)‖² as quadratic forms in z.
  Matrix<Rational> mean_of_squares() const;
  Matrix<Rational> square_of_mean() const;

 private:
  int d_;
  int n_;
  Integer q_ = 1;
  Matrix<Integer> sum_;
  std::vector<Matrix<Integer>> matrices_;
  Matrix<Integer> rows_;
  Matrix<Integer> factors_;
};

}  // namespace graddiv::moments
