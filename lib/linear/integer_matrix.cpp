#include "linear/integer_matrix.h"

#include <gmp.h>

#include <numeric>

namespace graddiv::detail {

using Eigen::Index;

namespace {

mpz_ptr raw(Integer& x) { return x.backend().data(); }
mpz_srcptr raw(const Integer& x) { return x.backend().data(); }
mpz_srcptr denominator_of(const Rational& x) { return mpq_denref(x.backend().data()); }
mpz_srcptr numerator_of(const Rational& x) { return mpq_numref(x.backend().data()); }
bool is_zero(const Integer& x) { return mpz_sgn(raw(x)) == 0; }

}  // namespace

void bareiss_step(Integer& a, const Integer& pivot, const Integer& b, const Integer& c,
                  const Integer& former_pivot, Integer& scratch) {
  mpz_mul(raw(scratch), raw(a), raw(pivot));
  if (!is_zero(b) && !is_zero(c)) mpz_submul(raw(scratch), raw(b), raw(c));
  mpz_divexact(raw(a), raw(scratch), raw(former_pivot));
}

Integer exact_quotient(const Integer& a, const Integer& b) {
  Integer quotient;
  mpz_divexact(raw(quotient), raw(a), raw(b));
  return quotient;
}

Integer row_denominator(const Matrix<Rational>& A, Index i) {
  Integer common = 1;
  for (Index j = 0; j < A.cols(); ++j) mpz_lcm(raw(common), raw(common), denominator_of(A(i, j)));
  return common;
}

Integer scaled(const Rational& x, const Integer& scale) {
  Integer value;
  mpz_divexact(raw(value), raw(scale), denominator_of(x));
  mpz_mul(raw(value), raw(value), numerator_of(x));
  return value;
}

Integer content(const Matrix<Integer>& M) {
  Integer common = 0;
  for (Index j = 0; j < M.cols(); ++j)
    for (Index i = 0; i < M.rows(); ++i) {
      mpz_gcd(raw(common), raw(common), raw(M(i, j)));
      if (common == 1) return common;
    }
  return is_zero(common) ? Integer(1) : common;
}

Matrix<Integer> integer_rows(const Matrix<Rational>& A, const Matrix<Rational>& B) {
  Matrix<Integer> M(A.rows(), A.cols() + B.cols());
  for (Index i = 0; i < A.rows(); ++i) {
    Integer scale;
    const Integer of_b = row_denominator(B, i);
    mpz_lcm(raw(scale), raw(row_denominator(A, i)), raw(of_b));
    for (Index j = 0; j < A.cols(); ++j) M(i, j) = scaled(A(i, j), scale);
    for (Index j = 0; j < B.cols(); ++j) M(i, A.cols() + j) = scaled(B(i, j), scale);
    const Integer common = content(M.row(i));
    if (common != 1)
      for (Index j = 0; j < M.cols(); ++j) M(i, j) = exact_quotient(M(i, j), common);
  }
  return M;
}

Echelon::Echelon(Matrix<Integer> matrix, Index columns)
    : M(std::move(matrix)), rows(static_cast<std::size_t>(M.rows())) {
  std::iota(rows.begin(), rows.end(), Index{0});
  Integer former = 1;
  Integer scratch;
  for (Index column = 0; column < columns && pivots.size() < rows.size(); ++column) {
    const std::size_t step = pivots.size();
    std::size_t found = step;
    while (found < rows.size() && is_zero(M(rows[found], column))) ++found;
    if (found == rows.size()) continue;
    std::swap(rows[step], rows[found]);
    const Index p = rows[step];
    const Integer pivot = M(p, column);
    for (std::size_t s = step + 1; s < rows.size(); ++s) {
      const Index i = rows[s];
      const Integer below = M(i, column);
      for (Index j = column + 1; j < M.cols(); ++j)
        bareiss_step(M(i, j), pivot, below, M(p, j), former, scratch);
      M(i, column) = 0;
    }
    former = pivot;
    pivots.push_back(column);
  }
}

Integer Echelon::determinant() const {
  return pivots.empty() ? Integer(1) : M(rows[pivots.size() - 1], pivots.back());
}

Vector<Integer> Echelon::solve_for_column(Index column) const {
  const Integer d = determinant();
  Vector<Integer> y(rank());
  for (Index s = rank() - 1; s >= 0; --s) {
    const Index row = rows[static_cast<std::size_t>(s)];
    Integer rest = d * M(row, column);
    for (Index t = s + 1; t < rank(); ++t)
      rest -= M(row, pivots[static_cast<std::size_t>(t)]) * y(t);
    y(s) = exact_quotient(rest, M(row, pivots[static_cast<std::size_t>(s)]));
  }
  return y;
}

}  // namespace graddiv::detail
