#include "expectation/affine_gradients.h"

namespace graddiv::moments {
namespace {

Integer common_denominator(const Matrix<Rational>& m) {
  Integer q = 1;
  for (const Rational& x : m.reshaped()) q = lcm(q, Integer(denominator(x)));
  return q;
}

Matrix<Integer> scaled(const Matrix<Rational>& m, const Integer& q) {
  return m.unaryExpr(
      [&q](const Rational& x) { return Integer(numerator(x) * (q / denominator(x))); });
}

Matrix<Rational> over(const Matrix<Integer>& m, const Integer& q) {
  return m.unaryExpr([&q](const Integer& x) { return Rational(x, q); });
}

/// c with C = x cᵀ: the gradient of a generalized linear function is a multiple of its row x (and C = 0 where x = 0).
Vector<Rational> factor(const Matrix<Rational>& C, const Vector<Rational>& x) {
  Eigen::Index pivot = 0;
  while (pivot < x.size() && x[pivot] == 0) ++pivot;
  if (pivot == x.size()) return Vector<Rational>::Zero(C.cols());
  return C.row(pivot).transpose() / x[pivot];
}

}  // namespace

AffineGradients::AffineGradients(const Problem& problem)
    : d_(problem.dimension()), n_(problem.size()) {
  std::vector<Matrix<Rational>> C;
  for (int i = 0; i < n_; ++i) {
    const QuadraticFunction& f = problem.sum->facts(i).quadratic.value();
    Matrix<Rational> c(d_, d_ + 1);
    c << f.A.dense(), f.b;
    C.push_back(std::move(c));
  }
  if (const Matrix<Rational>* X = problem.sum->facts().rows.get()) {
    const Integer x_denominator = common_denominator(*X);
    Matrix<Rational> factors(n_, d_ + 1);
    for (int i = 0; i < n_; ++i) {
      factors.row(i) = factor(C[static_cast<std::size_t>(i)], X->row(i).transpose()).transpose();
    }
    const Integer c_denominator = common_denominator(factors);
    q_ = x_denominator * c_denominator;
    rows_ = scaled(*X, x_denominator);
    factors_ = scaled(factors, c_denominator);
    sum_ = rows_.transpose() * factors_;
    return;
  }
  for (const auto& c : C) q_ = lcm(q_, common_denominator(c));
  sum_ = Matrix<Integer>::Zero(d_, d_ + 1);
  for (const auto& c : C) {
    matrices_.push_back(scaled(c, q_));
    sum_ += matrices_.back();
  }
}

Matrix<Integer> AffineGradients::matrix(int i) const {
  if (!is_rank_one()) return matrices_[static_cast<std::size_t>(i)];
  return rows_.row(i).transpose() * factors_.row(i);
}

Matrix<Rational> AffineGradients::mean_of_squares() const {
  Matrix<Integer> total = Matrix<Integer>::Zero(d_ + 1, d_ + 1);
  if (is_rank_one()) {  // C_iᵀC_i = ‖x_i‖² c_i c_iᵀ
    Matrix<Integer> weighted = factors_;
    for (int i = 0; i < n_; ++i) weighted.row(i) *= Integer(rows_.row(i).squaredNorm());
    total = factors_.transpose() * weighted;
  } else {
    for (const auto& C : matrices_) total += C.transpose() * C;
  }
  return over(total, q_ * q_ * n_);
}

Matrix<Rational> AffineGradients::square_of_mean() const {
  return over(sum_.transpose() * sum_, q_ * q_ * n_ * n_);
}

}  // namespace graddiv::moments
