#pragma once

#include <optional>

#include "facts/branch_and_bound.h"
#include "problem/problem.h"

// λ of generalized linear functions on a ball or a box: ∇²F(w) is at least the mean of the least
// ℓ_i'' that the range of x_iᵀw leaves, times x_i x_iᵀ. The margins need not be confined to one
// region of the losses on all of W: it is cut into boxes, at the jumps of ℓ_i'' where those are
// across a side, and F is λ-strongly convex on W where it is so on every box, as ∇F is continuous.
namespace graddiv {

/// A ⪯ ∇²F(w) ⪯ B for w ∈ W. Absent where F is of another kind, or W is unbounded.
std::optional<CurvatureBounds> curvature_on(const Problem& problem);

namespace curvature_on_boxes {

/// The same for lower ≤ w ≤ upper besides; absent too where that leaves nothing of W.
std::optional<CurvatureBounds> within(const Problem& problem, const Vector<Rational>& lower,
                                      const Vector<Rational>& upper);
/// λ_min(A) to be bounded over W; its boxes are those that proofs speak of.
BoxFunction least_eigenvalue(const Problem& problem);
/// Whether F has the curvature t, and no more, in some direction on all of one of the boxes that
/// hold interior points of W: no λ above t exists.
bool is_attained(const Problem& problem, const Vector<Rational>& lower,
                 const Vector<Rational>& upper, const std::vector<bool>& halved, const Rational& t);

}  // namespace curvature_on_boxes

/// Whether W holds a ball.
bool has_interior(const Domain& W);
/// Whether F is convex and constant along a direction, to which every x_i is orthogonal.
bool is_flat_beside_rows(const Problem& problem);

}  // namespace graddiv
