#include "reports/escape.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/unicode.h"

namespace graddiv::reports {

namespace {

using Role = Character::Role;

std::string_view ascii_escape(char32_t c) {
  switch (c) {
    case '\\':
      return "\\textbackslash{}";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    case '$':
      return "\\$";
    case '&':
      return "\\&";
    case '%':
      return "\\%";
    case '#':
      return "\\#";
    case '_':
      return "\\_";
    case '^':
      return "\\textasciicircum{}";
    case '~':
      return "\\textasciitilde{}";
    case '`':
      return "\\textasciigrave{}";
    case '"':
      return "\\textquotedbl{}";
    default:
      return {};
  }
}

/// Two of these in a row would become one glyph: --, ,,, <<, >>, ''.
bool makes_ligatures(char32_t c) {
  return c == '-' || c == ',' || c == '<' || c == '>' || c == '\'';
}

std::string in_text(const Character& c) {
  switch (c.role) {
    case Role::text:
      return std::string(c.text);
    case Role::superscript:
      return fmt::format("\\ensuremath{{{{}}^{{{}}}}}", c.math);
    case Role::subscript:
      return fmt::format("\\ensuremath{{{{}}_{{{}}}}}", c.math);
    case Role::accent:
      return fmt::format("\\ensuremath{{{}{{}}}}", c.math);
    default:
      return fmt::format("\\ensuremath{{{}}}", c.math);
  }
}

std::string in_text(char32_t code) {
  if (code < 0x20 || code == 0x7F) return " ";
  if (const auto escaped = ascii_escape(code); !escaped.empty()) return std::string(escaped);
  if (code < 0x80 || is_latin_letter(code)) return utf8_of(code);
  if (const Character* known = find_character(code)) return in_text(*known);
  return fmt::format("[U+{:04X}]", static_cast<std::uint32_t>(code));
}

/// The accent that stands next in the text, or null.
const Character* accent_ahead(std::string_view rest) {
  if (rest.empty()) return nullptr;
  const auto code = take_character(rest);
  const Character* known = code ? find_character(*code) : nullptr;
  return known && known->role == Role::accent ? known : nullptr;
}

/// What an accent of mathematics can stand on: B̄, δ̄.
std::string accented(const Character& accent, char32_t base) {
  const Character* known = find_character(base);
  return fmt::format("\\ensuremath{{{}{{{}}}}}", accent.math,
                     known ? std::string(known->math) : utf8_of(base));
}

bool can_carry_accent(char32_t c) {
  const Character* known = find_character(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (known && known->role == Role::operand);
}

}  // namespace

/// Words longer than this may be broken anywhere, every so many characters: nothing else keeps them
/// in the line.
constexpr int longest_word = 40;
constexpr int break_every = 10;

std::string latex_escape(std::string_view text) {
  std::string out;
  char32_t previous = 0;
  int in_word = 0;
  bool is_long = false;
  while (!text.empty()) {
    if (in_word == 0) is_long = std::min(text.find_first_of(" \t\n"), text.size()) > longest_word;
    const bool is_blank = text.front() == ' ' || text.front() == '\t' || text.front() == '\n';
    in_word = is_blank ? 0 : in_word + 1;
    if (is_long && in_word > 1 && in_word % break_every == 1) out += "\\allowbreak{}";
    const auto code = take_character(text);
    if (!code) {
      out += "[?]";
      previous = 0;
      continue;
    }
    if (*code == previous && makes_ligatures(*code)) out += "{}";
    const Character* accent = can_carry_accent(*code) ? accent_ahead(text) : nullptr;
    out += accent ? accented(*accent, *code) : in_text(*code);
    if (accent) take_character(text);
    previous = *code;
  }
  return out;
}

std::string bookmark(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto code = take_character(text);
    if (code && *code < 0x80)
      out += in_text(*code);
    else
      out += fmt::format("\\unichar{{\"{:04X}}}",
                         static_cast<std::uint32_t>(code.value_or(U'\uFFFD')));
  }
  return out;
}

std::string unicode_declarations() {
  std::string out;
  for (const Character& c : known_characters()) {
    if (c.role == Role::accent) continue;
    const std::string body = c.role == Role::text && !c.math.empty()
                                 ? fmt::format("\\ifmmode {}\\else {}\\fi", c.math, c.text)
                                 : in_text(c);
    out += fmt::format("\\DeclareUnicodeCharacter{{{:04X}}}{{{}}}\n",
                       static_cast<std::uint32_t>(c.code), body);
  }
  return out;
}

}  // namespace graddiv::reports
