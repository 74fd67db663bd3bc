#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure/model.h"

namespace graddiv::measure {

/// x_1, …, x_t in [0, 1], drawn one after another from N numbers without replacement, after others
/// of them that are known by their number and their sum.
struct DrawnWithoutReplacement {
  std::span<const double> x;
  std::int64_t population = 0;  ///< N
  std::int64_t known = 0;       ///< drawn before
  double known_sum = 0;
};

/// A number below the mean m of the N numbers, but for a probability `alpha` (over the draws): the
/// largest m whose wealth Π(1 + λ_i (x_i − m_i)) ever reached 1/alpha, m_i the mean of those still
/// to be drawn if m is the mean of all (Ville's inequality; Waudby-Smith and Ramdas 2024,
/// "Estimating means of bounded random variables by betting"). The bets λ_i depend on x_1, …,
/// x_{i−1} alone, and a wealth falls as m grows, so the answer is found by bisection. 0 where
/// nothing can be said. Throws std::invalid_argument for x outside [0, 1].
double lower_confidence_bound(const DrawnWithoutReplacement& drawn, double alpha);

/// B_S(w) from a sample of the examples.
struct DiversityInterval {
  std::int64_t examples = 0;  ///< drawn, uniformly, without replacement
  double level = 0;           ///< the interval misses B_S(w) with at most this probability …
  bool is_rigorous = true;    ///< … rather than about this probability, for large samples
  double lower = 1;
  double upper = 0;                                         ///< +∞ where ‖∇F‖ may be 0
  double second_moment_lower = 0, second_moment_upper = 0;  ///< of M²
  double squared_norm_lower = 0, squared_norm_upper = 0;    ///< of ‖∇F‖²
  double estimate = 0;                                      ///< in between: a guess
};

struct SubsampleOptions {
  std::int64_t examples = 1000;  ///< at least 8; no more than there are
  double level = 0.05;           ///< in (0, 1)
  std::uint64_t seed = 1;
  std::uint64_t repetition = 0;
};

/// B_S = M²/‖∇F‖², numerator and denominator bounded together, by five events with a fifth of the
/// level each. G is the model's bound on ‖∇f_i(w)‖ (Model::gradient_bound), so ‖∇f_i‖²/G² lies in
/// [0, 1], and gives M² from both sides. The first half of the sample has a mean gradient u; that
/// of x = ⟨∇f_i, u⟩ ∈ ±G‖u‖ over all i is ⟨∇F, u⟩, bounded from both sides by the second half, and
///   ⟨∇F, u⟩²/‖u‖² ≤ ‖∇F‖² = 2⟨∇F, u⟩ − ‖u‖² + ‖∇F − u‖²,
/// the last term by Bousquet 2002 (which draws without replacement obey too: Gross and Nesme 2010).
/// Where there is no G (networks), the intervals are those of the central limit theorem: about
/// right for large samples, and no proof (`is_rigorous`).
template <class T>
DiversityInterval subsampled_diversity(const Model<T>& model, std::span<const T> w,
                                       const SubsampleOptions& options);

}  // namespace graddiv::measure
