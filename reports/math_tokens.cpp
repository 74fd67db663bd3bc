#include "reports/math_tokens.h"

#include <algorithm>
#include <array>

namespace graddiv::reports {

namespace {

using Kind = MathToken::Kind;
using Role = Character::Role;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <class Predicate>
std::size_t span_of(std::string_view text, Predicate belongs) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) -
                                  text.begin());
}

std::size_t length_of_number(std::string_view text) {
  std::size_t length = span_of(text, is_digit);
  if (length + 1 < text.size() && text[length] == '.' && is_digit(text[length + 1]))
    length += 1 + span_of(text.substr(length + 1), is_digit);
  if (length < text.size() && (text[length] == 'e' || text[length] == 'E')) {
    const bool has_sign =
        length + 1 < text.size() && (text[length + 1] == '-' || text[length + 1] == '+');
    const std::size_t begin = length + 1 + (has_sign ? 1 : 0);
    const std::size_t digits = begin < text.size() ? span_of(text.substr(begin), is_digit) : 0;
    if (digits > 0) length = begin + digits;
  }
  return length;
}

constexpr auto digraphs = std::to_array<MathToken>({{Kind::relation, "<=", "\\le"},
                                                    {Kind::relation, ">=", "\\ge"},
                                                    {Kind::relation, "!=", "\\ne"},
                                                    {Kind::relation, "=>", "\\Rightarrow"},
                                                    {Kind::relation, "->", "\\to"},
                                                    {Kind::dots, "...", "\\dots"},
                                                    {Kind::dots, "..", "\\dots"}});

Kind kind_of_ascii(char c) {
  switch (c) {
    case '=':
    case '<':
    case '>':
      return Kind::relation;
    case '+':
    case '-':
    case '*':
    case '/':
    case '|':
      return Kind::sign;
    case '^':
    case '_':
      return Kind::hook;
    case ',':
    case ';':
      return Kind::separator;
    case '(':
    case '[':
    case '{':
      return Kind::opening;
    case ')':
    case ']':
    case '}':
      return Kind::closing;
    case '\'':
      return Kind::prime;
    default:
      return Kind::text;
  }
}

Kind kind_of(const Character& c) {
  if (c.code == U'…') return Kind::dots;
  switch (c.role) {
    case Role::operand:
      return Kind::symbol;
    case Role::relation:
      return Kind::relation;
    case Role::superscript:
    case Role::subscript:
      return Kind::script;
    case Role::accent:
      return Kind::accent;
    case Role::opening:
      return Kind::opening;
    case Role::closing:
      return Kind::closing;
    default:
      return Kind::text;
  }
}

MathToken first_token(std::string_view rest) {
  const char c = rest.front();
  if (c == ' ') return {Kind::blank, rest.substr(0, 1), {}};
  if (is_letter(c)) return {Kind::word, rest.substr(0, span_of(rest, is_letter)), {}};
  if (is_digit(c)) return {Kind::number, rest.substr(0, length_of_number(rest)), {}};
  for (const MathToken& d : digraphs)
    if (rest.starts_with(d.source)) return {d.kind, rest.substr(0, d.source.size()), d.math};
  std::string_view behind = rest;
  const auto code = take_character(behind);
  const std::string_view source = rest.substr(0, rest.size() - behind.size());
  if (source.size() == 1 && code) return {kind_of_ascii(c), source, source};
  const Character* known = code ? find_character(*code) : nullptr;
  if (!known) return {Kind::text, source, {}};
  return {kind_of(*known), source, known->math, known->role};
}

constexpr auto functions =
    std::to_array<std::string_view>({"arg", "argmin", "cos", "det", "exp", "inf", "log", "max",
                                     "mean", "min", "sign", "sin", "sqrt", "sup", "tr"});
constexpr auto greek_names = std::to_array<std::string_view>(
    {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu",
     "nu", "xi", "rho", "sigma", "tau", "phi", "psi", "omega"});
constexpr auto operators =
    std::to_array<std::string_view>({"mean", "sign", "tr"});  // not known to LaTeX

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

bool names_function(std::string_view word) { return contains(functions, word); }
bool names_operator(std::string_view word) { return contains(operators, word); }
bool names_greek_letter(std::string_view word) { return contains(greek_names, word); }

MathTokens math_tokens(std::string_view text) {
  MathTokens tokens;
  while (!text.empty()) {
    tokens.push_back(first_token(text));
    text.remove_prefix(tokens.back().source.size());
  }
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    tokens[i].partner = i;
    if (tokens[i].kind == Kind::opening) open.push_back(i);
    if (tokens[i].kind != Kind::closing || open.empty()) continue;
    tokens[i].partner = open.back();
    tokens[open.back()].partner = i;
    open.pop_back();
  }
  return tokens;
}

}  // namespace graddiv::reports
