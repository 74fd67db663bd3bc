#pragma once

#include <optional>
#include <vector>

#include "facts/facts.h"

namespace graddiv {

/// w* and F*, each certified or unknown.
struct Minimum {
  Fact<Vector<Enclosure>> minimizer;
  Fact<Enclosure> optimum;
};

/// The minimum of F over W. Every answer rests on an exact check; `smoothness` and
/// `strong_convexity` are certified constants of F, the latter on W at least.
Minimum minimize(const Problem& problem, const Fact<Rational>& smoothness,
                 const Fact<Rational>& strong_convexity);

/// Minima of a quadratic function q(w) = ½ wᵀAw + bᵀw + c over a domain, exact wherever w* is
/// rational (facts/quadratic_minimum.cpp).
Minimum minimize_quadratic(const QuadraticFunction& q, const Domain& domain);

/// A point of W at which every f_i is as small as it can be anywhere (interpolation): then it
/// minimises F, convex or not (facts/interpolation.cpp).
std::optional<Vector<Rational>> interpolating_point(const Problem& problem);

/// A minimiser over W of a sum of maxima of affine functions with diagonal quadratics where all
/// pieces of every maximum are largest and equal weights balance them. It is found at any size
/// (facts/max_affine_minimum.cpp).
std::optional<proof::Subgradients> balanced_max_affine_minimizer(const Problem& problem);

/// A minimiser of a sum of maxima of affine functions, with diagonal quadratics or without, and of
/// quadratic functions beside them where the sum is convex; at a kink or not, over R^d or a box;
/// for other W, one over R^d that lies in W (facts/max_affine_minimum.cpp).
std::optional<proof::Subgradients> max_affine_minimizer(const Problem& problem);

/// The minimum over a ball of a sum of maxima of affine functions with diagonal quadratics where it
/// is on the sphere, by weights of the pieces (facts/max_affine_on_ball.cpp).
std::optional<Minimum> max_affine_minimum_on_ball(const Problem& problem);

/// A minimiser w* of F over W, enclosed from a point near it.
struct MinimizerEnclosure {
  Vector<Enclosure> minimizer;
  /// The point is the projection of `nearness.w` to W. But for the rule of the sphere, F(w*) ≥
  /// F(point) + ⟨∇F(point), w* − point⟩ + (λ/2)‖w* − point‖² with λ = `nearness.lambda` > 0.
  proof::Nearness nearness;
};
/// Of convex F near a point w that is all but a minimiser: on a sphere that F decreases towards, or
/// where F is β-smooth and strongly convex, be it everywhere (λ > 0), about w, or about w in the
/// directions in which it changes at all (facts/minimizer_enclosure.cpp).
std::optional<MinimizerEnclosure> enclose_minimizer(const Problem& problem,
                                                    const Vector<Rational>& w,
                                                    const std::optional<Rational>& beta,
                                                    const std::optional<Rational>& lambda);

/// Parts of the above that several need.
Minimum unknown_minimum(const Proof& why);
Minimum exact_minimum(const Vector<Rational>& w, const Enclosure& value, const Proof& proof);
/// A direction along which q falls below every number, where there is one.
std::optional<proof::UnboundedBelow> unbounded_below(const QuadraticFunction& q);
/// The simplest number within tolerance · (1 + |guess|) of a guess. Throws NotFinite.
Rational simplest_near(double guess, double tolerance);

}  // namespace graddiv
