#pragma once

#include "expectation/trajectory.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv::moments {

// For affine gradients ∇f_i(w) = C_i z, z = (w, 1), on W = R^d, the second moments S_k = E z_k z_kᵀ
// obey a closed linear recursion. With C̄ = (1/n) Σ C_i and M = I − γBC̄ (zero rows padded) it is
//   S⁺ = M S Mᵀ + γ²B [ G − C̄ S C̄ᵀ + ρ diag(v G_jj + c) ],   G = (1/n) Σ C_i S C_iᵀ,
// and the quantities are linear functionals of S. The last term is that of a mechanism with
// covariance diag(v g_j² + c) at a gradient g: ρ = 1 for fresh noise, ρ = 1 + (B−1)/n for shared
// noise, as index i, drawn c_i times, contributes E c_i² = (B/n)(1 + (B−1)/n) of its noise in place
// of E c_i = B/n. The averaged iterate needs the running sum u
// = w_0 + … + w_{k−1} in the state as well: z = (w, 1, u), with u⁺ = u + w.
//
// In rational arithmetic S is a matrix of integers over one shared denominator, whose prime factors
// are known: no step computes a greatest common divisor, nor does reducing a value. In both
// arithmetics the step of a small problem is one fixed sparse integer matrix on the upper triangle
// of S. Steps that are irrational, c/√k, are followed in enclosures (enclosure_recursion.h).

/// Why the engine cannot be used, or nothing.
std::optional<std::string> refusal(const Problem& problem, const Run& run);

/// Upper bounds of the bits that exact numbers need.
struct PredictedBits {
  double of_last = 0;  ///< a numerator or denominator of the last iteration
  double of_all = 0;   ///< the values of one quantity, all iterations together
  /// About the pairs of bits multiplied to reduce one such value an iteration, which takes time
  /// quadratic in its length, and to follow the moments.
  double of_work = 0;
};
/// Where the state has the running sum of the iterates, or has not.
PredictedBits predicted_bits(const Problem& problem, const Run& run, bool track_sum);

/// `arithmetic` must be rational or interval (at the thread's precision; rational is refused where
/// steps are irrational). The references that the
/// quantities need must be there. Throws ExpectationError where refusal() has a reason.
Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, Arithmetic arithmetic);

}  // namespace graddiv::moments
