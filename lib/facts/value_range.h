#pragma once

#include <optional>

#include "problem/problem.h"

namespace graddiv {

/// How small and how large the functions become on W: inf and sup over all i and all w ∈ W of
/// f_i(w), each enclosed, so that a number beyond both ends is told from it for certain. Absent
/// where the functions are not bounded on that side of W, or where nothing certain was found.
struct ValueRange {
  std::optional<Enclosure> least;    ///< inf f_i(w)
  std::optional<Enclosure> largest;  ///< sup f_i(w)
};

/// Exact at rational ends for quadratic functions, and for convex losses of x_iᵀw; elsewhere found
/// by bisection of W (in few dimensions) or of the range of x_iᵀw. At the thread's precision.
/// Nothing is found for sums whose facts are found in doubles (FiniteSum::in_doubles).
ValueRange value_range(const Problem& problem);

}  // namespace graddiv
