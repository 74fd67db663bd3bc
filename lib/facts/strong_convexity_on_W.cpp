#include "facts/strong_convexity_on_W.h"

#include <algorithm>
#include <cmath>

#include "facts/curvature.h"
#include "facts/gradient_rules.h"
#include "facts/guess.h"
#include "facts/large.h"
#include "facts/registry.h"
#include "facts/verify.h"
#include "linear/eigenvalue.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

namespace graddiv {

bool has_interior(const Domain& W) {
  switch (W.kind()) {
    case Domain::Kind::all:
      return true;
    case Domain::Kind::ball:
      return W.radius() > 0;
    case Domain::Kind::box:
      return (W.upper().array() > W.lower().array()).all();
    case Domain::Kind::product:
      return std::ranges::all_of(W.factors(), has_interior);
  }
  return false;
}

bool is_flat_beside_rows(const Problem& problem) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  return X != nullptr && curvature::is_certainly_convex(problem) &&
         (X->rows() < X->cols() || null_space(*X).cols() > 0);
}

namespace curvature_on_boxes {
namespace {

using Point = Vector<Rational>;

/// The square of the distance of a box to the centre of a ball.
Rational squared_distance(const Point& center, const Point& lower, const Point& upper) {
  const Point nearest = center.cwiseMax(lower).cwiseMin(upper);
  return (nearest - center).squaredNorm();
}

bool meets(const Domain& W, const Point& lower, const Point& upper) {
  return W.kind() != Domain::Kind::ball ||
         squared_distance(W.center(), lower, upper) <= W.radius() * W.radius();
}

bool meets_inside(const Domain& W, const Point& lower, const Point& upper) {
  return (upper.array() > lower.array()).all() &&
         (W.kind() != Domain::Kind::ball ||
          squared_distance(W.center(), lower, upper) < W.radius() * W.radius());
}

/// The jump of an ℓ_i'' that is a cut across one side of the box, and the nearest one to its
/// middle.
std::optional<Cut> cut_at_jump(const Problem& problem, const Point& lower, const Point& upper) {
  const Matrix<Rational>& X = *problem.sum->facts().rows;
  std::optional<Cut> best;
  Rational best_distance = 0;  // from the middle, in widths
  for (int i = 0; i < problem.size(); ++i) {
    const std::vector<Rational>& jumps = problem.sum->facts(i).jumps;
    if (jumps.empty()) continue;
    std::optional<Eigen::Index> side;  // the only one along which x_iᵀw changes
    bool is_only = true;
    Rational fixed = 0;
    for (Eigen::Index j = 0; j < X.cols(); ++j) {
      if (X(i, j) == 0) continue;
      if (lower(j) == upper(j)) {
        fixed += X(i, j) * lower(j);
      } else {
        is_only = !side;
        side = j;
        if (!is_only) break;
      }
    }
    if (!side || !is_only) continue;
    const Rational width = upper(*side) - lower(*side);
    for (const Rational& z : jumps) {
      const Rational at = (z - fixed) / X(i, *side);
      if (at <= lower(*side) || at >= upper(*side)) continue;
      const Rational distance = abs(Rational((at - lower(*side)) / width - Rational(1, 2)));
      if (best && distance >= best_distance) continue;
      best = Cut{*side, at};
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace

// x_iᵀw takes no other values than those it takes on the box, nor than those it takes on W.
std::optional<CurvatureBounds> within(const Problem& problem, const Point& lower,
                                      const Point& upper) {
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr || !problem.domain.is_bounded() || !meets(problem.domain, lower, upper))
    return std::nullopt;
  // One matrix for the search and for every check of it.
  const PrecisionScope scope(Precision{256, Precision::unlimited});
  const Domain box = Domain::box(lower, upper);
  std::vector<SymmetricMatrix> least, most;
  for (int i = 0; i < problem.size(); ++i) {
    const Vector<Rational> x = X->row(i).transpose();
    auto range = *gradient_bound::range_of(x, box);
    if (problem.domain.kind() == Domain::Kind::ball) {
      const auto on_ball = *gradient_bound::range_of(x, problem.domain);
      range.lower = std::max(range.lower, on_ball.lower);
      range.upper = std::min(range.upper, on_ball.upper);
    }
    const CurvatureBounds own = problem.sum->curvature_between(i, range.lower, range.upper);
    if (!own.lower || !own.upper) return std::nullopt;
    least.push_back(*own.lower);
    most.push_back(*own.upper);
  }
  return CurvatureBounds{mean(least), mean(most)};
}

BoxFunction least_eigenvalue(const Problem& problem) {
  BoxFunction f;
  f.bound_below_exactly = [&problem](const Point& lower,
                                     const Point& upper) -> std::optional<Rational> {
    const auto bounds = within(problem, lower, upper);
    if (!bounds) return std::nullopt;
    if (const auto range = bounds->lower->evident_eigenvalues()) return range->smallest;
    return smallest_eigenvalue_bound(bounds->lower->dense()).value;
  };
  // At a jump the larger curvature counts: the smaller one may hold there alone.
  f.attained = [&problem](const Point& w) -> std::optional<Rational> {
    const auto bounds = within(problem, w, w);
    if (!bounds) return std::nullopt;
    return rational_from(guess_spectrum(to_double(bounds->upper->dense())).values.minCoeff());
  };
  f.cut = [&problem](const Point& lower, const Point& upper) {
    return cut_at_jump(problem, lower, upper);
  };
  return f;
}

bool is_attained(const Problem& problem, const Point& lower, const Point& upper,
                 const std::vector<bool>& halved, const Rational& t) {
  bool found = false;
  const auto look = [&](const Point& from, const Point& to) {
    if (!meets_inside(problem.domain, from, to)) return true;
    const auto bounds = within(problem, from, to);
    if (!bounds || !(*bounds->lower == *bounds->upper)) return true;
    Matrix<Rational> M = bounds->lower->dense();
    M.diagonal().array() -= t;
    const PsdCertificate is = certify_psd(M);
    found = is.positive_semidefinite && !is.positive_definite;
    return !found;
  };
  visit_boxes(lower, upper, least_eigenvalue(problem), halved, look);
  return found;
}

}  // namespace curvature_on_boxes

namespace {

using proof::Bisection, proof::ByDefinition, proof::Derived, proof::Semidefinite;

// The curvature of a quadratic function, or of one between the kinks of a maximum, is one
// everywhere: no better λ on a set with interior points.
Fact<Rational> as_everywhere(const Problem& problem, const Fact<Rational>& everywhere) {
  const bool is_one = curvature::is_one_everywhere(problem) && has_interior(problem.domain);
  return {everywhere.value, everywhere.is_best && (is_one || !problem.domain.is_bounded()),
          proof::derived(Derived::Step::on_all_of_space, everywhere.proof)};
}

/// As many boxes as take about a tenth of a second.
int most_boxes(const Problem& problem) {
  const double n = problem.size();
  const auto d = static_cast<double>(problem.dimension());
  return static_cast<int>(std::clamp(10000 / (d * d * (n + d)), 1.0, 128.0));
}

Fact<Rational> on_W(const Problem& problem) {
  if (large::is_large(problem)) return large::strong_convexity_on_W(problem);
  if (const auto without = curvature::without_regularization(problem))
    return without->with_it(on_W(without->problem));
  if (is_flat_beside_rows(problem))
    return {Rational(0), has_interior(problem.domain),
            ByDefinition{ByDefinition::Rule::flat_beside_rows}};
  if (!curvature_on(problem)) return {std::nullopt, false, {}};
  const Domain box = problem.domain.bounding_box();
  const BoxFunction f = curvature_on_boxes::least_eigenvalue(problem);
  const BoxBound bound =
      lower_bound_on_box(box.lower(), box.upper(), f, {most_boxes(problem), 1.0 / 128});
  if (!bound.value) return {std::nullopt, false, {}};
  const Rational& t = *bound.value;
  const bool is_best =
      curvature_on_boxes::is_attained(problem, box.lower(), box.upper(), *bound.all_halved, t);
  const auto& halved = is_best ? bound.all_halved : bound.halved;
  if (halved->size() == 1)
    return {t, is_best, Semidefinite{Semidefinite::Inequality::curvature_on_W, t, is_best}};
  return {t, is_best, Bisection{Bisection::Of::curvature, t, box.lower(), box.upper(), halved}};
}

}  // namespace

std::optional<CurvatureBounds> curvature_on(const Problem& problem) {
  if (!problem.domain.is_bounded()) return std::nullopt;
  const Domain box = problem.domain.bounding_box();
  return curvature_on_boxes::within(problem, box.lower(), box.upper());
}

const FactDefinition<Rational> fact::strong_convexity_on_W{
    {"strong_convexity_on_W", "λ of F on W",
     R"(F - \tfrac{\lambda}{2}\|\cdot\|^2 \text{ is convex on } W)", "F − (λ/2)‖·‖² is convex on W",
     "What statements on runs in W ask for: at least the one on R^d."},
    [](const Facts& facts) {
      const Problem& problem = facts.on_bounding_box();
      const Fact<Rational>& everywhere = facts.strong_convexity();
      const Fact<Rational> plain = as_everywhere(facts.problem(), everywhere);
      if (!problem.domain.is_bounded() || plain.is_best) return plain;
      const Fact<Rational> better = on_bounding_box(facts, on_W(problem));
      if (!better.value || (plain.value && *plain.value > *better.value)) return plain;
      return better;
    },
    verify::strong_convexity_on_W};

}  // namespace graddiv
