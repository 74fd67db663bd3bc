#include "expectation/digit_columns.h"

#include <algorithm>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace graddiv::moments {
namespace {

__extension__ using Twice = __int128;

/// A column of digits, low + 2^52 high with 0 ≤ low < 2^52: |high| < 2^60.
struct Column {
  std::int64_t low;
  std::int64_t high;
};

Column column(Twice sum) {
  return {static_cast<std::int64_t>(static_cast<Digit>(sum) & digit_mask),
          static_cast<std::int64_t>(sum >> digit_bits)};
}

/// Every column of the digits that continue the numbers.
Column column_beyond(const DigitSum& sum, const DigitSource& x) {
  Twice total = 0;
  const auto part = [&](const DigitTerm& term) {
    return static_cast<Twice>(term.size) *
           static_cast<Twice>(sign_of(x.data[term.index * x.stride + x.digits - 1]));
  };
  for (const DigitTerm& term : sum.plus) total += part(term);
  for (const DigitTerm& term : sum.minus) total -= part(term);
  return column(total);
}

#ifdef __x86_64__
// Inlined into a function for the same processor only.
#define GRADDIV_IFMA __attribute__((target("avx512f,avx512ifma")))

GRADDIV_IFMA inline __m512i every(Digit value) {
  return _mm512_set1_epi64(static_cast<long long>(value));
}

/// The columns low + 2^52 high of eight digits each, two terms at a time into sums of their own: a
/// multiplication takes the time of four.
GRADDIV_IFMA inline void sum_up(const std::vector<DigitTerm>& terms, const Digit* source,
                                std::size_t stride, __m512i& low, __m512i& high) {
  low = high = _mm512_setzero_si512();
  __m512i other_low = low;
  __m512i other_high = low;
  const DigitTerm* term = terms.data();
  const DigitTerm* const end = term + terms.size();
  for (; end - term >= 2; term += 2) {
    const __m512i x = _mm512_loadu_si512(source + term[0].index * stride);
    const __m512i y = _mm512_loadu_si512(source + term[1].index * stride);
    const __m512i of_x = every(term[0].size);
    const __m512i of_y = every(term[1].size);
    low = _mm512_madd52lo_epu64(low, x, of_x);
    high = _mm512_madd52hi_epu64(high, x, of_x);
    other_low = _mm512_madd52lo_epu64(other_low, y, of_y);
    other_high = _mm512_madd52hi_epu64(other_high, y, of_y);
  }
  if (term != end) {
    const __m512i x = _mm512_loadu_si512(source + term->index * stride);
    const __m512i of_x = every(term->size);
    low = _mm512_madd52lo_epu64(low, x, of_x);
    high = _mm512_madd52hi_epu64(high, x, of_x);
  }
  low = _mm512_add_epi64(low, other_low);
  high = _mm512_add_epi64(high, other_high);
}

/// Eight digits at a time. Columns may be negative: 2^62 is added to each and 2^10 = 2^62/2^52
/// taken from the next one, which is 0 in all modulo 2^(52 count). Then what a column passes on is
/// less than 2^12, and a digit that still overflows passes on 1, through all digits that are full:
/// as in the sum of two binary numbers, one bit a digit.
GRADDIV_IFMA void add_sum_by_ifma(const DigitSum& sum, const DigitSource& x, Digit* target,
                                  std::size_t count, bool to_zero) {
  constexpr Digit lift = Digit{1} << 62;
  constexpr int last = lanes - 1;
  const __m512i mask = every(digit_mask);
  const __m512i lifted = every(lift - (lift >> digit_bits));
  __m512i above = every(lift >> digit_bits);  // of the column before: nothing was taken from there
  __m512i passed_on = _mm512_setzero_si512();
  unsigned overflow = 0;
  for (std::size_t at = 0; at < count; at += lanes) {
    __m512i low;
    __m512i high;
    if (at < x.digits) {
      __m512i minus_low;
      __m512i minus_high;
      sum_up(sum.plus, x.data + at, x.stride, low, high);
      sum_up(sum.minus, x.data + at, x.stride, minus_low, minus_high);
      low = _mm512_sub_epi64(low, minus_low);
      high = _mm512_sub_epi64(high, minus_high);
    } else {
      const Column beyond = column_beyond(sum, x);
      low = _mm512_set1_epi64(beyond.low);
      high = _mm512_set1_epi64(beyond.high);
    }
    const std::size_t room = std::min(lanes, count - at);
    const auto in_use = static_cast<__mmask8>((1U << room) - 1);
    const __m512i before = _mm512_maskz_loadu_epi64(to_zero ? 0 : in_use, target + at);
    const __m512i from_below = _mm512_alignr_epi64(high, above, last);
    const __m512i columns =
        _mm512_add_epi64(_mm512_add_epi64(low, from_below), _mm512_add_epi64(before, lifted));
    above = high;
    const __m512i carries = _mm512_srli_epi64(columns, static_cast<unsigned>(digit_bits));
    __m512i digits = _mm512_add_epi64(_mm512_and_si512(columns, mask),
                                      _mm512_alignr_epi64(carries, passed_on, last));
    passed_on = carries;
    const unsigned over = _mm512_cmpgt_epu64_mask(digits, mask);
    const unsigned full = _mm512_cmpeq_epi64_mask(digits, mask);
    const unsigned arriving = (over << 1U | overflow) + full;
    overflow = arriving >> lanes & 1U;
    digits =
        _mm512_mask_add_epi64(digits, static_cast<__mmask8>(arriving ^ full), digits, every(1));
    _mm512_mask_storeu_epi64(target + at, in_use, _mm512_and_si512(digits, mask));
  }
}

#undef GRADDIV_IFMA
#endif

}  // namespace

AddSum fastest_add_sum() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma"))
    return add_sum_by_ifma;
#endif
  return add_sum_portably;
}

void add_sum_portably(const DigitSum& sum, const DigitSource& x, Digit* target, std::size_t count,
                      bool to_zero) {
  if (to_zero) std::fill_n(target, count, Digit{0});
  std::int64_t above = 0;  // from the column before
  std::int64_t carry = 0;
  const auto put = [&](std::size_t at, const Column& c) {
    const std::int64_t total = static_cast<std::int64_t>(target[at]) + c.low + above + carry;
    target[at] = static_cast<Digit>(total) & digit_mask;
    carry = total >> digit_bits;
    above = c.high;
  };
  constexpr std::size_t at_once = 4;
  for (std::size_t at = 0; at < std::min(count, x.digits); at += at_once) {
    Twice total[at_once] = {0, 0, 0, 0};
    for (const auto& [index, size] : sum.plus) {
      const Digit* digits = x.data + index * x.stride + at;
      for (std::size_t c = 0; c < at_once; ++c)
        total[c] += static_cast<Twice>(size) * static_cast<Twice>(digits[c]);
    }
    for (const auto& [index, size] : sum.minus) {
      const Digit* digits = x.data + index * x.stride + at;
      for (std::size_t c = 0; c < at_once; ++c)
        total[c] -= static_cast<Twice>(size) * static_cast<Twice>(digits[c]);
    }
    for (std::size_t c = 0; c < std::min(at_once, count - at); ++c) put(at + c, column(total[c]));
  }
  if (count <= x.digits) return;
  const Column beyond = column_beyond(sum, x);
  for (std::size_t at = x.digits; at < count; ++at) put(at, beyond);
}

}  // namespace graddiv::moments
