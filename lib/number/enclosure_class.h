#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "number/enclosure_storage.h"

namespace graddiv {

struct Evidence;  // number/evidence.h
struct Sample;

/// A real number, known exactly or enclosed rigorously: see number/enclosure.h.
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
  /// The rational a double is (0.1 is not 1/10). Throws NotFinite for NaN and infinities.
  explicit Enclosure(double value);

  /// Reads an exact number (see parse_rational). Throws ParseError.
  static Enclosure parse(std::string_view text);
  /// The smallest that holds both.
  static Enclosure hull(const Enclosure& a, const Enclosure& b);
  /// What both hold, of one number in both. Throws ArithmeticError where they have none.
  static Enclosure intersection(const Enclosure& a, const Enclosure& b);
  /// The whole real line: nothing is known.
  static Enclosure anything();

  bool is_exact() const;    ///< a rational
  bool is_bounded() const;  ///< no endpoint is infinite

  Evidence evidence() const;  ///< how the number is known
  // The same number, known in another way:
  Enclosure resting_on(const Evidence& evidence) const;  ///< on this too
  Enclosure known_from(const Sample& sample) const;      ///< true unless the sample misled
  Enclosure as_surrogate() const;                        ///< standing in for an irrational one

  /// The endpoints, as exact numbers. Throw ArithmeticError where infinite.
  Enclosure lower() const;
  Enclosure upper() const;
  double width() const;  ///< upper − lower, rounded up; 0 for exact values
  /// Relative to the largest absolute value; infinity if unbounded.
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

  /// Same value or endpoints, and same evidence: a key, not equality of the numbers enclosed.
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

}  // namespace graddiv
