#include "formula/formula.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formula/symbol.h"

namespace graddiv {

using Operation = Formula::Operation;

namespace trees {
namespace {

using Type = Formula::Type;

/// How many operands an operation takes, at least and at most.
std::pair<std::size_t, std::size_t> arity_of(Operation operation) {
  constexpr std::size_t any = 1000;
  switch (operation) {
    case Operation::negate:
    case Operation::log:
    case Operation::exp:
    case Operation::sqrt:
    case Operation::abs:
    case Operation::sin:
    case Operation::cos:
    case Operation::negation:
      return {1, 1};
    case Operation::min:
    case Operation::max:
      return {2, any};
    case Operation::conditional:
      return {3, 3};
    default:
      return {2, 2};
  }
}

bool takes_truth(Operation operation) {
  return operation == Operation::conjunction || operation == Operation::disjunction ||
         operation == Operation::negation;
}

std::string_view name_of(Type type) {
  return type == Type::number ? "a number" : "a statement that is true or false";
}

void require(const Formula& part, Type type) {
  if (part.type() == type) return;
  throw FormulaError(part.where(), "this is " + std::string(name_of(part.type())) + "; expected " +
                                       std::string(name_of(type)));
}

Formula binary(Operation operation, const Formula& a, const Formula& b) {
  return Formula::of(operation, {a, b}, {a.where().begin, b.where().end});
}

bool is_number(const Formula& f, int value) {
  return f.operation() == Operation::number && f.node().number == value;
}

}  // namespace
}  // namespace trees

Formula::Formula(Node node) : node_(std::make_shared<const Node>(std::move(node))) {}
Formula::Formula(int value) : Formula(Rational(value)) {}
Formula::Formula(const Rational& value, SourceRange where)
    : Formula(Node{.number = value, .where = where}) {}

Formula Formula::of(const Symbol& symbol, std::vector<Formula> indices, SourceRange where) {
  using namespace trees;
  if (indices.size() != (symbol.has_index() ? 1U : 0U)) {
    throw FormulaError(
        where, symbol.spellings.front() + (symbol.has_index() ? " has an index" : " has no index"));
  }
  for (const Formula& index : indices) require(index, Type::number);
  return Formula(Node{.operation = Operation::symbol,
                      .type = symbol.type,
                      .parts = std::move(indices),
                      .symbol = &symbol,
                      .where = where});
}

Formula Formula::variable(std::string name, Type type, SourceRange where) {
  return Formula(Node{
      .operation = Operation::variable, .type = type, .name = std::move(name), .where = where});
}

Formula Formula::of(Operation operation, std::vector<Formula> operands, SourceRange where) {
  using namespace trees;
  const auto [least, most] = arity_of(operation);
  if (operands.size() < least || operands.size() > most) {
    throw FormulaError(where, std::string(graddiv::name_of(operation)) + " takes " +
                                  std::to_string(least) + (most > least ? " or more" : "") +
                                  (least == 1 ? " operand, not " : " operands, not ") +
                                  std::to_string(operands.size()));
  }
  Type type = Type::number;
  if (operation == Operation::conditional) {
    require(operands[0], Type::truth);
    type = operands[1].type();
    require(operands[2], type);
  } else {
    for (const Formula& part : operands)
      require(part, takes_truth(operation) ? Type::truth : Type::number);
    if (takes_truth(operation) || is_relation(operation)) type = Type::truth;
  }
  return Formula(
      Node{.operation = operation, .type = type, .parts = std::move(operands), .where = where});
}

Formula Formula::over(Operation operation, std::string name, Formula from, Formula to, Formula body,
                      SourceRange where) {
  using namespace trees;
  require(from, Type::number);
  require(to, Type::number);
  const Type type = operation == Operation::for_all ? Type::truth : Type::number;
  require(body, type);
  return Formula(Node{.operation = operation,
                      .type = type,
                      .parts = {std::move(from), std::move(to), std::move(body)},
                      .name = std::move(name),
                      .where = where});
}

bool operator==(const Formula& a, const Formula& b) {
  if (a.node_ == b.node_) return true;
  const Formula::Node& x = a.node();
  const Formula::Node& y = b.node();
  return x.operation == y.operation && x.number == y.number && x.symbol == y.symbol &&
         x.name == y.name && x.parts == y.parts;
}

bool is_relation(Operation operation) {
  return operation >= Operation::less && operation <= Operation::greater;
}

std::string_view name_of(Operation operation) {
  constexpr std::array names{"number", "quantity", "variable", "−",    "+",   "−",   "·",   "/",
                             "^",      "log",      "exp",      "sqrt", "min", "max", "abs", "sin",
                             "cos",    "<",        "≤",        "=",    "≠",   "≥",   ">",   "and",
                             "or",     "not",      "if",       "sum",  "min", "max", "all"};
  return names[static_cast<std::size_t>(operation)];
}

Formula with_parts(const Formula& f, std::vector<Formula> parts) {
  const Formula::Node& node = f.node();
  if (parts == node.parts) return f;
  if (node.operation == Operation::symbol)
    return Formula::of(*node.symbol, std::move(parts), node.where);
  if (node.operation >= Operation::sum)
    return Formula::over(node.operation, node.name, parts[0], parts[1], parts[2], node.where);
  return Formula::of(node.operation, std::move(parts), node.where);
}

std::size_t count(const Formula& in, const std::string& variable) {
  const Formula::Node& node = in.node();
  if (node.operation == Operation::variable) return node.name == variable ? 1 : 0;
  std::size_t result = 0;
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    const bool is_hidden = node.operation >= Operation::sum && i == 2 && node.name == variable;
    if (!is_hidden) result += count(node.parts[i], variable);
  }
  return result;
}

