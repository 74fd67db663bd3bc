#include "formula/evaluate.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

#include "formula/symbol.h"
#include "number/exact.h"

namespace graddiv {
namespace evaluation {
namespace {

using Operation = Formula::Operation;

std::optional<long> whole_number(const Enclosure& x) {
  if (!x.is_exact()) return std::nullopt;
  const Rational value = exact_value(x);
  constexpr long largest = std::numeric_limits<int>::max();
  if (denominator(value) != 1 || value > largest || value < -largest) return std::nullopt;
  return static_cast<long>(numerator(value));
}

long whole_number(const Formula& formula, const Enclosure& value) {
  if (const auto n = whole_number(value)) return *n;
  throw FormulaError(formula.where(), "expected a whole number, not " + value.to_string(8));
}

/// Of a word; 0 where it has none.
long index_of(const Formula& formula, const Scope& scope) {
  return formula.node().symbol->has_index() ? whole_number(formula[0], value_of(formula[0], scope))
                                            : 0;
}

// Of numbers that are computed, before or behind the point: comparing and printing take as long.
constexpr std::size_t most_bits = std::size_t{1} << 22;

[[noreturn]] void refuse_power(const Enclosure& base, const Enclosure& exponent) {
  const auto in_brackets = [](const std::string& text) {
    const bool is_digits = text.find_first_not_of("0123456789") == std::string::npos;
    return is_digits ? text : "(" + text + ")";
  };
  constexpr int digits = 16;
  throw ArithmeticError(in_brackets(base.to_string(digits)) + "^" +
                        in_brackets(exponent.to_string(digits)) + " has more than " +
                        std::to_string(most_bits) + " bits");
}

bool is_beyond_reach_of_exp(const Enclosure& x) {
  return (abs(x) > static_cast<long>(most_bits)) == Truth::yes;
}

Enclosure exponential(const Enclosure& x) {
  if (is_beyond_reach_of_exp(x)) {
    throw ArithmeticError("exp(" + x.to_string(8) + ") has more than " + std::to_string(most_bits) +
                          " bits");
  }
  return exp(x);
}

/// xⁿ of a fraction of b bits has more than (b − 1)|n| of them.
bool has_many_digits(const Enclosure& base, long n) {
  if (!base.is_exact()) return false;
  Evidence no_matter;
  const std::size_t growth = bit_size(exact_value(base, no_matter)) - 1;
  return growth > 0 && static_cast<std::size_t>(std::labs(n)) > most_bits / growth;
}

/// Where xⁿ is too large or too small to be written.
void require_few_bits(const Enclosure& base, long n) {
  constexpr long always_few = 4096;
  if (std::labs(n) <= always_few || (abs(base) > 0) != Truth::yes) return;
  if (is_beyond_reach_of_exp(n * log(abs(base)))) refuse_power(base, n);
}

Enclosure power(const Enclosure& base, const Enclosure& exponent) {
  if (const auto n = whole_number(exponent)) {
    require_few_bits(base, *n);
    if (!has_many_digits(base, *n)) return pow(base, *n);
    // Enclosed, as the factors of long runs are: its digits would take longer than all else.
    const Enclosure size = exp(*n * log(abs(base)));
    const bool is_negative = (base < 0) == Truth::yes && *n % 2 != 0;
    return is_negative ? -size : size;
  }
  // x^{p/2} is (√x)^p, which keeps square roots exact.
  if (const auto n = whole_number(2 * exponent)) {
    const Enclosure root = sqrt(base);
    require_few_bits(root, *n);
    return pow(root, *n);
  }
  const Enclosure x = exponent * log(base);
  if (is_beyond_reach_of_exp(x)) refuse_power(base, exponent);
  return exp(x);
}

/// The number of terms, together with the ranges around it.
long terms_within(const Formula& formula, const Enclosure& from, const Enclosure& to, long around) {
  constexpr long most_terms = 1'000'000;
  const Enclosure terms = to - from + 1;
  if ((terms <= 1) == Truth::yes) return around;
  if ((around * terms > most_terms) != Truth::yes) return around * whole_number(terms).value_or(1);
  const std::string words = formula.operation() == Operation::for_all ? "'all'"
                            : formula.operation() == Operation::sum
                                ? "a sum"
                                : "'" + std::string(name_of(formula.operation())) + "'";
  throw ArithmeticError(words + " over " + terms.to_string(20) + " numbers, " +
                        (around > 1 ? std::to_string(around) + " times, " : "") + "at most " +
                        std::to_string(most_terms) + (around > 1 ? " in all" : ""));
}

/// Over the whole numbers it binds; the scope is copied once.
template <class Result, class Add>
Result over(const Formula& formula, const Scope& scope, Result result, const Add& add) {
  const Enclosure first = value_of(formula[0], scope);
  const Enclosure last = value_of(formula[1], scope);
  Scope inner = scope;
  inner.terms = terms_within(formula, first, last, scope.terms);
  const long from = whole_number(formula[0], first);
  const long to = whole_number(formula[1], last);
  for (long i = from; i <= to; ++i) {
    inner.variables.insert_or_assign(formula.node().name, Enclosure(i));
    if (!add(result, inner)) break;
  }
  return result;
}

Enclosure extremum(const Formula& formula, const Scope& scope) {
  const bool is_least = formula.operation() == Operation::least;
  const auto result =
      over(formula, scope, std::optional<Enclosure>(), [&](auto& best, const Scope& inner) {
        const Enclosure x = value_of(formula[2], inner);
        best = !best ? x : is_least ? min(*best, x) : max(*best, x);
        return true;
      });
  if (!result) throw FormulaError(formula.where(), "there is no least or largest of nothing");
  return *result;
}

Enclosure variable(const Formula& formula, const Scope& scope) {
  const auto found = scope.variables.find(formula.node().name);
  if (found == scope.variables.end())
    throw FormulaError(formula.where(), "'" + formula.node().name + "' has no value here");
  return found->second;
}

Enclosure symbol(const Formula& formula, const Scope& scope) {
  const Symbol& s = *formula.node().symbol;
  if (s.of_number) return s.of_number(scope, value_of(formula[0], scope));
  return s.value(scope, index_of(formula, scope));
}

bool is_range(Operation operation) {
  return operation == Operation::sum || operation == Operation::least ||
         operation == Operation::largest || operation == Operation::for_all;
}

/// Of numbers and what is quickly computed with them: no word, no variable, no range.
bool is_of_numbers(const Formula& f) {
  const Operation operation = f.operation();
  return operation != Operation::symbol && operation != Operation::variable &&
         !is_range(operation) && std::ranges::all_of(f.node().parts, is_of_numbers);
}

const Symbol* with_inverse(const Formula& formula) {
  if (formula.operation() != Operation::symbol) return nullptr;
  const Symbol* s = formula.node().symbol;
  return s->inverse ? s : nullptr;
}

Enclosure quotient(const Formula& formula, const Scope& scope) {
  if (const Symbol* s = with_inverse(formula[1]))
    return value_of(formula[0], scope) * s->inverse(scope, index_of(formula[1], scope));
  return value_of(formula[0], scope) / value_of(formula[1], scope);
}

/// Numerator and denominator of a side that is a fraction, where the comparison is to be cleared of
/// it: of a quantity that may be infinite, and of a quotient by a positive number that is not
/// exact, so that equality can still be told.
std::pair<Enclosure, std::optional<Enclosure>> fraction(const Formula& side, const Scope& scope) {
  if (side.operation() == Operation::symbol) {
    const Symbol& s = *side.node().symbol;
    if (s.fraction) return s.fraction(scope);
    if (s.inverse) return {Enclosure(1), s.inverse(scope, index_of(side, scope))};
  }
  const bool is_quotient =
      side.operation() == Operation::divide && with_inverse(side[1]) == nullptr;
  if (is_quotient) {
    const Enclosure denominator = value_of(side[1], scope);
    if (!denominator.is_exact() && (denominator > 0) == Truth::yes)
      return {value_of(side[0], scope), denominator};
  }
  return {value_of(side, scope), std::nullopt};
}

Comparison compared(Operation relation, const Enclosure& a, const Enclosure& b) {
  switch (relation) {
    case Operation::less:
      return a < b;
    case Operation::less_equal:
      return a <= b;
    case Operation::equal:
      return a == b;
    case Operation::greater_equal:
      return a >= b;
    default:
      return a > b;
  }
}

bool is_probability(const Formula& side) {
  return side.operation() == Operation::symbol && side.node().symbol->of_number != nullptr;
}

/// a ≤ b as b ≥ a.
Operation turned(Operation relation) {
  switch (relation) {
    case Operation::less:
      return Operation::greater;
    case Operation::less_equal:
      return Operation::greater_equal;
    case Operation::greater_equal:
      return Operation::less_equal;
    case Operation::greater:
      return Operation::less;
    default:
      return relation;
  }
}

/// A probability that is known from draws looks at what it is compared with. A sample speaks for
/// an upper bound alone: draws none of which fails say nothing for `P ≥ x`.
Comparison of_probability(const Formula& probability, Operation relation, const Formula& stated,
                          const Scope& scope) {
  Scope within = scope;
  within.sample = nullptr;
  const Enclosure other = value_of(stated, within);
  within.compared_with = &other;
  const bool is_upper_bound = relation == Operation::less || relation == Operation::less_equal;
  if (is_upper_bound) within.sample = scope.sample;
  return compared(relation, value_of(probability, within), other);
}

}  // namespace
}  // namespace evaluation

Enclosure value_of(const Formula& f, const Scope& scope) {
  using namespace evaluation;
  const auto at = [&](std::size_t i) { return value_of(f[i], scope); };
  switch (f.operation()) {
    case Operation::number:
      return enclose(f.node().number);
    case Operation::symbol:
      return symbol(f, scope);
    case Operation::variable:
      return variable(f, scope);
    case Operation::negate:
      return -at(0);
    case Operation::add:
      return at(0) + at(1);
    case Operation::subtract:
      return at(0) - at(1);
    case Operation::multiply:
      return at(0) * at(1);
    case Operation::divide:
      return quotient(f, scope);
    case Operation::power:
      return power(at(0), at(1));
    case Operation::log:
      return log(at(0));
    case Operation::exp:
      return exponential(at(0));
    case Operation::sqrt:
      return sqrt(at(0));
    case Operation::abs:
      return abs(at(0));
    case Operation::sin:
      return sin(at(0));
    case Operation::cos:
      return cos(at(0));
    case Operation::min:
    case Operation::max: {
      Enclosure best = at(0);
      for (std::size_t i = 1; i < f.node().parts.size(); ++i)
        best = f.operation() == Operation::min ? min(best, at(i)) : max(best, at(i));
      return best;
    }
    case Operation::conditional:
      switch (holds(f[0], scope)) {
        case Truth::yes:
          return at(1);
        case Truth::no:
          return at(2);
        case Truth::unknown:
          return Enclosure::hull(at(1), at(2));
      }
      break;
    case Operation::sum:
      return over(f, scope, Enclosure(0), [&](Enclosure& sum, const Scope& inner) {
        sum += value_of(f[2], inner);
        return true;
      });
    case Operation::least:
    case Operation::largest:
      return extremum(f, scope);
    default:
      break;
  }
  throw FormulaError(f.where(), "this is no number");
}

Truth holds(const Formula& f, const Scope& scope) {
  using namespace evaluation;
  switch (f.operation()) {
    case Operation::symbol:
      return f.node().symbol->holds(scope);
    case Operation::conjunction: {
      const Truth first = holds(f[0], scope);
      return first == Truth::no ? first : first && holds(f[1], scope);
    }
    case Operation::disjunction: {
      const Truth first = holds(f[0], scope);
      return first == Truth::yes ? first : first || holds(f[1], scope);
    }
    case Operation::negation:
      return !holds(f[0], scope);
    case Operation::not_equal:
      return !(value_of(f[0], scope) == value_of(f[1], scope));
    case Operation::conditional: {
      const Truth condition = holds(f[0], scope);
      if (condition == Truth::yes) return holds(f[1], scope);
      if (condition == Truth::no) return holds(f[2], scope);
      const Truth a = holds(f[1], scope);
      return a == holds(f[2], scope) ? a : Truth::unknown;
    }
    case Operation::for_all:
      return over(f, scope, Truth::yes, [&](Truth& all, const Scope& inner) {
        all = all && holds(f[2], inner);
        return all != Truth::no;
      });
    default:
      return comparison_of(f, scope);
  }
}

Comparison comparison_of(const Formula& f, const Scope& scope) {
  using namespace evaluation;
  if (!is_relation(f.operation()) || f.operation() == Operation::not_equal)
    throw FormulaError(f.where(), "expected one relation: <, ≤, =, ≥ or >");
  if (is_probability(f[0])) return of_probability(f[0], f.operation(), f[1], scope);
  if (is_probability(f[1])) return of_probability(f[1], turned(f.operation()), f[0], scope);
  Scope within = scope;
  within.sample = nullptr;
  const auto [left, left_denominator] = fraction(f[0], within);
  const auto [right, right_denominator] = fraction(f[1], within);
  const auto times = [](const Enclosure& x, const std::optional<Enclosure>& factor) {
    return factor ? x * *factor : x;
  };
  return compared(f.operation(), times(left, right_denominator), times(right, left_denominator));
}

void require_within_reach(const Formula& f) {
  using namespace evaluation;
  const bool is_power = f.operation() == Operation::power;
  if ((!is_power && !is_range(f.operation())) || !is_of_numbers(f[0]) || !is_of_numbers(f[1]))
    return;
  std::optional<std::pair<Enclosure, Enclosure>> ends;
  try {
    ends.emplace(value_of(f[0], {}), value_of(f[1], {}));
  } catch (const ArithmeticError&) {
    return;  // it may never be asked for: if(n = 1, 0, 1/0)
  }
  try {
    const auto n = is_power ? whole_number(ends->second) : std::nullopt;
    if (n) require_few_bits(ends->first, *n);
    if (!is_power) terms_within(f, ends->first, ends->second, 1);
  } catch (const ArithmeticError& e) {
    throw FormulaError(f.where(), e.what());
  }
}

}  // namespace graddiv
