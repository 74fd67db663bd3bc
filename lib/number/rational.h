#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include "number/arithmetic_error.h"

namespace graddiv {

/// Exact numbers, over GMP. Expression templates are off: they do not mix with Eigen.
using Integer =
    boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational,
                                               boost::multiprecision::et_off>;

/// A text that is not a number. `what()` gives the text and what was expected.
class ParseError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// A number like another but for its exponent, which is too large to write the number out.
class ExponentTooLarge : public ParseError {
 public:
  using ParseError::ParseError;
};

/// Reads "7", "-3/4", "0.125", "1e-3", "-2.5E+4" exactly. No blanks, no NaN, no infinity, no zero
/// denominator; an exponent beyond ±100000 is refused rather than expanded. Throws ParseError,
/// then ExponentTooLarge.
Rational parse_rational(std::string_view text);

/// NaN or an infinity, where a number was to be exact.
class NotFinite : public ArithmeticError {
 public:
  using ArithmeticError::ArithmeticError;
};

/// The rational that a double is. Throws NotFinite.
Rational rational_from(double value);

/// "p/q" in lowest terms, or "p" where q = 1.
std::string to_string(const Rational& value);

/// The larger of the bit lengths of numerator and denominator.
std::size_t bit_size(const Rational& value);

/// The nearest decimal with `digits` significant digits at or below (above) the value: "1.25",
/// "-3.0001e-12". Exact values that need fewer digits are printed with fewer. `digits` ≥ 1.
std::string decimal_below(const Rational& value, int digits);
std::string decimal_above(const Rational& value, int digits);

/// The rational with the smallest denominator (then the smallest absolute numerator) in [lower,
/// upper]: how a guess found in floating point becomes a number fit for an exact certificate.
/// Throws std::invalid_argument if lower > upper.
Rational simplest_between(const Rational& lower, const Rational& upper);

/// The nearest multiple of a power of two that keeps `bits` bits: bounds the size of numbers in
/// exact iterations.
Rational round_to_bits(const Rational& x, int bits);

}  // namespace graddiv
