#include "facts/batch_size_infimum.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "diversity/conflict_graph.h"
#include "facts/branch_and_bound.h"
#include "facts/diversity_forms.h"
#include "facts/minimizer.h"
#include "facts/registry.h"
#include "facts/rows.h"
#include "facts/simplified.h"
#include "facts/verify.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
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

// The same where W is in the box; +∞ where it is not.
std::optional<Rational> ratio_on(const Problem& problem, const Vector<Enclosure>& box) {
  if (problem.domain.contains(box) == Truth::no) return std::nullopt;
  return interval_bound(problem, box);
}

// What boxes are evaluated with: their own width is the larger error.
constexpr Precision precision_of_boxes{64, 256};

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

// A bound, and a point about which all ratios are taken: the largest bound everywhere is the
// infimum.
Derived approached_at(const Vector<Rational>& w, const Proof& bound) {
  Derived result = attained_at(w, bound);
  result.step = Derived::Step::approached;
  return result;
}

// A few simple points of W.
std::vector<Vector<Rational>> simple_points(const Problem& problem) {
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
  std::vector<Vector<Rational>> points;
  for (const int halves : {0, 1, -1, 2, -2}) points.push_back(base + spread * Rational(halves, 2));
  return points;
}

// One of them where B_S takes the value: then it is the infimum.
std::optional<Vector<Rational>> attaining_point(const Problem& problem, const Rational& value) {
  if (!problem.sum->facts().is_rational) return std::nullopt;
  for (const Vector<Rational>& w : simple_points(problem)) {
    if (exact_ratio(problem, w) == value) return w;
  }
  return std::nullopt;
}

// Whether all functions are one, as they are written: B_S(w) = 1 wherever ∇f(w) ≠ 0, rational or
// not.
bool all_functions_are_one(const FiniteSum& sum) {
  if (sum.size() == 1) return true;
  const auto first = sum.select({0})->to_json();
  for (int i = 1; i < sum.size(); ++i) {
    if (sum.select({i})->to_json() != first) return false;
  }
  return true;
}

