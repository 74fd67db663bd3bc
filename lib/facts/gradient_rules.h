#pragma once

#include <optional>
#include <utility>

#include "facts/facts.h"

// How long gradients can be on W, as far as it can be read off or evaluated: for the search for
// bounds and for their check. Nothing here searches.
namespace graddiv::gradient_bound {

/// An upper bound, whether it is the supremum, and what shows it.
struct Bound {
  Rational value;
  bool is_best = false;
  Proof proof;
};

/// wᵀPw + 2qᵀw + r, convex: what ‖Aw + b‖², or a mean of such, is.
struct ConvexForm {
  Matrix<Rational> P;
  Vector<Rational> q;
  Rational r;

  Rational at(const Vector<Rational>& w) const;
};
ConvexForm squared_gradient(const QuadraticFunction& f);
/// M², for quadratic functions.
ConvexForm mean_squared_gradient(const Problem& problem);
/// ‖∇f_i‖², or M² for i = −1; absent where the functions are not quadratic.
std::optional<ConvexForm> convex_form(const Problem& problem, int i);
/// A convex function is largest on a box at one of its vertices; absent beyond 10 dimensions.
std::optional<Bound> on_vertices(const ConvexForm& form, const Vector<Rational>& lower,
                                 const Vector<Rational>& upper);
/// An interval is a box in one dimension, however it is given.
std::optional<std::pair<Vector<Rational>, Vector<Rational>>> as_box(const Domain& domain);

Enclosure squared_norm(const Vector<Enclosure>& v);
Enclosure mean_squared_norm(const Problem& problem, const Vector<Enclosure>& w);  ///< M²(w)
/// The smallest box around W, or all of R^d: losses with bounded slopes have bounded enclosures
/// there too.
Vector<Enclosure> region(const Problem& problem);
/// ‖∇f_i(w)‖ ≤ ‖∇f_i(c)‖ + β‖w − c‖ on a ball about c.
std::optional<Bound> by_smoothness(const Problem& problem, int i);
/// A gradient of max_l (⟨a_l, w⟩ + offset_l) is one of the a_l, and the longest is the best bound
/// where it is taken in W.
std::optional<Bound> of_pieces(const Problem& problem, int i);

/// The range of xᵀw over W: exact on boxes; on a ball xᵀc ± R‖x‖, of which `lower` and `upper` are
/// rounded outward where ‖x‖ is irrational. Absent for R^d.
struct Range {
  Enclosure first;
  Enclosure last;
  Rational lower, upper;
};
std::optional<Range> range_of(const Vector<Rational>& x, const Domain& domain);
/// ‖∇f_i‖² where x_iᵀw = t, for f_i(w) = ℓ_i(x_iᵀw): it depends on t alone.
Enclosure squared_slope(const Problem& problem, int i, const Enclosure& t);
/// The larger of its values at both ends of a range.
Enclosure squared_slope_at_ends(const Problem& problem, int i, const Range& range);
/// What is known of it by a rule: for x_i = 0, constant or bounded ℓ_i', monotone ℓ_i'.
std::optional<Bound> by_rule_along_row(const Problem& problem, int i);

}  // namespace graddiv::gradient_bound
