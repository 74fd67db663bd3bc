#include "number/fraction_printer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace graddiv {
namespace {

/// Small numbers, powers of two and of ten, words and more than words.
rc::Gen<Integer> factors() {
  return rc::gen::oneOf(
      rc::gen::map(rc::gen::inRange(1, 2000), [](int x) { return Integer(x); }),
      rc::gen::map(rc::gen::inRange(0, 140), [](int e) { return Integer(Integer(1) << e); }),
      rc::gen::elementOf(std::vector<Integer>{1, 1000, Integer(1000000000), Integer(4294967295),
                                              Integer(4294967296), Integer("18446744073709551557"),
                                              Integer("340282366920938463463374607431768211507"),
                                              Integer("1000000000000000000000000000000000000")}));
}

// A walk of denominators, up and down by factors of all kinds.
RC_GTEST_PROP(FractionPrinter, PrintsAsToStringDoes, ()) {
  FractionPrinter print;
  Rational x = *rc::gen::inRange(-3, 4);
  const auto steps = *rc::gen::container<std::vector<std::pair<Integer, Integer>>>(
      rc::gen::pair(factors(), factors()));
  for (const auto& [up, down] : steps) {
    x = x * Rational(down, up) + *rc::gen::inRange(0, 2);
    RC_ASSERT(print(x) == to_string(x));
  }
}

TEST(FractionPrinter, FollowsTheDenominatorsOfARecursion) {
  FractionPrinter print;
  Rational x = 1;
  for (int k = 0; k < 300; ++k) {
    x = x * Rational(16, 25) + Rational(1, 50 + k % 7);
    ASSERT_EQ(print(x), to_string(x)) << k;
  }
  EXPECT_EQ(print(0), "0");
  EXPECT_EQ(print(Rational(-5, 3)), "-5/3");
  EXPECT_EQ(print(x), to_string(x));
}

}  // namespace
}  // namespace graddiv
