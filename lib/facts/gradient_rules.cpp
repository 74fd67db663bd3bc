#include "facts/gradient_rules.h"

#include <algorithm>

#include "facts/curvature.h"
#include "facts/diversity_forms.h"
#include "linear/ldlt.h"
#include "number/exact.h"

namespace graddiv::gradient_bound {

using proof::ByDefinition;

Rational ConvexForm::at(const Vector<Rational>& w) const {
  return quadratic_form(P, w) + 2 * q.dot(w) + r;
}

ConvexForm squared_gradient(const QuadraticFunction& f) {
  const Matrix<Rational> A = f.A.dense();
  return {A.lazyProduct(A), f.A * f.b, f.b.squaredNorm()};
}

// M²(w) = zᵀNz/n² with z = (w, 1).
ConvexForm mean_squared_gradient(const Problem& problem) {
  const Rational n = problem.size();
  const Matrix<Rational> N = diversity_forms(problem)->N / (n * n);
  const Eigen::Index d = problem.dimension();
  return {N.topLeftCorner(d, d), N.topRightCorner(d, 1), N(d, d)};
}

std::optional<ConvexForm> convex_form(const Problem& problem, int i) {
  if (i < 0) {
    if (!problem.sum->facts().is_quadratic()) return std::nullopt;
    return mean_squared_gradient(problem);
  }
  const auto& q = problem.sum->facts(i).quadratic;
  if (!q) return std::nullopt;
  return squared_gradient(*q);
}

std::optional<Bound> on_vertices(const ConvexForm& form, const Vector<Rational>& lower,
                                 const Vector<Rational>& upper) {
  const Eigen::Index d = lower.size();
  if (d > 10) return std::nullopt;
  Rational largest = form.at(lower);
  for (unsigned vertex = 1; vertex < (1U << d); ++vertex) {
    Vector<Rational> w = lower;
    for (Eigen::Index j = 0; j < d; ++j) {
      if ((vertex >> j) & 1U) w(j) = upper(j);
    }
    largest = std::max(largest, form.at(w));
  }
  return Bound{largest, true, ByDefinition{ByDefinition::Rule::vertex_of_box}};
}

std::optional<std::pair<Vector<Rational>, Vector<Rational>>> as_box(const Domain& domain) {
  if (domain.kind() == Domain::Kind::box) return std::make_pair(domain.lower(), domain.upper());
  if (domain.kind() == Domain::Kind::ball &&
      (domain.center().size() == 1 || domain.radius() == 0)) {
    const Vector<Rational> radius =
        Vector<Rational>::Constant(domain.center().size(), domain.radius());
    return std::make_pair(Vector<Rational>(domain.center() - radius),
                          Vector<Rational>(domain.center() + radius));
  }
  return std::nullopt;
}

Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

Enclosure mean_squared_norm(const Problem& problem, const Vector<Enclosure>& w) {
  Enclosure sum;
  for (int i = 0; i < problem.size(); ++i) sum += squared_norm(problem.sum->gradient(i, w));
  return sum / problem.size();
}

Vector<Enclosure> region(const Problem& problem) {
  if (const auto box = problem.domain.coordinate_ranges()) return *box;
  return Vector<Enclosure>::Constant(problem.dimension(), Enclosure::anything());
}

std::optional<Bound> by_smoothness(const Problem& problem, int i) {
  if (problem.domain.kind() != Domain::Kind::ball) return std::nullopt;
  const CurvatureBounds& bounds = problem.sum->facts(i).curvature;
  if (!bounds.lower || !bounds.upper) return std::nullopt;
  const Rational beta =
      curvature::largest_eigenvalue_of_all({*bounds.upper, *bounds.lower * Rational(-1)}).value;
  const Enclosure at_center =
      sqrt(squared_norm(problem.sum->gradient(i, enclose(problem.domain.center()))));
  if (!at_center.is_bounded()) return std::nullopt;
  const Enclosure norm = at_center + enclose(Rational(beta * problem.domain.radius()));
  return Bound{upper_end(square(norm)), false,
               ByDefinition{ByDefinition::Rule::smoothness_about_center}};
}

std::optional<Range> range_of(const Vector<Rational>& x, const Domain& domain) {
  if (domain.kind() == Domain::Kind::all) return std::nullopt;
  if (domain.kind() == Domain::Kind::box) {
    Rational lower = 0;
    Rational upper = 0;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      const Rational a = x(j) * domain.lower()(j);
      const Rational b = x(j) * domain.upper()(j);
      lower += std::min(a, b);
      upper += std::max(a, b);
    }
    return Range{enclose(lower), enclose(upper), lower, upper};
  }
  const Enclosure half = enclose(domain.radius()) * sqrt(enclose(Rational(x.squaredNorm())));
  const Enclosure middle = enclose(Rational(x.dot(domain.center())));
  const Enclosure first = middle - half;
  const Enclosure last = middle + half;
  return Range{first, last, lower_end(first), upper_end(last)};
}

