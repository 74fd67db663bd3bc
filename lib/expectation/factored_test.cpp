#include "expectation/factored.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace graddiv {
namespace {

const Integer large_prime = 1'000'003;
const Integer larger_prime("170141183460469231731687303715884105727");  // 2^127 − 1

/// Small ones, powers, primes beyond trial division and products of them.
rc::Gen<Integer> factors() {
  return rc::gen::oneOf(
      rc::gen::map(rc::gen::inRange(1, 2000), [](int x) { return Integer(x); }),
      rc::gen::map(rc::gen::inRange(0, 200), [](int e) { return Integer(Integer(1) << e); }),
      rc::gen::elementOf(std::vector<Integer>{
          1, 997, 1009, 1009 * 1013, large_prime, large_prime * large_prime, large_prime * 1009 * 6,
          larger_prime, larger_prime * 2, larger_prime * large_prime}));
}

Factored product_of(const std::vector<Integer>& all) {
  Factored product;
  for (const Integer& x : all) product *= Factored(x);
  return product;
}

RC_GTEST_PROP(Factored, GivesFractionsInTheLowestTermsThatAGreatestCommonDivisorGives, ()) {
  const auto below = *rc::gen::container<std::vector<Integer>>(factors());
  const auto above = *rc::gen::container<std::vector<Integer>>(factors());
  const Integer numerator = product_of(above).value() * *rc::gen::inRange(-3, 4);
  const Factored denominator = product_of(below);
  const Rational plain(numerator, denominator.value());
  const Rational reduced = denominator.divide(numerator);
  RC_ASSERT(reduced == plain);
  RC_ASSERT(boost::multiprecision::numerator(reduced) == boost::multiprecision::numerator(plain));
  RC_ASSERT(boost::multiprecision::denominator(reduced) ==
            boost::multiprecision::denominator(plain));
  RC_ASSERT(denominator.common_divisor(numerator) == gcd(numerator, denominator.value()));
}

RC_GTEST_PROP(Factored, StaysCorrectWhereADivisorIsTakenOut, ()) {
  const auto kept = *rc::gen::container<std::vector<Integer>>(factors());
  const auto taken = *rc::gen::container<std::vector<Integer>>(factors());
  Factored x = product_of(kept);
  x *= product_of(taken);
  x.divide_by(product_of(taken).value());
  RC_ASSERT(x.value() == product_of(kept).value());
  const Integer numerator =
      product_of(*rc::gen::container<std::vector<Integer>>(factors())).value();
  RC_ASSERT(x.divide(numerator) == Rational(numerator, x.value()));
}

TEST(Factored, IsOfPositiveIntegersOnly) {
  EXPECT_THROW(Factored(Integer(0)), std::invalid_argument);
  EXPECT_THROW(Factored(Integer(-6)), std::invalid_argument);
  EXPECT_EQ(Factored().value(), 1);
  EXPECT_EQ(Factored().divide(-7), -7);
}

}  // namespace
}  // namespace graddiv
