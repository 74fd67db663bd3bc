#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "number/enclosure_storage.h"
#include "number/precision.h"
#include "number/truth.h"

namespace graddiv {

struct Evidence;  // number/evidence.h
struct Sample;

/// A real number that is known exactly (a rational) or enclosed rigorously (in [lower, upper]).
///
/// Every operation is exact as long as its operands are exact and its result is rational: + − × ÷,
/// integer powers, square roots of squares, exp 0, log 1, sin 0, cos 0, abs, min, max; exactly 0
/// times anything is exactly 0. Otherwise the result is an interval that contains every value the
/// operation can take on the operands, rounded outward at the thread's precision (PrecisionScope).
/// Beside its interval, a sum of few rational multiples of square roots of rationals is known by
/// its terms: + − × ÷, powers, abs, min and max keep them, and such numbers are compared exactly.
/// So are multiples of exp, log, sin and cos of rationals, which are recognised as the same number.
/// Values are immutable and cheap to copy; a rational of 64 bits takes no heap.
///
/// How a number is known travels with it: the result of an operation rests on all that its operands
/// rest on. Two need nothing: exactly 0 times anything, and the power 0 of anything.
class Enclosure {
 public:
  Enclosure() : held_({0, 1}) {}  ///< Exactly 0.
  // NOLINTBEGIN(google-explicit-constructor): numbers in formulas
  Enclosure(int value) : held_({value, 1}) {}
  Enclosure(long value) : held_({value, 1}) {}
  Enclosure(long long value) : held_({value, 1}) {}
  Enclosure(unsigned value) : held_({value, 1}) {}
  Enclosure(unsigned long value);
  // NOLINTEND(google-explicit-constructor)
  /// The rational a double is; no rounding. Explicit, since 0.1 is not 1/10. Throws
  /// NotFinite for NaN and infinities.
  explicit Enclosure(double value);

  /// Reads an exact number (see parse_rational). Throws ParseError.
  static Enclosure parse(std::string_view text);
  /// The smallest enclosure that holds both.
  static Enclosure hull(const Enclosure& a, const Enclosure& b);
  /// What both hold, of one number that each of them encloses. Throws ArithmeticError where there
  /// is none.
  static Enclosure intersection(const Enclosure& a, const Enclosure& b);
  /// The whole real line: nothing is known.
  static Enclosure anything();

  bool is_exact() const;  ///< a rational
  /// False where an endpoint is infinite.
  bool is_bounded() const;
  /// How the number is known.
  Evidence evidence() const;
  /// The same number, resting on this too (where it was taken apart and put together again, say).
  Enclosure resting_on(const Evidence& evidence) const;
  /// The same number, true unless the sample misled.
  Enclosure known_from(const Sample& sample) const;
  /// The same number, standing in for an irrational one.
  Enclosure as_surrogate() const;
  /// The endpoints, as exact numbers. Throw ArithmeticError where infinite.
  Enclosure lower() const;
  Enclosure upper() const;
  /// Upper − lower, rounded up; exact values have width 0.
  double width() const;
  /// The width relative to the largest absolute value; 0 for exact values, infinity if unbounded.
  double relative_width() const;
  /// A double near the middle, for plots and guesses only; never for verdicts.
  double approximate() const;
  /// Whether every real of `other` lies in this enclosure.
  bool contains(const Enclosure& other) const;
  /// The same value as an interval of the thread's precision, even where it was exact.
  Enclosure as_interval() const;
  /// The same real number, recognised in sums of rational multiples of it: of an x with a name,
  /// x − x is exactly 0 and 2x/x is 2. Not for intervals that stand for many numbers.
  Enclosure named() const;

  Enclosure operator-() const;
  Enclosure& operator+=(const Enclosure& b);
  Enclosure& operator-=(const Enclosure& b);
  Enclosure& operator*=(const Enclosure& b);
  /// Division by exactly 0 throws ArithmeticError; by an interval around 0 it gives anything().
  Enclosure& operator/=(const Enclosure& b);

  /// Same exact value, or the same two endpoints, and the same evidence: an identity of
  /// representations, for use as a key; not equality of the numbers enclosed.
  bool same_as(const Enclosure& other) const;
  std::size_t hash() const;

  /// "p/q" where exact, else "[lower, upper]" in decimals rounded outward.
  std::string to_string(int digits = 17) const;
  /// A decimal at or below (above) every value of the enclosure, "-inf" and "inf" where unbounded.
  std::string decimal_lower(int digits = 17) const;
  std::string decimal_upper(int digits = 17) const;

  explicit Enclosure(detail::Storage held) : held_(std::move(held)) {}
  const detail::Storage& held() const { return held_; }

 private:
  detail::Storage held_;
};

Enclosure operator+(const Enclosure& a, const Enclosure& b);
Enclosure operator-(const Enclosure& a, const Enclosure& b);
Enclosure operator*(const Enclosure& a, const Enclosure& b);
Enclosure operator/(const Enclosure& a, const Enclosure& b);

enum class Relation { less, less_equal, equal, greater_equal, greater };

/// Two enclosures compared: a Truth, with both sides kept so that a claim can report how tight it
/// is.
struct Comparison {
  Enclosure left;
  Relation relation;
  Enclosure right;

  /// yes: holds for all values enclosed; no: for none; otherwise unknown.
  Truth truth() const;
  /// What the answer rests on: that of both sides.
  Evidence evidence() const;
  // NOLINTNEXTLINE(google-explicit-constructor): reads as a statement
  operator Truth() const { return truth(); }
};

Comparison operator<(const Enclosure& a, const Enclosure& b);
Comparison operator<=(const Enclosure& a, const Enclosure& b);
Comparison operator==(const Enclosure& a, const Enclosure& b);
Comparison operator>=(const Enclosure& a, const Enclosure& b);
Comparison operator>(const Enclosure& a, const Enclosure& b);

/// x^n for any integer n (0^0 = 1); even powers of an interval around 0 start at 0. Negative n
/// divide.
Enclosure pow(const Enclosure& x, long n);
Enclosure square(const Enclosure& x);
/// Throws ArithmeticError where x < 0 throughout; an interval that reaches below 0 is cut at 0.
Enclosure sqrt(const Enclosure& x);
Enclosure exp(const Enclosure& x);
/// Throws ArithmeticError where x ≤ 0 throughout; an interval that reaches 0 gives a lower end of
/// −∞.
Enclosure log(const Enclosure& x);
Enclosure sin(const Enclosure& x);
Enclosure cos(const Enclosure& x);
Enclosure abs(const Enclosure& x);
Enclosure min(const Enclosure& a, const Enclosure& b);
Enclosure max(const Enclosure& a, const Enclosure& b);

std::ostream& operator<<(std::ostream& out, const Enclosure& x);

}  // namespace graddiv
