#include "diversity/differential.h"

#include "diversity/conflict_graph.h"
#include "linear/eigenvalue.h"

namespace graddiv {

GradientSums differential_sums(const Problem& problem, const Vector<Enclosure>& w,
                               const Vector<Enclosure>& w_prime) {
  auto differences = gradients(problem, w);
  const auto others = gradients(problem, w_prime);
  for (std::size_t i = 0; i < differences.size(); ++i) differences[i] -= others[i];
  return sum_gradients(differences);
}

namespace {

void improve(DifferentialInfimum& best, const DifferentialInfimum& candidate) {
  if (!best.value) return;
  if (!candidate.value || *candidate.value >= *best.value) best = candidate;
}

// ∇f_i(w) − ∇f_i(w') = A_i u with u = w − w', and u is any vector.
DifferentialInfimum of_quadratics(const FiniteSum& sum) {
  const Eigen::Index d = sum.dimension();
  Matrix<Rational> squares = Matrix<Rational>::Zero(d, d);
  Matrix<Rational> total = Matrix<Rational>::Zero(d, d);
  for (int i = 0; i < sum.size(); ++i) {
    const Matrix<Rational> A = sum.facts(i).quadratic->A.dense();
    const bool is_rank_one = sum.facts().rows != nullptr;  // A = κxxᵀ has A² = κ‖x‖²A = tr(A) A
    squares += is_rank_one ? Matrix<Rational>(A.trace() * A) : Matrix<Rational>(A.lazyProduct(A));
    total += A;
  }
  const Matrix<Rational> N = squares * Rational(sum.size());
  const Matrix<Rational> Q = total.lazyProduct(total);
  const auto t = largest_generalized(N, Q);
  if (!t) return {std::nullopt, "ΣA_i = 0: the differences sum up to zero everywhere"};
  return {t->value, "n ΣA_i² − t (ΣA_i)² ⪰ 0 certified exactly"};
}

// ∇f_i(w) − ∇f_i(w') = a_i x_i: ‖Σ a_i x_i‖² = ‖Yᵀb‖² ≤ σ_max(Y)² ‖b‖² with b_i = a_i‖x_i‖, and
// YᵀY = Σ x_i x_iᵀ/‖x_i‖² is rational though Y is not.
DifferentialInfimum of_rows(const Matrix<Rational>& X) {
  Matrix<Rational> gram = Matrix<Rational>::Zero(X.cols(), X.cols());
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const Vector<Rational> x = X.row(i).transpose();
    if (!x.isZero()) gram += x * Vector<Rational>(x / Rational(x.squaredNorm())).transpose();
  }
  if (gram.isZero()) return {std::nullopt, "all rows are zero: nothing moves"};
  return {Rational(X.rows()) / largest_eigenvalue_bound(gram).value,
          "n/σ_max(Y)², Y the rows scaled to unit length, certified exactly"};
}

}  // namespace

DifferentialInfimum differential_infimum(const FiniteSum& sum) {
  DifferentialInfimum best{Rational(1), "Cauchy–Schwarz"};
  const Rational n = sum.size();
  improve(best, {n / Rational(1 + ConflictGraph(sum).maximum_degree()), "conflict graph: n/(ρ+1)"});
  if (sum.facts().is_quadratic()) {
    improve(best, of_quadratics(sum));
  } else if (sum.facts().rows != nullptr) {
    improve(best, of_rows(*sum.facts().rows));
  }
  return best;
}

}  // namespace graddiv
