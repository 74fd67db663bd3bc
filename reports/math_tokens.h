#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "reports/unicode.h"

namespace graddiv::reports {

/// A piece of a formula written as plain text: "w_k", "‖", "2.5e-3".
struct MathToken {
  enum class Kind {
    blank,
    word,  ///< Latin letters
    number,
    symbol,    ///< another operand: γ, ∇, ‖
    relation,  ///< =, ≤, ·
    sign,      ///< + - * / |
    hook,      ///< ^ _
    script,    ///< ², ᵀ, ₀
    accent,    ///< combining, stands behind its letter
    prime,
    dots,
    separator,  ///< , ;
    opening,
    closing,
    text  ///< what no formula holds
  };
  Kind kind;
  std::string_view source;
  std::string_view math;  ///< for what is not written as it stands
  Character::Role role = Character::Role::text;
  std::size_t partner = 0;  ///< of a bracket; its own index where it has none
};

inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The tokens of a formula, in order; together their sources are the text.
std::vector<MathToken> math_tokens(std::string_view formula);

}  // namespace graddiv::reports
