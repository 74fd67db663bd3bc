#pragma once

#include "facts/facts.h"

// How long gradients can be on W.
namespace graddiv::gradient_bound {

/// L with ‖∇f_i(w)‖ ≤ L for all i and w ∈ W.
Fact<Enclosure> lipschitz(const Problem& problem);
/// A number that M²(w) = (1/n) Σ‖∇f_i(w)‖² does not exceed on W.
Fact<Enclosure> second_moment_bound(const Problem& problem);

}  // namespace graddiv::gradient_bound
