#include "expectation/digit_columns.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace graddiv::moments {
namespace {

__extension__ using Twice = unsigned __int128;

#ifdef __x86_64__
/// Two terms at a time, into sums of their own: a multiplication takes the time of four.
__attribute__((target("avx512f,avx512ifma"))) void sum_columns_by_ifma(
    const std::vector<DigitTerm>& terms, const Digit* source, std::size_t stride, Columns& sums) {
  __m512i low = _mm512_setzero_si512();
  __m512i high = low;
  __m512i other_low = low;
  __m512i other_high = low;
  const DigitTerm* term = terms.data();
  const DigitTerm* const end = term + terms.size();
  for (; end - term >= 2; term += 2) {
    const __m512i x = _mm512_xor_si512(_mm512_loadu_si512(source + term[0].index * stride),
                                       _mm512_set1_epi64(static_cast<long long>(term[0].flip)));
    const __m512i y = _mm512_xor_si512(_mm512_loadu_si512(source + term[1].index * stride),
                                       _mm512_set1_epi64(static_cast<long long>(term[1].flip)));
    const __m512i of_x = _mm512_set1_epi64(static_cast<long long>(term[0].size));
    const __m512i of_y = _mm512_set1_epi64(static_cast<long long>(term[1].size));
    low = _mm512_madd52lo_epu64(low, x, of_x);
    high = _mm512_madd52hi_epu64(high, x, of_x);
    other_low = _mm512_madd52lo_epu64(other_low, y, of_y);
    other_high = _mm512_madd52hi_epu64(other_high, y, of_y);
  }
  if (term != end) {
    const __m512i x = _mm512_xor_si512(_mm512_loadu_si512(source + term->index * stride),
                                       _mm512_set1_epi64(static_cast<long long>(term->flip)));
    const __m512i of_x = _mm512_set1_epi64(static_cast<long long>(term->size));
    low = _mm512_madd52lo_epu64(low, x, of_x);
    high = _mm512_madd52hi_epu64(high, x, of_x);
  }
  _mm512_store_si512(sums.low.data(), _mm512_add_epi64(low, other_low));
  _mm512_store_si512(sums.high.data(), _mm512_add_epi64(high, other_high));
}
#endif

}  // namespace

SumColumns fastest_sum_columns() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma"))
    return sum_columns_by_ifma;
#endif
  return sum_columns_portably;
}

void sum_columns_portably(const std::vector<DigitTerm>& terms, const Digit* source,
                          std::size_t stride, Columns& sums) {
  for (std::size_t c = 0; c < lanes; c += 4) {
    Twice sum[4] = {0, 0, 0, 0};
    for (const auto& [index, size, flip] : terms) {
      const Digit* x = source + index * stride + c;
      const Twice factor = size;
      sum[0] += factor * (x[0] ^ flip);
      sum[1] += factor * (x[1] ^ flip);
      sum[2] += factor * (x[2] ^ flip);
      sum[3] += factor * (x[3] ^ flip);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      sums.low[c + i] = static_cast<Digit>(sum[i]) & digit_mask;
      sums.high[c + i] = static_cast<Digit>(sum[i] >> digit_bits);
    }
  }
}

}  // namespace graddiv::moments
