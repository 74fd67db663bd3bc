#include "expectation/affine_gradients.h"

namespace graddiv::moments {
namespace {

mpz_srcptr numerator_of(const Rational& x) { return mpq_numref(x.backend().data()); }
mpz_srcptr denominator_of(const Rational& x) { return mpq_denref(x.backend().data()); }

/// q ← the least common multiple of q and the denominator of x.
void take_denominator(Integer& q, const Rational& x) {
  mpz_ptr raw = q.backend().data();
  if (mpz_cmp_ui(denominator_of(x), 1) == 0) return;
  if (mpz_divisible_p(raw, denominator_of(x)) == 0) mpz_lcm(raw, raw, denominator_of(x));
}

Integer common_denominator(const auto& numbers) {
  Integer q = 1;
  for (const Rational& x : numbers.reshaped()) take_denominator(q, x);
  return q;
}

/// q x, for a q that the denominator of x divides.
Integer scaled(const Rational& x, const Integer& q) {
  Integer result;
  mpz_ptr raw = result.backend().data();
  const mpz_srcptr whole = q.backend().data();
  if (mpz_fits_ulong_p(whole) != 0) {  // then the denominator does, too
    mpz_mul_ui(raw, numerator_of(x), mpz_get_ui(whole) / mpz_get_ui(denominator_of(x)));
    return result;
  }
  mpz_divexact(raw, whole, denominator_of(x));
  mpz_mul(raw, raw, numerator_of(x));
  return result;
}

Matrix<Integer> scaled(const Matrix<Rational>& m, const Integer& q) {
  return m.unaryExpr([&q](const Rational& x) { return scaled(x, q); });
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

/// The least s that leaves s · constant no denominator but divisors of q.
Integer scale_of_constants(const Integer& q, const Integer& of_constants) {
  return of_constants / gcd(of_constants, q);
}

/// The entries of A, shared where they are dense already.
SymmetricMatrix::SharedMatrix dense(const SymmetricMatrix& A) {
  if (const auto* form = std::get_if<SymmetricMatrix::Dense>(&A.form())) return form->A;
  return std::make_shared<const Matrix<Rational>>(A.dense());
}

}  // namespace

AffineGradients::AffineGradients(const Problem& problem, const Mechanism& mechanism)
    : d_(problem.dimension()),
      n_(problem.size()),
      variance_(mechanism.coordinate_variance().value()),
      sharing_(mechanism.sharing()) {
  if (const Matrix<Rational>* X = problem.sum->facts().rows.get()) {
    const Integer x_denominator = common_denominator(*X);
    Matrix<Rational> factors(n_, d_ + 1);
    for (int i = 0; i < n_; ++i) {
      factors.row(i) =
          factor(problem.sum->facts(i).quadratic.value(), X->row(i).transpose()).transpose();
    }
    s_ = scale_of_constants(common_denominator(factors.leftCols(d_)),
                            common_denominator(factors.col(d_)));
    if (s_ != 1) factors.col(d_) *= Rational(s_);
    const Integer c_denominator = common_denominator(factors);
    q_ = x_denominator * c_denominator;
    rows_ = scaled(*X, x_denominator);
    factors_ = scaled(factors, c_denominator);
    sum_ = rows_.transpose() * factors_;
    return;
  }
  std::vector<SymmetricMatrix::SharedMatrix> A;
  Integer of_constants = 1;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    A.push_back(dense(f.quadratic.value().A));
    for (const Rational& x : A.back()->reshaped()) take_denominator(q_, x);
    for (const Rational& x : f.quadratic->b) take_denominator(of_constants, x);
  }
  s_ = scale_of_constants(q_, of_constants);
  const Integer of_b = q_ * s_;
  sum_ = Matrix<Integer>::Zero(d_, d_ + 1);
  for (int i = 0; i < n_; ++i) {
    Matrix<Integer>& C = matrices_.emplace_back(d_, d_ + 1);
    const Vector<Rational>& b = problem.sum->facts(i).quadratic->b;
    for (int r = 0; r < d_; ++r) {
      for (int c = 0; c < d_; ++c) C(r, c) = scaled((*A[static_cast<std::size_t>(i)])(r, c), q_);
      C(r, d_) = scaled(b[r], of_b);
    }
    sum_ += C;
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

// In h² γ²Bρ (v G_jj + c), h = rqn and γ = p/r: h²γ² = p²q²n², G = (1/n) Σ Ĉ_i S Ĉ_iᵀ / q² and
// 1 = s² S_dd.
MechanismNoise AffineGradients::mechanism_noise(long B) const {
  Rational repeated = 1;  // ρ
  if (sharing_ == Mechanism::Sharing::shared) repeated += Rational(B - 1, n_);
  const Integer root = q_ * n_ * s_;
  const Rational of_squares = repeated * variance_.of_square;
  const Rational constant = repeated * variance_.constant * root * root;
  const Integer t = lcm(Integer(boost::multiprecision::denominator(of_squares)),
                        Integer(boost::multiprecision::denominator(constant)));
  return {scaled(of_squares, t), scaled(constant, t), t};
}

}  // namespace graddiv::moments
