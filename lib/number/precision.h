#pragma once

#include <cstddef>
#include <limits>

namespace graddiv {

/// How enclosures are computed on this thread.
struct Precision {
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  /// Bits of the mantissa of an interval's endpoints (at least 2).
  unsigned bits = 128;
  /// A rational result whose numerator or denominator has more bits than this is replaced by an
  /// interval.
  std::size_t exact_bits = unlimited;
};

/// The precision in force on this thread.
Precision current_precision();

/// Sets the precision of this thread for the lifetime of the guard, and restores the former one
/// after it. Throws std::invalid_argument for fewer than 2 bits. Giving bits alone keeps exact_bits
/// as it is.
class PrecisionScope {
 public:
  explicit PrecisionScope(Precision p);
  explicit PrecisionScope(unsigned bits);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  Precision former_;
};

}  // namespace graddiv
