#pragma once

#include <optional>

#include "problem/problem.h"

namespace graddiv {

/// A ⪯ ∇²F(w) for w ∈ W, of generalized linear functions on a ball or a box: the mean of the least
/// ℓ_i'' that the range of x_iᵀw leaves, times x_i x_iᵀ. Absent for others.
std::optional<SymmetricMatrix> least_curvature_on(const Problem& problem);

}  // namespace graddiv
