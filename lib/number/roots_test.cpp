#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "number/enclosure.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "testing/rationals.h"

// Sums of square roots of rationals: exact where it matters, against rational brackets of 600 bits.
namespace graddiv {
namespace {

using namespace testing;

constexpr unsigned oracle_bits = 600;

/// [lower, upper] of rationals that holds a real number.
struct Bracket {
  Rational lower, upper;
};

Bracket operator+(const Bracket& a, const Bracket& b) {
  return {a.lower + b.lower, a.upper + b.upper};
}
Bracket operator-(const Bracket& a) { return {-a.upper, -a.lower}; }
Bracket operator*(const Bracket& a, const Bracket& b) {
  const auto [lower, upper] =
      std::minmax({Rational(a.lower * b.lower), Rational(a.lower * b.upper),
                   Rational(a.upper * b.lower), Rational(a.upper * b.upper)});
  return {lower, upper};
}
bool holds_zero(const Bracket& a) { return a.lower <= 0 && a.upper >= 0; }
Bracket inverse(const Bracket& a) { return {1 / a.upper, 1 / a.lower}; }

/// ⌊√(x 4^bits)⌋/2^bits and the next one.
Bracket root(const Rational& x) {
  const Integer scale = Integer(1) << oracle_bits;
  const Integer whole =
      boost::multiprecision::sqrt(Integer(numerator(x) * scale * scale / denominator(x)));
  return {Rational(whole, scale), Rational(whole + 1, scale)};
}

/// A number computed in both ways.
struct Both {
  Enclosure value;
  Bracket oracle;
};

Rational small_rational(int least) {
  return Rational(*rc::gen::inRange(least, 20), *rc::gen::inRange(1, 7));
}

Both leaf() {
  const Rational x = small_rational(-20);
  if (*rc::gen::inRange(0, 3) == 0) return {enclose(x), {x, x}};
  const Rational y = abs(x);
  return {sqrt(enclose(y)), root(y)};
}

Both tree(int depth) {
  if (depth == 0) return leaf();
  const Both a = tree(depth - 1);
  if (*rc::gen::inRange(0, 4) == 0) return a;
  const Both b = tree(depth - 1);
  switch (*rc::gen::inRange(0, 8)) {
    case 0:
      return {a.value - b.value, a.oracle + -b.oracle};
    case 1:
      return {a.value * b.value, a.oracle * b.oracle};
    case 2:
      if (!holds_zero(b.oracle)) return {a.value / b.value, a.oracle * inverse(b.oracle)};
      return a;
    case 3:
      return {pow(a.value, 3), a.oracle * a.oracle * a.oracle};
    case 4:
      if (!holds_zero(a.oracle)) return {pow(a.value, -2), inverse(a.oracle) * inverse(a.oracle)};
      return a;
    case 5:
      if (a.oracle.upper < 0) return {abs(a.value), -a.oracle};
      return a.oracle.lower > 0 ? Both{abs(a.value), a.oracle} : a;
    case 6:
      if (a.oracle.upper < b.oracle.lower)
        return *rc::gen::arbitrary<bool>() ? Both{min(a.value, b.value), a.oracle}
                                           : Both{max(a.value, b.value), b.oracle};
      return a;
    default:
      return {a.value + b.value, a.oracle + b.oracle};
  }
}

bool may_hold(const Enclosure& x, const Bracket& oracle) {
  return lower_end(x) <= oracle.upper && oracle.lower <= upper_end(x);
}

bool is_yes(const Comparison& c) { return c.truth() == Truth::yes; }

RC_GTEST_PROP(Roots, AreEnclosedAsTheOracleHasThem, ()) {
  const PrecisionScope scope(*rc::gen::element(8U, 53U, 128U, 300U));
  const Both x = tree(3);
  RC_ASSERT(may_hold(x.value, x.oracle));
  RC_ASSERT(may_hold(-x.value, -x.oracle));
  if (x.value.is_exact()) RC_ASSERT(exact_value(x.value) <= x.oracle.upper);
}

RC_GTEST_PROP(Roots, CompareAsTheOracleHasThem, ()) {
  const PrecisionScope scope(*rc::gen::element(8U, 53U, 128U));
  const Both x = tree(2);
  const Both y = tree(2);
  const Bracket difference = x.oracle + -y.oracle;
  const Truth less = (x.value < y.value).truth();
  const Truth equal = (x.value == y.value).truth();
  // 600 bits tell any two such numbers apart: what is not told apart is equal.
  if (holds_zero(difference)) {
    RC_ASSERT(less != Truth::yes && equal != Truth::no);
  } else {
    RC_ASSERT(less != (difference.upper < 0 ? Truth::no : Truth::yes));
    RC_ASSERT(equal != Truth::yes);
  }
}

RC_GTEST_PROP(Roots, AreDecidedWhereTheyAreFew, ()) {
  const PrecisionScope scope(*rc::gen::element(8U, 53U, 128U));
  const Both a = leaf();
  const Both b = leaf();
  const Both c = leaf();
  const Both x{a.value + b.value, a.oracle + b.oracle};
  const Both y{c.value * a.value, c.oracle * a.oracle};
  const bool is_equal = holds_zero(x.oracle + -y.oracle);
  RC_ASSERT((x.value == y.value).truth() == truth(is_equal));
  RC_ASSERT((x.value <= y.value).truth() == truth(is_equal || x.oracle.upper < y.oracle.lower));
  RC_ASSERT(x.value.evidence().kind == Evidence::exact);
}

RC_GTEST_PROP(Roots, ObeyTheLawsOfAlgebraExactly, ()) {
  const PrecisionScope scope(*rc::gen::element(8U, 53U, 128U));
  const Enclosure a = enclose(small_rational(0));
  const Enclosure b = enclose(small_rational(0));
  const Enclosure x = sqrt(a);
  const Enclosure y = sqrt(b);
  RC_ASSERT(square(x).same_as(a));
  RC_ASSERT(is_yes(x * y == sqrt(a * b)));
  RC_ASSERT(is_yes(sqrt(square(b) * a) == b * x));
  RC_ASSERT(is_yes(square(x + y) == a + b + 2 * x * y));
  RC_ASSERT(((x + y) * (x - y)).same_as(a - b));
  RC_ASSERT((x + y - y - x).same_as(0));
  RC_ASSERT(is_yes(x + y - y == x));
  RC_ASSERT(is_yes(x - y == -(y - x)));
  RC_ASSERT(is_yes(pow(x + 1, 3) == (x + 1) * square(x + 1)));
  if (is_yes(a > 0)) {
    RC_ASSERT(((x + y) / (x + y)).same_as(1));
    RC_ASSERT((3 * x / x).same_as(3));
    RC_ASSERT(is_yes(pow(x, -1) == x / a));
    RC_ASSERT(is_yes(1 / (1 + x) * (1 + x) == 1));
    RC_ASSERT(is_yes((y + 2) / (x + y) * (x + y) == y + 2));
  }
}

TEST(Roots, OfDifferentClassesDoNotCancel) {
  // The nearest miss of small sums: √10 + √11 against √5 + √18 is 2·10⁻⁴ off; of three roots
  // each, 5·10⁻⁷ (Graham).
  const auto root_of = [](int x) { return sqrt(Enclosure(x)); };
  const PrecisionScope scope(8U);
  EXPECT_EQ((root_of(10) + root_of(11) > root_of(5) + root_of(18)).truth(), Truth::yes);
  EXPECT_EQ((root_of(8) - root_of(2)).same_as(root_of(2)), true);
  EXPECT_EQ((root_of(2) * root_of(3) == root_of(5)).truth(), Truth::no);
  EXPECT_EQ((root_of(6) == root_of(2) * root_of(3)).truth(), Truth::yes);
}

TEST(Roots, AreToldFromARationalBesideThemAtAnyPrecision) {
  const Enclosure root = sqrt(Enclosure(2));
  const Enclosure below = [] {
    const PrecisionScope scope(512U);
    return sqrt(Enclosure(2)).lower();
  }();
  EXPECT_EQ((root > below).truth(), Truth::yes);
  EXPECT_EQ((root <= below).truth(), Truth::no);
  EXPECT_EQ((max(root, below)).same_as(root), true);
  EXPECT_EQ((root - below > 0).truth(), Truth::yes);
}

TEST(Roots, KeepWhatTheyRestOn) {
  const Sample sample{"draws", Rational(1, 100)};
  const Enclosure marked = sqrt(Enclosure(2)).known_from(sample).as_surrogate();
  for (const Enclosure& x : {marked, -marked, marked + 1, marked * sqrt(Enclosure(3)), 1 / marked,
                             square(marked), marked - marked, max(marked, sqrt(Enclosure(3)))}) {
    EXPECT_EQ(x.evidence().samples, std::vector<Sample>{sample});
    EXPECT_TRUE(x.evidence().surrogate);
  }
  EXPECT_EQ((marked == sqrt(Enclosure(2))).truth(), Truth::yes);
  EXPECT_EQ((marked - sqrt(Enclosure(2)) == 0).truth(), Truth::yes);
}

TEST(Roots, AreIntervalsWhereAsked) {
  const Enclosure x = sqrt(Enclosure(2)).as_interval();
  EXPECT_EQ(x.evidence().kind, Evidence::interval);
  EXPECT_EQ((square(x) == 2).truth(), Truth::unknown);
  EXPECT_EQ((x == sqrt(Enclosure(2))).truth(), Truth::unknown);
  EXPECT_FALSE(x.same_as(sqrt(Enclosure(2))));
  EXPECT_EQ(Enclosure::hull(x, sqrt(Enclosure(2))).evidence().kind, Evidence::interval);
}

TEST(Roots, BecomeIntervalsWhereTheyGrow) {
  Enclosure sum = 0;
  for (const int p : {2, 3, 5, 7, 11}) sum += sqrt(Enclosure(p));
  EXPECT_EQ(sum.evidence().kind, Evidence::interval);
  EXPECT_TRUE(sum.is_bounded());
  EXPECT_EQ(pow(1 + sqrt(Enclosure(2)), 100000).evidence().kind, Evidence::interval);
  const PrecisionScope scope(Precision{128, 4});
  EXPECT_EQ((sqrt(Enclosure(2)) * 1000).evidence().kind, Evidence::interval);
}

TEST(Roots, AreNotHeldAsRationals) {
  const Enclosure x = sqrt(Enclosure(2));
  EXPECT_FALSE(x.is_exact());
  EXPECT_THROW(exact_value(x), std::logic_error);
  EXPECT_EQ(x.to_string(3), "[1.41, 1.42]");
}

// Numbers with a name -----------------------------------------------------------------------------

/// A number that is the same one only where its name is.
Enclosure any_number() { return Enclosure::hull(3, 4); }

TEST(ANamedNumber, IsRecognised) {
  for (const Enclosure& x : {any_number().named(), exp(Enclosure(1)), log(Enclosure(3)),
                             sin(Enclosure(1)), cos(Enclosure(1)), 1 / (1 + exp(Enclosure(1)))}) {
    EXPECT_TRUE((x - x).same_as(0));
    EXPECT_TRUE((2 * x / (3 * x)).same_as(Enclosure(2) / 3));
    EXPECT_EQ((x + x == 2 * x).truth(), Truth::yes);
    EXPECT_EQ((x <= x).truth(), Truth::yes);
    EXPECT_EQ((x < x).truth(), Truth::no);
    EXPECT_EQ((x * 3 > x * 2).truth(), Truth::yes);
    EXPECT_EQ((x + sqrt(Enclosure(2)) - x == sqrt(Enclosure(2))).truth(), Truth::yes);
    EXPECT_EQ(x.evidence().kind, Evidence::interval);
    EXPECT_EQ((square(x) == x * x).truth(), Truth::unknown);
  }
}

TEST(ANamedNumber, IsNotAnotherOneWithTheSameEnclosure) {
  const Enclosure x = any_number().named();
  const Enclosure y = any_number().named();
  EXPECT_EQ((x == y).truth(), Truth::unknown);
  EXPECT_EQ((x - y == 0).truth(), Truth::unknown);
  EXPECT_EQ((x / y).is_exact(), false);
  EXPECT_FALSE(x.same_as(y));
  EXPECT_TRUE(x.same_as(x));
  EXPECT_EQ((x == any_number()).truth(), Truth::unknown);
  EXPECT_EQ((exp(Enclosure(1)) == exp(Enclosure(1)).as_interval()).truth(), Truth::unknown);
}

TEST(ANamedNumber, IsTheValueOfAFunctionWhereverItWasComputed) {
  const auto sigmoid = [](const Enclosure& x) { return 1 / (1 + exp(x)); };
  const Enclosure third = Enclosure(1) / 3;
  EXPECT_EQ((exp(third) == exp(third)).truth(), Truth::yes);
  EXPECT_TRUE((sigmoid(third) - sigmoid(third)).same_as(0));
  EXPECT_EQ((1 / (exp(third) + 1) == sigmoid(third)).truth(), Truth::yes);
  EXPECT_EQ((sin(third) == -sin(-third)).truth(), Truth::yes);
  EXPECT_EQ((cos(third) == cos(-third)).truth(), Truth::yes);
  EXPECT_NE((sigmoid(third) == sigmoid(-third)).truth(), Truth::yes);
  EXPECT_NE((sin(third) == cos(third)).truth(), Truth::yes);
  EXPECT_NE((exp(third) == exp(third / 2)).truth(), Truth::yes);
  EXPECT_FALSE((exp(third) - exp(third / 2)).is_exact());
  EXPECT_FALSE((sin(third) - cos(third)).is_exact());
  EXPECT_FALSE((sigmoid(third) / sigmoid(third / 2)).is_exact());
  const Enclosure nested = sigmoid(third) + 1;
  EXPECT_EQ((1 / nested == 1 / nested).truth(), Truth::unknown);  // names do not nest at will
}

TEST(ANamedNumber, AroundZeroIsNoDivisor) {
  const Enclosure x = Enclosure::hull(-1, 1).named();
  EXPECT_FALSE((x / x).is_bounded());
  EXPECT_TRUE((x - x).same_as(0));
  EXPECT_EQ((abs(x) >= 0).truth(), Truth::yes);
}

TEST(ANamedNumber, IsItselfWhereItIsExact) {
  EXPECT_TRUE(Enclosure(3).named().is_exact());
  EXPECT_EQ((sqrt(Enclosure(2)).named() == sqrt(Enclosure(2))).truth(), Truth::yes);
}

}  // namespace
}  // namespace graddiv
