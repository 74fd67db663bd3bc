#pragma once

#include "facts/facts.h"

namespace graddiv {

/// w* and F*, each certified or unknown.
struct Minimum {
  Fact<Vector<Enclosure>> minimizer;
  Fact<Enclosure> optimum;
};

/// The minimum of F over W. Every answer rests on an exact check; `smoothness` and
/// `strong_convexity` are certified constants of F.
Minimum minimize(const Problem& problem, const Fact<Rational>& smoothness,
                 const Fact<Rational>& strong_convexity);

/// Minima of a quadratic function q(w) = ½ wᵀAw + bᵀw + c over a domain, exact wherever w* is
/// rational (facts/quadratic_minimum.cpp).
Minimum minimize_quadratic(const QuadraticFunction& q, const Domain& domain);

/// A point of W at which every f_i is as small as it can be anywhere (interpolation): then it
/// minimises F, convex or not (facts/interpolation.cpp).
std::optional<Vector<Rational>> interpolating_point(const Problem& problem);

/// A minimiser of a sum of maxima of affine functions, with diagonal quadratics or without, at a kink or not, over R^d or a box; for
/// other W, one over R^d that lies in W (facts/max_affine_minimum.cpp).
std::optional<Vector<Rational>> max_affine_minimizer(const Problem& problem);

/// A point of W with a certified distance from a minimiser of F over W.
struct Surrounding {
  Vector<Enclosure> center;
  Rational distance;  ///< at least ‖center − w*‖
  Rational lambda;    ///< F is λ-strongly convex, λ > 0, on a convex set that holds both
  std::string method;
};
/// Of convex F near a point w that is all but a minimiser, where F is β-smooth and strongly convex, be it everywhere (λ > 0), about w,
/// or in the directions in which it changes at all (facts/surrounding.cpp).
std::optional<Surrounding> surrounding(const Problem& problem, const Vector<Rational>& w,
                                       const std::optional<Rational>& beta,
                                       const std::optional<Rational>& lambda);

/// Parts of the above that several need.
Minimum unknown_minimum(const std::string& why);
Minimum exact_minimum(const Vector<Rational>& w, const Enclosure& value, const std::string& method);
/// The simplest number within tolerance · (1 + |guess|) of a guess. Throws NotFinite.
Rational simplest_near(double guess, double tolerance);
/// The nearest multiple of a power of two that keeps `bits` bits: bounds the size of numbers in
/// exact iterations.
Rational round_to_bits(const Rational& x, int bits);

}  // namespace graddiv
