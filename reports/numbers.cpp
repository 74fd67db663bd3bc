#include "reports/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

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

/// The digits at the front of a text, with a fraction bar or a point among them.
std::size_t length_of_fraction(std::string_view text) {
  const auto digits_from = [&](std::size_t i) {
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i;
  };
  const std::size_t whole = digits_from(0);
  if (whole == 0 || whole >= text.size() || (text[whole] != '/' && text[whole] != '.'))
    return whole;
  const std::size_t all = digits_from(whole + 1);
  return all > whole + 1 ? all : whole;
}

/// The first digits of a positive number, and dots if there are more.
std::string cut(const std::string& number) {
  constexpr int digits = 8;
  const auto value = read(number);
  if (!value) return number;
  const std::string decimal = decimal_below(*value, digits);
  return read(decimal) == value ? decimal : decimal + "…";
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

Text with_short_numbers(const Text& sentence, std::size_t longest) {
  const std::string& text = sentence.marked();  // no number has a mark within
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t length = length_of_fraction(std::string_view(text).substr(begin));
    const std::string piece = text.substr(begin, std::max<std::size_t>(length, 1));
    out += length > longest ? cut(piece) : piece;
    begin += piece.size();
  }
  return Text::from_marked(out);
}

std::string count_text(std::int64_t count) {
  std::string digits = std::to_string(count);
  if (count < 10000) return digits;
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, "\\,");
  return digits;
}

}  // namespace graddiv::reports
