#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>

// Private to lib/number.
namespace graddiv::detail {

/// p/q in lowest terms with q > 0, both within 64 bits: most numbers of most instances, and no
/// heap. Its arithmetic is in number/small_arithmetic.h.
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

/// r = −x, or false where it does not fit.
[[nodiscard]] constexpr bool negate(const SmallRational& x, SmallRational& r) {
  if (x.p == smallest_int64) return false;
  r = {-x.p, x.q};
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
