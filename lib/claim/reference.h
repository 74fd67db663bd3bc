#pragma once

#include "problem/problem.h"

// The exact points that distances are measured from.
namespace graddiv {

bool is_exact(const Vector<Enclosure>& w);
/// Whether a = b for all values enclosed: both are exact, then.
bool certainly_equal(const Vector<Enclosure>& a, const Vector<Enclosure>& b);
/// w itself where it is exact, else an exact point of W beside it.
Vector<Enclosure> exact_beside(const Vector<Enclosure>& w, const Domain& domain);

}  // namespace graddiv
