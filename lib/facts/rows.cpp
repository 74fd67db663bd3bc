#include "facts/rows.h"

#include "facts/large.h"
#include "facts/registry.h"
#include "facts/verify.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "linear/eigenvalue.h"
#include "linear/gram.h"
#include "number/exact.h"
#include "number/precision.h"

namespace graddiv::rows {

namespace {

using proof::ByDefinition, proof::Semidefinite, proof::Unknown;

constexpr Unknown no_rows{Unknown::Reason::not_generalized_linear};

/// XᵀX or XXᵀ, whichever is smaller: both have the largest eigenvalue σ_max(X)².
Matrix<Rational> smaller_gram(const Matrix<Rational>& X) {
  return X.cols() > X.rows() ? gram(X.transpose()) : gram(X);
}

/// G ⪰ YᵀY = Σ x_i x_iᵀ/‖x_i‖² ⪰ G/(1 + excess) over the non-zero rows. YᵀY is rational though Y is
/// not, but its denominator grows with every row: where it is long, the weights 1/‖x_i‖² are
/// rounded up.
struct GramOfUnitRows {
  Matrix<Rational> G;
  Rational excess = 0;
};
GramOfUnitRows gram_of_unit_rows(const Matrix<Rational>& X) {
  constexpr std::size_t longest_bits = 4096;
  const int rounded_bits = std::max(128, static_cast<int>(current_precision().bits / 2));
  Vector<Rational> weights = X.rowwise().squaredNorm();
  std::size_t bits = 0;
  for (Rational& weight : weights) {
    if (weight != 0) weight = 1 / weight;
    bits += bit_size(weight);
  }
  if (bits <= longest_bits) return {weighted_gram(X, weights)};
  // round_to_bits is off by less than 2^{1 − bits} of its argument: a quarter of the excess, half
  // of which is added before.
  const Rational excess = Rational(1) / (Integer(1) << (rounded_bits - 3));
  for (Rational& weight : weights) weight = round_to_bits(weight * (1 + excess / 2), rounded_bits);
  return {weighted_gram(X, weights), excess};
}

/// The same of YYᵀ, for rows of many columns: s_i x_i in the place of x_i/‖x_i‖ with rational s_i,
/// 1 ≤ s_i²‖x_i‖² ≤ 1 + excess, so that G = SXXᵀS has
/// λ_max(YYᵀ) ≤ λ_max(G) ≤ (1 + excess) λ_max(YYᵀ).
GramOfUnitRows smaller_gram_of_unit_rows(const Matrix<Rational>& X) {
  const int rounded_bits = std::max(160, static_cast<int>(current_precision().bits / 2 + 32));
  const Rational excess = Rational(1) / (Integer(1) << (rounded_bits - 4));
  Matrix<Rational> G = gram(X.transpose());
  Vector<Rational> scales(X.rows());
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const Rational& norm2 = G(i, i);
    if (norm2 == 0) continue;
    const Enclosure inverse = 1 / sqrt(enclose(norm2));
    Rational& scale = scales(i);
    scale = upper_end(inverse);
    if (!inverse.is_exact()) scale = round_to_bits(scale * (1 + excess / 4), rounded_bits);
    const Rational squared = scale * scale * norm2;
    if (squared < 1 || squared > 1 + excess)
      throw std::logic_error("a row was not scaled to unit length");
  }
  for (Eigen::Index i = 0; i < G.rows(); ++i) {
    for (Eigen::Index j = 0; j < G.cols(); ++j) G(i, j) *= scales(i) * scales(j);
  }
  return {std::move(G), excess};
}

/// Whether YYᵀ is to be taken, and not YᵀY, whose entries are rational.
bool is_much_wider(const Matrix<Rational>& X) {
  constexpr Eigen::Index many_columns = 64;
  return X.cols() > X.rows() && X.cols() > many_columns;
}

}  // namespace

Fact<Enclosure> smallest_norm2(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  Rational smallest = X->row(0).squaredNorm();
  for (Eigen::Index i = 1; i < X->rows(); ++i)
    smallest = std::min(smallest, Rational(X->row(i).squaredNorm()));
  return {enclose(smallest), true, ByDefinition{ByDefinition::Rule::row_norms}};
}

