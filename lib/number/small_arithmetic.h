#pragma once

#include "number/small_rational.h"

// Private to lib/number. An operation says false where its result r does not fit: GMP takes over.
namespace graddiv::detail {

// With g = gcd(b, d): a/b + c/d = t/(b d/g), t = a (d/g) + c (b/g), and what t still has in common
// with the denominator divides g (Knuth, The Art of Computer Programming 2, 4.5.1). |t| < 2¹²⁷, as
// each product is at most 2⁶³ (2⁶³ − 1).
constexpr bool add_products(const SmallRational& x, std::int64_t c, std::int64_t d,
                            SmallRational& r) {
  const std::int64_t g = x.q == d ? d : common_divisor(x.q, d);
  const std::int64_t left = x.q / g;
  Wide t = static_cast<Wide>(x.p) * (d / g) + static_cast<Wide>(c) * left;
  Wide q = static_cast<Wide>(left) * d;
  if (g != 1) {
    const std::int64_t h = common_divisor(static_cast<std::int64_t>(t % g), g);
    t /= h;
    q /= h;
  }
  if (!fits(t) || !fits(q)) return false;
  r = {static_cast<std::int64_t>(t), static_cast<std::int64_t>(q)};
  return true;
}

[[nodiscard]] constexpr bool add(const SmallRational& x, const SmallRational& y, SmallRational& r) {
  if (x.q == 1 && y.q == 1) {
    r.q = 1;
    return !__builtin_add_overflow(x.p, y.p, &r.p);
  }
  return add_products(x, y.p, y.q, r);
}

[[nodiscard]] constexpr bool subtract(const SmallRational& x, const SmallRational& y,
                                      SmallRational& r) {
  if (x.q == 1 && y.q == 1) {
    r.q = 1;
    return !__builtin_sub_overflow(x.p, y.p, &r.p);
  }
  return y.p != smallest_int64 && add_products(x, -y.p, y.q, r);
}

// a/b and c/d are in lowest terms: only a with d and c with b have divisors in common.
[[nodiscard]] constexpr bool multiply(const SmallRational& x, const SmallRational& y,
                                      SmallRational& r) {
  const std::int64_t g = common_divisor(x.p, y.q);
  const std::int64_t h = common_divisor(y.p, x.q);
  std::int64_t p = 0, q = 1;
  if (__builtin_mul_overflow(x.p / g, y.p / h, &p)) return false;
  if (__builtin_mul_overflow(x.q / h, y.q / g, &q)) return false;
  r = {p, q};
  return true;
}

/// x / y, for y ≠ 0.
[[nodiscard]] constexpr bool divide(const SmallRational& x, const SmallRational& y,
                                    SmallRational& r) {
  if (y.p == smallest_int64) return false;
  return multiply(x, y.p > 0 ? SmallRational{y.q, y.p} : SmallRational{-y.q, -y.p}, r);
}

/// xⁿ for n ≥ 0: powers of numbers without a common divisor have none.
[[nodiscard]] constexpr bool power(const SmallRational& x, unsigned long n, SmallRational& r) {
  SmallRational result{1, 1}, square = x;
  while (true) {
    if (n % 2 == 1 && (__builtin_mul_overflow(result.p, square.p, &result.p) ||
                       __builtin_mul_overflow(result.q, square.q, &result.q)))
      return false;
    n /= 2;
    if (n == 0) break;
    if (__builtin_mul_overflow(square.p, square.p, &square.p) ||
        __builtin_mul_overflow(square.q, square.q, &square.q))
      return false;
  }
  r = result;
  return true;
}

}  // namespace graddiv::detail
