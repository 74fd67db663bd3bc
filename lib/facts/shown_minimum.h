#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "facts/minimizer.h"

// What proofs of a minimum stand for (facts/verify.h), for the search and for its check alike.
namespace graddiv {

/// F* where F'(lower) ≤ 0 ≤ F'(upper), and the two ends of a bounded W ⊂ R.
Enclosure optimum_between(const Problem& problem, const Rational& lower, const Rational& upper);
std::pair<Rational, Rational> ends_of_interval(const Domain& W);
/// Below F*, by a rule and a point of W; λ as in Nearness. Absent where the rule does not tell.
std::optional<Rational> lower_bound_of_optimum(const Problem& problem,
                                               const Vector<Enclosure>& point,
                                               proof::DualityGap::Rule rule,
                                               const std::optional<Rational>& lambda);
/// The minimum on the sphere of a ball whose multiplier lies in the bracket; absent where it need
/// not.
std::optional<Minimum> minimum_on_sphere(const QuadraticFunction& q, const Domain& ball,
                                         const proof::Bracket& multiplier);
/// A matrix below ∇²F in the ball of that radius about Π_W(w): one for the search of its smallest
/// eigenvalue and for every check of it.
std::optional<Matrix<Rational>> least_curvature_about(const Problem& problem,
                                                      const Vector<Rational>& w,
                                                      const Rational& radius);
/// w*, enclosed as the proof says, for F as convex as that asks for; absent where it does not
/// follow.
std::optional<Vector<Enclosure>> enclosure_by(const Problem& problem, const proof::Nearness& near);
/// Σ of the functions that are no maxima, beside at least one that is: where all of them are
/// quadratic, and F is convex.
std::optional<QuadraticFunction> beside_maxima(const Problem& problem);
/// The functions that are maxima; behind them the sides of a box, where they are asked for. None
/// where beside_maxima() is absent.
std::vector<MaxAffineFunction> max_affine_functions(const Problem& problem, bool with_sides);
/// Whether every f_i is at w as small as it can be anywhere.
bool interpolates(const Problem& problem, const Vector<Rational>& w);

}  // namespace graddiv
