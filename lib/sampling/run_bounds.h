#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "linear/matrix.h"
#include "linear/upper_bound.h"
#include "number/text.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv {

/// What is known of all runs beforehand, whatever is drawn: how far they can go, and how far
/// doubles can take them from where exact arithmetic would. With L_k the Lipschitz constant of the
/// step map, max |1 − γ_k B_k t| over the curvatures t of all f_i (a projection onto a convex set
/// adds none), x a point of W, G = max ‖∇f_i(x)‖:
///   ‖w_{k+1} − x‖ ≤ L_k ‖w_k − x‖ + γ_k B_k G,  or  ‖w_k − x‖ + γ_k B_k sup ‖∇f_i‖,
/// and from the first step on never more than the farthest point of W. Where ŵ_k are the doubles
/// and ρ_k bounds the rounding of one step,
///   ‖ŵ_{k+1} − w_{k+1}‖ ≤ L_k ‖ŵ_k − w_k‖ + ρ_k.
/// With dropout every gradient may be 1/p times as large; in one dimension L_k is then
/// max |1 − γ_k B_k t c| over the weights c in [0, 1/p].
struct RunBounds {
  Vector<Rational> reference;             ///< x
  UpperBound gradient_at_reference;       ///< G
  UpperBound mean_gradient_at_reference;  ///< ‖∇F(x)‖
  UpperBound smoothness;                  ///< all f_i are smooth with it
  bool is_convex = false;                 ///< all f_i are
  // Entry k = 0, …, K:
  std::vector<UpperBound> distance;  ///< ‖w_k − x‖, also of the doubles
  std::vector<UpperBound> gradient;  ///< ‖∇f_i(w_k)‖ for all i, also of the doubles
  std::vector<UpperBound> rounding;  ///< ‖ŵ_k − w_k‖
  /// E‖w_k − x‖⁴ (sampling/moment_bounds.h), where draws lead apart what in the mean contracts.
  std::vector<UpperBound> fourth_moment;
};

/// The reason where there are none: something is not bounded, or its rounding is not.
struct NoRunBounds {
  Text reason;
};

/// Near `guess`, or the start where there is none. For the whole run, K ≥ 0.
std::variant<RunBounds, NoRunBounds> run_bounds(const Problem& problem, const Run& run,
                                                const std::optional<Vector<Enclosure>>& guess);

}  // namespace graddiv