// t x_i/‖x_i‖² is a point w with x_iᵀw = t.
Enclosure squared_slope(const Problem& problem, int i, const Enclosure& t) {
  const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
  const Vector<Rational> unit = x / Rational(x.squaredNorm());
  const Vector<Enclosure> w = enclose(unit) * t;
  return squared_norm(problem.sum->gradient(i, w));
}

Enclosure squared_slope_at_ends(const Problem& problem, int i, const Range& range) {
  return max(squared_slope(problem, i, range.first), squared_slope(problem, i, range.last));
}

std::optional<Bound> by_rule_along_row(const Problem& problem, int i) {
  const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
  if (x.isZero()) return Bound{0, true, ByDefinition{ByDefinition::Rule::zero_gradient}};
  const FunctionFacts& f = problem.sum->facts(i);
  if (f.quadratic && f.quadratic->A.is_zero())
    return Bound{*f.squared_gradient_bound, true,
                 ByDefinition{ByDefinition::Rule::constant_gradient}};
  const std::optional<Range> range = range_of(x, problem.domain);
  if (!range) {
    if (!f.squared_gradient_bound) return std::nullopt;
    return Bound{*f.squared_gradient_bound, true,
                 ByDefinition{ByDefinition::Rule::bounded_loss_slope}};
  }
  // ℓ_i'' ≥ m for the bound m x_i x_iᵀ: where m ≥ 0, ℓ_i' is monotone.
  if (!f.curvature.lower || f.curvature.lower->trace() < 0) return std::nullopt;
  const Enclosure at_ends = squared_slope_at_ends(problem, i, *range);
  return Bound{upper_end(at_ends), at_ends.is_exact(),
               ByDefinition{ByDefinition::Rule::ends_of_range}};
}

namespace {

/// A few rational points of W.
std::vector<Vector<Rational>> simple_points(const Domain& W, const Vector<Rational>& direction) {
  const Eigen::Index d = direction.size();
  const Vector<Rational> zero = Vector<Rational>::Zero(d);
  if (W.kind() == Domain::Kind::all) return {zero, direction, -direction};
  if (W.kind() == Domain::Kind::ball) {
    const Rational size = direction.cwiseAbs().sum();  // at least the norm
    if (size == 0) return {W.center()};
    return {W.center(), W.center() + direction * Rational(W.radius() / size)};
  }
  const Domain box = W.bounding_box();
  Vector<Rational> corner = box.lower();
  for (Eigen::Index j = 0; j < d; ++j) {
    if (direction(j) > 0) corner(j) = box.upper()(j);
  }
  if (W.kind() == Domain::Kind::product) return {};
  return {(box.lower() + box.upper()) / Rational(2), corner};
}

}  // namespace

std::optional<Bound> of_pieces(const Problem& problem, int i) {
  const auto& f = problem.sum->facts(i).max_affine;
  if (!f || !f->curvature.isZero()) return std::nullopt;
  const auto squared = [](const AffinePiece& piece) { return Rational(piece.a.squaredNorm()); };
  const AffinePiece& steepest = *std::ranges::max_element(f->pieces, {}, squared);
  Bound bound{squared(steepest), false, ByDefinition{ByDefinition::Rule::steepest_piece}};
  for (const Vector<Rational>& w : simple_points(problem.domain, steepest.a)) {
    const Enclosure taken = squared_norm(problem.sum->gradient(i, enclose(w)));
    bound.is_best = bound.is_best || (taken == enclose(bound.value)).truth() == Truth::yes;
  }
  return bound;
}

}  // namespace graddiv::gradient_bound
