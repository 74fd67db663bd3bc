#include "number/rational.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "testing/rationals.h"

namespace graddiv {
namespace {

using namespace testing;

TEST(ParsingARational, ReadsIntegersFractionsAndDecimalsExactly) {
  const std::pair<const char*, Rational> texts[] = {
      {"7", 7},
      {"-0", 0},
      {"+7", 7},
      {"007", 7},
      {"010", 10},
      {"-3/4", Rational(-3, 4)},
      {"6/8", Rational(3, 4)},
      {"08/09", Rational(8, 9)},
      {"0/5", 0},
      {"0.125", Rational(1, 8)},
      {".5", Rational(1, 2)},
      {"5.", 5},
      {"-0.1", Rational(-1, 10)},
      {"1e-3", Rational(1, 1000)},
      {"1E3", 1000},
      {"-2.5E+4", -25000},
      {"12.50e-1", Rational(5, 4)},
      {"0e0", 0},
  };
  for (const auto& [text, value] : texts) EXPECT_EQ(parse_rational(text), value) << text;
  EXPECT_EQ(parse_rational("1e100000") * parse_rational("1e-100000"), 1);
}

TEST(ParsingARational, RefusesWhatIsNotANumberAndSaysWhy) {
  for (const char* text : {"",
                           " ",
                           " 1",
                           "1 ",
                           "1/0",
                           "1/00",
                           "-1/0",
                           "/2",
                           "1/",
                           "1/-2",
                           "1//2",
                           "1/2/3",
                           "1.5/2",
                           "1/2.5",
                           "1/2e3",
                           "--1",
                           "+-1",
                           "-",
                           "+",
                           ".",
                           "-.",
                           "e5",
                           ".e5",
                           "1e",
                           "1e+",
                           "1e-",
                           "1e1.5",
                           "1.2.3",
                           "1,5",
                           "1_000",
                           "0x10",
                           "nan",
                           "NaN",
                           "inf",
                           "-inf",
                           "abc",
                           "1a",
                           "1e5x",
                           "1e100001",
                           "1e-100001",
                           "1e99999999999999999999",
                           "\xc2\xbd",
                           "1\n"}) {
    try {
      parse_rational(text);
      ADD_FAILURE() << "accepted \"" << text << "\"";
    } catch (const ParseError& error) {
      const std::string what = error.what();
      EXPECT_NE(what.find("\"" + std::string(text) + "\""), std::string::npos) << what;
      EXPECT_NE(what.find("expected"), std::string::npos) << what;
    }
  }
  EXPECT_THROW(parse_rational(std::string_view("1\0", 2)), ParseError);
}

TEST(ParsingARational, ShowsOnlyTheBeginningOfALongText) {
  try {
    parse_rational(std::string(10000, '1') + "x");
    FAIL();
  } catch (const ParseError& error) {
    EXPECT_LT(std::string(error.what()).size(), 400U);
  }
}

RC_GTEST_PROP(ParsingARational, UndoesPrinting, ()) {
  const Rational x = *rationals();
  RC_ASSERT(parse_rational(to_string(x)) == x);
}

TEST(PrintingARational, GivesLowestTerms) {
  EXPECT_EQ(to_string(Rational(6, -8)), "-3/4");
  EXPECT_EQ(to_string(Rational(8, 4)), "2");
  EXPECT_EQ(to_string(Rational(0)), "0");
}

TEST(ADecimal, IsRoundedInTheDirectionAsked) {
  struct Case {
    Rational value;
    int digits;
    const char* below;
    const char* above;
  };
  const Case cases[] = {
      {Rational(1, 3), 3, "0.333", "0.334"},
      {Rational(-1, 3), 3, "-0.334", "-0.333"},
      {Rational(2, 3), 1, "0.6", "0.7"},
      {Rational(5, 4), 17, "1.25", "1.25"},
      {Rational(0), 5, "0", "0"},
      {parse_rational("999.95"), 4, "999.9", "1000"},
      {parse_rational("-999.95"), 4, "-1000", "-999.9"},
      {parse_rational("99999"), 2, "99000", "100000"},
      {parse_rational("100"), 1, "100", "100"},
      {parse_rational("1e20"), 3, "100000000000000000000", "100000000000000000000"},
      {parse_rational("1e21"), 3, "1e21", "1e21"},
      {parse_rational("1.2345e21"), 3, "1.23e21", "1.24e21"},
      {parse_rational("0.00001"), 3, "0.00001", "0.00001"},
      {parse_rational("0.0000012"), 3, "1.2e-6", "1.2e-6"},
      {parse_rational("-3.00005e-12"), 5, "-3.0001e-12", "-3e-12"},
      {parse_rational("9.99e-6"), 2, "9.9e-6", "0.00001"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(decimal_below(c.value, c.digits), c.below);
    EXPECT_EQ(decimal_above(c.value, c.digits), c.above);
  }
  EXPECT_THROW(decimal_below(1, 0), std::invalid_argument);
  EXPECT_THROW(decimal_above(1, -1), std::invalid_argument);
}

RC_GTEST_PROP(ADecimal, BracketsTheNumberWithinOneUnitOfItsLastDigit, ()) {
  const Rational x = *rationals();
  const int digits = *rc::gen::inRange(1, 25);
  const Rational below = parse_rational(decimal_below(x, digits));
  const Rational above = parse_rational(decimal_above(x, digits));
  RC_ASSERT(below <= x);
  RC_ASSERT(x <= above);
  // The last of `digits` digits of x counts 10^(e + 1 − digits) with 10^e ≤ |x|.
  RC_ASSERT(above - below <= abs(x) * power_of_ten(1 - digits));
}

RC_GTEST_PROP(ADecimal, IsExactWhereTheDigitsSuffice, ()) {
  const Rational x =
      Rational(*rc::gen::inRange(-99999, 100000)) * power_of_ten(*rc::gen::inRange(-30, 30));
  RC_ASSERT(parse_rational(decimal_below(x, 5)) == x);
  RC_ASSERT(parse_rational(decimal_above(x, 5)) == x);
}

RC_GTEST_PROP(ADouble, IsTheRationalItStandsFor, ()) {
  const double x = *rc::gen::arbitrary<double>();
  RC_PRE(std::isfinite(x));
  RC_ASSERT(static_cast<double>(rational_from(x)) == x);
}

TEST(ADouble, IsNotTheDecimalItWasWrittenAs) {
  EXPECT_EQ(rational_from(0.1), Rational(Integer("3602879701896397"), Integer(1) << 55));
  EXPECT_EQ(rational_from(-0.0), 0);
  EXPECT_EQ(rational_from(std::numeric_limits<double>::denorm_min()), power_of_two(-1074));
  EXPECT_THROW(rational_from(std::nan("")), std::domain_error);
  EXPECT_THROW(rational_from(std::numeric_limits<double>::infinity()), std::domain_error);
}

TEST(TheBitSize, IsThatOfTheLongerPart) {
  EXPECT_EQ(bit_size(0), 1U);
  EXPECT_EQ(bit_size(-255), 8U);
  EXPECT_EQ(bit_size(Rational(1, 256)), 9U);
}

RC_GTEST_PROP(TheSimplestNumberOfARange, HasTheSmallestDenominatorAndThenNumerator, ()) {
  const auto [lower, upper] = *ranges(small_rationals());
  const Rational found = simplest_between(lower, upper);
  RC_ASSERT(lower <= found);
  RC_ASSERT(found <= upper);
  // By trying all: the ends have denominators of at most 20.
  const auto ceiling = [](const Rational& x) {
    const Integer floor_or_above = numerator(x) / denominator(x);
    return Rational(floor_or_above) < x ? Integer(floor_or_above + 1) : floor_or_above;
  };
  for (int q = 1;; ++q) {
    const Integer first = ceiling(lower * q);
    const Integer last = -ceiling(-upper * q);
    if (first > last) continue;
    RC_ASSERT(denominator(found) == q);
    const Integer nearest_to_zero = first > 0 ? first : last < 0 ? last : Integer(0);
    RC_ASSERT(numerator(found) == nearest_to_zero);
    return;
  }
}

TEST(TheSimplestNumberOfARange, RecognisesAFractionInItsDecimals) {
  EXPECT_EQ(simplest_between(parse_rational("3.14159"), parse_rational("3.1416")),
            Rational(355, 113));
  EXPECT_EQ(simplest_between(rational_from(1.0 / 3 - 1e-12), rational_from(1.0 / 3 + 1e-12)),
            Rational(1, 3));
  EXPECT_EQ(simplest_between(Rational(-5, 2), Rational(-7, 3)), Rational(-5, 2));
  const Rational long_number = parse_rational("123456789123456789/987654321987654323");
  EXPECT_EQ(simplest_between(long_number, long_number), long_number);
  EXPECT_THROW(simplest_between(1, 0), std::invalid_argument);
}

RC_GTEST_PROP(RoundToBits, StaysClose, ()) {
  const Rational x = *rationals();
  const int bits = *rc::gen::inRange(2, 60);
  const Rational rounded = round_to_bits(x, bits);
  RC_ASSERT(abs(rounded - x) * (Integer(1) << static_cast<unsigned>(bits - 1)) <= abs(x));
  // The numerator is the shortened number, or that times a power of two.
  if (rounded != 0 && denominator(rounded) != 1) {
    RC_ASSERT(msb(Integer(abs(numerator(rounded)))) <= static_cast<unsigned>(bits + 1));
  }
}

}  // namespace
}  // namespace graddiv
