#include <fmt/format.h>

#include <array>
#include <cctype>
#include <map>
#include <string_view>

#include "formula/precedence.h"
#include "formula/symbol.h"
#include "formula/typeset.h"

namespace graddiv {
namespace latex {
namespace {

using Operation = Formula::Operation;

const std::map<std::string, std::string, std::less<>>& greek() {
  static const std::map<std::string, std::string, std::less<>> names{
      {"α", "\\alpha"},      {"β", "\\beta"},      {"γ", "\\gamma"}, {"δ", "\\delta"},
      {"ε", "\\varepsilon"}, {"ζ", "\\zeta"},      {"η", "\\eta"},   {"θ", "\\theta"},
      {"κ", "\\kappa"},      {"λ", "\\lambda"},    {"μ", "\\mu"},    {"ν", "\\nu"},
      {"ξ", "\\xi"},         {"π", "\\pi"},        {"ρ", "\\rho"},   {"σ", "\\sigma"},
      {"τ", "\\tau"},        {"φ", "\\varphi"},    {"χ", "\\chi"},   {"ψ", "\\psi"},
      {"ω", "\\omega"},      {"Γ", "\\Gamma"},     {"Δ", "\\Delta"}, {"Θ", "\\Theta"},
      {"Λ", "\\Lambda"},     {"Σ", "\\Sigma"},     {"Φ", "\\Phi"},   {"Ω", "\\Omega"},
      {"ℓ", "\\ell"},        {"𝓛", "\\mathcal{L}"}};
  return names;
}

std::string in_brackets(const Formula& f, bool are_needed) {
  return are_needed ? "\\left(" + to_latex(f) + "\\right)" : to_latex(f);
}

std::string rational(const Rational& x) {
  if (denominator(x) == 1) return numerator(x).str();
  const Rational size = x < 0 ? Rational(-x) : x;
  return fmt::format("{}\\frac{{{}}}{{{}}}", x < 0 ? "-" : "", numerator(size).str(),
                     denominator(size).str());
}

std::string additive(const Formula& f, std::string_view sign) {
  const bool is_signed = precedence::of(f[1]) == precedence::minus;
  return to_latex(f[0]) + std::string(sign) +
         in_brackets(f[1], precedence::of(f[1]) <= precedence::sum || is_signed);
}

std::string product(const Formula& f) {
  const auto factor = [](const Formula& part, bool is_second) {
    const auto level = precedence::of(part);
    return in_brackets(part,
                       level < precedence::product || (is_second && level == precedence::minus));
  };
  const std::string first = factor(f[0], false);
  const std::string second = factor(f[1], true);
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const bool is_number = is_digit(second.front()) || second.starts_with("\\frac");
  if (is_number && (is_digit(first.back()) || first.back() == '}'))
    return first + "\\cdot " + second;
  return first + "\\," + second;
}

std::string power(const Formula& f) {
  const std::string plain = to_latex(f[0]);
  const bool is_atom =
      precedence::of(f[0]) == precedence::atom && f[0].operation() != Operation::conditional &&
      plain.find("^2") == std::string::npos && plain.find("mathbb") == std::string::npos &&
      plain.find("frac") == std::string::npos;
  const bool is_closed = f[0].operation() == Operation::max || f[0].operation() == Operation::min;
  return (is_atom || is_closed ? plain : "\\left(" + plain + "\\right)") + "^{" + to_latex(f[1]) +
         "}";
}

std::string symbol(const Formula& f) {
  std::string text = f.node().symbol->latex;
  if (f.node().parts.empty()) return text;
  const std::string index = to_latex(f[0]);
  for (auto at = text.find('#'); at != std::string::npos; at = text.find('#', at + index.size()))
    text.replace(at, 1, index);
  return text;
}

std::string function(const Formula& f, std::string_view name) {
  std::string operands;
  for (const Formula& part : f.node().parts)
    operands += (operands.empty() ? "" : ",\\,") + to_latex(part);
  return fmt::format("{}\\left({}\\right)", name, operands);
}

std::string over(const Formula& f) {
  const std::string index = name_to_latex(f.node().name);
  const std::string body = in_brackets(f[2], precedence::of(f[2]) < precedence::product);
  if (f.operation() == Operation::sum)
    return fmt::format("\\sum_{{{}={}}}^{{{}}}{}", index, to_latex(f[0]), to_latex(f[1]), body);
  return fmt::format("\\{}_{{{}\\le {}\\le {}}}{}", name_of(f.operation()), to_latex(f[0]), index,
                     to_latex(f[1]), body);
}

std::string sign_of(const Formula& relation) {
  constexpr std::array<std::string_view, 6> signs{"<", "\\le ", "=", "\\neq ", "\\ge ", ">"};
  const auto which =
      static_cast<std::size_t>(relation.operation()) - static_cast<std::size_t>(Operation::less);
  return std::string(signs.at(which));
}

std::string relation(const Formula& f) { return to_latex(f[0]) + sign_of(f) + to_latex(f[1]); }

/// Of what is true or false, for text mode.
std::string sentence(const Formula& f) {
  const auto part = [&](const Formula& side) {
    return precedence::of(side) < precedence::of(f) ? "(" + sentence(side) + ")" : sentence(side);
  };
  switch (f.operation()) {
    case Operation::symbol:
      return f.node().symbol->latex;
    case Operation::conjunction:
      if (precedence::is_chain(f))
        return "$" + relation(f[0]) + sign_of(f[1]) + to_latex(f[1][1]) + "$";
      return part(f[0]) + " and " + part(f[1]);
    case Operation::disjunction:
      return part(f[0]) + " or " + part(f[1]);
    case Operation::negation:
      return "not " + (is_relation(f[0].operation()) ? "(" + sentence(f[0]) + ")" : part(f[0]));
    case Operation::conditional:
      return fmt::format("{} if {}, else {}", sentence(f[1]), sentence(f[0]), sentence(f[2]));
    case Operation::for_all:
      return fmt::format("{} for ${}={},\\dots,{}$", sentence(f[2]), name_to_latex(f.node().name),
                         to_latex(f[0]), to_latex(f[1]));
    default:
      return "$" + relation(f) + "$";
  }
}

}  // namespace
}  // namespace latex

std::string name_to_latex(const std::string& name) {
  using namespace latex;
  const auto below = name.find('_');
  const std::string stem = name.substr(0, below);
  const auto found = greek().find(stem);
  std::string latex = found != greek().end() ? found->second
                      : stem.size() == 1     ? stem
                                             : "\\mathrm{" + stem + "}";
  if (below == std::string::npos) return latex;
  return latex + "_{" + name_to_latex(name.substr(below + 1)) + "}";
}

std::string to_latex(const Formula& f) {
  using namespace latex;
  if (f.type() == Formula::Type::truth) return sentence(f);
  switch (f.operation()) {
    case Operation::number:
      return rational(f.node().number);
    case Operation::symbol:
      return symbol(f);
    case Operation::variable:
      return name_to_latex(f.node().name);
    case Operation::negate:
      return "-" + in_brackets(f[0], precedence::of(f[0]) <= precedence::minus);
    case Operation::add:
      return additive(f, "+");
    case Operation::subtract:
      return additive(f, "-");
    case Operation::multiply:
      return product(f);
    case Operation::divide:
      return fmt::format("\\frac{{{}}}{{{}}}", to_latex(f[0]), to_latex(f[1]));
    case Operation::power:
      return power(f);
    case Operation::sqrt:
      return "\\sqrt{" + to_latex(f[0]) + "}";
    case Operation::exp:
      return "e^{" + to_latex(f[0]) + "}";
    case Operation::abs:
      return "\\left|" + to_latex(f[0]) + "\\right|";
    case Operation::conditional:
      return fmt::format(
          "\\begin{{cases}}{}&\\text{{if {}}}\\\\{}&\\text{{otherwise}}\\end{{cases}}",
          to_latex(f[1]), sentence(f[0]), to_latex(f[2]));
    case Operation::sum:
    case Operation::least:
    case Operation::largest:
      return over(f);
    default:
      return function(f, "\\" + std::string(name_of(f.operation())));
  }
}

}  // namespace graddiv
