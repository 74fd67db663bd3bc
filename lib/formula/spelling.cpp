#include "formula/spelling.h"

#include <utf8cpp/utf8.h>

#include <algorithm>
#include <array>

namespace graddiv::spelling {
namespace {

bool between(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

bool is_letter(char32_t c) {
  return between(c, U'a', U'z') || between(c, U'A', U'Z') || c == U'_' || c == U'ℓ' ||
         between(c, U'\u0370', U'\u03ff') || between(c, U'\U0001d400', U'\U0001d7ff');
}

/// The bar of δ̄ and the prime of w'.
bool is_mark(char32_t c) { return between(c, U'\u0300', U'\u036f') || c == U'\'' || c == U'′'; }

bool continues(char32_t c) { return is_letter(c) || between(c, U'0', U'9') || is_mark(c); }

constexpr std::array<std::string_view, 10> superscripts{"⁰", "¹", "²", "³", "⁴",
                                                        "⁵", "⁶", "⁷", "⁸", "⁹"};

}  // namespace

char32_t first_character(std::string_view text) {
  const auto* at = text.data();
  try {
    return static_cast<char32_t>(utf8::next(at, text.data() + text.size()));
  } catch (const utf8::exception&) {
    return 0;
  }
}

std::size_t length_of_character(std::string_view text) {
  const auto* at = text.data();
  try {
    utf8::next(at, text.data() + text.size());
  } catch (const utf8::exception&) {
    return 1;
  }
  return static_cast<std::size_t>(at - text.data());
}

std::size_t length_of_name(std::string_view text) {
  if (text.empty() || !is_letter(first_character(text))) return 0;
  std::size_t length = length_of_character(text);
  while (continues_name(text.substr(length))) length += length_of_character(text.substr(length));
  return length;
}

std::string raised(std::string_view digits) {
  std::string result;
  for (const char c : digits) result += superscripts.at(static_cast<std::size_t>(c - '0'));
  return result;
}

std::string lowered(std::string_view raised) {
  std::string digits;
  while (!raised.empty()) {
    const std::size_t length = length_of_character(raised);
    for (std::size_t i = 0; i < superscripts.size(); ++i)
      if (superscripts.at(i) == raised.substr(0, length)) digits += std::to_string(i);
    raised.remove_prefix(length);
  }
  return digits;
}

std::size_t length_of_same(std::string_view character, std::string_view text) {
  static constexpr std::array<std::array<std::string_view, 2>, 20> in_ascii{
      {{"‖", "||"},    {"²", "^2"},    {"λ", "lambda"}, {"β", "beta"}, {"μ", "mu"},
       {"γ", "gamma"}, {"δ", "delta"}, {"σ", "sigma"},  {"η", "eta"},  {"ρ", "rho"},
       {"ε", "eps"},   {"Δ", "Delta"}, {"∇", "grad"},   {"Σ", "sum"},  {"∈", "in"},
       {"…", "..."},   {"ᵀ", "^T"},    {"ℓ", "l"},      {"⟨", "<"},    {"⟩", ">"}}};
  if (text.starts_with(character)) return character.size();
  for (const auto& [sign, ascii] : in_ascii) {
    if (sign != character || !text.starts_with(ascii)) continue;
    const bool is_word = sign == "∇";  // grad F
    return is_word ? std::min(text.find_first_not_of(' ', ascii.size()), text.size())
                   : ascii.size();
  }
  return 0;
}

bool begins_quantity(std::string_view text) {
  return text.starts_with("‖") || text.starts_with("||") || text.starts_with("∇") ||
         text.starts_with("⟨");
}

bool continues_name(std::string_view text) {
  return !text.empty() && continues(first_character(text));
}

}  // namespace graddiv::spelling
