#include "facts/pl_constant.h"

#include "facts/large.h"
#include "facts/minimizer.h"
#include "facts/registry.h"
#include "facts/verify.h"
#include "linear/eigenvalue.h"

namespace graddiv {

namespace {

using proof::ByDefinition, proof::Semidefinite, proof::Unknown;

// F(w) = ½ wᵀHw + bᵀw + c with H ⪰ 0 and a minimiser w*: ∇F = H(w − w*) and F − F* = ½ (w − w*)ᵀH(w
// − w*), so that F is μ-PL iff H² − μH ⪰ 0. The best μ is the smallest non-zero eigenvalue of H.
Fact<Rational> of_singular_quadratic(const QuadraticFunction& q) {
  if (const auto below = unbounded_below(q)) return {std::nullopt, false, *below};
  const Matrix<Rational> A = q.A.dense();
  const Matrix<Rational> square = A.lazyProduct(A);
  const auto bound = largest_generalized(square, A);
  if (!bound) return {Rational(1), false, ByDefinition{ByDefinition::Rule::constant_objective}};
  if (bound->value <= 0)
    return {std::nullopt, false, Unknown{Unknown::Reason::no_positive_constant}};
  return {bound->value, bound->exact,
          Semidefinite{Semidefinite::Inequality::hessian_squared, bound->value, bound->exact}};
}

// Where every f_i attains the least value that its family knows of at one point (interpolation) and
// the rows are independent: F = (1/n) Σ g_i(x_iᵀw) with ½ g_i'(t)² ≥ m (g_i(t) − min g_i) gives
//   ½‖∇F‖² = ½‖Xᵀg'‖²/n² ≥ λ_min(XXᵀ) m (F − F*)/n.
Fact<Rational> of_independent_rows(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  const auto& m = problem.sum->facts().loss_pl_constant;
  if (X == nullptr || !m)
    return {std::nullopt, false, Unknown{Unknown::Reason::neither_strongly_convex_nor_quadratic}};
  const Matrix<Rational> gram = X->lazyProduct(X->transpose());
  const EigenvalueBound smallest = smallest_eigenvalue_bound(gram);
  if (smallest.value <= 0) return {std::nullopt, false, Unknown{Unknown::Reason::dependent_rows}};
  const Rational mu = smallest.value * *m / problem.size();
  return {mu, false, Semidefinite{Semidefinite::Inequality::pl_rows, mu}};
}

}  // namespace

// The least value on W is no smaller than the one on R^d: what holds there holds on W. There may be
// a larger constant.
static Fact<Rational> on_bounded_domain(const Problem& problem,
                                        const Fact<Rational>& strong_convexity) {
  Fact<Rational> fact = pl_constant({problem.sum, Domain::all()}, strong_convexity);
  if (!fact.value) return {std::nullopt, false, Unknown{Unknown::Reason::bounded_domain}};
  fact.is_best = false;
  return fact;
}

Fact<Rational> pl_constant(const Problem& problem, const Fact<Rational>& strong_convexity) {
  if (problem.domain.is_bounded()) return on_bounded_domain(problem, strong_convexity);
  if (strong_convexity.value && *strong_convexity.value > 0) {
    // F* ≥ F(w) − ‖∇F(w)‖²/(2λ) for λ-strongly convex F. The least curvature of other functions
    // than quadratic ones may be where gradients are long all the same.
    const bool is_best = strong_convexity.is_best && problem.sum->facts().is_quadratic();
    return {strong_convexity.value, is_best,
            proof::derived(proof::Derived::Step::strong_convexity, strong_convexity.proof)};
  }
  if (large::is_large(problem)) return large::pl_constant(problem);
  if (const auto q = quadratic_objective(problem)) return of_singular_quadratic(*q);
  return of_independent_rows(problem);
}

const FactDefinition<Rational> fact::pl_constant{
    {"pl_constant", "μ", R"(\tfrac12\|\nabla F(w)\|^2 \ge \mu\,(F(w)-F^*))",
     "½‖∇F(w)‖² ≥ μ(F(w) − F*)",
     "μ > 0 (Definition 3), at all w in W, with F* the least value on W; the largest that could be "
     "certified."},
    [](const Facts& facts) {
      return graddiv::pl_constant(facts.problem(), facts.strong_convexity());
    },
    verify::pl_constant};

}  // namespace graddiv
