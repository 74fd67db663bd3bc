#include "reports/numbers.h"

#include <fmt/format.h>

#include <optional>

#include "number/rational.h"
#include "reports/escape.h"

namespace graddiv::reports {

namespace {

std::optional<Rational> read(const std::string& decimal) {
  try {
    return parse_rational(decimal);
  } catch (const ParseError&) {
    return std::nullopt;
  }
}

/// "10300000" → "1.03e7": rows of zeros are hard to count.
std::string scientific_if_long(const std::string& decimal) {
  constexpr std::size_t longest = 7;
  const bool is_long_integer =
      decimal.size() > longest && decimal.find_first_not_of("0123456789") == std::string::npos;
  if (!is_long_integer) return decimal;
  const std::string digits = decimal.substr(0, decimal.find_last_not_of('0') + 1);
  const std::string fraction = digits.size() > 1 ? "." + digits.substr(1) : "";
  return fmt::format("{}{}e{}", digits[0], fraction, decimal.size() - 1);
}

/// "9.7e-12" → "$9.7\cdot10^{-12}$", "-2" → "$-2$".
std::string set(const std::string& plain) {
  const std::string decimal = scientific_if_long(plain);
  const std::size_t e = decimal.find('e');
  if (e == std::string::npos) return decimal.starts_with('-') ? "$" + decimal + "$" : decimal;
  const std::string mantissa = decimal.substr(0, e);
  return fmt::format("${}10^{{{}}}$", mantissa == "1" ? "" : mantissa + "\\cdot",
                     decimal.substr(e + 1));
}

}  // namespace

std::string shortened_down(const std::string& decimal, int digits) {
  const auto value = read(decimal);
  return value ? set(decimal_below(*value, digits)) : latex_escape(decimal);
}

std::string shortened_up(const std::string& decimal, int digits) {
  const auto value = read(decimal);
  return value ? set(decimal_above(*value, digits)) : latex_escape(decimal);
}

std::string shortened_towards_one(const std::string& decimal, int digits) {
  const auto value = read(decimal);
  if (!value) return latex_escape(decimal);
  return *value < 1 ? set(decimal_above(*value, digits)) : set(decimal_below(*value, digits));
}

std::string looseness(const std::string& tightness, int digits) {
  const auto value = read(tightness);
  if (!value || *value <= 0) return {};
  return set(decimal_above(1 / *value, digits));
}

bool is_attained(const std::string& tightness) {
  const auto value = read(tightness);
  return value && *value >= 1;
}

std::string count_text(std::int64_t count) {
  std::string digits = std::to_string(count);
  if (count < 10000) return digits;
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, "\\,");
  return digits;
}

}  // namespace graddiv::reports
