#include "workbench/words.h"

#include "number/exact.h"

namespace graddiv::workbench {

namespace {

// "1.25" → "1.25…", "1.25e-9" → "1.25…e-9".
std::string with_ellipsis(std::string decimal) {
  const auto exponent = decimal.find('e');
  decimal.insert(exponent == std::string::npos ? decimal.size() : exponent, "…");
  return decimal;
}

std::string cut_off(const Enclosure& x, int digits) {
  return (x < 0).truth() == Truth::yes ? x.decimal_upper(digits) : x.decimal_lower(digits);
}

// Of a character in UTF-8: all its other bytes are continuations.
bool is_first_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::string brief(const Enclosure& x, int digits) {
  constexpr std::size_t short_bits = 28;
  if (x.is_exact() && bit_size(exact_value(x)) <= short_bits) return x.to_string();
  if (x.is_bounded()) {
    const auto lower = cut_off(x.lower(), digits);
    if (lower == cut_off(x.upper(), digits)) {
      return x.is_exact() && x.decimal_lower(digits) == x.decimal_upper(digits)
                 ? lower
                 : with_ellipsis(lower);
    }
  }
  return "[" + x.decimal_lower(digits) + ", " + x.decimal_upper(digits) + "]";
}

std::string shortened(const std::string& text, std::size_t most_characters) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_first_byte(text[i]) && ++characters > most_characters) return text.substr(0, i) + "…";
  }
  return text;
}

}  // namespace graddiv::workbench
