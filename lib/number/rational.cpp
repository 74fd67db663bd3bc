#include "number/rational.h"

#include <gmp.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "number/decimal.h"

namespace graddiv {

namespace {

constexpr long largest_exponent = 100000;

template <class Error = ParseError>
[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
  constexpr std::size_t shown = 60;
  const std::string quoted =
      text.size() <= shown ? std::string(text) : std::string(text.substr(0, shown)) + "…";
  throw Error("\"" + quoted + "\" is not an exact number: " + reason +
              "; expected an integer, a fraction \"p/q\" or a decimal such as \"0.125\" or "
              "\"1e-3\"");
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits at the front of `rest` off it.
std::string_view take_digits(std::string_view& rest) {
  std::size_t n = 0;
  while (n < rest.size() && is_digit(rest[n])) ++n;
  const std::string_view digits = rest.substr(0, n);
  rest.remove_prefix(n);
  return digits;
}

bool take(std::string_view& rest, char c) {
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

/// The digits as a number in base ten: a leading zero does not mean octal, as it does for Integer's
/// own constructor.
Integer decimal_integer(std::string_view digits) {
  Integer value;
  mpz_set_str(value.backend().data(), std::string(digits).c_str(), 10);
  return value;
}

Integer power_of_ten(unsigned long exponent) {
  Integer power;
  mpz_ui_pow_ui(power.backend().data(), 10, exponent);
  return power;
}

mpq_srcptr fraction_of(const Rational& x) { return x.backend().data(); }
mpz_srcptr numerator_of(const Rational& x) { return mpq_numref(fraction_of(x)); }
mpz_srcptr denominator_of(const Rational& x) { return mpq_denref(fraction_of(x)); }
bool is_negative(const Rational& x) { return mpq_sgn(fraction_of(x)) < 0; }

/// |value| = 0.d₁d₂… × 10^point to `count` digits, rounded towards zero or away from it.
std::string decimal(const Rational& value, int count, bool away_from_zero) {
  if (count < 1) throw std::invalid_argument("a decimal needs at least one digit");
  if (mpq_sgn(fraction_of(value)) == 0) return "0";
  const auto digits = static_cast<long>(count);
  Integer p;
  Integer q;
  mpz_abs(p.backend().data(), numerator_of(value));
  mpz_set(q.backend().data(), denominator_of(value));

  // Find the point with 10^(point−1) ≤ p/q < 10^point. The lengths of p and q give it up to one or
  // two.
  long point = static_cast<long>(mpz_sizeinbase(p.backend().data(), 10)) -
               static_cast<long>(mpz_sizeinbase(q.backend().data(), 10)) + 1;
  const auto reaches = [&](long e) {  // 10^e ≤ p/q
    return e >= 0 ? power_of_ten(static_cast<unsigned long>(e)) * q <= p
                  : q <= power_of_ten(static_cast<unsigned long>(-e)) * p;
  };
  while (reaches(point)) ++point;
  while (!reaches(point - 1)) --point;

  // p/q = N × 10^(point − digits) with 10^(digits−1) ≤ N < 10^digits: an integer quotient, rounded
  // as asked.
  const long shift = digits - point;
  if (shift >= 0)
    p *= power_of_ten(static_cast<unsigned long>(shift));
  else
    q *= power_of_ten(static_cast<unsigned long>(-shift));
  Integer n;
  if (away_from_zero)
    mpz_cdiv_q(n.backend().data(), p.backend().data(), q.backend().data());
  else
    mpz_fdiv_q(n.backend().data(), p.backend().data(), q.backend().data());
  std::string text = n.str();
  if (static_cast<long>(text.size()) > digits) ++point;  // 99…9 was rounded to 100…0
  return detail::decimal_text(is_negative(value), std::move(text), point);
}

}  // namespace

std::string detail::decimal_text(bool negative, std::string digits, long point) {
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.empty()) return "0";
  const auto count = static_cast<long>(digits.size());
  const long exponent = point - 1;  // of the leading digit
  std::string text;
  if (exponent < -5 || exponent > 20) {
    text = digits.substr(0, 1);
    if (count > 1) text += "." + digits.substr(1);
    text += "e" + std::to_string(exponent);
  } else if (point <= 0) {
    text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else if (count <= point) {
    text = digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else {
    const auto split = static_cast<std::size_t>(point);
    text = digits.substr(0, split) + "." + digits.substr(split);
  }
  return negative ? "-" + text : text;
}

Rational parse_rational(std::string_view text) {
  std::string_view rest = text;
  if (rest.empty()) refuse(text, "it is empty");
  const bool negative = take(rest, '-');
  if (!negative) take(rest, '+');

  const std::string_view whole = take_digits(rest);
  if (take(rest, '/')) {
    const std::string_view below = take_digits(rest);
    if (whole.empty()) refuse(text, "no digits before \"/\"");
    if (below.empty() || !rest.empty()) refuse(text, "not an integer after \"/\"");
    const Integer denominator = decimal_integer(below);
    if (denominator == 0) refuse(text, "the denominator is zero");
    const Rational value(decimal_integer(whole), denominator);
    return negative ? Rational(-value) : value;
  }

  std::string_view fraction;
  if (take(rest, '.')) fraction = take_digits(rest);
  if (whole.empty() && fraction.empty()) refuse(text, "no digits");
  long exponent = 0;
  if (take(rest, 'e') || take(rest, 'E')) {
    const bool below_one = take(rest, '-');
    if (!below_one) take(rest, '+');
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) refuse(text, "no digits in the exponent");
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (read.ec != std::errc() || exponent > largest_exponent)
      refuse<ExponentTooLarge>(text, "its exponent is beyond ±" + std::to_string(largest_exponent));
    if (below_one) exponent = -exponent;
  }
  if (!rest.empty()) refuse(text, "unexpected \"" + std::string(rest.substr(0, 20)) + "\"");

  // d₁…d_k.d_{k+1}…d_n e x  =  d₁…d_n × 10^(x − (n − k))
  const Integer mantissa = decimal_integer(std::string(whole) + std::string(fraction));
  exponent -= static_cast<long>(fraction.size());
  const Integer scale = power_of_ten(static_cast<unsigned long>(std::labs(exponent)));
  const Rational value = exponent >= 0 ? Rational(mantissa * scale) : Rational(mantissa, scale);
  return negative ? Rational(-value) : value;
}

Rational rational_from(double value) {
  if (!std::isfinite(value)) throw NotFinite("not a finite number: " + std::to_string(value));
  Rational exact;
  mpq_set_d(exact.backend().data(), value);
  return exact;
}

std::string to_string(const Rational& value) { return value.str(); }

std::size_t bit_size(const Rational& value) {
  return std::max(mpz_sizeinbase(numerator_of(value), 2), mpz_sizeinbase(denominator_of(value), 2));
}

std::string decimal_below(const Rational& value, int digits) {
  return decimal(value, digits, is_negative(value));
}

std::string decimal_above(const Rational& value, int digits) {
  return decimal(value, digits, !is_negative(value));
}

Rational simplest_between(const Rational& lower, const Rational& upper) {
  if (lower > upper) throw std::invalid_argument("simplest_between: lower > upper");
  if (lower <= 0 && upper >= 0) return 0;
  if (upper < 0) return -simplest_between(-upper, -lower);

  // 0 < lower ≤ upper. While no integer lies in [lower, upper], both have the same whole part a,
  // and the simplest number is a + 1/y with y the simplest in [1/(upper − a), 1/(lower − a)]: the
  // two continued fractions are followed until they part. The product of the matrices (a 1; 1 0)
  // met on the way, kept as (p p'; q q'), turns y back: (p y + p')/(q y + q').
  Integer p = 1, p_former = 0, q = 0, q_former = 1;
  Integer low_num = numerator(lower), low_den = denominator(lower);
  Integer high_num = numerator(upper), high_den = denominator(upper);
  while (true) {
    Integer whole, rest;
    mpz_fdiv_qr(whole.backend().data(), rest.backend().data(), low_num.backend().data(),
                low_den.backend().data());
    const Integer ceiling = rest == 0 ? whole : Integer(whole + 1);
    if (ceiling * high_den <= high_num)
      return Rational(p * ceiling + p_former, q * ceiling + q_former);
    Integer next = p * whole + p_former;
    p_former = p;
    p = next;
    next = q * whole + q_former;
    q_former = q;
    q = next;
    const Integer high_rest = high_num - whole * high_den;
    low_num = high_den;
    high_num = low_den;
    low_den = high_rest;
    high_den = rest;
    // (low, high) are now 1/(upper − a) = high_den/high_rest and 1/(lower − a) = low_den/rest.
  }
}

Rational round_to_bits(const Rational& x, int bits) {
  if (x == 0) return x;
  const Integer p = abs(numerator(x));
  const Integer q = denominator(x);
  // 2^exponent is within a factor of 2 of |x|, so the quotient below has about `bits` bits.
  const long exponent = static_cast<long>(msb(p)) - static_cast<long>(msb(q));
  const long shift = bits - exponent;
  const Integer scaled = shift >= 0 ? Integer((p << static_cast<unsigned long>(shift)) / q)
                                    : Integer(p / (q << static_cast<unsigned long>(-shift)));
  const Rational size = shift >= 0
                            ? Rational(scaled, Integer(1) << static_cast<unsigned long>(shift))
                            : Rational(scaled << static_cast<unsigned long>(-shift));
  return x < 0 ? Rational(-size) : size;
}

}  // namespace graddiv
