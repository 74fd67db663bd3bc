#include "facts/curvature.h"

#include <algorithm>
#include <utility>

#include "facts/guess.h"
#include "facts/large.h"
#include "facts/registry.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "problem/regularized.h"

namespace graddiv::curvature {

namespace {

bool is_diagonal(const Matrix<Rational>& A) {
  for (Eigen::Index j = 0; j < A.cols(); ++j) {
    for (Eigen::Index i = 0; i < j; ++i) {
      if (A(i, j) != 0) return false;
    }
  }
  return true;
}

// A symmetric A ≠ 0 has rank one iff A = a aᵀ / a_p, with a a column whose diagonal entry a_p is
// not 0. Its eigenvalues are then the trace and 0.
bool has_rank_one(const Matrix<Rational>& A) {
  Eigen::Index p = 0;
  while (p < A.cols() && A(p, p) == 0) ++p;
  if (p == A.cols()) return false;
  for (Eigen::Index j = 0; j < A.cols(); ++j) {
    for (Eigen::Index i = 0; i <= j; ++i) {
      if (A(i, j) * A(p, p) != A(i, p) * A(j, p)) return false;
    }
  }
  return true;
}

// λ_max where it can be read off.
std::optional<Rational> evident_largest_eigenvalue(const SymmetricMatrix& A) {
  if (const auto range = A.evident_eigenvalues()) return range->largest;
  const Matrix<Rational>& M = *std::get<SymmetricMatrix::Dense>(A.form()).A;
  if (is_diagonal(M)) return M.diagonal().maxCoeff();
  if (has_rank_one(M)) return std::max(Rational(M.trace()), Rational(0));  // not diagonal, so d ≥ 2
  return std::nullopt;
}

EigenvalueBound largest_eigenvalue(const SymmetricMatrix& A) {
  if (const auto value = evident_largest_eigenvalue(A)) return {*value, true};
  return largest_eigenvalue_bound(A.dense());
}

double guess_largest_eigenvalue(const SymmetricMatrix& A) {
  if (const auto value = evident_largest_eigenvalue(A)) return static_cast<double>(*value);
  return guess_spectrum(to_double(A.dense())).values.maxCoeff();
}

// Collects what β, or λ with its sign turned, is the largest eigenvalue of.
struct Extremes {
  std::vector<SymmetricMatrix> matrices;
  std::optional<proof::Unknown> missing;  // why there is no bound

  void add_upper(const CurvatureBounds& bounds) {
    if (bounds.upper) {
      matrices.push_back(*bounds.upper);
    } else {
      missing = {proof::Unknown::Reason::no_upper_curvature};
    }
  }
  void add_negated_lower(const CurvatureBounds& bounds) {
    if (bounds.lower) {
      matrices.push_back(*bounds.lower * Rational(-1));
    } else {
      missing = {proof::Unknown::Reason::no_lower_curvature};
    }
  }

  /// `best`: no bounds closer to ∇²f exist.
  Fact<Rational> fact(const Problem& problem, bool best, int sign) const {
    if (missing) return {std::nullopt, false, *missing};
    const EigenvalueBound bound = largest_eigenvalue_of_all(matrices);
    using proof::Semidefinite;
    const Rational t = sign * bound.value;
    const bool quadratic = problem.sum->facts().is_quadratic();
    return {t, best && bound.exact,
            Semidefinite{quadratic ? Semidefinite::Inequality::hessian
                                   : Semidefinite::Inequality::curvature_bounds,
                         t, bound.exact}};
  }
};

}  // namespace

EigenvalueBound largest_eigenvalue_of_all(const std::vector<SymmetricMatrix>& matrices) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t k = 0; k < matrices.size(); ++k)
    order.emplace_back(-guess_largest_eigenvalue(matrices[k]), k);
  std::sort(order.begin(), order.end());
  EigenvalueBound best = largest_eigenvalue(matrices[order.front().second]);
  for (std::size_t position = 1; position < order.size(); ++position) {
    const SymmetricMatrix& A = matrices[order[position].second];
    // Most matrices need only the proof that they do not exceed the best so far.
    if (const auto value = evident_largest_eigenvalue(A)) {
      if (*value > best.value || (*value == best.value && !best.exact)) best = {*value, true};
      continue;
    }
    if (A == matrices[order[position - 1].second]) continue;
    Matrix<Rational> slack = -A.dense();
    slack.diagonal().array() += best.value;
    if (!certify_psd(slack).positive_semidefinite) {
      // λ_max(A) > best: whatever was exact before is not the largest.
      best = largest_eigenvalue(A);
    }
  }
  return best;
}

Fact<Rational> smoothness(const Problem& problem) {
  if (large::is_large(problem)) return large::smoothness(problem);
  const CurvatureBounds bounds = objective_curvature(problem);
  Extremes extremes;
  extremes.add_upper(bounds);
  extremes.add_negated_lower(bounds);
  return extremes.fact(problem, are_best_bounds(problem), 1);
}

