#include "expectation/wide_integers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace graddiv::moments {
namespace {

/// Of up to so many bits, ± a power of two or one beside it: there signs and carries change.
rc::Gen<Integer> integers(int most_bits = 200) {
  return rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, most_bits), rc::gen::inRange(-2, 3),
                                     rc::gen::arbitrary<bool>()),
                      [](const auto& t) {
                        const auto& [bits, beside, negative] = t;
                        const Integer x = (Integer(1) << bits) + beside;
                        return negative ? Integer(-x) : x;
                      });
}

WideIntegers holding(const std::vector<Integer>& values) {
  WideIntegers x(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) x.set(i, values[i]);
  return x;
}

RC_GTEST_PROP(WideIntegers, KeepWhatIsPutIntoThem, ()) {
  const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<Integer>>(integers()));
  WideIntegers x = holding(values);
  const std::size_t bits = x.bits();
  x.widen(static_cast<std::size_t>(*rc::gen::inRange(1, 500)));
  RC_ASSERT(x.bits() == bits);
  std::size_t most = 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    RC_ASSERT(x.at(i) == values[i]);
    // The least b with −2^(b−1) ≤ value < 2^(b−1).
    const Integer size = values[i] < 0 ? Integer(-values[i] - 1) : values[i];
    most = std::max(most, size == 0 ? 1 : mpz_sizeinbase(size.backend().data(), 2) + 1);
  }
  RC_ASSERT(bits == most);
}

RC_GTEST_PROP(WideIntegers, AddProductsWithLongerAndShorterOnes, ()) {
  const Integer before = *integers();
  const Integer factor = *rc::gen::oneOf(integers(), rc::gen::just(Integer(0)));
  const Integer value = *integers();
  const WideIntegers x = holding({value});
  WideIntegers sum = holding({before});
  sum.widen(450 + static_cast<std::size_t>(*rc::gen::inRange(0, 200)));
  sum.add_product(0, factor, x, 0);
  RC_ASSERT(sum.at(0) == before + factor * value);
}

RC_GTEST_PROP(WideIntegers, CombineShortAndLongTerms, ()) {
  const auto values = *rc::gen::container<std::vector<Integer>>(
      static_cast<std::size_t>(*rc::gen::inRange(1, 100)), integers(300));
  std::vector<std::pair<int, Integer>> row;
  for (std::size_t i = 0; i < values.size(); ++i)
    row.emplace_back(static_cast<int>(i),
                     *integers(*rc::gen::elementOf(std::vector{1, 30, 54, 62, 70})));
  WideIntegers x = holding(values);
  x.widen(static_cast<std::size_t>(*rc::gen::inRange(1, 900)));
  WideIntegers result(1);
  result.clear(450);
  result.set(0, 1);
  result.add_combination(0, Combination(row), x);
  Integer sum = 1;
  for (const auto& [i, c] : row) sum += c * values[static_cast<std::size_t>(i)];
  RC_ASSERT(result.at(0) == sum);
}

TEST(WideIntegers, CombineTheLongestCoefficientsWithTheLargestDigits) {
  const Integer most = (Integer(1) << 62) - 1;
  for (const Integer& c : {most, Integer(-most)}) {
    for (const Integer& value : {Integer((Integer(1) << 320) - 1), Integer(-(Integer(1) << 320))}) {
      WideIntegers x = holding({value});
      WideIntegers result(1);
      result.clear(400);
      result.add_combination(0, Combination({{0, c}}), x);
      EXPECT_EQ(result.at(0), c * value);
    }
  }
}

// More terms than columns of two words can sum up at once.
TEST(WideIntegers, CombineManyOfTheLargestDigits) {
  const Integer c = (Integer(1) << 52) - 1;
  const std::size_t count = 3 * most_terms + 1;
  for (const Integer& value : {Integer((Integer(1) << 520) - 1), Integer(-(Integer(1) << 520))}) {
    WideIntegers x = holding(std::vector<Integer>(count, value));
    Combination plus;
    Combination minus;
    for (std::size_t i = 0; i < count; ++i) {
      plus.add(i, c);
      minus.add(i, -c);
    }
    WideIntegers result(2);
    result.clear(620);
    result.add_combination(0, plus, x);
    result.add_combination(1, minus, x);
    EXPECT_EQ(result.at(0), c * value * count);
    EXPECT_EQ(result.at(1), -c * value * count);
  }
}

RC_GTEST_PROP(SumColumns, GivesTheSameByAnyInstructions, ()) {
  const std::size_t stride = 16;
  std::vector<DigitTerm> terms;
  std::vector<Digit> digits;
  const auto digit = rc::gen::oneOf(rc::gen::inRange<Digit>(0, digit_mask + 1),
                                    rc::gen::elementOf(std::vector<Digit>{0, 1, digit_mask}));
  const auto count = *rc::gen::inRange<std::size_t>(0, 30);
  for (std::size_t i = 0; i < count; ++i) {
    terms.push_back({i, *digit, *rc::gen::elementOf(std::vector<Digit>{0, digit_mask})});
    for (std::size_t k = 0; k < stride; ++k) digits.push_back(*digit);
  }
  digits.resize(digits.size() + stride);  // no terms point into no memory
  Columns sums;
  Columns portably;
  for (const std::size_t at : {std::size_t{0}, lanes}) {
    fastest_sum_columns()(terms, digits.data() + at, stride, sums);
    sum_columns_portably(terms, digits.data() + at, stride, portably);
    for (std::size_t c = 0; c < lanes; ++c) {
      const auto value = [c](const Columns& x) {
        return (Integer(x.high[c]) << digit_bits) + Integer(x.low[c]);
      };
      RC_ASSERT(value(sums) == value(portably));
    }
  }
}

}  // namespace
}  // namespace graddiv::moments
