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

/// c with (A b) = x cᵀ: the gradient of a generalized linear function is a multiple of its row x
/// (and 0 where x = 0).
Vector<Rational> factor(const QuadraticFunction& f, const Vector<Rational>& x) {
  const Eigen::Index d = x.size();
  Vector<Rational> c = Vector<Rational>::Zero(d + 1);
  Eigen::Index pivot = 0;
  while (pivot < d && x[pivot] == 0) ++pivot;
  if (pivot == d) return c;
  for (Eigen::Index j = 0; j < d; ++j) c[j] = f.A(pivot, j) / x[pivot];
  c[d] = f.b[pivot] / x[pivot];
  return c;
}

/// Multiplies the last column, of constants, by the least s that leaves its denominators no more
/// than divisors of those elsewhere.
Integer scale_constants(std::vector<Matrix<Rational>>& linear_and_constant) {
  Integer q = 1;
  Integer of_constants = 1;
  for (const auto& m : linear_and_constant) {
    q = lcm(q, common_denominator(m.leftCols(m.cols() - 1)));
    of_constants = lcm(of_constants, common_denominator(m.rightCols(1)));
  }
  const Integer s = of_constants / gcd(of_constants, q);
  if (s != 1) {
    for (auto& m : linear_and_constant) m.rightCols(1) *= Rational(s);
  }
  return s;
}

}  // namespace

AffineGradients::AffineGradients(const Problem& problem)
    : d_(problem.dimension()), n_(problem.size()) {
  if (const Matrix<Rational>* X = problem.sum->facts().rows.get()) {
    const Integer x_denominator = common_denominator(*X);
    Matrix<Rational> factors(n_, d_ + 1);
    for (int i = 0; i < n_; ++i) {
      factors.row(i) =
          factor(problem.sum->facts(i).quadratic.value(), X->row(i).transpose()).transpose();
    }
    std::vector<Matrix<Rational>> scaled_factors{std::move(factors)};
    s_ = scale_constants(scaled_factors);
    factors = std::move(scaled_factors.front());
    const Integer c_denominator = common_denominator(factors);
    q_ = x_denominator * c_denominator;
    rows_ = scaled(*X, x_denominator);
    factors_ = scaled(factors, c_denominator);
    sum_ = rows_.transpose() * factors_;
    return;
  }
  std::vector<Matrix<Rational>> C;
  for (int i = 0; i < n_; ++i) {
    const QuadraticFunction& f = problem.sum->facts(i).quadratic.value();
    Matrix<Rational> c(d_, d_ + 1);
    c << f.A.dense(), f.b;
    C.push_back(std::move(c));
  }
  s_ = scale_constants(C);
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
