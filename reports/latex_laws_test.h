#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "reports/math_tokens.h"

/// What LaTeX made of any text must obey, for the tests of all that makes some.
namespace graddiv::reports::test {

/// Texts put together at random from pieces of formulas and sentences, whatever that makes.
inline std::string any_text() {
  const std::vector<std::string> pieces = {
      "a",  "B", "w", "E", "F", "H",  "is", "nd", "log", "max", "convex", "1",      "2.5", "1e-3",
      " ",  " ", "λ", "γ", "‖", "≤",  "=",  "+",  "-",   "−",   "*",      "/",      "^",   "_",
      "²",  "ᵀ", "₀", "(", ")", "[",  "]",  "{",  "}",   "√",   "Σ",      "\u0304", "'",   "…",
      "..", ",", ".", "$", "%", "\\", "⟨",  "⟩",  "|",   "½",   "∞",      "é",      "中",  "\xFF"};
  std::string text;
  for (const auto& piece :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
    text += piece;
  return text;
}

/// The same of pieces that hang on what stands before them: stars, primes, exponents.
inline std::string any_scripts() {
  const std::vector<std::string> pieces = {"w", "F", "²", "*", "'", "^", "_", "ᵀ",
                                           "⁺", "₀", "{", "}", "2", "k", "−"};
  std::string text = "x ≤ ";
  for (const auto& piece :
       *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
    text += piece;
  return text;
}

/// Braces, dollars and brackets as LaTeX counts them.
inline bool is_balanced(const std::string& latex) {
  int depth = 0;
  int dollars = 0;
  for (std::size_t i = 0; i < latex.size(); ++i) {
    if (latex[i] == '\\') {
      ++i;
      continue;
    }
    if (latex[i] == '{')
      ++depth;
    else if (latex[i] == '}')
      --depth;
    else if (latex[i] == '$')
      ++dollars;
    if (depth < 0 || (latex[i] == '$' && depth > 0)) return false;
  }
  return depth == 0 && dollars % 2 == 0;
}

/// "}^{" behind a superscript of the same atom is LaTeX's error "double superscript".
inline bool attaches_two_scripts(const std::string& latex) {
  int depth = 0;
  char last_script = 0;
  for (std::size_t i = 0; i < latex.size(); ++i) {
    if (latex[i] == '\\') {
      last_script = 0;
      for (++i; i + 1 < latex.size() && is_letter(latex[i]) && is_letter(latex[i + 1]);) ++i;
    } else if (latex[i] == '^' || latex[i] == '_') {
      if (last_script == latex[i]) return true;
      last_script = latex[i];
      for (++i, depth = 1; depth > 0 && ++i < latex.size();)
        depth += latex[i] == '{' ? 1 : latex[i] == '}' ? -1 : 0;
    } else if (latex[i] != ' ') {
      last_script = 0;
    }
  }
  return false;
}

}  // namespace graddiv::reports::test
