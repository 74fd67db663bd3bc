#pragma once

#include <cstdint>

#include "number/rational.h"

// Integers of 128 bits, for sums that are known to fit.
namespace graddiv::measure {

__extension__ using Wide = __int128;

inline Integer to_integer(Wide value) {
  const bool negative = value < 0;
  __extension__ using Natural = unsigned __int128;
  const Natural size = negative ? -static_cast<Natural>(value) : static_cast<Natural>(value);
  Integer result = static_cast<std::uint64_t>(size >> 64U);
  result <<= 64U;
  result += static_cast<std::uint64_t>(size);
  return negative ? Integer(-result) : result;
}

inline Wide to_wide(const Integer& x) {
  const Integer size = abs(x);
  Wide result = static_cast<std::uint64_t>(Integer(size >> 64U));
  result <<= 64U;
  result |=
      static_cast<Wide>(static_cast<std::uint64_t>(Integer(size & Integer(~std::uint64_t{0}))));
  return x < 0 ? -result : result;
}

/// The largest integer that is at most x.
inline Integer floor_of(const Rational& x) {
  Integer quotient = numerator(x) / denominator(x);  // towards 0
  if (x < 0 && Rational(quotient) != x) quotient -= 1;
  return quotient;
}

}  // namespace graddiv::measure