void collect_variables(const Formula& in, std::set<std::string>& names) {
  if (in.operation() == Formula::Operation::variable) names.insert(in.node().name);
  for (const Formula& part : in.node().parts) collect_variables(part, names);
}

bool has_word(const Formula& in, const std::function<bool(const Symbol&)>& is_so) {
  if (in.operation() == Formula::Operation::symbol && is_so(*in.node().symbol)) return true;
  return std::ranges::any_of(in.node().parts,
                             [&](const Formula& part) { return has_word(part, is_so); });
}

Formula substituted(const Formula& in, const std::string& variable, const Formula& by) {
  const Formula::Node& node = in.node();
  if (node.operation == Operation::variable) return node.name == variable ? by : in;
  std::vector<Formula> parts;
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    const bool is_hidden = node.operation >= Operation::sum && i == 2 && node.name == variable;
    parts.push_back(is_hidden ? node.parts[i] : substituted(node.parts[i], variable, by));
  }
  return with_parts(in, std::move(parts));
}

namespace trees {
namespace {

bool is_number(const Formula& f) { return f.operation() == Operation::number; }

/// q·f, the number put first: 2·(3·ε·λ²) is 6·ε·λ².
Formula scaled(const Rational& q, const Formula& f) {
  if (is_number(f)) return q * f.node().number;
  if (f.operation() == Operation::multiply) {
    const Formula first = scaled(q, f[0]);
    return is_number(first, 1) ? f[1] : first * f[1];
  }
  return q == 1 ? f : Formula(q) * f;
}

/// The number that a product begins with; else 1.
Rational leading_number(const Formula& f) {
  if (is_number(f)) return f.node().number;
  return f.operation() == Operation::multiply ? leading_number(f[0]) : Rational(1);
}

Formula tidied_product(const Formula& a, const Formula& b) {
  if (is_number(a, 0) || is_number(b, 0)) return 0;
  if (is_number(a, 1)) return b;
  if (is_number(b, 1)) return a;
  if (is_number(a)) {  // 1/2·δ is δ/2, and 9/10·ε is 9·ε/10
    const Rational first = leading_number(b);
    if (first == 0) return 0;
    const Rational q = a.node().number * first;
    const Formula whole = scaled(numerator(q) / first, b);
    return denominator(q) == 1 ? whole : whole / Formula(Rational(denominator(q)));
  }
  if (a.operation() == Operation::divide && is_number(a[1])) return tidied(a[0] * b) / a[1];
  return a * b;
}

Formula tidied_quotient(const Formula& a, const Formula& b) {
  if (is_number(a, 0) || is_number(b, 1)) return a;
  if (is_number(a) && is_number(b) && !is_number(b, 0)) return a.node().number / b.node().number;
  if (a.operation() == Operation::divide && is_number(a[1]))
    return a[0] / scaled(a[1].node().number, b);
  return a / b;
}

/// a + b, or a − b.
Formula tidied_sum(const Formula& a, const Formula& b, bool is_added) {
  if (is_number(b, 0)) return a;
  if (is_added && is_number(a, 0)) return b;
  const bool is_shifted = a.operation() == Operation::subtract && is_number(a[1]);
  if (is_added && is_shifted && a[1] == b) return a[0];  // B − 1 + 1
  return is_added ? a + b : a - b;
}

}  // namespace
}  // namespace trees

