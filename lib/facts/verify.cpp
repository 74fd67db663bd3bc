#include "facts/verify.h"

#include <algorithm>

#include "facts/curvature.h"
#include "facts/large.h"
#include "facts/rows.h"
#include "facts/semidefinite.h"
#include "facts/simplified.h"
#include "facts/strong_convexity_on_W.h"
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

bool is_unit_lower_trapezoidal(const Matrix<Rational>& L) {
  if (L.rows() < L.cols()) return false;
  for (Eigen::Index j = 0; j < L.cols(); ++j) {
    for (Eigen::Index i = 0; i <= j; ++i) {
      if (L(i, j) != (i == j ? 1 : 0)) return false;
    }
  }
  return true;
}

}  // namespace

// M = PᵀLDLᵀP with D > 0 and unit lower trapezoidal L makes M ⪰ 0, of as many dimensions as D has
// numbers.
Definiteness definiteness(const Matrix<Rational>& M, const proof::Factors& factors, std::size_t k) {
  if (!factors) {
    const PsdCertificate certificate = certify_psd(M);
    return {certificate.positive_semidefinite, certificate.positive_definite, certificate.rank};
  }
  if (k >= factors->size()) return {};
  const Ldlt& f = (*factors)[k];
  if (f.L.rows() != M.rows() || f.L.cols() != f.D.size() || !is_unit_lower_trapezoidal(f.L) ||
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
  return {true, f.D.size() == M.rows(), f.D.size()};
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
    const Definiteness is = definiteness(matrices[k], proof.factors, k);
    if (!is.semidefinite) return false;
    one_is_singular = one_is_singular || !is.definite;
  }
  return one_is_singular || !proof.tight;
}

bool shows_curvature(const Problem& problem, const Fact<Rational>& fact,
                     const CurvatureClaim& claim) {
  if (!fact.value) return claims_nothing(problem, fact);
  const bool of_components = claim.of == CurvatureClaim::Of::components;
  if (const auto* rule = std::get_if<proof::ByDefinition>(&fact.proof.kind()))
    return rule->rule == proof::ByDefinition::Rule::convex_with_bounded_gradients &&
           !of_components && claim.side == CurvatureClaim::Side::lower && *fact.value == 0 &&
           curvature::is_certainly_convex(problem) && curvature::has_bounded_gradients(problem);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  if (proof == nullptr || proof->bound != *fact.value) return false;
  const bool quadratic = problem.sum->facts().is_quadratic();
  if (proof->inequality != (quadratic ? Inequality::hessian : Inequality::curvature_bounds))
    return false;
  // Between bounds of curvature that F need not come near to nothing is the best for certain.
  const bool are_best = of_components || curvature::are_best_bounds(problem);
  if (fact.is_best && !(are_best && proof->tight)) return false;
  const auto matrices = matrices_of(problem, *proof, claim);
  return !matrices.empty() && all_semidefinite(matrices, *proof);
}

// H ⪰ 0, b in the range of H, and H² − μH ⪰ 0, of less rank than H where no larger μ will do.
bool pl_of_quadratic(const Problem& problem, const Semidefinite& proof) {
  const auto q = quadratic_objective(problem);
  if (!q) return false;
  if (!least_norm_solve<Rational>(q->A.dense(), -q->b)) return false;
  const auto matrices = matrices_of(problem, proof);
  const Definiteness of_H = definiteness(matrices[0], proof.factors, 0);
  const Definiteness beyond = definiteness(matrices[1], proof.factors, 1);
  return of_H.semidefinite && beyond.semidefinite && (!proof.tight || beyond.rank < of_H.rank);
}

bool pl_of_rows(const Problem& problem, const Semidefinite& proof) {
  const auto matrices = matrices_of(problem, proof);
  return !matrices.empty() && definiteness(matrices.front(), proof.factors).semidefinite;
}

// λ_max(G) ∈ [l, u]: uI − G ⪰ 0, and lI − G = (uI − G) − (u − l)I not ≻ 0.
bool largest_eigenvalue(const Problem& problem, const Fact<Enclosure>& fact,
                        const Semidefinite& proof) {
  const auto matrices = matrices_of(problem, proof);
  if (matrices.empty()) return false;
  Matrix<Rational> below = matrices.front();
  below.diagonal().array() -= proof.bound - lower_end(*fact.value);
  return proof.bound <= upper_end(*fact.value) &&
         definiteness(matrices.front(), proof.factors).semidefinite &&
         !certify_psd(below).positive_definite;
}

}  // namespace

namespace {

template <class T>
bool is_in_doubles(const Fact<T>& fact) {
  return std::holds_alternative<proof::InDoubles>(fact.proof.kind());
}

}  // namespace

bool smoothness(const Problem& problem, const Fact<Rational>& fact) {
  if (is_in_doubles(fact)) return large::shows_smoothness(problem, fact);
  return shows_curvature(problem, fact,
                         {CurvatureClaim::Of::objective, CurvatureClaim::Side::both});
}
bool component_smoothness(const Problem& problem, const Fact<Rational>& fact) {
  return shows_curvature(problem, fact,
                         {CurvatureClaim::Of::components, CurvatureClaim::Side::both});
}
bool strong_convexity(const Problem& problem, const Fact<Rational>& fact) {
  if (is_in_doubles(fact)) return large::shows_strong_convexity(problem, fact);
  if (const auto without = curvature::without_regularization(problem)) {
    if (const auto plain = without->made_of(fact))
      return strong_convexity(without->problem, *plain);
  }
  return shows_curvature(problem, fact,
                         {CurvatureClaim::Of::objective, CurvatureClaim::Side::lower});
}
bool component_strong_convexity(const Problem& problem, const Fact<Rational>& fact) {
  return shows_curvature(problem, fact,
                         {CurvatureClaim::Of::components, CurvatureClaim::Side::lower});
}

