#pragma once

#include "theorems/shared.h"

// What the statements on the valleys of lower-fixed-step share (theory D): m blocks of two
// coordinates, of curvature λ and β of F, so that B_S = m and m(1+δ) = B+m−1.
namespace graddiv {

/// The member of lower-fixed-step that an instance is, and where its run starts.
struct Valleys {
  Enclosure m, lambda, beta;
  Truth blocks_are_equal;  ///< m is an integer
  /// w_0 is 0 on the block that is smaller than the others, where there is one.
  Truth rest_is_at_rest;
  Enclosure flat_start;   ///< Σ w_0,j² over the coordinates of curvature λ
  Enclosure steep_start;  ///< and over those of curvature β
};
/// NotCertified where the functions are others.
Valleys valleys_of(const Case& c);

/// The functions are those of lower-fixed-step, W = R^d, γ > 0 constant with B.
Statement fixed_step_on_valleys();

/// ρ(γα) = 1 − 2γαB + γ²α²B(B+m−1+extra), by which an iteration multiplies the second moment of a
/// coordinate of curvature α.
Enclosure second_moment_factor(const Case& c, const Valleys& v, const Enclosure& alpha,
                               const Enclosure& extra = 0);
/// 2/(βm(1+δ)): ρ(γβ) ≤ 1 for this γ and no larger one.
Enclosure largest_stable_step(const Case& c, const Valleys& v);

/// λ = 1 and one copy of each of m functions, from w_0 = (flat, 1, flat, 1, …).
std::string valleys_witness(int m, const std::string& flat, int beta, const std::string& step,
                            int batch, int iterations);

}  // namespace graddiv
