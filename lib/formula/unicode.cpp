#include <fmt/format.h>

#include <string_view>

#include "formula/precedence.h"
#include "formula/spelling.h"
#include "formula/symbol.h"
#include "formula/typeset.h"

namespace graddiv {
namespace unicode {
namespace {

using Operation = Formula::Operation;

bool is_whole(const Formula& f) {
  return f.operation() == Operation::number && denominator(f.node().number) == 1 &&
         f.node().number >= 0;
}

/// As a decimal where it has one, so that it is read back as one number.
std::string to_decimal(const Rational& x) {
  Integer power_of_ten = 1;
  int digits = 0;
  constexpr int most_digits = 30;
  while (digits < most_digits && power_of_ten % denominator(x) != 0) {
    power_of_ten *= 10;
    ++digits;
  }
  if (power_of_ten % denominator(x) != 0)
    return fmt::format("({}/{})", numerator(x).str(), denominator(x).str());
  std::string whole = Integer(numerator(x) * (power_of_ten / denominator(x))).str();
  const bool is_negative = whole.front() == '-';
  if (is_negative) whole.erase(0, 1);
  const auto fraction = static_cast<std::size_t>(digits);
  if (whole.size() <= fraction) whole.insert(0, fraction + 1 - whole.size(), '0');
  if (digits > 0) whole.insert(whole.size() - fraction, ".");
  return is_negative ? "−" + whole : whole;
}

std::string in_brackets(const Formula& f, bool are_needed) {
  return are_needed ? "(" + to_unicode(f) + ")" : to_unicode(f);
}

std::string binary(const Formula& f, std::string_view sign) {
  const auto level = precedence::of(f);
  const bool is_signed = precedence::of(f[1]) == precedence::minus;
  return in_brackets(f[0], precedence::of(f[0]) < level) + std::string(sign) +
         in_brackets(f[1], precedence::of(f[1]) <= level || is_signed);
}

std::string relation(const Formula& f) {
  return fmt::format("{} {} {}", in_brackets(f[0], precedence::of(f[0]) <= precedence::relation),
                     name_of(f.operation()),
                     in_brackets(f[1], precedence::of(f[1]) <= precedence::relation));
}

std::string chain(const Formula& f) {
  return fmt::format("{} {} {}", relation(f[0]), name_of(f[1].operation()),
                     in_brackets(f[1][1], precedence::of(f[1][1]) <= precedence::relation));
}

bool ends_raised(const std::string& text) {
  for (const std::string_view end : {"²", "³"})
    if (text.ends_with(end)) return true;
  return false;
}

/// "E F(w)", not "E[F(w) − F*]".
bool has_a_space_outside_brackets(const std::string& text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == ' ' && depth == 0) return true;
  }
  return false;
}

std::string power(const Formula& f) {
  const std::string plain = to_unicode(f[0]);
  const bool is_one = precedence::of(f[0]) == precedence::atom && !ends_raised(plain) &&
                      !has_a_space_outside_brackets(plain);
  const std::string base = is_one ? plain : "(" + plain + ")";
  if (is_whole(f[1])) return base + spelling::raised(numerator(f[1].node().number).str());
  return base + "^" + in_brackets(f[1], precedence::of(f[1]) < precedence::atom);
}

std::string symbol(const Formula& f) {
  std::string spelling = f.node().symbol->spellings.front();
  if (f.node().parts.empty()) return spelling;
  const std::string index = to_unicode(f[0]);
  for (auto at = spelling.find('#'); at != std::string::npos; at = spelling.find('#', at + 1)) {
    const bool is_below = at > 0 && spelling[at - 1] == '_';
    const bool has_index = index.find('_') != std::string::npos;  // T_k
    const bool is_short =
        !has_index && (is_whole(f[0]) || precedence::of(f[0]) == precedence::atom);
    spelling.replace(at, 1, is_below && !is_short ? "{" + index + "}" : index);
  }
  return spelling;
}

std::string call(const Formula& f) {
  std::string operands;
  for (const Formula& part : f.node().parts)
    operands += (operands.empty() ? "" : ", ") + to_unicode(part);
  return fmt::format("{}({})", name_of(f.operation()), operands);
}

}  // namespace
}  // namespace unicode

std::string to_unicode(const Formula& f) {
  using namespace unicode;
  switch (f.operation()) {
    case Operation::number:
      return to_decimal(f.node().number);
    case Operation::symbol:
      return symbol(f);
    case Operation::variable:
      return f.node().name;
    case Operation::negate:
      return "−" + in_brackets(f[0], precedence::of(f[0]) <= precedence::minus);
    case Operation::add:
      return binary(f, " + ");
    case Operation::subtract:
      return binary(f, " − ");
    case Operation::multiply:
      return binary(f, "·");
    case Operation::divide:
      return binary(f, "/");
    case Operation::power:
      return power(f);
    case Operation::conjunction:
      return precedence::is_chain(f) ? chain(f) : binary(f, " and ");
    case Operation::disjunction:
      return binary(f, " or ");
    case Operation::negation:
      return "not " + in_brackets(f[0], precedence::of(f[0]) < precedence::negation);
    case Operation::sum:
    case Operation::least:
    case Operation::largest:
    case Operation::for_all:
      return fmt::format("{}({} = {}..{}, {})", name_of(f.operation()), f.node().name,
                         to_unicode(f[0]), to_unicode(f[1]), to_unicode(f[2]));
    default:
      return is_relation(f.operation()) ? relation(f) : call(f);
  }
}

namespace unicode {
namespace {

std::string marked(const Formula& f) {
  const auto joined = [&](std::string_view word) {
    const auto part = [&](const Formula& side, bool is_strict) {
      const auto level = precedence::of(side);
      const bool is_open = is_strict ? level <= precedence::of(f) : level < precedence::of(f);
      return is_open ? "(" + marked(side) + ")" : marked(side);
    };
    return fmt::format("{} {} {}", part(f[0], false), word, part(f[1], true));
  };
  switch (f.operation()) {
    case Operation::symbol:
      if (f.type() == Formula::Type::truth) return f.node().symbol->marked;
      break;
    case Operation::conjunction:
      if (precedence::is_chain(f)) break;
      return joined("and");
    case Operation::disjunction:
      return joined("or");
    case Operation::negation:
      if (is_relation(f[0].operation())) break;
      return "not " + (precedence::of(f[0]) < precedence::negation ? "(" + marked(f[0]) + ")"
                                                                   : marked(f[0]));
    default:
      break;
  }
  return "$" + to_unicode(f) + "$";
}

}  // namespace
}  // namespace unicode

Text to_sentence(const Formula& formula) {
  using namespace unicode;
  return Text::from_marked(marked(formula));
}

}  // namespace graddiv
