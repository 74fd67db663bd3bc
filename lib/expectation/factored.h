#pragma once

#include <utility>
#include <vector>

#include "number/rational.h"

namespace graddiv {

/// A positive integer with what is known of its factors, so that a fraction over it is reduced
/// without the greatest common divisor of two long numbers: the denominators of a recursion are
/// products of the same few primes.
class Factored {
 public:
  Factored() = default;  ///< 1
  /// Primes up to 1000 are found. Throws std::invalid_argument if value < 1.
  explicit Factored(const Integer& value);

  const Integer& value() const { return value_; }
  Factored& operator*=(const Factored& other);
  /// Takes out a divisor of value().
  void divide_by(const Integer& divisor);

  /// numerator / value() in lowest terms.
  Rational divide(Integer numerator) const;
  /// x / value() in lowest terms, found by the factors of value() alone.
  Rational divide_reduced(Rational x) const;
  /// gcd(x, value()).
  Integer common_divisor(const Integer& x) const { return common_divisor(x.backend().data()); }

 private:
  struct Power {
    unsigned long prime;
    unsigned long exponent;
  };

  Integer common_divisor(mpz_srcptr x) const;
  Integer common_divisor_of_rest(mpz_srcptr x) const;  // x ≠ 0

  Integer value_ = 1;
  std::vector<Power> powers_;  // ascending primes
  Integer rest_ = 1;           // value() = Π prime^exponent · rest
  Integer rest_primes_ = 1;    // a number that every prime of rest divides
};

}  // namespace graddiv
