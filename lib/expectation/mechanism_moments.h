#pragma once

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv::mechanism_moments {

// The moments engine for runs with a mechanism whose covariance at a gradient g is diag(a g_j² +
// b). With ∇f_i(w) = C_i z, z = (w, 1), S = E zzᵀ and G = (1/n) Σ C_i S C_iᵀ, a step adds to the
// recursion of moments.h the noise
//   γ²B c diag(a G_jj + b),   c = 1 for fresh noise, c = 1 + (B−1)/n for shared noise,
// as index i, drawn c_i times, contributes E c_i² = (B/n)(1 + (B−1)/n) of its noise in place of E
// c_i = B/n.

/// Why the engine cannot be used, or nothing.
std::optional<std::string> refusal(const Problem& problem, const Run& run);

/// Exact as long as the thread's precision allows, or in intervals throughout. Throws
/// ExpectationError where refusal() has a reason. The references that the quantities need must be
/// there.
Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, bool as_intervals);

}  // namespace graddiv::mechanism_moments
