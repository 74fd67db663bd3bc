#include "expectation/factored.h"

#include <algorithm>
#include <stdexcept>

namespace graddiv {
namespace {

constexpr unsigned long largest_trial = 1000;

mpz_ptr raw(Integer& x) { return x.backend().data(); }
mpz_srcptr raw(const Integer& x) { return x.backend().data(); }

/// How often the prime divides x ≠ 0, at most `limit` times.
unsigned long multiplicity(mpz_srcptr x, unsigned long prime, unsigned long limit) {
  if (prime == 2) return std::min<unsigned long>(limit, mpz_scan1(x, 0));
  unsigned long power = prime;  // few of them are told by one word each
  for (unsigned long count = 0; count < limit; ++count) {
    if (mpz_divisible_ui_p(x, power) == 0) return count;
    if (__builtin_umull_overflow(power, prime, &power)) break;
  }
  Integer scratch;
  const Integer p = prime;
  return std::min<unsigned long>(limit, mpz_remove(raw(scratch), x, raw(p)));
}

void divide_exactly(Integer& x, const Integer& divisor) {
  if (divisor != 1) mpz_divexact(raw(x), raw(x), raw(divisor));
}

/// For a power that divides x.
void divide_by_power(Integer& x, unsigned long prime, unsigned long exponent) {
  if (exponent == 0) return;
  if (prime == 2) {
    mpz_tdiv_q_2exp(raw(x), raw(x), exponent);
    return;
  }
  Integer power;
  mpz_ui_pow_ui(raw(power), prime, exponent);
  divide_exactly(x, power);
}

void multiply_by_power(Integer& x, unsigned long prime, unsigned long exponent) {
  if (exponent == 0) return;
  if (prime == 2) {
    mpz_mul_2exp(raw(x), raw(x), exponent);
    return;
  }
  Integer power;
  mpz_ui_pow_ui(raw(power), prime, exponent);
  x *= power;
}

}  // namespace

Factored::Factored(const Integer& value) : value_(value), rest_(value) {
  if (value < 1) throw std::invalid_argument("only positive integers are factored");
  for (unsigned long p = 2; p <= largest_trial && rest_ != 1; p += p == 2 ? 1 : 2) {
    const unsigned long exponent = multiplicity(raw(rest_), p, ~0UL);  // 0 for composite p
    if (exponent == 0) continue;
    powers_.push_back({p, exponent});
    Integer power = 1;
    multiply_by_power(power, p, exponent);
    divide_exactly(rest_, power);
  }
  rest_primes_ = rest_;
}

Factored& Factored::operator*=(const Factored& other) {
  value_ *= other.value_;
  for (const Power& q : other.powers_) {
    const auto place =
        std::ranges::lower_bound(powers_, q.prime, {}, [](const Power& p) { return p.prime; });
    if (place != powers_.end() && place->prime == q.prime) {
      place->exponent += q.exponent;
    } else {
      powers_.insert(place, q);
    }
  }
  if (other.rest_ != 1) {
    rest_ *= other.rest_;
    if (rest_primes_ != other.rest_primes_) {
      mpz_lcm(raw(rest_primes_), raw(rest_primes_), raw(other.rest_primes_));
    }
  }
  return *this;
}

// With rest and x coprime, as they nearly always are, only the residue of x is looked at.
Integer Factored::common_divisor_of_rest(mpz_srcptr x) const {
  Integer common = 1;
  if (rest_ == 1) return common;
  mpz_gcd(raw(common), x, raw(rest_primes_));
  if (common != 1) mpz_gcd(raw(common), x, raw(rest_));
  return common;
}

Integer Factored::common_divisor(mpz_srcptr x) const {
  if (mpz_sgn(x) == 0) return value_;
  Integer common = common_divisor_of_rest(x);
  for (const Power& p : powers_) {
    multiply_by_power(common, p.prime, multiplicity(x, p.prime, p.exponent));
  }
  return common;
}

Rational Factored::divide(Integer numerator) const {
  Integer denominator = value_;
  if (numerator == 0) {
    denominator = 1;
  } else {
    if (rest_ != 1) {
      const Integer common = common_divisor_of_rest(raw(numerator));
      divide_exactly(numerator, common);
      divide_exactly(denominator, common);
    }
    for (const Power& p : powers_) {
      const unsigned long exponent = multiplicity(raw(numerator), p.prime, p.exponent);
      divide_by_power(numerator, p.prime, exponent);
      divide_by_power(denominator, p.prime, exponent);
    }
  }
  // In lowest terms already: set past the constructor, which would look for a common divisor.
  Rational result;
  mpz_swap(mpq_numref(result.backend().data()), raw(numerator));
  mpz_swap(mpq_denref(result.backend().data()), raw(denominator));
  return result;
}

Rational Factored::divide_reduced(Rational x) const {
  if (value_ == 1) return x;
  mpz_ptr numerator = mpq_numref(x.backend().data());
  mpz_ptr denominator = mpq_denref(x.backend().data());
  if (mpz_sgn(numerator) == 0) return x;
  const Integer common = common_divisor(numerator);
  if (common == 1) {
    mpz_mul(denominator, denominator, raw(value_));
    return x;
  }
  mpz_divexact(numerator, numerator, raw(common));
  mpz_mul(denominator, denominator, raw(Integer(value_ / common)));
  return x;
}

void Factored::divide_by(const Integer& divisor) {
  divide_exactly(value_, divisor);
  Integer left = divisor;
  for (Power& p : powers_) {
    const unsigned long exponent = multiplicity(raw(left), p.prime, p.exponent);
    if (exponent == 0) continue;
    p.exponent -= exponent;
    Integer power = 1;
    multiply_by_power(power, p.prime, exponent);
    divide_exactly(left, power);
  }
  divide_exactly(rest_, left);
}

}  // namespace graddiv
