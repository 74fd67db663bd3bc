#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// The inner loop of the exact recursion: long numbers side by side in two's complement, as digits
// of 52 bits in words of 64, multiplied by one digit each and summed up.
namespace graddiv::moments {

using Digit = std::uint64_t;
constexpr std::size_t digit_bits = 52;
constexpr Digit digit_mask = (Digit{1} << digit_bits) - 1;
/// Columns of digits that are summed up side by side; numbers are a multiple of this long.
constexpr std::size_t lanes = 8;

/// size · x[index].
struct DigitTerm {
  std::size_t index;
  Digit size;  // < 2^52
};
/// The sum of `plus` less that of `minus`.
struct DigitSum {
  std::vector<DigitTerm> plus;
  std::vector<DigitTerm> minus;

  std::size_t size() const { return plus.size() + minus.size(); }
};
/// No more terms than these at once, so that each half of a column is less than 2^60 in size.
constexpr std::size_t most_terms = 256;

/// Numbers of so many digits, x[i] from data + i · stride on; the sign of its last digit goes on.
struct DigitSource {
  const Digit* data;
  std::size_t stride;
  std::size_t digits;
};

/// Adds the sum to the number of `count` digits at `target`, or to 0 in its place, modulo
/// 2^(52 count).
using AddSum = void (*)(const DigitSum& sum, const DigitSource& x, Digit* target, std::size_t count,
                        bool to_zero);
/// The fastest on this processor: with the 52-bit multiplication of AVX-512 where it has that.
AddSum fastest_add_sum();
/// On any processor.
void add_sum_portably(const DigitSum& sum, const DigitSource& x, Digit* target, std::size_t count,
                      bool to_zero);

/// All zeros or all ones: the digits that continue a number whose last digit is `top`.
inline Digit sign_of(Digit top) { return (top >> (digit_bits - 1)) != 0 ? digit_mask : 0; }

}  // namespace graddiv::moments
