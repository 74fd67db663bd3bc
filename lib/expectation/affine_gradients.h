#pragma once

#include <vector>

#include "diversity/mechanism.h"
#include "problem/problem.h"

namespace graddiv::moments {

/// What a mechanism adds to a step in integers, see moment_step.h; {0, 0, 1} without one.
struct MechanismNoise {
  Integer of_squares;   ///< a
  Integer constant;     ///< b
  Integer denominator;  ///< t
};

/// The gradients ∇f_i(w) = C_i z of a problem whose functions are all quadratic, as integers over
/// one denominator q. Here z = (w, 1/s) with an integer s that takes up what the constant part of a
/// gradient has in its denominators and the linear part has not: the denominators of a recursion
/// grow with q, and q is that of the linear parts alone. With the gradients goes the noise of a
/// mechanism, which must have a `coordinate_variance`.
class AffineGradients {
 public:
  explicit AffineGradients(const Problem& problem, const Mechanism& mechanism = {});

  int dimension() const { return d_; }
  int size() const { return n_; }
  const Integer& denominator() const { return q_; }
  const Integer& constant_scale() const { return s_; }
  /// q ΣC_i: d × (d + 1).
  const Matrix<Integer>& sum() const { return sum_; }

  /// Whether C_i = x_i c_iᵀ (least squares and the like): then `rows` and `factors` hold x_i and q
  /// c_i, else `matrices` holds q C_i.
  bool is_rank_one() const { return matrices_.empty(); }
  const std::vector<Matrix<Integer>>& matrices() const { return matrices_; }
  const Matrix<Integer>& rows() const { return rows_; }        ///< n × d, over row_denominator()
  const Matrix<Integer>& factors() const { return factors_; }  ///< n × (d + 1)
  /// q C_i, whichever way it is kept.
  Matrix<Integer> matrix(int i) const;

  /// M²(w) = (1/n) Σ ‖∇f_i(w)‖² and ‖∇F(w)‖² as quadratic forms in z, (d + 1) × (d + 1).
  Matrix<Rational> mean_of_squares() const;
  Matrix<Rational> square_of_mean() const;

  /// v and c of the covariance diag(v g_j² + c) of a gradient g.
  const Mechanism::CoordinateVariance& coordinate_variance() const { return variance_; }
  MechanismNoise mechanism_noise(long B) const;  ///< of an iteration with batch size B

 private:
  int d_;
  int n_;
  Mechanism::CoordinateVariance variance_;
  Mechanism::Sharing sharing_;
  Integer q_ = 1;
  Integer s_ = 1;
  Matrix<Integer> sum_;
  std::vector<Matrix<Integer>> matrices_;
  Matrix<Integer> rows_;
  Matrix<Integer> factors_;
};

}  // namespace graddiv::moments
