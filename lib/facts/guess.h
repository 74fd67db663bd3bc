#pragma once

#include <optional>
#include <vector>

#include "linear/spectrum.h"
#include "problem/problem.h"

// Fast and inexact: nothing here is claimed.
namespace graddiv {

/// A point near a minimiser of F over W, by accelerated projected gradients with restarts, then
/// Newton steps with difference quotients.
Vector<double> guess_minimizer(const Problem& problem, double smoothness);

/// The same where F is not convex and descents end where they happen to begin: the lowest of those
/// from 0 and from the points at which a few of the f_i are least together.
Vector<double> guess_lowest(const Problem& problem, double smoothness);

/// t with ℓ'(t) = 0 for f_i(w) = ℓ(xᵀw) where ℓ falls before t and rises after it; absent where
/// there is none.
std::optional<double> guess_least_argument(const FiniteSum& sum, int i, const Vector<double>& x);

/// Difference quotients of ∇F at w over some coordinates, symmetrised. F is about
/// `smoothness`-smooth.
Matrix<double> guess_hessian(const Problem& problem, const Vector<double>& w,
                             const std::vector<Eigen::Index>& coordinates, double smoothness);

/// Whether F curves downwards in the middle of W, or in one of two corners of its bounding box that
/// are projected to W: then it is not convex there, and no search for a proof is worth its time.
/// False for R^d.
bool seems_nonconvex_on_W(const Problem& problem, double smoothness);

/// The coordinates of w that a box does not hold at one of its bounds (all coordinates for other
/// domains): strictly inside or pushed inwards.
std::vector<Eigen::Index> guess_free_coordinates(const Problem& problem, const Vector<double>& w);

}  // namespace graddiv