Fact<Enclosure> largest_singular_value2(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  if (large::is_large(problem)) return large::largest_singular_value2(problem);
  const bool wide = X->cols() > X->rows();
  const Enclosure value = enclose_largest_eigenvalue(smaller_gram(*X)).named();
  return {value, true,
          Semidefinite{wide ? Semidefinite::Inequality::rows : Semidefinite::Inequality::columns,
                       upper_end(value)}};
}

/// ‖x_i‖² of the rows that do not vanish, where there are any and all have the same.
std::optional<Rational> norm2_of_all(const Matrix<Rational>& X) {
  std::optional<Rational> norm2;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const Rational own = X.row(i).squaredNorm();
    if (own == 0) continue;
    if (norm2 && *norm2 != own) return std::nullopt;
    norm2 = own;
  }
  return norm2;
}

Fact<Enclosure> largest_singular_value2_of_unit_rows(const Facts& facts) {
  const Matrix<Rational>* X = facts.problem().sum->facts().rows.get();
  if (X == nullptr) return {std::nullopt, false, no_rows};
  if (large::is_large(facts.problem()))
    return large::largest_singular_value2_of_unit_rows(facts.problem());
  const auto norm2 = norm2_of_all(*X);
  const auto& of_rows = facts.largest_singular_value2().value;
  if (norm2 && of_rows) {  // the same number but for a factor, and known to be
    const Enclosure value = *of_rows / enclose(*norm2);
    return {value, true, Semidefinite{Semidefinite::Inequality::unit_rows, upper_end(value)}};
  }
  const GramOfUnitRows unit =
      is_much_wider(*X) ? smaller_gram_of_unit_rows(*X) : gram_of_unit_rows(*X);
  const Enclosure largest = enclose_largest_eigenvalue(unit.G);
  const Enclosure ends = unit.excess == 0
                             ? largest
                             : Enclosure::hull(largest.lower() / enclose(1 + unit.excess), largest);
  return {ends, true, Semidefinite{Semidefinite::Inequality::unit_rows, upper_end(ends)}};
}

// With D = diag(‖x_i‖²) over the non-zero rows, Y = D^{−1/2}X. Where there are fewer rows than
// columns: YYᵀ = D^{−1/2}XXᵀD^{−1/2} ⪯ (1/t) I iff D − t XXᵀ ⪰ 0, which is rational; else YᵀY is
// small.
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
    return largest_generalized(D, gram(rows.transpose()), Known::gram)->value;
  }
  return Rational(1 / largest_eigenvalue_bound(gram_of_unit_rows(rows).G).value);
}

}  // namespace graddiv::rows

namespace graddiv::fact {

const FactDefinition<Enclosure> smallest_row_norm2{
    {"smallest_row_norm2", "min ‖x_i‖²", R"(\min_i \|x_i\|^2)", "min_i ‖x_i‖²",
     "The smallest squared norm of the rows of generalized linear functions f_i(w) = ℓ_i(x_iᵀw)."},
    [](const Facts& facts) { return rows::smallest_norm2(facts.problem()); },
    verify::smallest_row_norm2};

const FactDefinition<Enclosure> largest_singular_value2{
    {"largest_singular_value2", "σ_max(X)²", R"(\sigma_{\max}(X)^2 = \lambda_{\max}(X^\top X))",
     "σ_max(X)² = λ_max(XᵀX)",
     "The largest squared singular value of the rows of generalized linear functions."},
    [](const Facts& facts) { return rows::largest_singular_value2(facts.problem()); },
    verify::largest_singular_value2};

const FactDefinition<Enclosure> largest_singular_value2_of_unit_rows{
    {"largest_singular_value2_of_unit_rows", "σ_max(Y)²",
     R"(\sigma_{\max}(Y)^2,\ y_i = x_i/\|x_i\|)", "σ_max(Y)², y_i = x_i/‖x_i‖",
     "The same of the rows scaled to unit length, without those that are zero; 0 if all are."},
    [](const Facts& facts) { return rows::largest_singular_value2_of_unit_rows(facts); },
    verify::largest_singular_value2_of_unit_rows};

}  // namespace graddiv::fact
