#pragma once

#include <memory>
#include <optional>

#include "problem/finite_sum.h"

// The problems of the lower bounds (theory D) by their parameters: `functions` writes one out, `as_…` finds out whether given
// functions are one, so that a statement about a family can be checked on any file that holds a member of it.
namespace graddiv {

/// m blocks of p coordinates and r copies: f_i(w) = φ(v) on block v number i mod m, φ(v) = G max_l v_l + (a/2)‖v‖². Its
/// subgradient G e_l + a v takes the smallest maximising l, so that a run from 0 finds at most one new coordinate of a block an
/// iteration. F = (1/m) Σ φ is (a/m)-strongly convex and B_S(w) = m at every w.
struct MaxBlocks {
  long m = 1;
  long r = 1;
  long p = 2;
  Rational G = 1;  // > 0
  Rational a = 1;  // > 0

  std::shared_ptr<const FiniteSum> functions() const;
  /// w* ∈ R^{mp}: every coordinate −G/(ap). There every l maximises, and the mean of their subgradients is G/p + a·(−G/(ap)) = 0.
  Vector<Rational> minimizer() const;
  /// F* = φ(−G/(ap), …) = −G²/(2ap).
  Rational optimum() const;
};
std::optional<MaxBlocks> as_max_blocks(const FiniteSum& sum);

/// Blocks of two coordinates on which F = ½ Σ_j (λ v_{j1}² + β v_{j2}²), each with a share of the functions: f_i(w) =
/// (1/2s)(λ v_1² + β v_2²) on its own block v of share s. So B_S(w) is the mean of the 1/s, weighted by the ‖∇F‖² of the blocks.
///
/// For an integer m, m blocks of share 1/m and r copies, i mod m the block of f_i: B_S(w) = m for w ≠ 0. For any other m = p/q ≥ 1,
/// ⌊m⌋ blocks of share 1/m and a last one with the rest of the pr functions, (p mod q)/p: B_S(w) = m for every w ≠ 0 that is 0 on the
/// last block, which a run never leaves, and B_S(w) ≤ p/(p mod q) everywhere.
struct ValleyBlocks {
  Rational m = 1;  // ≥ 1
  long r = 1;
  Rational lambda = 1;  // > 0
  Rational beta = 1;    // > 0

  long equal_blocks() const;           ///< ⌊m⌋
  Rational share_of_the_rest() const;  ///< of the last block, 0 where m is an integer
  long blocks() const { return equal_blocks() + (share_of_the_rest() > 0 ? 1 : 0); }
  long size() const;  ///< n = pr
  long dimension() const { return 2 * blocks(); }
  std::shared_ptr<const FiniteSum> functions() const;
};
std::optional<ValleyBlocks> as_valley_blocks(const FiniteSum& sum);

/// 2 · copies functions f_i(w) = (λ/2)(w − ζ_i)² on R with ζ_i = ζ, −ζ in turn.
struct NoiseFloor {
  long copies = 1;
  Rational lambda = 1;  // > 0
  Rational zeta = 1;    // ≥ 0

  std::shared_ptr<const FiniteSum> functions() const;
};
std::optional<NoiseFloor> as_noise_floor(const FiniteSum& sum);

}  // namespace graddiv
