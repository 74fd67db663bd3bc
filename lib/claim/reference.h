#pragma once

#include <vector>

#include "problem/problem.h"

// Exact points that distances are measured from, and exact gradients, beside irrational ones.
namespace graddiv {

class Facts;

bool is_exact(const Vector<Enclosure>& w);
/// Whether a = b for all values enclosed: both are exact, then.
bool certainly_equal(const Vector<Enclosure>& a, const Vector<Enclosure>& b);
/// A number of 64 bits in the middle of an enclosure: 0 only where that is the middle, else of size
/// at least 2^−1000, since expectations of longer numbers could not be computed exactly. Throws
/// NotCertified for an unbounded one.
Enclosure exact_beside(const Enclosure& x);

/// w itself where it is exact, else an exact point of W beside it.
Vector<Enclosure> exact_beside(const Vector<Enclosure>& w, const Domain& domain);

/// Gradients at a point: those given where they are exact, else exact ones beside them.
std::vector<Vector<Enclosure>> exact_beside(std::vector<Vector<Enclosure>> gradients);

/// Those numbers, known as surrogates: what is told of them is told of the stand-ins.
Vector<Enclosure> as_surrogates(const Vector<Enclosure>& x);

/// What statements on any reference point x ∈ W are checked with: w* where it is known, else the
/// point of W nearest to w_0 + (1, …, 1); or an exact point of W beside it.
Vector<Enclosure> reference_point(const Facts& facts, const Vector<Rational>& start);

/// A point of W beside w with coordinates of at most 64 bits, where those of w are irrational or
/// long, and as many as it takes to lie in W.
Vector<Enclosure> short_point_beside(const Vector<Enclosure>& w, const Domain& domain);

/// (1/n) Σ g_i.
Vector<Enclosure> mean_of(const std::vector<Vector<Enclosure>>& gradients);

}  // namespace graddiv
