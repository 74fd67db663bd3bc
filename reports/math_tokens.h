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

using MathTokens = std::vector<MathToken>;

/// The tokens of a formula, in order; together their sources are the text.
MathTokens math_tokens(std::string_view formula);

/// The tokens around index i, with a blank beyond both ends.
struct Neighbours {
  const MathTokens& tokens;
  std::size_t i;
  static constexpr MathToken nothing{MathToken::Kind::blank, {}, {}};

  const MathToken& next(std::size_t steps = 1) const {
    return i + steps < tokens.size() ? tokens[i + steps] : nothing;
  }
  const MathToken& previous(std::size_t steps = 1) const {
    return i >= steps ? tokens[i - steps] : nothing;
  }
};

/// "max", "log": words that are set upright, the second kind without a command of LaTeX's own.
bool names_function(std::string_view word);
bool names_operator(std::string_view word);
bool names_greek_letter(std::string_view word);  ///< "lambda"

}  // namespace graddiv::reports
