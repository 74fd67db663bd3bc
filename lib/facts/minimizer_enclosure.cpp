#include <cmath>

#include "facts/large.h"
#include "facts/minimizer.h"
#include "facts/semidefinite.h"
#include "facts/shown_minimum.h"
#include "facts/verify.h"
#include "linear/eigenvalue.h"
#include "linear/ldlt.h"
#include "linear/solve.h"
#include "number/exact.h"

// How far a minimiser of a convex F over W is from a point w ∈ W at most.
namespace graddiv {
namespace {

using proof::Nearness;

constexpr Eigen::Index most_coordinates_enclosed = 256;

// ‖w − w*‖ ≤ ((1 + sβ)/(sλ)) ‖w − Π_W(w − s∇F(w))‖ for F β-smooth and λ-strongly convex, s > 0
// (Pang); here s = 1/β. On R^d the better ‖w − w*‖ ≤ ‖∇F(w)‖/λ.
Enclosure distance_bound(const Problem& problem, const Vector<Enclosure>& w, const Rational& beta,
                         const Rational& lambda) {
  const Vector<Enclosure> g = full_gradient(problem, w);
  if (!problem.domain.is_bounded()) return sqrt(g.squaredNorm()) / enclose(lambda);
  const Vector<Enclosure> residual =
      w - problem.domain.project(Vector<Enclosure>(w - g / enclose(beta)));
  return 2 * enclose(beta) / enclose(lambda) * sqrt(residual.squaredNorm());
}

// Functions of Xw with dependent columns of X change along the rows only. With a basis N of {v : Xv
// = 0} and a point w among the combinations of rows, F(v) + ½‖Nᵀv‖² has the gradient of F at w, and
// its minimiser is the one of F with the least norm.
struct Directions {
  Vector<Rational> w;
  Matrix<Rational> added_curvature;  // NNᵀ
  bool along_rows = false;
};
std::optional<Directions> directions_of_change(const Problem& problem, const Vector<Rational>& w) {
  const Eigen::Index d = w.size();
  const Directions all{w, Matrix<Rational>::Zero(d, d)};
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr || problem.domain.is_bounded() || large::is_large(problem)) return all;
  // Independent rows leave every loss to itself: a minimiser would be one of every loss, and those
  // are found by interpolation.
  if (X->rows() < d && rank_at_least(*X) == X->rows()) return std::nullopt;
  const Matrix<Rational> N = null_space(*X);
  if (N.cols() == 0) return all;
  return Directions{*least_norm_solve<Rational>(*X, X->lazyProduct(w)),
                    N.lazyProduct(N.transpose()), true};
}

// What r is a part of: the size of w.
Rational scale_of(const Vector<Rational>& w) {
  const Rational largest = w.cwiseAbs().maxCoeff();
  return largest == 0 ? Rational(1) : round_to_bits(largest, 2);
}

// w* ∈ W lies in Π_W(w) ± distance.
MinimizerEnclosure within(const Domain& W, const Vector<Enclosure>& center, const Enclosure& bound,
                          Nearness nearness) {
  nearness.distance = upper_end(bound);
  const Enclosure margin = enclose(Rational(-nearness.distance), nearness.distance);
  Vector<Enclosure> w = center.unaryExpr([&](const Enclosure& x) { return Enclosure(x + margin); });
  if (const auto ranges = W.coordinate_ranges())
    w = w.binaryExpr(*ranges, [](const Enclosure& x, const Enclosure& range) {
           return Enclosure::intersection(x, range);
         }).eval();
  return {w, std::move(nearness)};
}

// On a ball W = {‖v − c‖ ≤ R}, for any ν > 0, G(v) = F(v) + (ν/2)‖v − c‖² is ν-strongly convex, and
// F(w*) ≤ F(w) gives
//   G(w) + ⟨∇G(w), w* − w⟩ + (ν/2)‖w* − w‖² ≤ G(w*) ≤ G(w) + (ν/2)(R² − ‖w − c‖²).
// So with e = ‖∇G(w)‖/ν and s = R² − ‖w − c‖² ≥ 0 the distance is at most e + √(e² + s), which is
// small for w near the minimiser on the sphere and ν near its multiplier, where ∇F(w) = −ν(w − c).
Enclosure distance_on_sphere(const Problem& problem, const Vector<Enclosure>& w,
                             const Rational& multiplier) {
  const Domain& W = problem.domain;
  const Enclosure nu = enclose(multiplier);
  const Vector<Enclosure> offset = w - enclose(W.center());
  const Vector<Enclosure> slope = full_gradient(problem, w) + offset * nu;
  const Enclosure e2 = slope.squaredNorm() / square(nu);
  const Enclosure s = max(enclose(Rational(W.radius() * W.radius())) - offset.squaredNorm(), 0);
  return sqrt(e2) + sqrt(e2 + s);
}

std::optional<MinimizerEnclosure> on_the_sphere(const Problem& problem, const Vector<Rational>& w) {
  const Domain& W = problem.domain;
  if (W.kind() != Domain::Kind::ball || W.radius() == 0) return std::nullopt;
  const Vector<Enclosure> center = W.project(enclose(w));
  const Vector<Enclosure> offset = center - enclose(W.center());
  const Enclosure R2 = enclose(Rational(W.radius() * W.radius()));
  const Enclosure multiplier = -full_gradient(problem, center).dot(offset) / R2;
  if (!multiplier.is_bounded() || (multiplier > 0).truth() != Truth::yes) return std::nullopt;
  const Rational shift = round_to_bits(lower_end(multiplier), 128);
  const Enclosure distance = distance_on_sphere(problem, center, shift);
  if ((distance < enclose(Rational(W.radius() / 1024))).truth() != Truth::yes) return std::nullopt;
  return within(W, center, distance,
                {Nearness::Rule::sphere_multiplier, proof::point(w), 0, 0, shift});
}

/// F + ½ vᵀAv is λ-strongly convex where ‖v − Π_W(w)‖ ≤ r, A the added curvature.
std::optional<Rational> strong_convexity_about(const Problem& problem, const Directions& directions,
                                               const Rational& r) {
  const Vector<Rational>& w = directions.w;
  if (large::is_large(problem))
    return large::strong_convexity_about(problem, problem.domain.project(enclose(w)), r);
  const auto curvature = least_curvature_about(problem, w, r);
  if (!curvature) return std::nullopt;
  return smallest_eigenvalue_bound(*curvature + directions.added_curvature).value;
}

std::optional<MinimizerEnclosure> by_strong_convexity(const Problem& problem,
                                                      const Vector<Rational>& w,
                                                      const Rational& beta,
                                                      const Rational& lambda) {
  const Vector<Enclosure> center = problem.domain.project(enclose(w));
  const Enclosure distance = distance_bound(problem, center, beta, lambda);
  if (!distance.is_bounded()) return std::nullopt;
  return within(problem.domain, center, distance,
                {Nearness::Rule::strong_convexity, proof::point(w), 0, beta, lambda});
}

// Let B be a ball about w of radius r on which F is λ-strongly convex, and w̃ the minimiser over W
// ∩ B. The bound holds for w̃: it asks for the constants on W ∩ B only, whose projection of w −
// s∇F(w) is that of W as long as this lies in B, and it does where the bound is at most r. Where
// the bound is even less than r, w̃ lies inside B, and F, being convex, is least over all of W
// there.
std::optional<MinimizerEnclosure> by_strong_convexity_about(const Problem& problem,
                                                            const Vector<Rational>& w,
                                                            const Rational& beta) {
  if (w.size() > most_coordinates_enclosed) return std::nullopt;
  const auto directions = directions_of_change(problem, w);
  if (!directions) return std::nullopt;
  const Domain& W = problem.domain;
  const Vector<Enclosure> center = W.project(enclose(directions->w));
  // A small ball, in which curvature hardly changes, and one for points that are less near.
  for (const int exponent : {-48, -12}) {
    const Rational r = scale_of(directions->w) * rational_from(std::ldexp(1.0, exponent));
    const auto near = strong_convexity_about(problem, *directions, r);
    if (!near) return std::nullopt;
    if (*near <= 0) continue;
    const Enclosure distance = distance_bound(problem, center, beta, *near);
    if ((distance < enclose(r)).truth() == Truth::yes)
      return within(W, center, distance,
                    {Nearness::Rule::strong_convexity_about_point, proof::point(directions->w), 0,
                     beta, *near, r, directions->along_rows});
  }
  return std::nullopt;
}

bool is_smooth(const Problem& problem, const Rational& beta) {
  if (large::is_large(problem)) return large::is_smooth(problem, beta);
  const CurvatureBounds bounds = objective_curvature(problem);
  const Eigen::Index d = problem.dimension();
  const Matrix<Rational> B = beta * Matrix<Rational>::Identity(d, d);
  return bounds.lower && bounds.upper &&
         certify_psd(B - bounds.upper->dense()).positive_semidefinite &&
         certify_psd(B + bounds.lower->dense()).positive_semidefinite;
}

// F, or F along the rows, is λ-strongly convex on the ball about w.
bool is_curved_about(const Problem& problem, const Nearness& near,
                     const Vector<Enclosure>& center) {
  if (large::is_large(problem))
    return !near.along_rows &&
           large::strong_convexity_about(problem, center, near.radius) >= near.lambda;
  const auto M = matrix_of(problem, near);
  return M && verify::definiteness(*M, near.factors).semidefinite;
}

}  // namespace

