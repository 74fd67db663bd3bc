#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace graddiv::reports {

/// How LaTeX writes a character: in mathematics and, where that differs from \ensuremath of it, in
/// text.
struct Character {
  /// What a character does to its neighbours in mathematics.
  enum class Role { operand, relation, superscript, subscript, accent, opening, closing, text };
  char32_t code;
  std::string_view math;
  Role role = Role::relation;
  std::string_view text = {};
};

/// All characters beyond ASCII that reports know how to set, ordered by code.
std::span<const Character> known_characters();
const Character* find_character(char32_t code);

/// True for accented Latin letters that pdflatex sets as they stand.
bool is_latin_letter(char32_t code);

/// Takes the first character off a UTF-8 text; nothing if its bytes are no UTF-8 (one byte is
/// taken).
std::optional<char32_t> take_character(std::string_view& text);
/// The bytes of one character.
std::string utf8_of(char32_t code);

}  // namespace graddiv::reports
