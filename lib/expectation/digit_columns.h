#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

// The inner loop of the exact recursion: long numbers side by side, as digits of 52 bits in words
// of 64, multiplied by one digit each and summed up, eight columns of digits at a time.
namespace graddiv::moments {

using Digit = std::uint64_t;
constexpr std::size_t digit_bits = 52;
constexpr Digit digit_mask = (Digit{1} << digit_bits) - 1;
/// Columns that are summed up side by side; numbers are a multiple of this long.
constexpr std::size_t lanes = 8;

/// size · (the number at `index`, each digit of it ^ flip).
struct DigitTerm {
  std::size_t index;
  Digit size;  // < 2^52
  Digit flip;  // 0 or digit_mask
};
/// No more terms than these at once, and no more than this for the sum of their sizes.
constexpr std::size_t most_terms = 1024;
constexpr Digit largest_total = Digit{1} << 62;

/// The sum of column c is low[c] + 2^52 high[c], both below 2^62.
struct Columns {
  alignas(64) std::array<Digit, lanes> low;
  alignas(64) std::array<Digit, lanes> high;
};

/// The sums of the eight columns from `source` on, where the digits of number i begin at source +
/// i · stride.
using SumColumns = void (*)(const std::vector<DigitTerm>& terms, const Digit* source,
                            std::size_t stride, Columns& sums);
/// The fastest on this processor: with the 52-bit multiplication of AVX-512 where it has that.
SumColumns fastest_sum_columns();
/// On any processor.
void sum_columns_portably(const std::vector<DigitTerm>& terms, const Digit* source,
                          std::size_t stride, Columns& sums);

}  // namespace graddiv::moments