namespace {

// lower − tI ⪰ 0 on all of the boxes, which cover W.
bool curvature_on_boxes_of(const Problem& problem, const proof::Bisection& boxes, bool is_best) {
  if (!boxes.halved || !problem.domain.is_bounded()) return false;
  const Domain around = problem.domain.bounding_box();
  if (boxes.lower.size() != problem.dimension() || boxes.upper.size() != problem.dimension() ||
      (boxes.lower.array() > around.lower().array()).any() ||
      (boxes.upper.array() < around.upper().array()).any())
    return false;
  if (!problem.sum->facts().rows) return false;
  const BoxFunction f = curvature_on_boxes::least_eigenvalue(problem);
  const auto is_curved = [&](const Vector<Rational>& lower, const Vector<Rational>& upper) {
    const auto bounds = curvature_on_boxes::within(problem, lower, upper);
    if (!bounds) return true;  // nothing of W
    Matrix<Rational> M = bounds->lower->dense();
    M.diagonal().array() -= boxes.bound;
    return certify_psd(M).positive_semidefinite;
  };
  return visit_boxes(boxes.lower, boxes.upper, f, *boxes.halved, is_curved) &&
         (!is_best || curvature_on_boxes::is_attained(problem, boxes.lower, boxes.upper,
                                                      *boxes.halved, boxes.bound));
}

}  // namespace

// Everywhere, or by the curvature on W; on a product of sets on its bounding box.
bool strong_convexity_on_W(const Problem& given, const Fact<Rational>& fact) {
  if (!fact.value) return claims_nothing(given, fact);
  const Problem problem{given.sum, simplified(given.domain)};
  if (is_in_doubles(fact)) return large::shows_strong_convexity_on_W(problem, fact);
  if (const auto without = curvature::without_regularization(problem)) {
    if (const auto plain = without->made_of(fact))
      return strong_convexity_on_W(without->problem, *plain);
  }
  if (const auto* derived = std::get_if<proof::Derived>(&fact.proof.kind())) {
    if (derived->from->size() != 1) return false;
    const Proof& from = derived->from->front();
    if (derived->step == proof::Derived::Step::on_all_of_space) {
      const bool is_one = curvature::is_one_everywhere(problem) && has_interior(problem.domain);
      return (!fact.is_best || is_one || !problem.domain.is_bounded()) &&
             strong_convexity(problem, {fact.value, fact.is_best, from});
    }
    return derived->step == proof::Derived::Step::bounding_box && !fact.is_best &&
           strong_convexity_on_W({problem.sum, problem.domain.bounding_box()},
                                 {fact.value, false, from});
  }
  if (const auto* rule = std::get_if<proof::ByDefinition>(&fact.proof.kind()))
    return rule->rule == proof::ByDefinition::Rule::flat_beside_rows && *fact.value == 0 &&
           is_flat_beside_rows(problem) && (!fact.is_best || has_interior(problem.domain));
  const PrecisionScope scope(precision());
  if (const auto* boxes = std::get_if<proof::Bisection>(&fact.proof.kind()))
    return boxes->of == proof::Bisection::Of::curvature && boxes->bound == *fact.value &&
           curvature_on_boxes_of(problem, *boxes, fact.is_best);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  if (proof == nullptr || proof->bound != *fact.value ||
      proof->inequality != Inequality::curvature_on_W || proof->tight != fact.is_best ||
      !problem.domain.is_bounded())
    return false;
  const Domain box = problem.domain.bounding_box();
  return all_semidefinite(matrices_of(problem, *proof), *proof) &&
         (!fact.is_best ||
          curvature_on_boxes::is_attained(problem, box.lower(), box.upper(), {false}, *fact.value));
}

bool pl_constant(const Problem& problem, const Fact<Rational>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  if (problem.domain.is_bounded() && fact.is_best) return false;
  if (is_in_doubles(fact)) return large::shows_pl_constant(problem, fact);
  if (*fact.value <= 0) return false;
  if (const auto* derived = std::get_if<proof::Derived>(&fact.proof.kind())) {
    return derived->step == proof::Derived::Step::strong_convexity && derived->from->size() == 1 &&
           (!fact.is_best || problem.sum->facts().is_quadratic()) &&
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
  if (is_in_doubles(fact)) return large::shows_singular_value2(problem, fact);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  return proof != nullptr &&
         (proof->inequality == Inequality::columns || proof->inequality == Inequality::rows) &&
         largest_eigenvalue(problem, fact, *proof);
}

bool largest_singular_value2_of_unit_rows(const Problem& problem, const Fact<Enclosure>& fact) {
  if (!fact.value) return claims_nothing(problem, fact);
  if (is_in_doubles(fact)) return large::shows_singular_value2(problem, fact);
  const auto* proof = std::get_if<Semidefinite>(&fact.proof.kind());
  return proof != nullptr && proof->inequality == Inequality::unit_rows &&
         largest_eigenvalue(problem, fact, *proof);
}

}  // namespace graddiv::verify
