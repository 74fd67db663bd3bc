#include "number/enclosure.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <sstream>

#include "number/exact.h"
#include "testing/rationals.h"

namespace graddiv {
namespace {

using namespace testing;
using Range = std::pair<Rational, Rational>;

constexpr double infinity = std::numeric_limits<double>::infinity();

rc::Gen<unsigned> precisions() { return rc::gen::element(2U, 5U, 24U, 53U, 64U, 128U, 300U); }

Enclosure interval(const Range& range) {
  return Enclosure::hull(enclose(range.first), enclose(range.second)).as_interval();
}

bool contains(const Enclosure& x, const Rational& value) { return x.contains(enclose(value)); }

bool contains(const Enclosure& x, const Range& range) {
  return contains(x, range.first) && contains(x, range.second);
}

/// The values f takes on the corners: its exact range, where f is monotone in each variable on the
/// ranges.
template <class F>
Range exact_range(const Range& a, const Range& b, F f) {
  const Rational values[] = {f(a.first, b.first), f(a.first, b.second), f(a.second, b.first),
                             f(a.second, b.second)};
  return {*std::min_element(std::begin(values), std::end(values)),
          *std::max_element(std::begin(values), std::end(values))};
}

/// Whether the ends of x are those of the range, each but for `ulps` units of the precision
/// relative to `magnitude`.
bool is_tight(const Enclosure& x, const Range& range, const Rational& magnitude, int ulps = 4) {
  const Rational allowed =
      ulps * magnitude * power_of_two(-static_cast<int>(current_precision().bits));
  return x.is_bounded() && range.first - lower_end(x) <= allowed &&
         upper_end(x) - range.second <= allowed;
}

Rational magnitude(const Range& a) {
  return std::max(Rational(abs(a.first)), Rational(abs(a.second)));
}

// Exact oracles: an interval of rationals around f(x), far narrower than any precision tested, by
// Taylor's theorem.

const Rational oracle_width = power_of_two(-420);

Range widened(const Rational& x, const Rational& error) { return {x - error, x + error}; }

/// Σ_{k<n} x^k/k! is within 2 |x|^n/n! of e^x once n ≥ 2|x|.
Range exp_oracle(const Rational& x) {
  Rational term = 1, sum = 0;
  for (int n = 1;; ++n) {
    sum += term;
    term *= x / n;
    if (n >= 2 * abs(x) && abs(term) < oracle_width) return widened(sum, 2 * abs(term));
  }
}

/// The series of sin (odd) and cos (even) are within the first term left out of them, |x|^n/n!.
Range wave_oracle(const Rational& x, bool odd) {
  Rational term = odd ? x : Rational(1), sum = 0;
  for (int n = odd ? 1 : 0;; n += 2) {
    sum += term;
    term *= -x * x / ((n + 1) * (n + 2));
    if (abs(term) < oracle_width) return widened(sum, abs(term));
  }
}

/// log x = 2 Σ z^(2k+1)/(2k+1) with z = (x−1)/(x+1); the rest is below |next term|/(1 − z²).
Range log_oracle(const Rational& x) {
  const Rational z = (x - 1) / (x + 1);
  Rational power = z, sum = 0;
  for (int n = 1;; n += 2) {
    sum += 2 * power / n;
    power *= z * z;
    const Rational rest = 2 * abs(power) / (n + 2) / (1 - z * z);
    if (rest < oracle_width) return widened(sum, rest);
  }
}

// Exactness ---------------------------------------------------------------------------------------

RC_GTEST_PROP(AnEnclosure, StaysExactWhileResultsAreRational, ()) {
  const Rational a = *rationals();
  const Rational b = *rationals();
  const Enclosure x = enclose(a);
  const Enclosure y = enclose(b);
  RC_ASSERT(exact_value(x + y) == a + b);
  RC_ASSERT(exact_value(x - y) == a - b);
  RC_ASSERT(exact_value(x * y) == a * b);
  if (b != 0) RC_ASSERT(exact_value(x / y) == a / b);
  RC_ASSERT(exact_value(-x) == -a);
  RC_ASSERT(exact_value(abs(x)) == abs(a));
  RC_ASSERT(exact_value(min(x, y)) == std::min(a, b));
  RC_ASSERT(exact_value(max(x, y)) == std::max(a, b));
  RC_ASSERT(exact_value(square(x)) == a * a);
  RC_ASSERT(exact_value(pow(x, 3)) == a * a * a);
  if (a != 0) RC_ASSERT(exact_value(pow(x, -3)) == 1 / (a * a * a));
  RC_ASSERT(exact_value(sqrt(x * x)) == abs(a));
  Enclosure z = x;
  z += y;
  z -= x;
  z *= x;
  RC_ASSERT(exact_value(z) == a * b);
}

TEST(AnEnclosure, KnowsTheExactValuesOfItsFunctions) {
  EXPECT_EQ(exact_value(exp(Enclosure(0))), 1);
  EXPECT_EQ(exact_value(log(Enclosure(1))), 0);
  EXPECT_EQ(exact_value(sin(Enclosure(0))), 0);
  EXPECT_EQ(exact_value(cos(Enclosure(0))), 1);
  EXPECT_EQ(exact_value(sqrt(Enclosure::parse("4/9"))), Rational(2, 3));
  EXPECT_EQ(exact_value(sqrt(Enclosure(0))), 0);
  EXPECT_EQ(exact_value(pow(Enclosure(0), 0)), 1);
  EXPECT_EQ(exact_value(pow(Enclosure::anything(), 0)), 1);
  EXPECT_EQ(exact_value(pow(Enclosure(-1), std::numeric_limits<long>::min())), 1);
  EXPECT_EQ(exact_value(0 * Enclosure::anything()), 0);
  EXPECT_FALSE(sqrt(Enclosure::parse("4/7")).is_exact());
  EXPECT_FALSE(sqrt(Enclosure::parse("3/9")).is_exact());
  for (const auto f : {exp, log, sin, cos, sqrt})
    EXPECT_FALSE(f(Enclosure::parse("22/7")).is_exact());
}

TEST(AnEnclosure, IsMadeOfEveryKindOfWholeNumberAndOfADoubleExactly) {
  EXPECT_EQ(exact_value(Enclosure()), 0);
  EXPECT_EQ(exact_value(Enclosure(-3)), -3);
  EXPECT_EQ(exact_value(Enclosure(3U)), 3);
  EXPECT_EQ(exact_value(Enclosure(std::numeric_limits<long long>::min())),
            Rational(-power_of_two(63)));
  EXPECT_EQ(exact_value(Enclosure(std::numeric_limits<std::size_t>::max())), power_of_two(64) - 1);
  EXPECT_EQ(exact_value(Enclosure(0.1)), rational_from(0.1));
  EXPECT_THROW(Enclosure(std::nan("")), ArithmeticError);
  EXPECT_THROW(Enclosure(-infinity), ArithmeticError);
  EXPECT_EQ(exact_value(Enclosure::parse("-1e-3")), Rational(-1, 1000));
  EXPECT_THROW(Enclosure::parse("pi"), ParseError);
}

TEST(AnEnclosure, BecomesAnIntervalWhereAnExactResultGrowsBeyondTheLimit) {
  const PrecisionScope scope(Precision{100, 64});
  const Enclosure big = enclose(Rational(power_of_two(63) + 1));
  EXPECT_TRUE(big.is_exact());
  EXPECT_TRUE((big - 1).is_exact());
  EXPECT_TRUE((-big).is_exact());
  for (const Enclosure& grown : {big * 3, big + big, 1 / big / 3, square(big), pow(big, 20)})
    EXPECT_FALSE(grown.is_exact());
  EXPECT_TRUE(contains(big * 3, 3 * exact_value(big)));
  EXPECT_TRUE(contains(pow(big, 20), exact_value([&] {
                         const PrecisionScope unlimited(Precision{100});
                         return pow(big, 20);
                       }())));
  EXPECT_LT(pow(big, 20).relative_width(), std::ldexp(1.0, -98));
  EXPECT_TRUE(pow(Enclosure(1), 1000000000).is_exact());
}

TEST(AnEnclosure, DoesNotExpandAPowerThatNoMemoryHolds) {
  const Enclosure huge = pow(Enclosure(3), 100'000'000'000);
  EXPECT_FALSE(huge.is_exact());
  EXPECT_FALSE(huge.is_bounded());  // beyond the exponents of MPFR
  EXPECT_EQ((huge > 1).truth(), Truth::yes);
  EXPECT_EQ((pow(Enclosure(3), -100'000'000'000) >= 0).truth(), Truth::yes);
  EXPECT_EQ((pow(Enclosure(3), -100'000'000'000) < Enclosure::parse("1e-1000")).truth(),
            Truth::yes);
}

// Containment and tightness on intervals ----------------------------------------------------------

RC_GTEST_PROP(Sums, ContainTheExactRangeAndAreTight, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  const PrecisionScope scope(*precisions());
  const Rational size = magnitude(a) + magnitude(b);
  const Range sum{a.first + b.first, a.second + b.second};
  RC_ASSERT(contains(interval(a) + interval(b), sum));
  RC_ASSERT(is_tight(interval(a) + interval(b), sum, size, 8));
  const Range difference{a.first - b.second, a.second - b.first};
  RC_ASSERT(contains(interval(a) - interval(b), difference));
  RC_ASSERT(is_tight(interval(a) - interval(b), difference, size, 8));
  // One side exact, the other not.
  const Range moved{a.first + b.first, a.second + b.first};
  RC_ASSERT(contains(interval(a) + enclose(b.first), moved));
  RC_ASSERT(is_tight(enclose(b.first) + interval(a), moved, size, 8));
}

RC_GTEST_PROP(Products, ContainTheExactRangeAndAreTight, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  const PrecisionScope scope(*precisions());
  const Range range = exact_range(a, b, std::multiplies<Rational>());
  const Enclosure product = interval(a) * interval(b);
  RC_ASSERT(contains(product, range));
  RC_ASSERT(is_tight(product, range, magnitude(a) * magnitude(b), 16));
  RC_ASSERT(contains(interval(a) * enclose(b.first),
                     exact_range(a, {b.first, b.first}, std::multiplies<Rational>())));
}

RC_GTEST_PROP(Quotients, ContainTheExactRangeAndAreTight, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  RC_PRE(b.first > 0 || b.second < 0);
  const PrecisionScope scope(*precisions());
  const Range range = exact_range(a, b, std::divides<Rational>());
  const Enclosure quotient = interval(a) / interval(b);
  RC_ASSERT(contains(quotient, range));
  RC_ASSERT(is_tight(quotient, range, magnitude(range), 24));
}

RC_GTEST_PROP(Quotients, ByARangeAroundZeroExcludeNothingThatOccurs, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  const PrecisionScope scope(*precisions());
  const Rational x = *points_of(a);
  const Rational y = *points_of(b);
  if (b.first == 0 && b.second == 0) {
    RC_ASSERT_THROWS_AS(interval(a) / enclose(b.first), ArithmeticError);
    RC_ASSERT(!(interval(a) / interval(b)).is_bounded());
  } else if (y != 0) {
    RC_ASSERT(contains(interval(a) / interval(b), Rational(x / y)));
    if (b.first < 0 && b.second > 0)
      RC_ASSERT((interval(a) / interval(b)).same_as(Enclosure::anything()));
  }
}

TEST(Quotients, ByARangeThatBeginsAtZeroAreHalfLines) {
  const Enclosure unit = Enclosure::hull(0, 1);
  EXPECT_EQ((1 / unit).to_string(), "[1, inf]");
  EXPECT_EQ((-1 / unit).to_string(), "[-inf, -1]");
  EXPECT_EQ((1 / -unit).to_string(), "[-inf, -1]");
  EXPECT_EQ((unit / unit).to_string(), "[0, inf]");
  EXPECT_EQ((Enclosure::hull(-1, 2) / unit).to_string(), "[-inf, inf]");
  EXPECT_EQ((1 / (1 / unit)).to_string(), "[0, 1]");
  EXPECT_EQ(((1 / unit) / (1 / unit)).to_string(), "[0, inf]");
  EXPECT_EQ((Enclosure(0).as_interval() / unit).to_string(), "[0, 0]");
  EXPECT_THROW(unit / 0, ArithmeticError);
  EXPECT_THROW(Enclosure(1) / 0, ArithmeticError);
}

TEST(Unboundedness, GoesThroughEveryOperationWithoutANaN) {
  const Enclosure half_line = 1 / Enclosure::hull(0, 1);  // [1, ∞]
  const Enclosure line = Enclosure::anything();
  EXPECT_EQ((half_line * half_line).to_string(), "[1, inf]");
  EXPECT_EQ((half_line * Enclosure::hull(0, 1)).to_string(), "[0, inf]");
  EXPECT_EQ((half_line * Enclosure::hull(-2, 1)).to_string(), "[-inf, inf]");
  EXPECT_EQ((half_line * Enclosure(0).as_interval()).to_string(), "[0, 0]");
  EXPECT_EQ((line * Enclosure(0).as_interval()).to_string(), "[0, 0]");
  EXPECT_EQ((half_line - half_line).to_string(), "[-inf, inf]");
  EXPECT_EQ((half_line + half_line).to_string(), "[2, inf]");
  EXPECT_EQ((line * line).to_string(), "[-inf, inf]");
  EXPECT_EQ(square(line).to_string(), "[0, inf]");
  EXPECT_EQ(abs(line).to_string(), "[0, inf]");
  EXPECT_EQ(exp(line).to_string(), "[0, inf]");
  EXPECT_EQ(log(half_line).to_string(), "[0, inf]");
  EXPECT_EQ(log(line).to_string(), "[-inf, inf]");
  EXPECT_EQ(sqrt(line).to_string(), "[0, inf]");
  EXPECT_EQ(sin(line).to_string(), "[-1, 1]");
  EXPECT_EQ(cos(half_line).to_string(), "[-1, 1]");
  EXPECT_EQ(pow(half_line, -2).to_string(), "[0, 1]");
  EXPECT_EQ(pow(line, -3).to_string(), "[-inf, inf]");
  EXPECT_EQ(min(half_line, line).to_string(), "[-inf, inf]");
  EXPECT_EQ(max(half_line, 3).to_string(), "[3, inf]");
  EXPECT_EQ((-half_line).to_string(), "[-inf, -1]");
  EXPECT_EQ((line - line).to_string(), "[-inf, inf]");
  EXPECT_EQ((line / line).to_string(), "[-inf, inf]");
  EXPECT_FALSE(half_line.is_bounded());
  EXPECT_THROW(half_line.upper(), ArithmeticError);
  EXPECT_EQ(exact_value(half_line.lower()), 1);
  EXPECT_THROW(line.lower(), ArithmeticError);
  EXPECT_EQ(half_line.width(), infinity);
  EXPECT_EQ(half_line.relative_width(), infinity);
  EXPECT_TRUE(std::isfinite(line.approximate()));
  EXPECT_TRUE(std::isfinite(half_line.approximate()));
}

TEST(Unboundedness, ComesInForANaNAndForAnEmptyEnd) {
  Interval nan(0);
  mpfi_set_d(nan.backend().data(), std::nan(""));
  EXPECT_TRUE(enclose(nan).same_as(Enclosure::anything()));
  Interval beyond(0);
  mpfi_set_d(beyond.backend().data(), infinity);
  EXPECT_TRUE(enclose(beyond).same_as(Enclosure::anything()));
}

RC_GTEST_PROP(Powers, ContainTheExactRangeAndAreTight, ()) {
  const Range a = *ranges(rationals());
  const int n = *rc::gen::inRange(0, 9);
  const PrecisionScope scope(*precisions());
  const auto power = [n](const Rational& x) { return exact_value(pow(enclose(x), n)); };
  Range range{std::min(power(a.first), power(a.second)), std::max(power(a.first), power(a.second))};
  if (n > 0 && n % 2 == 0 && a.first <= 0 && a.second >= 0) range.first = 0;
  const Enclosure result = pow(interval(a), n);
  RC_ASSERT(contains(result, range));
  // (1 + 2^(1−bits))^n relative to the ends; for very few bits that is a lot.
  RC_ASSERT(current_precision().bits < 24 || is_tight(result, range, magnitude(range), 8 * n + 4));
  if (n % 2 == 0) RC_ASSERT((result >= 0).truth() == Truth::yes);
  if (n > 0 && (a.first > 0 || a.second < 0)) {
    const Range inverse = exact_range({1, 1}, range, std::divides<Rational>());
    RC_ASSERT(contains(pow(interval(a), -n), inverse));
  }
}

TEST(Powers, OfARangeAroundZeroStartAtZeroWhereEven) {
  const Enclosure around = Enclosure::hull(-3, 2);
  EXPECT_EQ(square(around).to_string(), "[0, 9]");
  EXPECT_EQ(pow(around, 4).to_string(), "[0, 81]");
  EXPECT_EQ(pow(around, 3).to_string(), "[-27, 8]");
  EXPECT_EQ((around * around).to_string(), "[-6, 9]");
  EXPECT_EQ(pow(around, -2).decimal_upper(), "inf");
  EXPECT_EQ(pow(around, -1).to_string(), "[-inf, inf]");
  EXPECT_TRUE(contains(pow(around, -2), Rational(1, 9)));
  EXPECT_THROW(pow(Enclosure(0), -1), ArithmeticError);
}

RC_GTEST_PROP(SquareRoots, ContainTheRootAndAreTight, ()) {
  const Range a =
      *ranges(rc::gen::map(rationals(), [](const Rational& x) { return Rational(abs(x)); }));
  const PrecisionScope scope(*precisions());
  const int bits = static_cast<int>(current_precision().bits);
  // Squaring is the exact oracle: s ≤ √r if and only if s² ≤ r.
  const Enclosure root = sqrt(interval(a));
  RC_ASSERT(lower_end(root) * lower_end(root) <= a.first);
  RC_ASSERT(upper_end(root) * upper_end(root) >= a.second);
  RC_ASSERT(lower_end(root) >= 0);
  const Rational slack = 1 + 16 * power_of_two(-bits);
  RC_ASSERT(upper_end(root) * upper_end(root) <= a.second * slack * slack);
  RC_ASSERT(lower_end(root) * lower_end(root) * slack * slack >= a.first);
  const Enclosure of_exact = sqrt(enclose(a.second));
  RC_ASSERT(of_exact.relative_width() <= std::ldexp(1.0, 2 - bits));
  RC_ASSERT(lower_end(of_exact) * lower_end(of_exact) <= a.second);
  RC_ASSERT(upper_end(of_exact) * upper_end(of_exact) >= a.second);
}

TEST(SquareRoots, AreCutAtZeroAndRefusedBelowIt) {
  EXPECT_EQ(sqrt(Enclosure::hull(-4, 4)).to_string(), "[0, 2]");
  EXPECT_EQ(sqrt(Enclosure::hull(-4, 0)).to_string(), "[0, 0]");
  EXPECT_THROW(sqrt(Enclosure(-4)), ArithmeticError);
  EXPECT_THROW(sqrt(Enclosure::hull(-4, -1)), ArithmeticError);
}

RC_GTEST_PROP(AbsMinAndMax, ContainTheExactRangeWithinOneRoundingOfIt, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  const PrecisionScope scope(*precisions());
  const bool around = a.first <= 0 && a.second >= 0;
  const Range size{around ? Rational(0) : std::min(Rational(abs(a.first)), Rational(abs(a.second))),
                   magnitude(a)};
  RC_ASSERT(contains(abs(interval(a)), size));
  RC_ASSERT(is_tight(abs(interval(a)), size, magnitude(a)));
  const Range least{std::min(a.first, b.first), std::min(a.second, b.second)};
  const Range most{std::max(a.first, b.first), std::max(a.second, b.second)};
  const Rational scale = std::max(magnitude(a), magnitude(b));
  RC_ASSERT(contains(min(interval(a), interval(b)), least));
  RC_ASSERT(is_tight(min(interval(a), interval(b)), least, scale));
  RC_ASSERT(contains(max(interval(a), interval(b)), most));
  RC_ASSERT(is_tight(max(interval(a), interval(b)), most, scale));
  RC_ASSERT(contains(max(interval(a), enclose(b.first)),
                     Range(std::max(a.first, b.first), std::max(a.second, b.first))));
}

TEST(AbsMinAndMax, AtTheirBranchPoints) {
  const Enclosure around = Enclosure::hull(-3, 2);
  EXPECT_EQ(abs(around).to_string(), "[0, 3]");
  EXPECT_EQ(abs(Enclosure::hull(-3, 0)).to_string(), "[0, 3]");
  EXPECT_EQ(abs(Enclosure::hull(-3, -2)).to_string(), "[2, 3]");
  EXPECT_EQ(max(around, 0).to_string(), "[0, 2]");
  EXPECT_EQ(min(around, 0).to_string(), "[-3, 0]");
  EXPECT_EQ(min(around, Enclosure::hull(1, 5)).to_string(), "[-3, 2]");
  EXPECT_EQ(max(around, Enclosure::hull(-5, 1)).to_string(), "[-3, 2]");
  EXPECT_EQ(exact_value(max(around, 2)), 2);  // decided: the exact side is kept
  EXPECT_EQ(exact_value(min(around, -3)), -3);
}

// Containment and tightness of the transcendental functions ---------------------------------------

RC_GTEST_PROP(ExpLogSinAndCos, ContainTheValueAndAreAccurateToAnUlpAtExactPoints, ()) {
  const Rational x = *small_rationals(30);
  const PrecisionScope scope(*precisions());
  const int bits = static_cast<int>(current_precision().bits);
  RC_ASSERT(contains(exp(enclose(x)), exp_oracle(x)));
  RC_ASSERT(exp(enclose(x)).relative_width() <= std::ldexp(1.0, 2 - bits));
  if (x == 0) return;
  RC_ASSERT(contains(sin(enclose(x)), wave_oracle(x, true)));
  RC_ASSERT(contains(cos(enclose(x)), wave_oracle(x, false)));
  RC_ASSERT(sin(enclose(x)).relative_width() <= std::ldexp(1.0, 2 - bits));
  RC_ASSERT(cos(enclose(x)).relative_width() <= std::ldexp(1.0, 2 - bits));
  if (x < 0 || x == 1) return;
  RC_ASSERT(contains(log(enclose(x)), log_oracle(x)));
  RC_ASSERT(log(enclose(x)).relative_width() <= std::ldexp(1.0, 2 - bits));
}

RC_GTEST_PROP(ExpLogSinAndCos, OfAnIntervalContainTheValuesAtItsPoints, ()) {
  const Range a = *ranges(small_rationals(12));
  const Rational x = *points_of(a);
  const PrecisionScope scope(*precisions());
  RC_ASSERT(contains(exp(interval(a)), exp_oracle(x)));
  RC_ASSERT(contains(sin(interval(a)), wave_oracle(x, true)));
  RC_ASSERT(contains(cos(interval(a)), wave_oracle(x, false)));
  if (x > 0) RC_ASSERT(contains(log(interval(a)), log_oracle(x)));
}

RC_GTEST_PROP(ExpLogSinAndCos, OfAnIntervalAreTight, ()) {
  const Rational x = *small_rationals(12);
  const Rational radius = power_of_two(-*rc::gen::inRange(10, 60));
  const Range a{x - radius, x + radius};
  const PrecisionScope scope(*precisions());
  const double error =
      2 * static_cast<double>(radius) + std::ldexp(std::abs(static_cast<double>(x)) + 1,
                                                   3 - static_cast<int>(current_precision().bits));
  // |sin'|, |cos'| ≤ 1.
  RC_ASSERT(sin(interval(a)).width() <= 1.01 * error);
  RC_ASSERT(cos(interval(a)).width() <= 1.01 * error);
  if (current_precision().bits >= 24) RC_ASSERT(exp(interval(a)).relative_width() <= 1.01 * error);
  if (current_precision().bits >= 24 && x > 0)  // log' ≤ 1/a.first
    RC_ASSERT(log(interval(a)).width() <=
              1.01 * error * (1 + 1 / static_cast<double>(a.first)) +
                  std::ldexp(5.0, 2 - static_cast<int>(current_precision().bits)));
}

TEST(ExpLogSinAndCos, AreAccurateWhereDigitsCancel) {
  const Enclosure near_one = Enclosure::parse("1") + pow(Enclosure(10), -80);
  EXPECT_LT(log(near_one).relative_width(), 1e-37);  // 10^-80 − 10^-160/2 + …
  EXPECT_TRUE(contains(log(near_one) * pow(Enclosure(10), 80), 1 - power_of_ten(-80) / 2));
  EXPECT_LT(sin(Enclosure::parse("1e300")).relative_width(), 1e-37);
  EXPECT_LT(cos(Enclosure::parse("-1e300")).relative_width(), 1e-37);
  EXPECT_LT(exp(Enclosure::parse("100000.1")).relative_width(), 1e-37);
  EXPECT_LT(exp(Enclosure::parse("1e-300")).relative_width(), 1e-37);
  EXPECT_LT(sin(Enclosure::parse("1e-300")).relative_width(), 1e-37);
  // sin² + cos² = 1 where the argument is far beyond the precision.
  const Enclosure far = Enclosure::parse("1e300");
  EXPECT_TRUE(contains(square(sin(far)) + square(cos(far)), 1));
  EXPECT_EQ(sin(far).to_string(12),
            "[-0.985750425161, -0.98575042516]");  // mpmath: −0.98575042516037699…
}

TEST(ExpLogSinAndCos, AtTheEdgesOfTheirDomains) {
  EXPECT_THROW(log(Enclosure(0)), ArithmeticError);
  EXPECT_THROW(log(Enclosure(-1)), ArithmeticError);
  EXPECT_THROW(log(Enclosure::hull(-2, 0)), ArithmeticError);
  EXPECT_EQ(log(Enclosure::hull(0, 1)).to_string(), "[-inf, 0]");
  EXPECT_EQ(log(Enclosure::hull(-1, 1)).to_string(), "[-inf, 0]");
  const Enclosure overflow = exp(Enclosure::parse("1e300"));
  EXPECT_FALSE(overflow.is_bounded());
  EXPECT_EQ((overflow > Enclosure::parse("1e1000")).truth(), Truth::yes);
  const Enclosure underflow = exp(Enclosure::parse("-1e300"));
  EXPECT_TRUE(contains(underflow, 0));
  EXPECT_EQ((underflow < Enclosure::parse("1e-1000")).truth(), Truth::yes);
  EXPECT_EQ((underflow >= 0).truth(), Truth::yes);
  EXPECT_EQ(sin(Enclosure::hull(0, 100)).to_string(), "[-1, 1]");
  EXPECT_EQ(cos(Enclosure::hull(-1, 1)).decimal_upper(), "1");
}

RC_GTEST_PROP(MorePrecision, GivesAnEnclosureInsideTheFormer, ()) {
  const Rational x = abs(*small_rationals(50));
  const unsigned bits = *precisions();
  const unsigned more = bits + *rc::gen::inRange(1U, 200U);
  const auto formula = [&](unsigned b) {
    const PrecisionScope scope(b);
    const Enclosure y = sqrt(enclose(x) + 3) / 7;
    return exp(sin(y) - log(enclose(x) + 2) * y) + max(cos(3 * y), abs(y - 1)) / (1 + square(y));
  };
  RC_ASSERT(formula(bits).contains(formula(more)));
  RC_ASSERT(formula(more).is_bounded());
}

// Comparing ---------------------------------------------------------------------------------------

/// What holds for every pair, for none, or for some.
template <class Holds>
Truth over(const Range& a, const Range& b, Holds holds) {
  bool some = false;
  bool all = true;
  // The ends decide an order, and a common point decides equality.
  for (const Rational& x : {a.first, a.second, std::clamp(b.first, a.first, a.second)})
    for (const Rational& y : {b.first, b.second, std::clamp(a.first, b.first, b.second)}) {
      const bool one = holds(x, y);
      some = some || one;
      all = all && one;
    }
  return all ? Truth::yes : some ? Truth::unknown : Truth::no;
}

RC_GTEST_PROP(AComparison, IsDecidedExactlyWhereTheEndsDecideIt, ()) {
  const auto ends = rc::gen::map(rc::gen::inRange(-3, 4), [](int n) { return Rational(n, 2); });
  const Range a = *ranges(ends);
  const Range b = *ranges(ends);
  const bool exact_a = a.first == a.second && *rc::gen::arbitrary<bool>();
  const bool exact_b = b.first == b.second && *rc::gen::arbitrary<bool>();
  const Enclosure x = exact_a ? enclose(a.first) : interval(a);
  const Enclosure y = exact_b ? enclose(b.first) : interval(b);
  RC_ASSERT((x < y).truth() == over(a, b, std::less<Rational>()));
  RC_ASSERT((x <= y).truth() == over(a, b, std::less_equal<Rational>()));
  RC_ASSERT((x > y).truth() == over(a, b, std::greater<Rational>()));
  RC_ASSERT((x >= y).truth() == over(a, b, std::greater_equal<Rational>()));
  RC_ASSERT((x == y).truth() == over(a, b, std::equal_to<Rational>()));
  const Truth implicit = x < y;
  RC_ASSERT(implicit == (x < y).truth());
}

RC_GTEST_PROP(AComparison, OfExactNumbersIsNeverUnknown, ()) {
  const Rational a = *rationals();
  const Rational b = *rationals();
  RC_ASSERT((enclose(a) < enclose(b)).truth() == truth(a < b));
  RC_ASSERT((enclose(a) == enclose(b)).truth() == truth(a == b));
  RC_ASSERT((enclose(a) >= enclose(b)).truth() == truth(a >= b));
}

TEST(AComparison, SeesAnExactNumberBesideAnIntervalExactly) {
  const Enclosure one = Enclosure(1).as_interval();
  const Enclosure next_to_one =
      enclose(Rational(1 + power_of_two(-500)));  // rounds to 1 at 128 bits
  EXPECT_EQ((one < next_to_one).truth(), Truth::yes);
  EXPECT_EQ((next_to_one <= one).truth(), Truth::no);
  EXPECT_EQ((one == next_to_one).truth(), Truth::no);
  EXPECT_EQ((one == 1).truth(), Truth::yes);
}

TEST(AComparison, WithAnUnboundedSideIsDecidedOnlyByTheOtherEnd) {
  const Enclosure line = Enclosure::anything();
  const Enclosure half_line = 1 / Enclosure::hull(0, 1);
  for (const Enclosure& other : {line, half_line, Enclosure(3), Enclosure::parse("1e300")}) {
    EXPECT_EQ((line < other).truth(), Truth::unknown);
    EXPECT_EQ((line <= other).truth(), Truth::unknown);
    EXPECT_EQ((line == other).truth(), Truth::unknown);
    EXPECT_EQ((other < line).truth(), Truth::unknown);
    EXPECT_EQ((half_line <= other).truth(), Truth::unknown);
  }
  EXPECT_EQ((half_line >= 1).truth(), Truth::yes);
  EXPECT_EQ((half_line < 1).truth(), Truth::no);
  EXPECT_EQ((half_line > 1).truth(), Truth::unknown);
}

TEST(AComparison, KeepsBothSides) {
  const Comparison claim = Enclosure(2) <= Enclosure(3);
  EXPECT_EQ(exact_value(claim.left), 2);
  EXPECT_EQ(exact_value(claim.right), 3);
  EXPECT_EQ(claim.relation, Relation::less_equal);
}

// Widths, identity and text -----------------------------------------------------------------------

RC_GTEST_PROP(TheWidth, IsRoundedUp, ()) {
  const Range a = *ranges(rationals());
  const Enclosure x = interval(a);
  const double width = x.width();
  const Rational exact = upper_end(x) - lower_end(x);
  if (std::isfinite(width)) RC_ASSERT(rational_from(width) >= exact);
  if (exact < power_of_ten(300)) RC_ASSERT(std::isfinite(width));
  if (std::isfinite(width) && width > 1e-290)
    RC_ASSERT(rational_from(width) <= exact * (1 + power_of_two(-50)));
  RC_ASSERT(enclose(a.first).width() == 0);
  RC_ASSERT(enclose(a.first).relative_width() == 0);
  const Rational size = std::max(Rational(abs(lower_end(x))), Rational(abs(upper_end(x))));
  if (size != 0) {
    RC_ASSERT(rational_from(x.relative_width()) * size >= exact);
    RC_ASSERT(x.relative_width() <= 2.0000001);
  }
}

RC_GTEST_PROP(TheApproximation, IsNearTheMiddle, ()) {
  const Rational x = *rationals();
  const Rational allowed = abs(x) * power_of_two(-52);
  RC_ASSERT(abs(rational_from(enclose(x).approximate()) - x) <= allowed);
  RC_ASSERT(abs(rational_from(enclose(x).as_interval().approximate()) - x) <= allowed);
  RC_ASSERT(Enclosure::hull(1, 3).approximate() == 2);
}

RC_GTEST_PROP(AHull, IsTheSmallestEnclosureOfBoth, ()) {
  const Range a = *ranges(rationals());
  const Range b = *ranges(rationals());
  const Enclosure hull = Enclosure::hull(interval(a), interval(b));
  const Range both{std::min(a.first, b.first), std::max(a.second, b.second)};
  RC_ASSERT(contains(hull, both));
  RC_ASSERT(is_tight(hull, both, std::max(magnitude(a), magnitude(b))));
  RC_ASSERT(hull.contains(interval(a)));
  RC_ASSERT(hull.contains(interval(b)));
  RC_ASSERT(Enclosure::hull(enclose(a.first), enclose(a.first)).is_exact());
  RC_ASSERT(enclose(a.first, a.second).contains(enclose(a.first)));
  RC_ASSERT(enclose(a.first, a.second).is_exact() == (a.first == a.second));
}

TEST(Containing, MeansEveryRealOfTheOther) {
  const Enclosure unit = Enclosure::hull(0, 1);
  EXPECT_TRUE(unit.contains(unit));
  EXPECT_TRUE(unit.contains(0));
  EXPECT_TRUE(unit.contains(Enclosure::parse("1/3")));
  EXPECT_FALSE(unit.contains(Enclosure::parse("-1/3")));
  EXPECT_FALSE(unit.contains(Enclosure::hull(0, 2)));
  EXPECT_FALSE(unit.contains(Enclosure::anything()));
  EXPECT_TRUE(Enclosure::anything().contains(unit));
  EXPECT_TRUE(Enclosure(1).contains(Enclosure(1).as_interval()));
  EXPECT_FALSE(Enclosure(1).contains(unit));
  EXPECT_FALSE(Enclosure(1).contains(2));
  EXPECT_THROW(enclose(2, 1), std::invalid_argument);
}

RC_GTEST_PROP(SameAs, IsAnIdentityOfTheRepresentationAndAgreesWithTheHash, ()) {
  const auto ends = small_rationals(4);
  const Range a = *ranges(ends);
  const Range b = *ranges(ends);
  RC_ASSERT(enclose(a.first).same_as(enclose(b.first)) == (a.first == b.first));
  RC_ASSERT(enclose(a.first).hash() == enclose(Rational(a.first)).hash());
  RC_ASSERT(!enclose(a.first).same_as(enclose(a.first).as_interval()));
  // The precision in which the ends are stored does not matter, only the ends do.
  const Range quarters{Rational(numerator(a.first), 4), Rational(numerator(a.first) + 1, 4)};
  const auto at = [&quarters](unsigned bits) {
    const PrecisionScope scope(bits);
    return interval(quarters);
  };
  RC_ASSERT(at(53).same_as(at(200)));
  RC_ASSERT(at(53).hash() == at(200).hash());
  RC_ASSERT(interval(a).same_as(interval(b)) == (a == b));
}

TEST(SameAs, HashesDifferentValuesDifferently) {
  const Enclosure values[] = {0,
                              1,
                              2,
                              -1,
                              Enclosure::parse("1/2"),
                              Enclosure::hull(0, 1),
                              Enclosure::hull(0, 2),
                              Enclosure::hull(-1, 0),
                              Enclosure::anything()};
  for (const Enclosure& x : values)
    for (const Enclosure& y : values) {
      EXPECT_EQ(x.same_as(y), x.hash() == y.hash()) << x << " and " << y;
    }
}

RC_GTEST_PROP(TheText, RoundsOutward, ()) {
  const Range a = *ranges(rationals());
  const int digits = *rc::gen::inRange(1, 25);
  const Enclosure x = interval(a);
  const Rational lower = parse_rational(x.decimal_lower(digits));
  const Rational upper = parse_rational(x.decimal_upper(digits));
  const Rational unit = power_of_ten(1 - digits);
  RC_ASSERT(lower <= lower_end(x));
  RC_ASSERT(upper >= upper_end(x));
  RC_ASSERT(lower_end(x) - lower <= unit * abs(lower_end(x)));
  RC_ASSERT(upper - upper_end(x) <= unit * abs(upper_end(x)));
  RC_ASSERT(x.decimal_lower(digits) == decimal_below(lower_end(x), digits));
  RC_ASSERT(x.decimal_upper(digits) == decimal_above(upper_end(x), digits));
  RC_ASSERT(enclose(a.first).decimal_lower(digits) == decimal_below(a.first, digits));
  RC_ASSERT(enclose(a.first).decimal_upper(digits) == decimal_above(a.first, digits));
}

TEST(TheText, ShowsExactNumbersAsFractionsAndIntervalsAsDecimals) {
  EXPECT_EQ(Enclosure::parse("-2/6").to_string(), "-1/3");
  EXPECT_EQ(sqrt(Enclosure(2)).to_string(5), "[1.4142, 1.4143]");
  EXPECT_EQ((-sqrt(Enclosure(2))).to_string(5), "[-1.4143, -1.4142]");
  EXPECT_EQ(Enclosure::anything().to_string(), "[-inf, inf]");
  EXPECT_EQ(Enclosure::anything().decimal_lower(), "-inf");
  EXPECT_EQ(Enclosure::anything().decimal_upper(), "inf");
  EXPECT_THROW(sqrt(Enclosure(2)).decimal_lower(0), std::invalid_argument);
  std::ostringstream out;
  out << Enclosure(7);
  EXPECT_EQ(out.str(), "7");
}

TEST(TheDoors, GiveTheNumbersAnEnclosureIsMadeOf) {
  EXPECT_THROW(exact_value(sqrt(Enclosure(2))), std::logic_error);
  EXPECT_EQ(lower_end(Enclosure(5)), 5);
  EXPECT_EQ(upper_end(Enclosure::hull(1, 2)), 2);
  EXPECT_EQ(lower_end(interval_value(Enclosure::hull(1, 2))), 1);
  EXPECT_EQ(exact_value(Enclosure::hull(1, 2).upper()), 2);
  EXPECT_FALSE(Enclosure(1).as_interval().is_exact());
  EXPECT_EQ(Enclosure(1).as_interval().to_string(), "[1, 1]");
}

}  // namespace
}  // namespace graddiv
