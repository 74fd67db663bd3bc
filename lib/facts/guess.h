#pragma once

#include <vector>

#include "linear/spectrum.h"
#include "problem/problem.h"

// Fast and inexact: nothing here is claimed.
namespace graddiv {

/// A point near a minimiser of F over W, by accelerated projected gradients with restarts, then
/// Newton steps with difference quotients.
Vector<double> guess_minimizer(const Problem& problem, double smoothness);

/// Difference quotients of ∇F at w over some coordinates, symmetrised. F is about
/// `smoothness`-smooth.
Matrix<double> guess_hessian(const Problem& problem, const Vector<double>& w,
                             const std::vector<Eigen::Index>& coordinates, double smoothness);

/// The coordinates of w that a box does not hold at one of its bounds (all coordinates for other
/// domains): strictly inside or pushed inwards.
std::vector<Eigen::Index> guess_free_coordinates(const Problem& problem, const Vector<double>& w);

}  // namespace graddiv
