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

RC_GTEST_PROP(WideIntegers, AreSetToCombinationsWhateverTheyWere, ()) {
  const WideIntegers x = holding({*integers(300), *integers(300)});
  const auto coefficients = *rc::gen::container<std::vector<Integer>>(4, integers(110));
  const Combination none;
  const Combination long_ones({{0, coefficients[0] << 60}, {1, coefficients[1] << 60}});
  const Combination both({{0, coefficients[2]}, {1, coefficients[3]}});
  WideIntegers result = holding({*integers(500), *integers(500), *integers(500)});
  result.set_combinations({none, long_ones, both}, x, 500);
  RC_ASSERT(result.at(0) == 0);
  RC_ASSERT(result.at(1) == (coefficients[0] << 60) * x.at(0) + (coefficients[1] << 60) * x.at(1));
  RC_ASSERT(result.at(2) == coefficients[2] * x.at(0) + coefficients[3] * x.at(1));
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

// More terms than columns of words can sum up at once: 4096 digits of 52 bits are 2^64. With the
// coefficient 1 the lower halves of products overflow, with the largest one the upper halves.
TEST(WideIntegers, CombineManyOfTheLargestDigits) {
  constexpr std::size_t count = 5000;
  for (const Integer& c : {Integer(1), Integer((Integer(1) << 52) - 1)}) {
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
}

RC_GTEST_PROP(AddSum, GivesTheSameByAnyInstructions, ()) {
  const std::size_t stride = 2 * lanes;
  const auto digit = rc::gen::oneOf(rc::gen::inRange<Digit>(0, digit_mask + 1),
                                    rc::gen::elementOf(std::vector<Digit>{0, 1, digit_mask}));
  DigitSum sum;
  std::vector<Digit> digits;
  const auto terms = *rc::gen::inRange<std::size_t>(0, 30);
  for (std::size_t i = 0; i < terms; ++i) {
    (*rc::gen::arbitrary<bool>() ? sum.plus : sum.minus).push_back({i, *digit});
    for (std::size_t k = 0; k < stride; ++k) digits.push_back(*digit);
  }
  digits.resize(digits.size() + stride);  // no terms point into no memory
  const DigitSource source{digits.data(), stride, *rc::gen::element(lanes, stride)};
  const auto count = *rc::gen::inRange<std::size_t>(1, 3 * lanes + 1);
  const std::vector<Digit> before = *rc::gen::container<std::vector<Digit>>(count + 1, digit);
  std::vector<Digit> fast = before;
  std::vector<Digit> portable = before;
  fastest_add_sum()(sum, source, fast.data(), count, false);
  add_sum_portably(sum, source, portable.data(), count, false);
  RC_ASSERT(fast == portable);
  RC_ASSERT(fast[count] == before[count]);
  // To 0 in its place.
  std::vector<Digit> from_zero(count + 1, 0);
  add_sum_portably(sum, source, from_zero.data(), count, false);
  from_zero.back() = before[count];
  for (const AddSum add : {fastest_add_sum(), AddSum{add_sum_portably}}) {
    std::vector<Digit> number = before;
    add(sum, source, number.data(), count, true);
    RC_ASSERT(number == from_zero);
  }
}

// One less than 0, and one more: the carry goes through every digit.
TEST(AddSum, CarriesThroughAllDigits) {
  for (const AddSum add : {fastest_add_sum(), AddSum{add_sum_portably}}) {
    const std::vector<Digit> one{1, 0, 0, 0, 0, 0, 0, 0};
    const DigitSource source{one.data(), lanes, lanes};
    std::vector<Digit> number(21, 0);
    add({{}, {{0, 1}}}, source, number.data(), number.size(), false);
    EXPECT_EQ(number, std::vector<Digit>(21, digit_mask));
    add({{{0, 1}}, {}}, source, number.data(), number.size(), false);
    EXPECT_EQ(number, std::vector<Digit>(21, 0));
  }
}

}  // namespace
}  // namespace graddiv::moments