Fact<Rational> component_smoothness(const Problem& problem) {
  Extremes extremes;
  for (const FunctionFacts& f : problem.sum->facts().functions) {
    extremes.add_upper(f.curvature);
    extremes.add_negated_lower(f.curvature);
  }
  return extremes.fact(problem, true, 1);
}

Fact<Rational> WithoutRegularization::with_it(const Fact<Rational>& lambda) const {
  if (!lambda.value) return lambda;
  return {Rational(*lambda.value + rho), lambda.is_best,
          proof::derived(proof::Derived::Step::regularization, lambda.proof)};
}

std::optional<Fact<Rational>> WithoutRegularization::made_of(const Fact<Rational>& lambda) const {
  const auto* derived = std::get_if<proof::Derived>(&lambda.proof.kind());
  if (derived == nullptr || derived->step != proof::Derived::Step::regularization ||
      derived->from->size() != 1 || !lambda.value)
    return std::nullopt;
  return Fact<Rational>{Rational(*lambda.value - rho), lambda.is_best, derived->from->front()};
}

std::optional<WithoutRegularization> without_regularization(const Problem& problem) {
  const Regularization* r = regularization_of(*problem.sum);
  if (r == nullptr || is_one_everywhere(problem)) return std::nullopt;
  return WithoutRegularization{{r->plain, problem.domain}, r->rho};
}

Fact<Rational> strong_convexity(const Problem& problem) {
  if (const auto without = without_regularization(problem))
    return without->with_it(strong_convexity(without->problem));
  if (has_bounded_gradients(problem) && is_certainly_convex(problem))
    return {Rational(0), true,
            proof::ByDefinition{proof::ByDefinition::Rule::convex_with_bounded_gradients}};
  if (large::is_large(problem)) return large::strong_convexity(problem);
  Extremes extremes;
  extremes.add_negated_lower(objective_curvature(problem));
  return extremes.fact(problem, are_best_bounds(problem), -1);
}

Fact<Rational> component_strong_convexity(const Problem& problem) {
  Extremes extremes;
  for (const FunctionFacts& f : problem.sum->facts().functions)
    extremes.add_negated_lower(f.curvature);
  return extremes.fact(problem, true, -1);
}

bool is_one_everywhere(const Problem& problem) {
  const FamilyFacts& facts = problem.sum->facts();
  return facts.is_quadratic() || facts.is_max_affine();
}

bool are_best_bounds(const Problem& problem) {
  return is_one_everywhere(problem) || problem.size() == 1;
}

bool has_bounded_gradients(const Problem& problem) {
  return std::ranges::all_of(problem.sum->facts().functions, [](const FunctionFacts& f) {
    return f.squared_gradient_bound.has_value();
  });
}

bool is_certainly_convex(const Problem& problem) {
  if (large::is_large(problem)) return large::is_convex(problem);
  const CurvatureBounds bounds = objective_curvature(problem);
  if (!bounds.lower) return false;
  if (const auto range = bounds.lower->evident_eigenvalues()) return range->smallest >= 0;
  return certify_psd(bounds.lower->dense()).positive_semidefinite;
}

}  // namespace graddiv::curvature

namespace graddiv::fact {

const FactDefinition<Rational> smoothness{
    {"smoothness", "β of F", R"(\|\nabla F(u)-\nabla F(v)\| \le \beta\|u-v\|)",
     "‖∇F(u) − ∇F(v)‖ ≤ β‖u − v‖",
     "On R^d (Definition 1); the smallest β that could be certified."},
    [](const Facts& facts) { return curvature::smoothness(facts.problem()); },
    verify::smoothness};

const FactDefinition<Rational> component_smoothness{
    {"component_smoothness", "β of every f_i",
     R"(\|\nabla f_i(u)-\nabla f_i(v)\| \le \beta\|u-v\|)", "‖∇f_i(u) − ∇f_i(v)‖ ≤ β‖u − v‖",
     "On R^d for every i; the largest of the smallest β that could be certified."},
    [](const Facts& facts) { return curvature::component_smoothness(facts.problem()); },
    verify::component_smoothness};

const FactDefinition<Rational> strong_convexity{
    {"strong_convexity", "λ of F", R"(F - \tfrac{\lambda}{2}\|\cdot\|^2 \text{ is convex})",
     "F − (λ/2)‖·‖² is convex",
     "On R^d (Definition 2); the largest λ that could be certified, negative for weakly convex F."},
    [](const Facts& facts) { return curvature::strong_convexity(facts.problem()); },
    verify::strong_convexity};

const FactDefinition<Rational> component_strong_convexity{
    {"component_strong_convexity", "λ of every f_i",
     R"(f_i - \tfrac{\lambda}{2}\|\cdot\|^2 \text{ is convex})", "f_i − (λ/2)‖·‖² is convex",
     "On R^d for every i; the smallest of the largest λ that could be certified."},
    [](const Facts& facts) { return curvature::component_strong_convexity(facts.problem()); },
    verify::component_strong_convexity};

}  // namespace graddiv::fact
