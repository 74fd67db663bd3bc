#include "expectation/wide_integers.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace graddiv::moments {
namespace {

/// Of up to 200 bits, often ± a power of two or one beside it: there signs and carries change.
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
  x.widen(450);
  WideIntegers result(1);
  result.clear(x.limbs());
  result.set_combination(0, Combination(row), x);
  Integer sum = 0;
  for (const auto& [i, c] : row) sum += c * values[static_cast<std::size_t>(i)];
  RC_ASSERT(result.at(0) == sum);
}

TEST(Combination, IsShortBelowItsLimit) {
  const Integer most = (Integer(1) << 62) - 1;
  EXPECT_TRUE(Combination({{0, most}}).is_short());
  EXPECT_TRUE(Combination({{0, most - 1}, {1, -1}}).is_short());
  EXPECT_FALSE(Combination({{0, most}, {1, -1}}).is_short());
  EXPECT_FALSE(Combination({{0, -(Integer(1) << 63)}}).is_short());
  EXPECT_FALSE(Combination({{0, Integer(1) << 64}}).is_short());
}

TEST(WideIntegers, CombineTheLongestCoefficientsWithTheLargestLimbs) {
  const Integer most = (Integer(1) << 62) - 1;
  for (const Integer& c : {most, Integer(-most)}) {
    for (const Integer& value : {Integer((Integer(1) << 320) - 1), Integer(-(Integer(1) << 320))}) {
      WideIntegers x = holding({value});
      x.widen(400);
      WideIntegers result(1);
      result.clear(x.limbs());
      result.set_combination(0, Combination({{0, c}}), x);
      EXPECT_EQ(result.at(0), c * value);
    }
  }
}

}  // namespace
}  // namespace graddiv::moments
