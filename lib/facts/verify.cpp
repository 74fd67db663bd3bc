#include "facts/verify.h"

#include <algorithm>

#include "facts/rows.h"
#include "linear/gram.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

// Matrix inequalities.
namespace graddiv::verify {

using proof::Semidefinite, proof::Unknown, proof::UnboundedBelow;
using Inequality = Semidefinite::Inequality;

Precision precision() {
  return {2 * std::max(current_precision().bits, 256U), Precision::unlimited};
}

namespace {

bool is_permutation(std::vector<Eigen::Index> order, Eigen::Index size) {
  std::ranges::sort(order);
  for (Eigen::Index i = 0; i < size; ++i) {
    if (i >= static_cast<Eigen::Index>(order.size()) || order[static_cast<std::size_t>(i)] != i)
      return false;
  }
  return static_cast<Eigen::Index>(order.size()) == size;
}

bool is_unit_lower_triangular(const Matrix<Rational>& L) {
  for (Eigen::Index j = 0; j < L.cols(); ++j) {
    for (Eigen::Index i = 0; i <= j && i < L.rows(); ++i) {
      if (L(i, j) != (i == j ? 1 : 0)) return false;
    }
  }
  return L.rows() == L.cols();
}

}  // namespace

// M = PᵀLDLᵀP with D > 0 makes M ⪰ 0, whatever L is; of full rank where L is regular and square.
Definiteness definiteness(const Matrix<Rational>& M, const proof::Factors& factors, std::size_t k) {
  if (!factors) {
    const PsdCertificate certificate = certify_psd(M);
    return {certificate.positive_semidefinite, certificate.positive_definite};
  }
  if (k >= factors->size()) return {};
  const Ldlt& f = (*factors)[k];
  if (f.L.rows() != M.rows() || f.L.cols() != f.D.size() || f.D.size() > M.rows() ||
      !is_permutation(f.permutation, M.rows()))
    return {};
  if (f.D.size() > 0 && f.D.minCoeff() <= 0) return {};
  const Matrix<Rational> scaled = f.L * f.D.asDiagonal();
  const Matrix<Rational> product = scaled.lazyProduct(f.L.transpose());
  for (Eigen::Index i = 0; i < M.rows(); ++i) {
    for (Eigen::Index j = 0; j < M.cols(); ++j) {
      if (product(i, j) !=
          M(f.permutation[static_cast<std::size_t>(i)], f.permutation[static_cast<std::size_t>(j)]))
        return {};
    }
  }
  return {true, is_unit_lower_triangular(f.L)};
}

Matrix<Rational> gram_of_unit_rows(const Matrix<Rational>& X) {
  Vector<Rational> weights = X.rowwise().squaredNorm();
  for (Rational& weight : weights) weight = weight == 0 ? Rational(0) : Rational(1 / weight);
  return weighted_gram(X, weights);
}

bool unbounded_below(const Problem& problem, const UnboundedBelow& proof) {
  const auto q = quadratic_objective(problem);
  if (!q || problem.domain.is_bounded()) return false;
  const Vector<Rational>& d = *proof.direction;
  if (d.size() != q->b.size() || d.isZero()) return false;
  const Vector<Rational> Ad = q->A * d;
  if (proof.size != q->A.dense().cwiseAbs().maxCoeff()) return false;
  if (proof.curvature != d.dot(Ad) / d.squaredNorm()) return false;
  return proof.curvature < 0 || (Ad.isZero() && q->b.dot(d) < 0);
}

namespace {

// Whether every matrix is positive semidefinite, and one of them singular where the proof says so.
bool all_semidefinite(const std::vector<Matrix<Rational>>& matrices, const Semidefinite& proof) {
  bool one_is_singular = false;
  for (std::size_t k = 0; k < matrices.size(); ++k) {
    const auto [semidefinite, definite] = definiteness(matrices[k], proof.factors, k);
    if (!semidefinite) return false;
    one_is_singular = one_is_singular || !definite;
  }
  return one_is_singular || !proof.tight;
}

Matrix<Rational> multiple_of_identity(const Rational& t, Eigen::Index size) {
  return t * Matrix<Rational>::Identity(size, size);
}

// tI − upper ⪰ 0 and tI + lower ⪰ 0 for smoothness, lower − tI ⪰ 0 for strong convexity.
enum class Of { objective, components };
enum class Side { both, lower };
bool curvature(const Problem& problem, const Fact<Rational>& fact, Of of, Side side) {
  if (!fact.value) return claims_nothing(problem, fact);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  if (proof == nullptr || proof->bound != *fact.value) return false;
  const bool quadratic = problem.sum->facts().is_quadratic();
  if (proof->inequality != (quadratic ? Inequality::hessian : Inequality::curvature_bounds))
    return false;
  // Between bounds of curvature nothing is the best for certain.
  if (fact.is_best && !(quadratic && proof->tight)) return false;
  const Matrix<Rational> t = multiple_of_identity(*fact.value, problem.dimension());
  std::vector<Matrix<Rational>> matrices;
  for (int i = 0; i < (of == Of::objective ? 1 : problem.size()); ++i) {
    const CurvatureBounds bounds =
        of == Of::objective ? objective_curvature(problem) : problem.sum->facts(i).curvature;
    if (!bounds.lower || (side == Side::both && !bounds.upper)) return false;
    if (side == Side::lower) {
      matrices.emplace_back(bounds.lower->dense() - t);
    } else {
      matrices.emplace_back(t - bounds.upper->dense());
      matrices.emplace_back(t + bounds.lower->dense());
    }
  }
  return all_semidefinite(matrices, *proof);
}

// H ⪰ 0, b in the range of H, and H² − μH ⪰ 0, of less rank than H where no larger μ will do.
bool pl_of_quadratic(const Problem& problem, const Semidefinite& proof) {
  const auto q = quadratic_objective(problem);
  if (!q) return false;
  const Matrix<Rational> H = q->A.dense();
  if (!least_norm_solve<Rational>(H, -q->b)) return false;
  const Matrix<Rational> square = H.lazyProduct(H);
  const PsdCertificate of_H = certify_psd(H);
  const PsdCertificate beyond = certify_psd(square - proof.bound * H);
  return of_H.positive_semidefinite && beyond.positive_semidefinite &&
         (!proof.tight || beyond.rank < of_H.rank);
}

bool pl_of_rows(const Problem& problem, const Semidefinite& proof) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  const auto m = problem.sum->facts().loss_pl_constant;
  if (X == nullptr || !m) return false;
  const Matrix<Rational> gram = *m * X->lazyProduct(X->transpose());
  const Rational t = proof.bound * problem.size();
  return definiteness(gram - multiple_of_identity(t, gram.rows()), proof.factors).semidefinite;
}

// λ_max(G) ∈ [l, u]: uI − G ⪰ 0, and lI − G not ≻ 0.
bool largest_eigenvalue(const Fact<Enclosure>& fact, const Semidefinite& proof,
                        const Matrix<Rational>& G) {
  const Matrix<Rational> below = multiple_of_identity(lower_end(*fact.value), G.rows()) - G;
  const Matrix<Rational> above = multiple_of_identity(proof.bound, G.rows()) - G;
  return proof.bound <= upper_end(*fact.value) && definiteness(above, proof.factors).semidefinite &&
         !certify_psd(below).positive_definite;
}

}  // namespace

