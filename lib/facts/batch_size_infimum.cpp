#include "facts/batch_size_infimum.h"

#include <algorithm>
#include <cmath>

#include "diversity/conflict_graph.h"
#include "facts/batch_size_ratio.h"
#include "facts/branch_and_bound.h"
#include "facts/large.h"
#include "facts/minimizer.h"
#include "facts/registry.h"
#include "facts/rows.h"
#include "facts/verify.h"
#include "linear/solve.h"
#include "number/exact.h"

namespace graddiv {

namespace {

using namespace batch_size;
using proof::Bisection, proof::ByDefinition, proof::Derived, proof::Semidefinite, proof::SProcedure;

// The best lower bound so far; 1 holds always (Cauchy–Schwarz).
struct Best {
  Rational value = 1;
  bool is_best = false;
  Proof proof = ByDefinition{ByDefinition::Rule::cauchy_schwarz};

  void improve(const Rational& candidate, bool exact, const Proof& how) {
    if (candidate < value || (candidate == value && !exact)) return;
    value = candidate;
    is_best = exact;
    proof = how;
  }
  Fact<BatchSizeInfimum> fact() const { return {BatchSizeInfimum{value}, is_best, proof}; }
};

Fact<BatchSizeInfimum> infinite(ByDefinition::Rule rule) {
  return {BatchSizeInfimum{std::nullopt}, true, ByDefinition{rule}};
}

// A bound and a point of W with that value: it is the infimum.
Derived attained_at(Vector<Rational> w, const Proof& bound) {
  Derived result = proof::derived(Derived::Step::attained, bound);
  result.w = proof::point(std::move(w));
  return result;
}

// A bound, and a point about which all ratios are taken: the largest bound everywhere is the
// infimum.
Derived approached_at(const Vector<Rational>& w, const Proof& bound) {
  Derived result = attained_at(w, bound);
  result.step = Derived::Step::approached;
  return result;
}

// One of them where B_S takes the value: then it is the infimum.
std::optional<Vector<Rational>> attaining_point(const Problem& problem, const Rational& value) {
  if (!problem.sum->facts().is_rational) return std::nullopt;
  for (const Vector<Rational>& w : simple_points(problem)) {
    if (exact_ratio(problem, w) == value) return w;
  }
  return std::nullopt;
}

// A simple point of W near the guess where the ratio takes the value.
std::optional<Vector<Rational>> attaining_point_near(const DiversityForms& forms,
                                                     const UnitCoordinates& unit,
                                                     const Vector<double>& guess,
                                                     const Rational& value) {
  const Eigen::Index k = guess.size() - 1;
  if (!guess.allFinite() || guess(k) == 0) return std::nullopt;
  for (const double tolerance : {1e-2, 1e-4, 1e-6, 1e-9}) {
    Vector<Rational> y(k + 1);
    for (Eigen::Index j = 0; j < k; ++j) {
      const double u = guess(j) / guess(k);
      if (std::abs(u) > 2) return std::nullopt;
      y(j) = simplest_between(rational_from(u - tolerance), rational_from(u + tolerance));
    }
    y(k) = 1;
    if (unit.contain(y) && forms.ratio(y) == value)
      return unit.T.topRows(unit.T.rows() - 1).lazyProduct(y);
  }
  return std::nullopt;
}

// A point of W where the ratio is t, where (N − tQ − Σ s_k G_k) y = 0 tells one exactly: the one of
// these nearest to the centre. No guess meets a single point whose surroundings have far more, such
// as one where all gradients are equal and short: s = 0, t = 1.
std::optional<Vector<Rational>> attaining_null_vector(const DiversityForms& forms,
                                                      const UnitCoordinates& unit,
                                                      const Rational& t,
                                                      const Vector<Rational>& multipliers) {
  constexpr Eigen::Index most_coordinates = 64;
  const Eigen::Index k = forms.N.rows() - 1;
  if (k > most_coordinates) return std::nullopt;
  Matrix<Rational> M = forms.N - t * forms.Q;
  for (Eigen::Index j = 0; j < multipliers.size(); ++j)
    M.diagonal() -= multipliers(j) * unit.constraints[static_cast<std::size_t>(j)];
  const auto u = least_norm_solve<Rational>(M.leftCols(k), -M.col(k));
  if (!u) return std::nullopt;
  Vector<Rational> y(k + 1);
  y << *u, Rational(1);
  if (!unit.contain(y) || forms.ratio(y) != t) return std::nullopt;
  return unit.T.topRows(unit.T.rows() - 1).lazyProduct(y);
}

// The minimiser, if it is such a point.
std::optional<Vector<Rational>> interpolating_inside(const Problem& problem,
                                                     const DiversityForms& forms,
                                                     const Fact<Vector<Enclosure>>& minimizer) {
  if (!minimizer.value || !problem.domain.is_bounded()) return std::nullopt;
  Vector<Rational> w(minimizer.value->size());
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (!(*minimizer.value)(j).is_exact()) return std::nullopt;
    w(j) = exact_value((*minimizer.value)(j));
  }
  return vanishes_inside(problem, forms, w) ? std::optional(w) : std::nullopt;
}

// Interval evaluation on ever smaller boxes; never below `floor`, which is certified already.
void branch(const Problem& problem, Best& best) {
  if (!problem.domain.is_bounded()) return;
  const Vector<Enclosure> around = *problem.domain.coordinate_ranges();
  Vector<Rational> lower(around.size());
  Vector<Rational> upper(around.size());
  for (Eigen::Index j = 0; j < around.size(); ++j) {
    lower(j) = lower_end(around(j));
    upper(j) = upper_end(around(j));
  }
  const Rational floor = best.value;
  const PrecisionScope precision(precision_of_boxes);
  const BoxFunction ratio{[&](const Vector<Enclosure>& box) -> std::optional<Rational> {
                            const auto bound = ratio_on(problem, box);
                            if (!bound) return std::nullopt;
                            return std::max(*bound, floor);
                          },
                          [&](const Vector<Rational>& point) -> std::optional<Rational> {
                            return exact_ratio(problem, point);
                          }};
  // Halving boxes leads somewhere in few dimensions only; where W is nearly a point, once is
  // enough.
  const int evaluations = problem.dimension() <= 3 ? std::clamp(3000 / problem.size(), 16, 500) : 1;
  const auto bound = lower_bound_on_box(lower, upper, ratio, {evaluations, 1e-6});
  if (bound.value)
    best.improve(
        *bound.value, false,
        Bisection{Bisection::Of::batch_size_bound, *bound.value, lower, upper, bound.halved});
}

Fact<BatchSizeInfimum> of_quadratics(const Problem& problem, const DiversityForms& forms,
                                     const Fact<Vector<Enclosure>>& minimizer) {
  const auto everywhere = [](const EigenvalueBound& t) {
    return Semidefinite{Semidefinite::Inequality::diversity, t.value, t.exact};
  };
  Best best;
  const auto inside = interpolating_inside(problem, forms, minimizer);
  if (problem.domain.kind() == Domain::Kind::all || inside) {
    const auto t = largest_generalized(forms.N, forms.Q, Known::gram);
    if (!t) return infinite(ByDefinition::Rule::gradients_sum_to_zero);
    Proof proof = everywhere(*t);
    if (inside && t->exact) proof = approached_at(*inside, proof);
    best.improve(t->value, t->exact, proof);
    return best.fact();
  }
  const UnitCoordinates unit = unit_coordinates(problem.domain);
  const DiversityForms scaled = forms.under(unit.T);
  if (scaled.Q.isZero()) return infinite(ByDefinition::Rule::gradients_sum_to_zero_on_W);
  if (unit.is_point) {
    best.improve(*scaled.ratio(Vector<Rational>::Ones(1)), true,
                 ByDefinition{ByDefinition::Rule::W_is_a_point});
    return best.fact();
  }
  if (const auto bound = multiplier_bound(scaled, unit.constraints)) {
    const Proof proof = SProcedure{SProcedure::Claim::diversity_on_W, bound->t, bound->multipliers};
    auto w = attaining_point_near(scaled, unit, bound->tightest, bound->t);
    if (!w && bound->exact_for_multipliers)
      w = attaining_null_vector(scaled, unit, bound->t, bound->multipliers);
    best.improve(bound->t, w.has_value(), w ? attained_at(*w, proof) : proof);
  }
  if (std::holds_alternative<ByDefinition>(best.proof)) {
    const auto t = largest_generalized(forms.N, forms.Q, Known::gram);
    if (t) best.improve(t->value, false, everywhere(*t));
  }
  if (!unit.lossless && !best.is_best) branch(problem, best);
  return best.fact();
}

// Of linear functions B_S is constant.
std::optional<Fact<BatchSizeInfimum>> of_constant_gradients(const FiniteSum& sum) {
  Rational squares = 0;
  Vector<Rational> total = Vector<Rational>::Zero(sum.dimension());
  for (const FunctionFacts& f : sum.facts().functions) {
    if (!f.quadratic || !f.quadratic->A.is_zero()) return std::nullopt;
    squares += f.quadratic->b.squaredNorm();
    total += f.quadratic->b;
  }
  if (total.isZero()) return infinite(ByDefinition::Rule::gradients_sum_to_zero);
  const Rational value = sum.size() * squares / total.squaredNorm();
  return Fact<BatchSizeInfimum>{BatchSizeInfimum{value}, true,
                                Semidefinite{Semidefinite::Inequality::diversity, value, true}};
}

}  // namespace

