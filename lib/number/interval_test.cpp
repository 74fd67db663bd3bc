#include "number/interval.h"

#include <gtest/gtest.h>
#include <mpfi.h>
#include <rapidcheck/gtest.h>

#include <thread>

#include "number/enclosure_value.h"
#include "number/exact.h"
#include "testing/rationals.h"

namespace graddiv {
namespace {

using namespace testing;

mpfr_prec_t bits_of(const Interval& x) { return mpfi_get_prec(x.backend().data()); }
mpfr_prec_t bits_of(const Enclosure& x) { return bits_of(*detail::interval_in(x)); }

TEST(ThePrecision, HoldsForTheLifetimeOfItsScope) {
  EXPECT_EQ(current_precision().bits, 128U);
  EXPECT_EQ(current_precision().exact_bits, Precision::unlimited);
  {
    const PrecisionScope outer(Precision{300, 1000});
    EXPECT_EQ(current_precision().bits, 300U);
    EXPECT_EQ(current_precision().exact_bits, 1000U);
    try {
      const PrecisionScope inner(40);
      EXPECT_EQ(current_precision().bits, 40U);
      EXPECT_EQ(current_precision().exact_bits, 1000U);
      throw std::runtime_error("left by an exception");
    } catch (const std::runtime_error&) {
    }
    EXPECT_EQ(current_precision().bits, 300U);
    EXPECT_THROW(PrecisionScope(1), std::invalid_argument);
    EXPECT_EQ(current_precision().bits, 300U);
  }
  EXPECT_EQ(current_precision().bits, 128U);
  EXPECT_EQ(bits_of(Interval()), 128);
}

TEST(ThePrecision, IsThatOfTheThread) {
  const PrecisionScope here(500);
  std::thread([] {
    EXPECT_EQ(current_precision().bits, 128U);
    EXPECT_GE(bits_of(Interval(1) / 3), 128);
    EXPECT_LE(bits_of(Interval(1) / 3), 132);
    const PrecisionScope there(64);
    EXPECT_LE(bits_of(Interval(1) / 3), 68);
  }).join();
  EXPECT_GE(bits_of(Interval(1) / 3), 500);
}

RC_GTEST_PROP(ThePrecision, IsInForceForEveryResultWhateverTheOperands, ()) {
  const auto bits = *rc::gen::inRange(2U, 700U);
  const auto other = *rc::gen::inRange(2U, 700U);
  const Interval operand = [&] {
    const PrecisionScope scope(other);
    return interval_around(Rational(1, 3));
  }();
  const PrecisionScope scope(bits);
  const auto least = static_cast<mpfr_prec_t>(bits);
  RC_ASSERT(bits_of(interval_around(Rational(1, 3))) == least);
  for (const Interval& result :
       {Interval(operand + operand), Interval(operand * operand), Interval(operand / operand),
        Interval(operand - operand), Interval(sqrt(operand)), Interval(exp(operand))}) {
    RC_ASSERT(bits_of(result) >= least);
    RC_ASSERT(bits_of(result) <= least + 4);
  }
  const Enclosure enclosed = enclose(operand);
  for (const Enclosure& result :
       {enclosed + 1, enclosed * enclosed, enclosed / 3, -enclosed, abs(enclosed), sqrt(enclosed),
        exp(enclosed), sin(enclosed), pow(enclosed, 3), enclosed.as_interval(), sqrt(Enclosure(2))})
    RC_ASSERT(bits_of(result) == least);
}

RC_GTEST_PROP(AnIntervalAroundARational, IsTheNarrowestOfThePrecision, ()) {
  const Rational x = *rationals();
  const auto bits = *rc::gen::inRange(2U, 300U);
  const PrecisionScope scope(bits);
  const Interval interval = interval_around(x);
  RC_ASSERT(lower_end(interval) <= x);
  RC_ASSERT(x <= upper_end(interval));
  // Neighbouring numbers of `bits` bits are at most 2^(1−bits) of the larger one apart.
  RC_ASSERT(upper_end(interval) - lower_end(interval) <=
            2 * abs(x) * power_of_two(1 - static_cast<int>(bits)));
  const Rational twice_rounded = lower_end(interval_around(lower_end(interval)));
  RC_ASSERT(twice_rounded == lower_end(interval));
}

TEST(TheEndsOfAnInterval, AreRefusedWhereInfinite) {
  const Interval line = 1 / Interval(0);
  EXPECT_THROW(lower_end(line), ArithmeticError);
  EXPECT_THROW(upper_end(line), ArithmeticError);
}

}  // namespace
}  // namespace graddiv