bool smoothness(const Problem& problem, const Fact<Rational>& fact) {
  return curvature(problem, fact, Of::objective, Side::both);
}
bool component_smoothness(const Problem& problem, const Fact<Rational>& fact) {
  return curvature(problem, fact, Of::components, Side::both);
}
bool strong_convexity(const Problem& problem, const Fact<Rational>& fact) {
  return curvature(problem, fact, Of::objective, Side::lower);
}
bool component_strong_convexity(const Problem& problem, const Fact<Rational>& fact) {
  return curvature(problem, fact, Of::components, Side::lower);
}

bool pl_constant(const Problem& problem, const Fact<Rational>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  if (problem.domain.is_bounded() || *fact.value <= 0) return false;
  if (const auto* derived = std::get_if<proof::Derived>(&fact.proof.kind())) {
    return derived->step == proof::Derived::Step::strong_convexity && derived->from->size() == 1 &&
           strong_convexity(problem, {fact.value, fact.is_best, derived->from->front()});
  }
  if (const auto* rule = std::get_if<proof::ByDefinition>(&fact.proof.kind())) {
    const auto q = quadratic_objective(problem);
    return rule->rule == proof::ByDefinition::Rule::constant_objective && !fact.is_best && q &&
           q->A.is_zero() && q->b.isZero();
  }
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  if (proof == nullptr || proof->bound != *fact.value || (fact.is_best && !proof->tight))
    return false;
  if (proof->inequality == Inequality::hessian_squared) return pl_of_quadratic(problem, *proof);
  return proof->inequality == Inequality::pl_rows && !proof->tight && pl_of_rows(problem, *proof);
}

bool smallest_row_norm2(const Problem& problem, const Fact<Enclosure>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  const auto value = rows::smallest_norm2(problem).value;
  return value && (*value == *fact.value).truth() == Truth::yes;
}

bool largest_singular_value2(const Problem& problem, const Fact<Enclosure>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (proof == nullptr || X == nullptr) return false;
  if (proof->inequality == Inequality::columns)
    return largest_eigenvalue(fact, *proof, X->transpose().lazyProduct(*X));
  return proof->inequality == Inequality::rows &&
         largest_eigenvalue(fact, *proof, X->lazyProduct(X->transpose()));
}

bool largest_singular_value2_of_unit_rows(const Problem& problem, const Fact<Enclosure>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  return proof != nullptr && X != nullptr && proof->inequality == Inequality::unit_rows &&
         largest_eigenvalue(fact, *proof, gram_of_unit_rows(*X));
}

}  // namespace graddiv::verify