Fact<BatchSizeInfimum> batch_size_infimum(const Problem& problem,
                                          const Fact<Vector<Enclosure>>& minimizer) {
  if (large::is_large(problem)) return large::batch_size_infimum(problem);
  if (nothing_moves(*problem.sum)) return infinite(ByDefinition::Rule::all_gradients_vanish);
  if (all_functions_are_one(*problem.sum)) {
    for (const Vector<Rational>& w : simple_points(problem)) {
      if (is_moving_at(problem, w))
        return {BatchSizeInfimum{1}, true,
                attained_at(w, ByDefinition{ByDefinition::Rule::one_function})};
    }
  }
  if (const auto constant = of_constant_gradients(*problem.sum)) return *constant;
  const auto forms = diversity_forms(problem);
  Best best;
  if (forms) {
    const Fact<BatchSizeInfimum> fact = of_quadratics(problem, *forms, minimizer);
    if (fact.is_best || !fact.value->value) return fact;
    best = {*fact.value->value, fact.is_best, fact.proof};
  }
  // Every bound below holds on all of R^d.
  const Rational n = problem.size();
  best.improve(n / Rational(1 + ConflictGraph(*problem.sum).maximum_degree()), false,
               ByDefinition{ByDefinition::Rule::conflict_graph});
  if (!forms && problem.sum->facts().rows != nullptr) {
    if (const auto sharp = rows::sharp_bound(*problem.sum->facts().rows.get())) {
      best.improve(n * *sharp, false,
                   Semidefinite{Semidefinite::Inequality::unit_rows_bound, n * *sharp});
    }
  }
  if (!forms) branch(problem, best);
  if (!best.is_best) {
    if (const auto w = attaining_point(problem, best.value))
      best.improve(best.value, true, attained_at(*w, best.proof));
  }
  return best.fact();
}

const FactDefinition<BatchSizeInfimum> fact::batch_size_infimum{
    {"batch_size_infimum", "inf B_S ≥",
     R"(\inf_{w \in W} B_S(w),\ B_S(w) = n\sum_i\|\nabla f_i(w)\|^2 / \|\sum_i\nabla f_i(w)\|^2)",
     "inf over W of B_S(w) = nΣ‖∇f_i(w)‖²/‖Σ∇f_i(w)‖²",
     "Bounded below, by 1 at least; +∞ where the sum of the gradients vanishes on all of W."},
    [](const Facts& facts) {
      const Problem& problem = facts.on_bounding_box();
      // The minimiser matters on bounded domains only.
      if (!problem.domain.is_bounded() || large::is_large(problem))
        return graddiv::batch_size_infimum(problem, {});
      return on_bounding_box(
          facts, graddiv::batch_size_infimum(problem, facts.minimum_over_bounding_box().minimizer));
    },
    verify::batch_size_infimum};

}  // namespace graddiv