std::optional<Matrix<Rational>> least_curvature_about(const Problem& problem,
                                                      const Vector<Rational>& w,
                                                      const Rational& radius) {
  const PrecisionScope scope(Precision{256, Precision::unlimited});
  const Enclosure side = enclose(Rational(-radius), radius);
  const Vector<Enclosure> box =
      problem.domain.project(enclose(w)).unaryExpr([&](const Enclosure& x) {
        return Enclosure(x + side);
      });
  const auto least = least_curvature_within(problem, box);
  if (!least) return std::nullopt;
  return least->dense();
}

std::optional<Vector<Enclosure>> enclosure_by(const Problem& problem, const Nearness& near) {
  const Domain& W = problem.domain;
  const Vector<Enclosure> center = W.project(enclose(*near.w));
  Enclosure distance;
  if (near.rule == Nearness::Rule::sphere_multiplier) {
    if (W.kind() != Domain::Kind::ball || near.lambda <= 0) return std::nullopt;
    distance = distance_on_sphere(problem, center, near.lambda);
  } else {
    const bool about_point = near.rule == Nearness::Rule::strong_convexity_about_point;
    if (near.beta <= 0 || near.lambda <= 0 || !is_smooth(problem, near.beta) ||
        (about_point && !is_curved_about(problem, near, center)))
      return std::nullopt;
    distance = distance_bound(problem, center, near.beta, near.lambda);
    if (about_point && (distance < enclose(near.radius)).truth() != Truth::yes) return std::nullopt;
  }
  if ((distance <= enclose(near.distance)).truth() != Truth::yes) return std::nullopt;
  return within(W, center, enclose(near.distance), near).minimizer;
}

std::optional<MinimizerEnclosure> enclose_minimizer(const Problem& problem,
                                                    const Vector<Rational>& w,
                                                    const std::optional<Rational>& beta,
                                                    const std::optional<Rational>& lambda) {
  std::optional<MinimizerEnclosure> nearest = on_the_sphere(problem, w);
  const auto improve = [&](std::optional<MinimizerEnclosure> other) {
    if (!nearest || (other && other->nearness.distance < nearest->nearness.distance))
      nearest = std::move(other);
  };
  if (!beta || *beta <= 0) return nearest;
  const bool is_strongly_convex = lambda && *lambda > 0;
  if (is_strongly_convex) improve(by_strong_convexity(problem, w, *beta, *lambda));
  // On all of W the curvature of many functions may be much less.
  const bool is_near =
      nearest && nearest->nearness.distance < scale_of(w) * rational_from(std::ldexp(1.0, -30));
  if (!is_strongly_convex || (large::is_large(problem) && !is_near))
    improve(by_strong_convexity_about(problem, w, *beta));
  return nearest;
}

}  // namespace graddiv
