#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>

// Private to lib/number.
namespace graddiv::detail {

/// p/q in lowest terms with q > 0, both within 64 bits: most numbers of most instances, and no
/// heap.
///
/// An operation gives its result through `r`, or false where it does not fit: then GMP takes over.
struct SmallRational {
  std::int64_t p = 0;
  std::int64_t q = 1;

  friend bool operator==(const SmallRational&, const SmallRational&) = default;
};

constexpr std::int64_t smallest_int64 = std::numeric_limits<std::int64_t>::min();

/// |x|, also of −2⁶³.
constexpr std::uint64_t magnitude(std::int64_t x) {
  return x < 0 ? 0 - static_cast<std::uint64_t>(x) : static_cast<std::uint64_t>(x);
}

/// gcd(x, q) for q > 0; it divides q, and so fits.
constexpr std::int64_t common_divisor(std::int64_t x, std::int64_t q) {
  if (q == 1) return 1;
  return static_cast<std::int64_t>(std::gcd(magnitude(x), static_cast<std::uint64_t>(q)));
}

__extension__ typedef __int128 Wide;  // NOLINT(modernize-use-using): an alias cannot say so

constexpr bool fits(Wide x) {
  return x >= smallest_int64 && x <= std::numeric_limits<std::int64_t>::max();
}

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

[[nodiscard]] constexpr bool negate(const SmallRational& x, SmallRational& r) {
  if (x.p == smallest_int64) return false;
  r = {-x.p, x.q};
  return true;
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

/// The sign of x − y.
constexpr int compare(const SmallRational& x, const SmallRational& y) {
  const Wide left = x.q == y.q ? Wide{x.p} : static_cast<Wide>(x.p) * y.q;
  const Wide right = x.q == y.q ? Wide{y.p} : static_cast<Wide>(y.p) * x.q;
  return left < right ? -1 : left > right ? 1 : 0;
}

/// The larger of the bit lengths of numerator and denominator.
constexpr std::size_t bit_size(const SmallRational& x) {
  return static_cast<std::size_t>(std::bit_width(magnitude(x.p) | static_cast<std::uint64_t>(x.q)));
}

}  // namespace graddiv::detail
