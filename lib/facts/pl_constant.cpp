#include "facts/pl_constant.h"

#include "linear/eigenvalue.h"
#include "linear/ldlt.h"
#include "linear/solve.h"

namespace graddiv {

namespace {

// F(w) = ½ wᵀHw + bᵀw + c with H ⪰ 0 and a minimiser w*: ∇F = H(w − w*) and F − F* = ½ (w − w*)ᵀH(w
// − w*), so that F is μ-PL iff H² − μH ⪰ 0. The best μ is the smallest non-zero eigenvalue of H.
Fact<Rational> of_singular_quadratic(const QuadraticFunction& q) {
  if (!certify_psd(q.A).positive_semidefinite)
    return {std::nullopt, false, "F is not convex and unbounded below"};
  if (!least_norm_solve<Rational>(q.A, -q.b)) return {std::nullopt, false, "F is unbounded below"};
  const Matrix<Rational> square = q.A.lazyProduct(q.A);
  const auto bound = largest_generalized(square, q.A);
  if (!bound) return {Rational(1), false, "F is constant: every μ will do"};
  if (bound->value <= 0) return {std::nullopt, false, "no positive constant could be certified"};
  return {bound->value, bound->exact,
          bound->exact ? "smallest non-zero eigenvalue of the Hessian, exact"
                       : "H² − μH ⪰ 0 certified by exact LDLᵀ"};
}

// Where every f_i attains the least value that its family knows of at one point (interpolation) and the rows are
// independent: F = (1/n) Σ g_i(x_iᵀw) with ½ g_i'(t)² ≥ m (g_i(t) − min g_i) gives
//   ½‖∇F‖² = ½‖Xᵀg'‖²/n² ≥ λ_min(XXᵀ) m (F − F*)/n.
Fact<Rational> of_independent_rows(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->rows();
  const auto m = problem.sum->loss_pl_constant();
  if (X == nullptr || !m)
    return {std::nullopt, false, "F is neither certified strongly convex nor quadratic"};
  const Matrix<Rational> gram = X->lazyProduct(X->transpose());
  const EigenvalueBound smallest = smallest_eigenvalue_bound(gram);
  if (smallest.value <= 0) return {std::nullopt, false, "the rows are not independent"};
  return {Rational(smallest.value * *m / problem.size()), false,
          "PL losses of independent rows, λ_min(XXᵀ) certified"};
}

}  // namespace

Fact<Rational> pl_constant(const Problem& problem, const Fact<Rational>& strong_convexity) {
  if (problem.domain.is_bounded()) return {std::nullopt, false, "stated for W = R^d only"};
  if (strong_convexity.value && *strong_convexity.value > 0) {
    // F* ≥ F(w) − ‖∇F(w)‖²/(2λ) for λ-strongly convex F.
    return {strong_convexity.value, strong_convexity.is_best,
            "strong convexity: " + strong_convexity.method};
  }
  if (const auto q = quadratic_objective(problem)) return of_singular_quadratic(*q);
  return of_independent_rows(problem);
}

}  // namespace graddiv
