#pragma once

#include <optional>
#include <vector>

#include "facts/diversity_forms.h"

// B_S on W as it stands, for the search for its infimum and for the check of that: nothing here
// searches.
namespace graddiv::batch_size {

/// B_S is bounded below on a box of points: n Σ‖∇f_i‖² / ‖Σ∇f_i‖² in intervals, at least 1. Absent
/// where it is +∞: where ‖Σ∇f_i‖ is certainly 0, or outside W.
std::optional<Rational> ratio_on(const Problem& problem, const Vector<Enclosure>& box);
/// What boxes are evaluated with: their own width is the larger error.
inline constexpr Precision precision_of_boxes{64, 256};

/// B_S at a point of W, where it is exact and finite.
std::optional<Rational> exact_ratio(const Problem& problem, const Vector<Rational>& w);
/// A few simple points of W.
std::vector<Vector<Rational>> simple_points(const Problem& problem);

/// Whether all functions are one, as they are written: B_S(w) = 1 wherever ∇f(w) ≠ 0.
bool all_functions_are_one(const FiniteSum& sum);
/// Whether f_1 certainly has a gradient at a point of W.
bool is_moving_at(const Problem& problem, const Vector<Rational>& w);
/// Whether all gradients vanish everywhere, as they are written.
bool nothing_moves(const FiniteSum& sum);
/// Whether all gradients vanish at this interior point w of W. Then every ratio zᵀNz/zᵀQz is taken
/// near w: along z + a(w, 1) neither form changes.
bool vanishes_inside(const Problem& problem, const DiversityForms& forms,
                     const Vector<Rational>& w);

/// y = (u, 1) in coordinates that make a ball or box the unit one: w = c + Ru, or w_j = middle_j +
/// half_j u_j without the coordinates in which a box has no width.
struct UnitCoordinates {
  Matrix<Rational> T;                         ///< z = (w, 1) = T y
  std::vector<Vector<Rational>> constraints;  ///< diagonals of G_k: yᵀG_k y ≥ 0
  bool lossless = false;                      ///< one constraint
  bool is_point = false;

  bool contain(const Vector<Rational>& y) const;  ///< whether T y ∈ W
};
UnitCoordinates unit_coordinates(const Domain& domain);

}  // namespace graddiv::batch_size
