#include "facts/batch_size_infimum.h"

#include <algorithm>
#include <cmath>

#include "diversity/conflict_graph.h"
#include "facts/branch_and_bound.h"
#include "facts/diversity_forms.h"
#include "facts/rows.h"
#include "number/exact.h"

namespace graddiv {

namespace {

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

Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

// B_S on a box of points, or at one: n Σ‖∇f_i‖² / ‖Σ∇f_i‖², bounded below; absent where ‖Σ∇f_i‖ is
// certainly 0.
std::optional<Rational> interval_bound(const Problem& problem, const Vector<Enclosure>& w) {
  const std::vector<Vector<Enclosure>> g = gradients(problem, w);
  Enclosure squares;
  Vector<Enclosure> sum = g.front();
  for (std::size_t i = 0; i < g.size(); ++i) {
    squares += squared_norm(g[i]);
    if (i > 0) sum += g[i];
  }
  const Enclosure square_of_sum = squared_norm(sum);
  if (!squares.is_bounded() || !square_of_sum.is_bounded()) return Rational(1);
  const Rational largest = upper_end(square_of_sum);
  if (largest == 0) return std::nullopt;
  return std::max(Rational(1), Rational(problem.size() * lower_end(squares) / largest));
}

// B_S at a point of W, where it is exact and finite.
std::optional<Rational> exact_ratio(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  if (problem.domain.contains(point) != Truth::yes) return std::nullopt;
  const std::vector<Vector<Enclosure>> g = gradients(problem, point);
  Rational squares = 0;
  Vector<Rational> sum = Vector<Rational>::Zero(w.size());
  for (const Vector<Enclosure>& gradient : g) {
    for (Eigen::Index j = 0; j < w.size(); ++j) {
      if (!gradient(j).is_exact()) return std::nullopt;
      const Rational x = exact_value(gradient(j));
      squares += x * x;
      sum(j) += x;
    }
  }
  if (sum.isZero()) return std::nullopt;
  return Rational(problem.size() * squares / sum.squaredNorm());
}

// A bound and a point of W with that value: it is the infimum.
Derived attained_at(Vector<Rational> w, const Proof& bound) {
  Derived result = proof::derived(Derived::Step::attained, bound);
  result.w = proof::point(std::move(w));
  return result;
}

// One of a few simple points of W where B_S takes the value: then it is the infimum.
std::optional<Vector<Rational>> attaining_point(const Problem& problem, const Rational& value) {
  if (!problem.sum->facts().is_rational) return std::nullopt;
  const Eigen::Index d = problem.dimension();
  Vector<Rational> base = Vector<Rational>::Zero(d);
  Vector<Rational> spread = Vector<Rational>::Ones(d);
  if (problem.domain.kind() == Domain::Kind::ball) {
    base = problem.domain.center();
    spread *= problem.domain.radius() / Rational(d);
  } else if (problem.domain.kind() == Domain::Kind::box) {
    base = (problem.domain.lower() + problem.domain.upper()) / Rational(2);
    spread = (problem.domain.upper() - problem.domain.lower()) / Rational(2);
  }
  for (const int halves : {0, 1, -1, 2, -2}) {
    const Rational factor(halves, 2);
    const Vector<Rational> w = base + spread * factor;
    if (exact_ratio(problem, w) == value) return w;
  }
  return std::nullopt;
}

// ---- bounded domains: W = {w = Ty : constraints on y} -------------------------------------------

// y = (u, 1) in coordinates that make a ball or box the unit one: w = c + Ru, or w_j = middle_j +
// half_j u_j without the coordinates in which a box has no width.
struct UnitCoordinates {
  Matrix<Rational> T;                         // z = (w, 1) = T y
  std::vector<Vector<Rational>> constraints;  // diagonals of G_k: yᵀG_k y ≥ 0
  bool lossless = false;                      // one constraint
  bool is_point = false;
};

UnitCoordinates unit_coordinates(const Domain& domain) {
  const bool ball = domain.kind() == Domain::Kind::ball;
  const Vector<Rational> center =
      ball ? domain.center() : Vector<Rational>((domain.lower() + domain.upper()) / Rational(2));
  const Eigen::Index d = center.size();
  const Vector<Rational> half =
      ball ? Vector<Rational>(Vector<Rational>::Constant(d, domain.radius()))
           : Vector<Rational>((domain.upper() - domain.lower()) / Rational(2));
  std::vector<Eigen::Index> wide;
  for (Eigen::Index j = 0; j < d; ++j) {
    if (half(j) != 0) wide.push_back(j);
  }
  const auto k = static_cast<Eigen::Index>(wide.size());
  UnitCoordinates result;
  result.T = Matrix<Rational>::Zero(d + 1, k + 1);
  result.T.col(k).head(d) = center;
  result.T(d, k) = 1;
  for (Eigen::Index j = 0; j < k; ++j) {
    const Eigen::Index coordinate = wide[static_cast<std::size_t>(j)];
    result.T(coordinate, j) = half(coordinate);
  }
  result.is_point = k == 0;
  result.lossless = ball || k == 1;
  if (result.lossless) {
    Vector<Rational> G = Vector<Rational>::Constant(k + 1, Rational(-1));  // 1 − ‖u‖² ≥ 0
    G(k) = 1;
    result.constraints.push_back(G);
  } else {
    for (Eigen::Index j = 0; j < k; ++j) {  // 1 − u_j² ≥ 0
      Vector<Rational> G = Vector<Rational>::Zero(k + 1);
      G(j) = -1;
      G(k) = 1;
      result.constraints.push_back(G);
    }
  }
  return result;
}

bool is_inside(const UnitCoordinates& unit, const Vector<Rational>& y) {
  return std::all_of(unit.constraints.begin(), unit.constraints.end(),
                     [&](const Vector<Rational>& G) {
                       Rational sum = 0;
                       for (Eigen::Index j = 0; j < y.size(); ++j) sum += G(j) * y(j) * y(j);
                       return sum >= 0;
                     });
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
    if (is_inside(unit, y) && forms.ratio(y) == value)
      return unit.T.topRows(unit.T.rows() - 1).lazyProduct(y);
  }
  return std::nullopt;
}

// Whether all gradients vanish at this interior point w of W. Then every ratio zᵀNz/zᵀQz is taken
// near w: along z + a(w, 1) neither form changes.
bool interpolates_inside(const Problem& problem, const DiversityForms& forms,
                         const Fact<Vector<Enclosure>>& minimizer) {
  if (!minimizer.value) return false;
  const Eigen::Index d = problem.dimension();
  Vector<Rational> z(d + 1);
  for (Eigen::Index j = 0; j < d; ++j) {
    if (!(*minimizer.value)(j).is_exact()) return false;
    z(j) = exact_value((*minimizer.value)(j));
  }
  z(d) = 1;
  const Vector<Rational> Nz = forms.N * z;
  if (!Nz.isZero()) return false;
  const Domain& W = problem.domain;
  const Vector<Rational> w = z.head(d);
  if (W.kind() == Domain::Kind::ball) {
    return Vector<Rational>(w - W.center()).squaredNorm() < W.radius() * W.radius();
  }
  for (Eigen::Index j = 0; j < d; ++j) {
    if (w(j) <= W.lower()(j) || w(j) >= W.upper()(j)) return false;
  }
  return true;
}

// Interval evaluation on ever smaller boxes; never below `floor`, which is certified already.
void branch(const Problem& problem, Best& best) {
  if (!problem.domain.is_bounded() || problem.dimension() > 3) return;
  const Vector<Enclosure> around = *problem.domain.coordinate_ranges();
  Vector<Rational> lower(around.size());
  Vector<Rational> upper(around.size());
  for (Eigen::Index j = 0; j < around.size(); ++j) {
    lower(j) = lower_end(around(j));
    upper(j) = upper_end(around(j));
  }
  const Rational floor = best.value;
  const PrecisionScope precision(Precision{64, 256});
  const BoxFunction ratio{[&](const Vector<Enclosure>& box) -> std::optional<Rational> {
                            if (problem.domain.contains(box) == Truth::no) return std::nullopt;
                            const auto bound = interval_bound(problem, box);
                            if (!bound) return std::nullopt;
                            return std::max(*bound, floor);
                          },
                          [&](const Vector<Rational>& point) -> std::optional<Rational> {
                            return exact_ratio(problem, point);
                          }};
  const int evaluations = std::clamp(3000 / problem.size(), 16, 500);
  const auto bound = lower_bound_on_box(lower, upper, ratio, {evaluations, 1e-6});
  if (bound.value)
    best.improve(*bound.value, false,
                 Bisection{Bisection::Of::batch_size_bound, lower, upper, bound.halved});
}

Fact<BatchSizeInfimum> of_quadratics(const Problem& problem, const DiversityForms& forms,
                                     const Fact<Vector<Enclosure>>& minimizer) {
  const auto everywhere = [](const EigenvalueBound& t) {
    return Semidefinite{Semidefinite::Inequality::diversity, t.exact};
  };
  Best best;
  if (problem.domain.kind() == Domain::Kind::all ||
      interpolates_inside(problem, forms, minimizer)) {
    const auto t = largest_generalized(forms.N, forms.Q, Known::gram);
    if (!t) return infinite(ByDefinition::Rule::gradients_sum_to_zero);
    best.improve(t->value, t->exact, everywhere(*t));
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
    const Proof proof = SProcedure{SProcedure::Claim::diversity_on_W, bound->multipliers};
    const auto w = attaining_point_near(scaled, unit, bound->tightest, bound->t);
    best.improve(bound->t, w.has_value(), w ? attained_at(*w, proof) : proof);
  }
  if (std::holds_alternative<ByDefinition>(best.proof)) {
    const auto t = largest_generalized(forms.N, forms.Q, Known::gram);
    if (t) best.improve(t->value, false, everywhere(*t));
  }
  if (!unit.lossless && !best.is_best) branch(problem, best);
  return best.fact();
}

bool nothing_moves(const FiniteSum& sum) {
  for (int i = 0; i < sum.size(); ++i) {
    const std::vector<bool>& support = sum.facts(i).support;
    if (std::find(support.begin(), support.end(), true) != support.end()) return false;
  }
  return true;
}

}  // namespace

Fact<BatchSizeInfimum> batch_size_infimum(const Problem& problem,
                                          const Fact<Vector<Enclosure>>& minimizer) {
  if (nothing_moves(*problem.sum)) return infinite(ByDefinition::Rule::all_gradients_vanish);
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
    if (const auto sharp = rows::sharp_bound(*problem.sum->facts().rows)) {
      best.improve(n * *sharp, false, Semidefinite{Semidefinite::Inequality::unit_rows_bound});
    }
  }
  if (!forms) branch(problem, best);
  if (!best.is_best) {
    if (const auto w = attaining_point(problem, best.value))
      best.improve(best.value, true, attained_at(*w, best.proof));
  }
  return best.fact();
}

}  // namespace graddiv
