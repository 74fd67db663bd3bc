#include "number/small_arithmetic.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

#include "number/arithmetic_error.h"
#include "number/enclosure_value.h"
#include "number/exact.h"
#include "testing/rationals.h"

namespace graddiv {
namespace {

using namespace testing;
using detail::SmallRational;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

/// At and around every limit of the arithmetic: 0, the ends of 64 bits, where sums and products of
/// two leave 32 and 64 bits, powers of two and of three, primes, the double range.
const std::vector<std::int64_t>& corners() {
  static const std::vector<std::int64_t> all = [] {
    std::vector<std::int64_t> xs{0};
    for (const std::int64_t x :
         {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{6}, std::int64_t{1} << 31,
          std::int64_t{1} << 32, std::int64_t{3037000499},  // ⌊√2⁶³⌋
          std::int64_t{1} << 53, std::int64_t{1} << 62, std::int64_t{4052555153018976267},  // 3³⁹
          std::int64_t{9223372036854775783},  // the largest prime below 2⁶³
          most}) {
      xs.insert(xs.end(), {x, -x, x - 1, 1 - x});
    }
    xs.insert(xs.end(), {least, least + 1, least + 2});
    return xs;
  }();
  return all;
}

rc::Gen<std::int64_t> integers() {
  return rc::gen::weightedOneOf<std::int64_t>(
      {{2, rc::gen::elementOf(corners())},
       {2, rc::gen::map(rc::gen::inRange(-20, 21), [](int x) { return std::int64_t{x}; })},
       {1,
        rc::gen::map(rc::gen::pair(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange(0, 64)),
                     [](const std::pair<std::int64_t, int>& x) { return x.first >> x.second; })}});
}

Rational oracle(std::int64_t p, std::int64_t q) { return Rational(Integer(p), Integer(q)); }

rc::Gen<Rational> numbers() {
  return rc::gen::weightedOneOf<Rational>(
      {{5, rc::gen::map(rc::gen::pair(integers(), integers()),
                        [](const std::pair<std::int64_t, std::int64_t>& x) {
                          return oracle(x.first, x.second == 0 ? 1 : x.second);
                        })},
       {1, rationals()}});
}

bool is_in_place(const Enclosure& x) { return x.held().is_small(); }

bool should_be_in_place(const Rational& x) {
  return numerator(x) >= least && numerator(x) <= most && denominator(x) <= most;
}

void require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}

/// The value, and that it is held in the one form that it has.
void expect(const Enclosure& x, const Rational& value, const std::string& what) {
  require(x.is_exact() && exact_value(x) == value, what + ": " + x.to_string());
  require(is_in_place(x) == should_be_in_place(value), "form of the " + what);
  const Enclosure again = enclose(value);
  require(x.same_as(again), "form of the " + what);
  require(x.hash() == again.hash(), "form of the " + what);
  require(x.to_string() == to_string(value), "form of the " + what);
}

void expect_all_operations(const Rational& a, const Rational& b) {
  const Enclosure x = enclose(a), y = enclose(b);
  const std::string both = " of " + to_string(a) + " and " + to_string(b);
  expect(x, a, "value" + both);
  expect(x + y, a + b, "sum" + both);
  expect(x - y, a - b, "difference" + both);
  expect(x * y, a * b, "product" + both);
  if (b != 0) expect(x / y, a / b, "quotient" + both);
  expect(-x, -a, "negative" + both);
  expect(abs(x), abs(a), "absolute value" + both);
  expect(square(x), a * a, "square" + both);
  expect(pow(x, 3), a * a * a, "third power" + both);
  if (a != 0) expect(pow(x, -2), 1 / (a * a), "power −2" + both);
  expect(sqrt(x * x), abs(a), "root of the square" + both);
  expect(min(x, y), std::min(a, b), "minimum" + both);
  expect(max(x, y), std::max(a, b), "maximum" + both);
  require((x < y).truth() == truth(a < b), "comparison" + both);
  require((x <= y).truth() == truth(a <= b), "comparison" + both);
  require((x == y).truth() == truth(a == b), "comparison" + both);
  require((x >= y).truth() == truth(a >= b), "comparison" + both);
  require((x > y).truth() == truth(a > b), "comparison" + both);
  require(x.same_as(y) == (a == b), "comparison" + both);
  require(x.contains(y) == (a == b), "comparison" + both);
}

RC_GTEST_PROP(SmallNumbers, AreThoseOfGmp, ()) { expect_all_operations(*numbers(), *numbers()); }

TEST(SmallNumbers, AreThoseOfGmpAtEveryPairOfIntegerLimits) {
  for (const std::int64_t p : corners()) {
    for (const std::int64_t q : corners()) {
      expect_all_operations(oracle(p, 1), oracle(q, 1));
      if (q == 0) continue;
      expect_all_operations(oracle(p, q), oracle(1, 3));
      expect_all_operations(oracle(q, 1), oracle(p, 3));
      if (p == 0) continue;
      expect_all_operations(oracle(p, q), oracle(q, p));
      expect_all_operations(oracle(1, p), oracle(1, q));
    }
  }
}

TEST(SmallNumbers, HaveAllOf64BitsInPlaceAndNothingBeyond) {
  EXPECT_TRUE(is_in_place(Enclosure(least)));
  EXPECT_TRUE(is_in_place(Enclosure(most)));
  EXPECT_TRUE(is_in_place(Enclosure(1) / most));
  EXPECT_FALSE(is_in_place(-Enclosure(least)));
  EXPECT_FALSE(is_in_place(Enclosure(most) + 1));
  EXPECT_FALSE(is_in_place(Enclosure(least) - 1));
  EXPECT_FALSE(is_in_place(Enclosure(1) / least)) << "−1/2⁶³";
  EXPECT_TRUE(is_in_place(Enclosure(most) + 1 - 1)) << "back in place";
  EXPECT_TRUE(is_in_place(Enclosure(least) / least));
  EXPECT_FALSE(is_in_place(Enclosure(1).as_surrogate())) << "marked";
  EXPECT_EQ(sizeof(Enclosure), 16U);
}

TEST(SmallNumbers, SurviveBeingMovedAndAssignedToThemselves) {
  for (const Enclosure& original : {Enclosure(7) / 3, pow(Enclosure(7) / 3, 50), sqrt(Enclosure(2)),
                                    Enclosure(5).as_surrogate()}) {
    Enclosure x = original;
    const Enclosure& alias = x;
    x = alias;
    EXPECT_TRUE(x.same_as(original));
    Enclosure y = std::move(x);
    EXPECT_TRUE(y.same_as(original));
    x = std::move(y);  // NOLINT(bugprone-use-after-move): assigned to again
    EXPECT_TRUE(x.same_as(original));
    std::swap(x, y);
    EXPECT_TRUE(y.same_as(original));
    EXPECT_TRUE(x.same_as(0)) << "what is left of a number moved from";
  }
}

TEST(SmallNumbers, KeepToTheBitsThatTheThreadKeepsExact) {
  const PrecisionScope scope(Precision{64, 8});
  EXPECT_TRUE((Enclosure(16) * 15).is_exact());
  EXPECT_FALSE((Enclosure(16) * 16).is_exact());
  EXPECT_FALSE((Enclosure(1) / 256).is_exact());
  EXPECT_TRUE((Enclosure(255) / 256 * 256).contains(255));
}

RC_GTEST_PROP(SmallNumbers, BecomeTheIntervalsOfGmp, ()) {
  const Rational a = *numbers();
  const PrecisionScope scope(*rc::gen::element(2U, 24U, 53U, 64U, 128U));
  const Enclosure x = enclose(a).as_interval();
  RC_ASSERT(x.same_as(enclose(interval_around(a))));
  RC_ASSERT(x.contains(enclose(a)));
}

}  // namespace
}  // namespace graddiv