// Whether f_1 certainly has a gradient at a point of W.
bool is_moving_at(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  return problem.domain.contains(point) == Truth::yes &&
         (squared_norm(problem.sum->gradient(0, point)) > 0).truth() == Truth::yes;
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
bool vanishes_inside(const Problem& problem, const DiversityForms& forms,
                     const Vector<Rational>& w) {
  Vector<Rational> z(w.size() + 1);
  z << w, Rational(1);
  const Vector<Rational> Nz = forms.N.lazyProduct(z);
  if (!Nz.isZero()) return false;
  const Domain& W = problem.domain;
  if (W.kind() == Domain::Kind::all) return true;
  if (W.kind() == Domain::Kind::ball) {
    return Vector<Rational>(w - W.center()).squaredNorm() < W.radius() * W.radius();
  }
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (w(j) <= W.lower()(j) || w(j) >= W.upper()(j)) return false;
  }
  return true;
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

// ---- proofs -------------------------------------------------------------------------------------

namespace {

using verify::BatchSizeBound;

struct ShownInfimum {
  const Problem& problem;

  static BatchSizeBound at_least(const Rational& t) { return {{t}, false}; }
  static BatchSizeBound infinite() { return {{std::nullopt}, true}; }

  std::optional<BatchSizeBound> operator()(const ByDefinition& p) const {
    using Rule = ByDefinition::Rule;
    const Domain& W = problem.domain;
    const auto forms = diversity_forms(problem);
    if (p.rule == Rule::cauchy_schwarz) return at_least(1);
    if (p.rule == Rule::one_function && all_functions_are_one(*problem.sum)) return at_least(1);
    if (p.rule == Rule::conflict_graph)
      return at_least(Rational(problem.size()) /
                      (1 + ConflictGraph(*problem.sum).maximum_degree()));
    if (p.rule == Rule::all_gradients_vanish && nothing_moves(*problem.sum)) return infinite();
    if (p.rule == Rule::gradients_sum_to_zero && forms && forms->Q.isZero()) return infinite();
    if (!forms || !W.is_bounded()) return std::nullopt;
    const UnitCoordinates unit = unit_coordinates(W);
    const DiversityForms scaled = forms->under(unit.T);
    if (p.rule == Rule::gradients_sum_to_zero_on_W && scaled.Q.isZero()) return infinite();
    if (p.rule != Rule::W_is_a_point || !unit.is_point || scaled.Q.isZero()) return std::nullopt;
    return BatchSizeBound{{*scaled.ratio(Vector<Rational>::Ones(1))}, true};
  }

  std::optional<BatchSizeBound> operator()(const Semidefinite& p) const {
    if (p.inequality == Semidefinite::Inequality::unit_rows_bound)
      return unit_rows_are_below(p.bound) ? std::optional(at_least(p.bound)) : std::nullopt;
    const auto forms = diversity_forms(problem);
    if (!forms || p.inequality != Semidefinite::Inequality::diversity) return std::nullopt;
    const Matrix<Rational> M = forms->N - p.bound * forms->Q;
    if (!verify::definiteness(M, p.factors).semidefinite) return std::nullopt;
    if (!p.tight) return at_least(p.bound);
    // zᵀMz = 0 < zᵀQz for some z: the ratio is t there, or near by on all of R^d. On another W a
    // point of it must show t.
    const auto shows_bound = [&](const Vector<Rational>& w) {
      return exact_ratio(problem, w) == p.bound;
    };
    const bool best = problem.domain.kind() == Domain::Kind::all
                          ? is_tight(M, forms->Q)
                          : std::ranges::any_of(simple_points(problem), shows_bound);
    return BatchSizeBound{{p.bound}, best};
  }

  std::optional<BatchSizeBound> operator()(const SProcedure& p) const {
    const auto forms = diversity_forms(problem);
    if (!forms || !problem.domain.is_bounded() || p.claim != SProcedure::Claim::diversity_on_W)
      return std::nullopt;
    const UnitCoordinates unit = unit_coordinates(problem.domain);
    const DiversityForms scaled = forms->under(unit.T);
    Matrix<Rational> M = scaled.N - p.bound * scaled.Q;
    if (p.multipliers.size() != static_cast<Eigen::Index>(unit.constraints.size()))
      return std::nullopt;
    for (std::size_t k = 0; k < unit.constraints.size(); ++k) {
      const Rational& s = p.multipliers(static_cast<Eigen::Index>(k));
      if (s < 0) return std::nullopt;
      M.diagonal() -= s * unit.constraints[k];
    }
    if (!verify::definiteness(M, p.factors).semidefinite) return std::nullopt;
    return at_least(p.bound);
  }

  std::optional<BatchSizeBound> operator()(const Bisection& p) const {
    const auto around = problem.domain.coordinate_ranges();
    if (p.of != Bisection::Of::batch_size_bound || !p.halved || !around ||
        p.lower.size() != around->size() || p.upper.size() != around->size())
      return std::nullopt;
    for (Eigen::Index j = 0; j < around->size(); ++j) {
      if (lower_end((*around)(j)) < p.lower(j) || upper_end((*around)(j)) > p.upper(j))
        return std::nullopt;
    }
    const PrecisionScope precision(precision_of_boxes);
    const BoxFunction ratio{[&](const Vector<Enclosure>& box) { return ratio_on(problem, box); },
                            nullptr};
    if (!is_bound_on_boxes(p.lower, p.upper, ratio, *p.halved, p.bound)) return std::nullopt;
    return at_least(p.bound);
  }

  std::optional<BatchSizeBound> operator()(const Derived& p) const {
    if (p.from->size() != 1 || !p.w || p.w->size() != problem.dimension()) return std::nullopt;
    auto bound = verify::batch_size_bound(problem, p.from->front());
    if (!bound || !bound->value.value) return std::nullopt;
    if (p.step == Derived::Step::approached) {
      const auto* tight = std::get_if<Semidefinite>(&p.from->front().kind());
      const auto forms = diversity_forms(problem);
      bound->is_best = tight != nullptr && forms && vanishes_inside(problem, *forms, *p.w) &&
                       is_tight(forms->N - tight->bound * forms->Q, forms->Q);
    } else if (p.step == Derived::Step::attained) {
      const bool one = all_functions_are_one(*problem.sum) && *bound->value.value == 1 &&
                       is_moving_at(problem, *p.w);
      bound->is_best = one || exact_ratio(problem, *p.w) == *bound->value.value;
    } else {
      return std::nullopt;
    }
    return bound->is_best ? bound : std::nullopt;
  }

  template <class Other>
  std::optional<BatchSizeBound> operator()(const Other&) const {
    return std::nullopt;
  }

 private:
  static bool is_tight(const Matrix<Rational>& M, const Matrix<Rational>& Q) {
    return !Q.lazyProduct(null_space(M)).eval().isZero();
  }
  // (n/t)I − YᵀY ⪰ 0.
  bool unit_rows_are_below(const Rational& t) const {
    const Matrix<Rational>* X = problem.sum->facts().rows.get();
    if (X == nullptr || t <= 0) return false;
    Matrix<Rational> M = -verify::gram_of_unit_rows(*X);
    M.diagonal().array() += Rational(problem.size()) / t;
    return verify::definiteness(M).semidefinite;
  }
};

}  // namespace

std::optional<verify::BatchSizeBound> verify::batch_size_bound(const Problem& problem,
                                                               const Proof& proof) {
  return std::visit(ShownInfimum{problem}, proof.kind());
}

bool verify::batch_size_infimum(const Problem& given, const Fact<BatchSizeInfimum>& fact) {
  if (!fact.value) return true;
  const PrecisionScope scope(precision());
  Problem problem{given.sum, simplified(given.domain)};
  const Proof* proof = &fact.proof;
  if (problem.domain.kind() == Domain::Kind::product) {
    const auto* derived = std::get_if<Derived>(&proof->kind());
    if (derived == nullptr || derived->step != Derived::Step::bounding_box || fact.is_best)
      return false;
    problem.domain = problem.domain.bounding_box();
    proof = &derived->from->front();
  }
  const auto shown = batch_size_bound(problem, *proof);
  if (!shown || (fact.is_best && !shown->is_best)) return false;
  const auto& bound = shown->value.value;
  if (!fact.value->value) return !bound;
  return !bound || (fact.is_best ? *fact.value->value == *bound : *fact.value->value <= *bound);
}

const FactDefinition<BatchSizeInfimum> fact::batch_size_infimum{
    {"batch_size_infimum", "inf B_S ≥",
     R"(\inf_{w \in W} B_S(w),\ B_S(w) = n\sum_i\|\nabla f_i(w)\|^2 / \|\sum_i\nabla f_i(w)\|^2)",
     "inf over W of B_S(w) = nΣ‖∇f_i(w)‖²/‖Σ∇f_i(w)‖²",
     "Bounded below, by 1 at least; +∞ where the sum of the gradients vanishes on all of W."},
    [](const Facts& facts) {
      const Problem& problem = facts.on_bounding_box();
      // The minimiser matters on bounded domains only.
      if (!problem.domain.is_bounded()) return graddiv::batch_size_infimum(problem, {});
      return on_bounding_box(
          facts, graddiv::batch_size_infimum(problem, facts.minimum_over_bounding_box().minimizer));
    },
    verify::batch_size_infimum};

}  // namespace graddiv
