#pragma once

#include "number/enclosure.h"
#include "number/rational.h"

// How many gradient evaluations a batch costs (theory D, lower-fixed-step): m blocks of curvatures
// λ = 1 and β = κ, from w_0 = (1, …, 1), so that E‖w_K − w*‖²/D_0 = ½(ρ(γ)^K + ρ(γκ)^K) with ρ(x) =
// 1 − 2xB + x²B(B+m−1). Up to B_S = m a larger batch costs little; beyond it evaluations grow in
// proportion to B.
namespace graddiv {

/// One point of the plot "evaluations needed against batch size".
struct SaturationPoint {
  long m = 1;            ///< B_S
  long B = 1;            ///< batch size
  Rational delta;        ///< (B−1)/m; theory's line is 1 + δ
  Rational step;         ///< γ (with λ = 1) that gets there in K iterations
  long iterations = 0;   ///< K: enough with this step, and K − 1 are not enough with any
  long evaluations = 0;  ///< K·B
};

/// The fewest evaluations until E‖w_K − w*‖² ≤ ε D_0 with the best fixed step for this batch size,
/// 0 < ε ≤ ½, κ ≥ 1. Found in floating point, certified on both sides. Throws std::invalid_argument
/// for other ε and κ, and m or B < 1; std::runtime_error where a tie could not be certified.
SaturationPoint evaluations_needed(long m, long B, const Rational& kappa, const Rational& epsilon);

/// min over γ of max(ρ(γ), ρ(γκ)) = 1 − 4κB/((κ+1)²(B+m−1)), attained at γ = 2/((κ+1)(B+m−1)): the
/// rate of the best fixed step.
Rational best_rate(long m, long B, const Rational& kappa);

/// What evaluations grow by from batch size 1 to B as ε → 0: B log ρ_1 / log ρ_B with ρ_B =
/// best_rate. Tends to 1 + δ as κ → ∞, and is exactly 1 + δ = B for m = 1.
Enclosure evaluation_factor(long m, long B, const Rational& kappa);

}  // namespace graddiv
