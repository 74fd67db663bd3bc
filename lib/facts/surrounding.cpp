#include <cmath>

#include "facts/minimizer.h"
#include "linear/eigenvalue.h"
#include "linear/solve.h"
#include "number/exact.h"

// How far a minimiser of a convex F over W is from a point w ∈ W at most.
namespace graddiv {
namespace {

constexpr Eigen::Index most_coordinates = 64;

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

// Functions of Xw with dependent columns of X change along the rows only. With a basis N of {v : Xv = 0} and a point w among the
// combinations of rows, F(v) + ½‖Nᵀv‖² has the gradient of F at w, and its minimiser is the one of F with the least norm.
struct Directions {
  Vector<Rational> w;
  Matrix<Rational> added_curvature;  // NNᵀ
};
Directions directions_of_change(const Problem& problem, const Vector<Rational>& w) {
  const Eigen::Index d = w.size();
  Directions all{w, Matrix<Rational>::Zero(d, d)};
  const Matrix<Rational>* X = problem.sum->rows();
  if (X == nullptr || problem.domain.is_bounded()) return all;
  const Matrix<Rational> N = null_space(*X);
  if (N.cols() == 0) return all;
  const Vector<Rational> along_rows = *least_norm_solve<Rational>(*X, X->lazyProduct(w));
  return {along_rows, N.lazyProduct(N.transpose())};
}

}  // namespace

// Let B be a ball about w of radius r on which F is λ-strongly convex, and w̃ the minimiser over W ∩ B. The bound holds for w̃: it asks for
// the constants on W ∩ B only, whose projection of w − s∇F(w) is that of W as long as this lies in B, and it does where the bound is at
// most r. Where the bound is even less than r, w̃ lies inside B, and F, being convex, is least over all of W there.
std::optional<Surrounding> surrounding(const Problem& problem, const Vector<Rational>& w,
                                       const std::optional<Rational>& beta,
                                       const std::optional<Rational>& lambda) {
  if (!beta || *beta <= 0) return std::nullopt;
  if (lambda && *lambda > 0) {
    const Vector<Enclosure> point = problem.domain.project(enclose(w));
    const Enclosure distance = distance_bound(problem, point, *beta, *lambda);
    if (!distance.is_bounded()) return std::nullopt;
    return Surrounding{point, upper_end(distance), *lambda,
                       "distance to w* bounded by strong convexity"};
  }
  if (w.size() > most_coordinates) return std::nullopt;
  const Directions directions = directions_of_change(problem, w);
  const Vector<Enclosure> point = problem.domain.project(enclose(directions.w));
  for (const int exponent : {-48, -12}) {
    const Rational r = rational_from(std::ldexp(1.0, exponent));
    const Vector<Enclosure> box = point.unaryExpr(
        [&](const Enclosure& x) { return Enclosure(x + enclose(Rational(-r), r)); });
    const auto curvature = objective_curvature_within(problem, box).lower;
    if (!curvature) return std::nullopt;
    const Rational near = smallest_eigenvalue_bound(*curvature + directions.added_curvature).value;
    if (near <= 0) continue;
    const Enclosure distance = distance_bound(problem, point, *beta, near);
    if ((distance < enclose(r)).truth() == Truth::yes)
      return Surrounding{point, upper_end(distance), near,
                         "distance to w* bounded by strong convexity about a point"};
  }
  return std::nullopt;
}

}  // namespace graddiv
