#pragma once

#include <optional>
#include <vector>

#include "facts/minimizer.h"

// A minimiser of convex F that is rational: made of a guess, and kept where an exact check shows
// it. `free` are the coordinates that the box is guessed not to hold.
namespace graddiv {

/// A candidate from the guess: coordinates that the box holds are put on their bound.
Vector<Rational> on_bounds(const Problem& problem, Vector<Rational> w,
                           const std::vector<Eigen::Index>& free);

/// Simple numbers near the guess.
std::optional<Vector<Rational>> simple_optimum(const Problem& problem, const Vector<double>& guess,
                                               const std::vector<Eigen::Index>& free);
/// One exact Newton step over the free coordinates. Where F is quadratic near its minimiser (as
/// sums of Huber losses are), difference quotients of ∇F are its Hessian exactly, and the step ends
/// at a minimiser exactly.
std::optional<Vector<Rational>> newton_optimum(const Problem& problem, const Vector<double>& guess,
                                               const std::vector<Eigen::Index>& free);
/// In one dimension the sign of F' brackets w*: F'(a) ≤ 0 ≤ F'(b).
std::optional<proof::Bracket> bracket(const Problem& problem, double guess);

}  // namespace graddiv
