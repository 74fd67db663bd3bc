#include "facts/rows.h"

#include <algorithm>

#include "linear/eigenvalue.h"
#include "number/exact.h"

namespace graddiv::rows {

namespace {

using proof::ByDefinition, proof::Semidefinite, proof::Unknown;

constexpr Unknown no_rows{Unknown::Reason::not_generalized_linear};

/// YᵀY = Σ x_i x_iᵀ/‖x_i‖² over the non-zero rows: rational though Y is not.
Matrix<Rational> gram_of_unit_rows(const Matrix<Rational>& X) {
  Matrix<Rational> scaled = X;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    if (!X.row(i).isZero()) scaled.row(i) /= X.row(i).squaredNorm();
  }
  return X.transpose().lazyProduct(scaled);
}

}  // namespace

Fact<Enclosure> smallest_norm2(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->rows();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  Rational smallest = X->row(0).squaredNorm();
  for (Eigen::Index i = 1; i < X->rows(); ++i)
    smallest = std::min(smallest, Rational(X->row(i).squaredNorm()));
  return {enclose(smallest), true, ByDefinition{ByDefinition::Rule::row_norms}};
}

Fact<Enclosure> largest_singular_value2(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->rows();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  const bool wide = X->cols() > X->rows();
  const Matrix<Rational> gram = wide ? Matrix<Rational>(X->lazyProduct(X->transpose()))
                                     : Matrix<Rational>(X->transpose().lazyProduct(*X));
  return {enclose_largest_eigenvalue(gram), true,
          Semidefinite{wide ? Semidefinite::Inequality::rows : Semidefinite::Inequality::columns}};
}

Fact<Enclosure> largest_singular_value2_of_unit_rows(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->rows();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  return {enclose_largest_eigenvalue(gram_of_unit_rows(*X)), true,
          Semidefinite{Semidefinite::Inequality::unit_rows}};
}

// With D = diag(‖x_i‖²) over the non-zero rows, Y = D^{−1/2}X. Where there are fewer rows than columns: YYᵀ =
// D^{−1/2}XXᵀD^{−1/2} ⪯ (1/t) I iff D − t XXᵀ ⪰ 0, which is rational; else YᵀY is small.
std::optional<Rational> sharp_bound(const Matrix<Rational>& X) {
  std::vector<Eigen::Index> nonzero;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    if (!X.row(i).isZero()) nonzero.push_back(i);
  }
  if (nonzero.empty()) return std::nullopt;
  const Matrix<Rational> rows = X(nonzero, Eigen::all);
  if (rows.rows() < rows.cols()) {
    const Vector<Rational> norms = rows.rowwise().squaredNorm();
    const Matrix<Rational> D = norms.asDiagonal();
    const Matrix<Rational> gram = rows.lazyProduct(rows.transpose());
    return largest_generalized(D, gram)->value;
  }
  return Rational(1 / largest_eigenvalue_bound(gram_of_unit_rows(rows)).value);
}

}  // namespace graddiv::rows
