#pragma once

#include <cstdint>
#include <span>

#include "number/rational.h"

namespace graddiv {

/// What mean bounds are asked to hold with.
struct MeanLevel {
  Rational alpha;     ///< each side fails with at most this probability, 0 < alpha < 1
  std::int64_t runs;  ///< how many numbers are planned: bets are best at that many
};

/// Both bounds of the mean m of independent X_1, X_2, … in [0, 1], by betting against each m in
/// favour of what was seen: with predictable λ_i in (0, 1) and μ_i in [0, 1],
///   W_t(m) = Π exp(λ_i (X_i − m) − ψ(λ_i) (X_i − μ_i)²),  ψ(λ) = −log(1 − λ) − λ,
/// is a supermartingale that begins at 1 (Waudby-Smith and Ramdas 2024, theorem 2; by the
/// inequality of Fan, Grama and Liu 2015 each factor is below the wealth 1 + λ_i (X_i − μ_i) of a
/// bet, times e^{λ_i (μ_i − m)}). So W_t(m) ≥ 1/alpha ever happens with probability at most alpha
/// (Ville), and
///   m ≥ (Σ λ_i X_i − Σ ψ(λ_i) (X_i − μ_i)² − log(1/alpha)) / Σ λ_i
/// holds at all t at once: whoever looks often, or stops when it suits, loses nothing. The other
/// side is the same for 1 − X.
///
/// λ and μ change at t = 16, 32, 64, … only, and numbers are held as multiples of 2^−30, so that
/// all sums are integers: exact, the same in any order, fast. No rounding, hence no tolerance.
class MeanBounds {
 public:
  static constexpr std::int64_t unit = std::int64_t{1} << 30U;  ///< stands for 1

  /// Throws std::invalid_argument for a level or a number of runs that is none.
  explicit MeanBounds(const MeanLevel& level);

  static constexpr std::int64_t most = std::int64_t{1} << 32U;  ///< numbers that can be added

  /// X = x/unit, 0 ≤ x ≤ unit.
  void add(std::span<const std::int64_t> numbers);
  void add(std::int64_t x) { add(std::span(&x, 1)); }

  struct Bounds {
    Rational lower, upper;  ///< in [0, 1]
  };
  Bounds bounds() const;

 private:
  __extension__ using Squares = unsigned __int128;  // of multiples of 2^−30: 2^60 stands for 1
  __extension__ using Signed = __int128;
  void end_block();
  void choose_bet();

  Rational needed_;  // ≥ log(1/alpha)
  double log_level_;
  std::int64_t planned_;
  // Of the blocks that have ended; λ is a multiple of 2^−10, ψ(λ) rounded up to one of 2^−30:
  std::int64_t bets_ = 0;      // Σ λ_i
  Signed won_ = 0;             // Σ λ_i X_i
  Squares spread_ = 0;         // Σ ψ(λ_i) (X_i − μ_i)²
  std::int64_t seen_sum_ = 0;  // Σ X_i
  Signed seen_squares_ = 0;    // Σ X_i²
  std::int64_t before_ = 0;    // numbers in them
  // Of the block that has not:
  std::int64_t bet_ = 0, cost_ = 0;  // λ, ψ(λ)
  std::int64_t middle_ = unit / 2;   // μ
  std::int64_t sum_ = 0;
  Squares squares_ = 0;
  std::int64_t count_ = 0;
  std::int64_t end_of_block_ = 16;
};

}  // namespace graddiv
