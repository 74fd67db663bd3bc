#pragma once

#include <optional>

#include "number/enclosure.h"
#include "number/rational.h"

namespace graddiv {

struct RowLaw;

/// Of a stated failure probability: what draws must be able to refute to speak for it.
inline constexpr int largest_multiple = 10;

/// Draws of a random matrix, and how many of them fail a bound.
struct RowSample {
  int draws = 0;
  int failures = 0;  ///< proved to fail
  /// Neither proved to fail nor to hold: may be either at both ends of the interval.
  int undecided = 0;
  Enclosure error_level;  ///< the interval misses the probability with at most this probability
  /// The smallest failure probability that such a sample finds above the stated one with a
  /// probability of at least 0.99, rounded up to three digits; absent where there is none below 1.
  std::optional<Enclosure> detectable;

  /// No draw speaks against a bound.
  bool all_hold() const { return failures == 0 && undecided == 0; }
};

/// P(B_S(w) < b for some w and some losses): exact where it can be, else a confidence interval from
/// a sample.
struct FailureProbability {
  Enclosure value;  ///< its evidence says which
  std::optional<RowSample> sample;
};

/// Draws that all hold speak for a claim that the probability is at most the stated one; else it
/// is to be decided.
enum class DrawsAreFor { an_upper_bound, a_decision };

/// The probability that rows drawn from the law have B_S(w) < b for some w and some losses ℓ_i,
/// f_i(w) = ℓ_i(x_iᵀw), that is, n/σ_max(Y)² < b (theory: `glm-sharp`). Exact for b
/// ≤ 1, for b > min(n, d), and for signs with (n−1)(d−1) ≤ 12. Else from 64 draws, twice as many,
/// …, up to 1024, as long as it is open whether the probability is at most `stated`; where none
/// fails, only while more draws could decide it, or find, for an upper bound, twice the stated
/// probability, or else `largest_multiple` times.
/// All intervals that are made of the draws of a law, for one b, hold but for `error_level`.
FailureProbability failure_probability(const RowLaw& law, const Enclosure& b,
                                       const Enclosure& stated,
                                       const Rational& error_level = Rational(1, 1'000'000),
                                       DrawsAreFor purpose = DrawsAreFor::an_upper_bound);

}  // namespace graddiv