Formula tidied(const Formula& formula) {
  using namespace trees;
  std::vector<Formula> parts;
  for (const Formula& part : formula.node().parts) parts.push_back(tidied(part));
  switch (formula.operation()) {
    case Operation::multiply:
      return tidied_product(parts[0], parts[1]);
    case Operation::divide:
      return tidied_quotient(parts[0], parts[1]);
    case Operation::add:
      return tidied_sum(parts[0], parts[1], true);
    case Operation::subtract:
      return tidied_sum(parts[0], parts[1], false);
    case Operation::power:
      if (is_number(parts[1], 1)) return parts[0];
      break;
    default:
      break;
  }
  return with_parts(formula, std::move(parts));
}

Formula operator-(const Formula& a) { return Formula::of(Operation::negate, {a}, a.where()); }
Formula operator+(const Formula& a, const Formula& b) {
  return trees::binary(Operation::add, a, b);
}
Formula operator-(const Formula& a, const Formula& b) {
  return trees::binary(Operation::subtract, a, b);
}
Formula operator*(const Formula& a, const Formula& b) {
  return trees::binary(Operation::multiply, a, b);
}
Formula operator/(const Formula& a, const Formula& b) {
  return trees::binary(Operation::divide, a, b);
}
Formula operator<(const Formula& a, const Formula& b) {
  return trees::binary(Operation::less, a, b);
}
Formula operator<=(const Formula& a, const Formula& b) {
  return trees::binary(Operation::less_equal, a, b);
}
Formula operator>=(const Formula& a, const Formula& b) {
  return trees::binary(Operation::greater_equal, a, b);
}
Formula operator>(const Formula& a, const Formula& b) {
  return trees::binary(Operation::greater, a, b);
}
Formula equal(const Formula& a, const Formula& b) { return trees::binary(Operation::equal, a, b); }
Formula operator&&(const Formula& a, const Formula& b) {
  return trees::binary(Operation::conjunction, a, b);
}
Formula operator||(const Formula& a, const Formula& b) {
  return trees::binary(Operation::disjunction, a, b);
}
Formula operator!(const Formula& a) { return Formula::of(Operation::negation, {a}, a.where()); }
Formula pow(const Formula& a, const Formula& exponent) {
  return trees::binary(Operation::power, a, exponent);
}
Formula square(const Formula& a) { return pow(a, 2); }
Formula log(const Formula& a) { return Formula::of(Operation::log, {a}, a.where()); }
Formula exp(const Formula& a) { return Formula::of(Operation::exp, {a}, a.where()); }
Formula sqrt(const Formula& a) { return Formula::of(Operation::sqrt, {a}, a.where()); }
Formula min(const Formula& a, const Formula& b) { return trees::binary(Operation::min, a, b); }
Formula max(const Formula& a, const Formula& b) { return trees::binary(Operation::max, a, b); }

}  // namespace graddiv
