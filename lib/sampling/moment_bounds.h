#pragma once

#include <vector>

#include "linear/upper_bound.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv {

/// What fourth moments of a run are bounded with.
struct MomentStart {
  std::vector<UpperBound> gradients;  ///< ‖∇f_i(x)‖, at a point x of W
  UpperBound mean_gradient;           ///< ‖∇F(x)‖
  UpperBound distance;                ///< ‖w_0 − x‖
};

/// V_k ≥ E‖w_k − x‖⁴, k = 0, …, K, of runs without a mechanism on functions of rows, n d² ≤ 10^8;
/// else infinite.
///
/// With D = ‖w_k − x‖, γ and B of the step, λI ⪯ ∇²F ⪯ βI and ρ = max(|1 − γBλ|, |1 − γBβ|): the
/// mean step u = w_k − x − γB∇F(w_k) has ‖u‖ ≤ ρD + γB‖∇F(x)‖. What draws add to it, N, is the sum
/// of B independent terms γ(∇F − ∇f_s) of mean 0, so that E⟨u, N⟩ = 0; 4‖u‖‖N‖³ ≤ 2‖u‖²‖N‖² +
/// 2‖N‖⁴. Hence
///   E[‖u + N‖⁴ | w_k] ≤ ‖u‖⁴ + 8‖u‖² E‖N‖² + 3 E‖N‖⁴,
///   E‖N‖² ≤ γ²B s,  E‖N‖⁴ ≤ γ⁴ (16 B q + 3 B (B − 1) s²),  s = E‖∇f_s‖², q = E‖∇f_s‖⁴,
/// where by Minkowski √s ≤ √a D + √g and q^¼ ≤ αD + κ with aI ⪰ (1/n) Σ H_i² for all Hessians,
/// g = (1/n) Σ ‖∇f_i(x)‖², α⁴ = (1/n) Σ β_i⁴ and κ⁴ = (1/n) Σ ‖∇f_i(x)‖⁴. All of it is a
/// polynomial in D with coefficients ≥ 0, and E D^j ≤ V_k^{j/4} for j ≤ 4 (Jensen): V_{k+1} is its
/// value at D = V_k^¼. A projection onto W takes nobody farther from x.
std::vector<UpperBound> fourth_moments(const Problem& problem, const Run& run,
                                       const MomentStart& start);

}  // namespace graddiv
