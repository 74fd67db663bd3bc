#pragma once

#include <string>

// Private to lib/number.
namespace graddiv::detail {

/// Writes ±0.d₁d₂d₃… × 10^point for the digits d₁d₂d₃… (d₁ ≠ 0), without trailing zeros: plainly
/// while the leading digit stands between 10⁻⁵ and 10²⁰, else in scientific notation. All zeros
/// give "0".
std::string decimal_text(bool negative, std::string digits, long point);

}  // namespace graddiv::detail
