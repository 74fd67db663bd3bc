#include "formula/parse.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <optional>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/limit_depth.hpp>
#include <utility>

#include "formula/evaluate.h"
#include "formula/hints.h"
#include "formula/spelling.h"
#include "formula/vocabulary.h"
#include "number/edit_distance.h"

namespace graddiv {
namespace reading {
namespace {

namespace pegtl = tao::pegtl;
using Operation = Formula::Operation;

/// A formula as it is read: operands wait on a stack for the operation that takes them.
struct Building {
  std::string_view text;
  Names names;
  std::vector<Formula> operands = {};
  std::vector<Operation> operations = {};  // read, their operands not all yet
  struct Call {
    Operation operation;
    std::size_t first_operand;
    std::string bound;  // what a sum binds
  };
  std::vector<Call> calls = {};
  std::vector<Names> outer_names = {};  // of the sums that are open

  template <class Input>
  std::size_t position(const Input& in) const {
    return static_cast<std::size_t>(in.current() - text.data());
  }
  Formula take() {
    Formula last = std::move(operands.back());
    operands.pop_back();
    return last;
  }
  Operation take_operation() {
    const Operation last = operations.back();
    operations.pop_back();
    return last;
  }
  void apply_binary() {
    Formula right = take();
    Formula left = take();
    const SourceRange where{left.where().begin, right.where().end};
    push(Formula::of(take_operation(), {std::move(left), std::move(right)}, where));
  }
  void push(Formula formula) {
    require_within_reach(formula);
    operands.push_back(std::move(formula));
  }
};

namespace grammar {

// Actions happen as rules match, and what `at` looks at has none: a rule that has matched a part is
// not tried in vain.

// clang-format off
struct comment : pegtl::seq<pegtl::one<'#'>, pegtl::until<pegtl::eolf>> {};
struct blank : pegtl::star<pegtl::sor<pegtl::space, comment>> {};
template <class Rule> struct token : pegtl::seq<Rule, blank> {};

/// Not within a longer name.
struct no_name {
  using rule_t = no_name;
  using subs_t = pegtl::empty_list;
  template <class Input> static bool match(Input& in) {
    return !spelling::continues_name({in.current(), in.size()});
  }
};
template <class... Words> struct keyword : token<pegtl::seq<pegtl::sor<Words...>, no_name>> {};
/// A name, whatever it means.
struct name {
  using rule_t = name;
  using subs_t = pegtl::empty_list;
  template <class Input> static bool match(Input& in) {
    const std::size_t length = spelling::length_of_name({in.current(), in.size()});
    in.bump(length);
    return length > 0;
  }
};

struct expression;

struct open : token<pegtl::one<'('>> {};
struct close : token<pegtl::one<')'>> {};
struct comma : token<pegtl::one<','>> {};

struct power_of_ten : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>,
                                 pegtl::plus<pegtl::digit>> {};
struct number : pegtl::seq<pegtl::plus<pegtl::digit>,
                           pegtl::opt<pegtl::seq<pegtl::one<'.'>, pegtl::plus<pegtl::digit>>>,
                           pegtl::opt<power_of_ten>> {};

struct word_log : TAO_PEGTL_KEYWORD("log") {};  struct word_exp : TAO_PEGTL_KEYWORD("exp") {};
struct word_sqrt : pegtl::sor<TAO_PEGTL_KEYWORD("sqrt"), TAO_PEGTL_STRING("√")> {};
struct word_min : TAO_PEGTL_KEYWORD("min") {};  struct word_max : TAO_PEGTL_KEYWORD("max") {};
struct word_abs : TAO_PEGTL_KEYWORD("abs") {};  struct word_sin : TAO_PEGTL_KEYWORD("sin") {};
struct word_cos : TAO_PEGTL_KEYWORD("cos") {};  struct word_if : TAO_PEGTL_KEYWORD("if") {};
struct function_name : pegtl::sor<word_log, word_exp, word_sqrt, word_min, word_max, word_abs,
                                  word_sin, word_cos, word_if> {};
struct arguments : pegtl::list_must<expression, comma> {};
struct call_begins
    : pegtl::seq<pegtl::at<token<function_name>, open>, token<function_name>, open> {};
struct call : pegtl::if_must<call_begins, arguments, close> {};

struct over_sum : pegtl::sor<TAO_PEGTL_KEYWORD("sum"), TAO_PEGTL_STRING("Σ"),
                             TAO_PEGTL_STRING("∑")> {};
struct over_min : TAO_PEGTL_KEYWORD("min") {};  struct over_max : TAO_PEGTL_KEYWORD("max") {};
struct over_all : TAO_PEGTL_KEYWORD("all") {};
struct over_name : pegtl::sor<over_sum, over_min, over_max, over_all> {};
struct bound_name : name {};
struct binds : token<pegtl::seq<pegtl::one<'='>, pegtl::not_at<pegtl::one<'='>>>> {};
struct range_begins : pegtl::seq<pegtl::at<token<over_name>, open, token<name>, binds>,
                                 token<over_name>, open, token<bound_name>, binds> {};
struct dots : token<pegtl::sor<TAO_PEGTL_STRING(".."), TAO_PEGTL_STRING("…")>> {};
struct range_ends : comma {};
struct over : pegtl::if_must<range_begins, expression, dots, expression, range_ends, expression,
                             close> {};

/// A word of the vocabulary or a variable: below, since it is looked up in tables.
struct word;
struct brackets : pegtl::if_must<open, expression, close> {};
struct primary : token<pegtl::sor<number, brackets, over, call, word>> {};

struct raised : token<pegtl::plus<pegtl::utf8::one<0x2070, 0xb9, 0xb2, 0xb3, 0x2074, 0x2075, 0x2076,
                                                   0x2077, 0x2078, 0x2079>>> {};
struct caret : token<pegtl::one<'^'>> {};
struct minus : token<pegtl::utf8::one<'-', 0x2212>> {};
struct plus : token<pegtl::one<'+'>> {};
struct times : token<pegtl::utf8::one<'*', 0xb7, 0x22c5, 0xd7>> {};
struct slash : token<pegtl::one<'/'>> {};

struct exponent;
struct to_the : pegtl::if_must<caret, exponent> {};
struct powered : pegtl::seq<primary, pegtl::opt<raised>, pegtl::opt<to_the>> {};
struct negative_exponent : pegtl::if_must<minus, exponent> {};
struct exponent : pegtl::sor<negative_exponent, powered> {};
struct factor;
struct negative : pegtl::if_must<minus, factor> {};
struct factor : pegtl::sor<negative, powered> {};
struct by_factor : pegtl::if_must<times, factor> {};
struct by_divisor : pegtl::if_must<slash, factor> {};
struct product : pegtl::seq<factor, pegtl::star<pegtl::sor<by_factor, by_divisor>>> {};
struct plus_term : pegtl::if_must<plus, product> {};
struct minus_term : pegtl::if_must<minus, product> {};
struct sum : pegtl::seq<product, pegtl::star<pegtl::sor<plus_term, minus_term>>> {};

struct less_equal : pegtl::sor<TAO_PEGTL_STRING("≤"), TAO_PEGTL_STRING("<=")> {};
struct greater_equal : pegtl::sor<TAO_PEGTL_STRING("≥"), TAO_PEGTL_STRING(">=")> {};
struct not_equal : pegtl::sor<TAO_PEGTL_STRING("≠"), TAO_PEGTL_STRING("!=")> {};
struct equal : pegtl::sor<TAO_PEGTL_STRING("=="), TAO_PEGTL_STRING("=")> {};
struct less : pegtl::one<'<'> {};
struct greater : pegtl::one<'>'> {};
struct relation : token<pegtl::sor<less_equal, greater_equal, not_equal, equal, less, greater>> {};
struct first_relation : pegtl::if_must<relation, sum> {};
struct next_relation : pegtl::if_must<relation, sum> {};
struct comparison
    : pegtl::seq<sum, pegtl::opt<first_relation, pegtl::star<next_relation>>> {};
struct not_word : pegtl::sor<keyword<TAO_PEGTL_STRING("not")>, token<TAO_PEGTL_STRING("¬")>> {};
struct and_word : pegtl::sor<keyword<TAO_PEGTL_STRING("and")>, token<TAO_PEGTL_STRING("∧")>> {};
struct or_word : pegtl::sor<keyword<TAO_PEGTL_STRING("or")>, token<TAO_PEGTL_STRING("∨")>> {};
struct negated;
struct negation : pegtl::if_must<not_word, negated> {};
struct negated : pegtl::sor<negation, comparison> {};
struct and_term : pegtl::if_must<and_word, negated> {};
struct conjunction : pegtl::seq<negated, pegtl::star<and_term>> {};
struct or_term : pegtl::if_must<or_word, conjunction> {};
struct expression : pegtl::seq<conjunction, pegtl::star<or_term>> {};
struct whole : pegtl::must<blank, expression, pegtl::eof> {};
/// The index of a quantity, in braces or brackets.
struct index : pegtl::must<blank, expression> {};
// clang-format on

}  // namespace grammar

template <class Rule>
constexpr const char* message = "expected a number, a name or '('";
template <>
constexpr const char* message<pegtl::eof> =
    "expected an operator or the end of the formula (a product is written a·b or a*b)";
template <>
constexpr const char* message<grammar::close> =
    "expected ')' or an operator (a product is written a·b or a*b)";
template <>
constexpr const char* message<grammar::dots> = "expected '..' and the last number of the range";
template <>
constexpr const char* message<grammar::range_ends> =
    "expected ',' and what is taken over the range";

/// Failures that the grammar does not allow are errors with these messages.
template <class Rule>
struct control : pegtl::normal<Rule> {
  template <class Input>
  [[noreturn]] static void raise(const Input& in, Building& b) {
    const std::size_t at = b.position(in);
    throw FormulaError({at, std::min(at + 1, b.text.size())}, message<Rule>);
  }
};

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const Operation operation :
         {Operation::log, Operation::exp, Operation::sqrt, Operation::min, Operation::max,
          Operation::abs, Operation::sin, Operation::cos, Operation::conditional, Operation::sum,
          Operation::for_all})
      result.emplace_back(name_of(operation));
    return result;
  }();
  return names;
}

std::vector<std::string> candidates(const Names& names) {
  std::vector<std::string> result = function_names();
  for (const auto& [name, type] : names.variables) result.push_back(name);
  for (const Symbol& s : vocabulary()) {
    result.push_back(s.name);
    for (const std::string& spelling : s.spellings) result.push_back(spelling);
  }
  return result;
}

/// A spelling of a symbol.
struct Spelling {
  const Symbol* symbol;
  std::string text;
};

/// All of them, longer ones first: M²(w) before M². Made anew where words were added since.
const std::vector<Spelling>& spellings() {
  static std::vector<Spelling> all;
  static std::size_t known_words = 0;
  static std::mutex making;  // threads may read their first formula together
  const std::lock_guard lock(making);
  if (known_words == vocabulary().size()) return all;
  all.clear();
  for (const Symbol& s : vocabulary()) {
    for (const std::string& text : s.spellings) all.push_back({&s, text});
    all.push_back({&s, s.has_index() ? s.name + "(#)" : s.name});
  }
  std::ranges::stable_sort(all, std::greater(), [](const Spelling& s) { return s.text.size(); });
  known_words = vocabulary().size();
  return all;
}

/// The number of bytes of a minus, in either spelling, at the start of a text.
std::size_t length_of_minus(std::string_view text) {
  return text.starts_with("−") ? std::string_view("−").size() : text.starts_with('-') ? 1U : 0U;
}

std::size_t length_of_space(std::string_view text) {
  return std::min(text.find_first_not_of(" \t\r\n"), text.size());
}

namespace grammar_of_words {

/// Matches one spelling at the start of the input; leaves the index, if there is one, on the stack.
template <template <class...> class Action, template <class...> class Control, class Input>
std::optional<std::vector<Formula>> match(Input& in, Building& b, const Spelling& spelling) {
  const std::string_view pattern = spelling.text;
  std::optional<Formula> index;
  std::string_view index_text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::string_view rest{in.current(), in.size()};
    if (pattern[at] == ' ') {
      in.bump(length_of_space(rest));
      ++at;
      continue;
    }
    if (pattern[at] == '#') {
      const bool is_below = at > 0 && pattern[at - 1] == '_';
      ++at;
      if (index) {  // the same again, as it stands in min over j < k
        if (!rest.starts_with(index_text)) return std::nullopt;
        in.bump(index_text.size());
        continue;
      }
      const std::size_t begin = b.position(in);
      if (is_below && !rest.starts_with('{')) {
        const std::size_t length =
            std::max(spelling::length_of_name(rest),
                     std::min(rest.find_first_not_of("0123456789"), rest.size()));
        const std::string_view name = rest.substr(0, length);
        if (name.empty()) return std::nullopt;
        const bool is_number = name.find_first_not_of("0123456789") == std::string_view::npos;
        const bool is_k = name == "k" || name == "K";
        if (!is_number && !is_k && !b.names.variables.contains(std::string(name)))
          return std::nullopt;
        index = parse_formula(b.text, {begin, begin + length}, b.names);
        in.bump(length);
      } else {
        if (is_below) in.bump(1);
        static_cast<void>(pegtl::match<grammar::index, pegtl::apply_mode::action,
                                       pegtl::rewind_mode::dontcare, Action, Control>(in, b));
        index = b.take();
        if (is_below && (in.empty() || *in.current() != '}'))
          throw FormulaError({b.position(in), b.position(in) + 1}, "expected '}'");
        if (is_below) in.bump(1);
      }
      index_text = b.text.substr(begin, b.position(in) - begin);
      continue;
    }
    const std::string_view wanted = pattern.substr(at);
    if (const std::size_t minus = length_of_minus(wanted)) {
      const std::size_t found = length_of_minus(rest);
      if (found == 0) return std::nullopt;
      in.bump(found);
      at += minus;
      continue;
    }
    const std::size_t length = spelling::length_of_character(wanted);
    const std::size_t found = spelling::length_of_same(wanted.substr(0, length), rest);
    if (found == 0) return std::nullopt;
    in.bump(found);
    at += length;
  }
  const bool ends_in_name = spelling::length_of_name(pattern) == pattern.size() ||
                            spelling::continues_name(pattern.substr(pattern.size() - 1));
  if (ends_in_name && spelling::continues_name({in.current(), in.size()})) return std::nullopt;
  return index ? std::vector{*index} : std::vector<Formula>{};
}

}  // namespace grammar_of_words

bool has_a_value(const Symbol& symbol, const Names& names) {
  const auto is_under = [&](Under under) {
    return std::ranges::find(names.under, under) != names.under.end();
  };
  return is_under(symbol.under) || (symbol.under_too && is_under(*symbol.under_too));
}

namespace grammar {

struct word {
  using rule_t = word;
  using subs_t = pegtl::type_list<index>;

  template <pegtl::apply_mode, pegtl::rewind_mode, template <class...> class Action,
            template <class...> class Control, class Input>
  static bool match(Input& in, Building& b) {
    const std::size_t begin = b.position(in);
    const std::string_view rest{in.current(), in.size()};
    const std::string name(rest.substr(0, spelling::length_of_name(rest)));
    if (const auto found = b.names.variables.find(name); found != b.names.variables.end()) {
      in.bump(name.size());
      b.operands.push_back(Formula::variable(name, found->second, {begin, begin + name.size()}));
      return true;
    }
    for (const Spelling& candidate : spellings()) {
      auto marker = in.template mark<pegtl::rewind_mode::required>();
      auto indices = grammar_of_words::match<Action, Control>(in, b, candidate);
      if (!marker(indices.has_value())) continue;
      const SourceRange where{begin, b.position(in)};
      const Symbol& symbol = *candidate.symbol;
      if (!has_a_value(symbol, b.names)) {
        throw FormulaError(where, b.names.under.empty()
                                      ? "expected a number; '" + symbol.spellings.front() +
                                            "' differs from " + "instance to instance"
                                      : "'" + symbol.spellings.front() + "' has a value only " +
                                            std::string(quantifier_of(symbol.under)));
      }
      b.operands.push_back(Formula::of(symbol, std::move(*indices), where));
      return true;
    }
    if (name.empty() && !spelling::begins_quantity(rest)) return false;
    const SourceRange where{begin, begin + std::max<std::size_t>(name.size(), 1)};
    throw FormulaError(
        where, (name.empty() ? "there is no such quantity" : "unknown name '" + name + "'") +
                   hint(rest, name, candidates(b.names)));
  }
};

}  // namespace grammar

template <class Rule>
struct action : pegtl::nothing<Rule> {};

// Reading recurses, and so does everything that is done with the tree.
constexpr std::size_t largest_depth = 400;
constexpr std::size_t largest_size = 8000;  // bytes: a sum of so many terms is a tree as deep
template <>
struct action<grammar::expression> : pegtl::limit_depth<largest_depth> {};
template <>
struct action<grammar::negated> : pegtl::limit_depth<largest_depth> {};
template <>
struct action<grammar::factor> : pegtl::limit_depth<largest_depth> {};
template <>
struct action<grammar::exponent> : pegtl::limit_depth<largest_depth> {};

/// Refuses numbers that could be read, but not be computed with in reasonable time.
Rational number_from(const std::string& text, SourceRange where) {
  constexpr long largest_exponent = 1000;
  constexpr long most_digits = 2000;
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  long exponent = 0;
  if (e < text.size()) {
    const std::size_t first = text.find_first_not_of("eE+-", e);
    const auto read = std::from_chars(text.data() + first, text.data() + text.size(), exponent);
    if (read.ec != std::errc() || exponent > largest_exponent) {
      throw FormulaError(
          where, "the exponent of a number is at most ±" + std::to_string(largest_exponent));
    }
  }
  if (static_cast<long>(e) + exponent > most_digits) {
    throw FormulaError(where, "a number has at most " + std::to_string(most_digits) +
                                  " digits when it is written out");
  }
  return parse_rational(text);
}

template <>
struct action<grammar::number> {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    const auto begin = static_cast<std::size_t>(in.begin() - b.text.data());
    const SourceRange where{begin, begin + in.size()};
    b.operands.emplace_back(number_from(in.string(), where), where);
  }
};

template <Operation operation>
struct remember {
  static void apply0(Building& b) { b.operations.push_back(operation); }
};
// clang-format off
template <> struct action<grammar::word_log> : remember<Operation::log> {};
template <> struct action<grammar::word_exp> : remember<Operation::exp> {};
template <> struct action<grammar::word_sqrt> : remember<Operation::sqrt> {};
template <> struct action<grammar::word_min> : remember<Operation::min> {};
template <> struct action<grammar::word_max> : remember<Operation::max> {};
template <> struct action<grammar::word_abs> : remember<Operation::abs> {};
template <> struct action<grammar::word_sin> : remember<Operation::sin> {};
template <> struct action<grammar::word_cos> : remember<Operation::cos> {};
template <> struct action<grammar::word_if> : remember<Operation::conditional> {};
template <> struct action<grammar::over_sum> : remember<Operation::sum> {};
template <> struct action<grammar::over_min> : remember<Operation::least> {};
template <> struct action<grammar::over_max> : remember<Operation::largest> {};
template <> struct action<grammar::over_all> : remember<Operation::for_all> {};
template <> struct action<grammar::less> : remember<Operation::less> {};
template <> struct action<grammar::less_equal> : remember<Operation::less_equal> {};
template <> struct action<grammar::equal> : remember<Operation::equal> {};
template <> struct action<grammar::not_equal> : remember<Operation::not_equal> {};
template <> struct action<grammar::greater_equal> : remember<Operation::greater_equal> {};
template <> struct action<grammar::greater> : remember<Operation::greater> {};
// clang-format on

template <>
struct action<grammar::bound_name> {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    b.calls.push_back({b.take_operation(), b.operands.size(), in.string()});
  }
};
template <>
struct action<grammar::range_ends> {
  static void apply0(Building& b) {
    b.outer_names.push_back(b.names);
    b.names.variables.insert_or_assign(b.calls.back().bound, Formula::Type::number);
  }
};
template <>
struct action<grammar::call_begins> {
  static void apply0(Building& b) {
    b.calls.push_back({b.take_operation(), b.operands.size(), {}});
  }
};

template <class Input>
SourceRange range_of(const Input& in, const Building& b) {
  const auto begin = static_cast<std::size_t>(in.begin() - b.text.data());
  std::size_t size = in.size();
  while (size > 0 && std::string_view(" \t\r\n").find(in.begin()[size - 1]) != std::string::npos)
    --size;
  return {begin, begin + size};
}

template <>
struct action<grammar::call> {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    const Building::Call call = b.calls.back();
    b.calls.pop_back();
    const auto first = b.operands.begin() + static_cast<std::ptrdiff_t>(call.first_operand);
    std::vector<Formula> operands(first, b.operands.end());
    b.operands.erase(first, b.operands.end());
    b.operands.push_back(Formula::of(call.operation, std::move(operands), range_of(in, b)));
  }
};
template <>
struct action<grammar::over> {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    const Building::Call call = b.calls.back();
    b.calls.pop_back();
    b.names = std::move(b.outer_names.back());
    b.outer_names.pop_back();
    Formula body = b.take();
    Formula to = b.take();
    Formula from = b.take();
    b.push(Formula::over(call.operation, call.bound, std::move(from), std::move(to),
                         std::move(body), range_of(in, b)));
  }
};

template <>
struct action<grammar::raised> {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    const SourceRange where = range_of(in, b);
    Formula base = b.take();
    const std::size_t begin = base.where().begin;
    b.push(Formula::of(
        Operation::power,
        {std::move(base), Formula(number_from(spelling::lowered(in.string()), where), where)},
        {begin, where.end}));
  }
};

template <Operation operation>
struct binary {
  static void apply0(Building& b) {
    b.operations.push_back(operation);
    b.apply_binary();
  }
};
template <Operation operation>
struct unary {
  template <class Input>
  static void apply(const Input& in, Building& b) {
    Formula operand = b.take();
    b.operands.push_back(Formula::of(operation, {std::move(operand)}, range_of(in, b)));
  }
};
// clang-format off
template <> struct action<grammar::to_the> : binary<Operation::power> {};
template <> struct action<grammar::by_factor> : binary<Operation::multiply> {};
template <> struct action<grammar::by_divisor> : binary<Operation::divide> {};
template <> struct action<grammar::plus_term> : binary<Operation::add> {};
template <> struct action<grammar::minus_term> : binary<Operation::subtract> {};
template <> struct action<grammar::and_term> : binary<Operation::conjunction> {};
template <> struct action<grammar::or_term> : binary<Operation::disjunction> {};
template <> struct action<grammar::negative> : unary<Operation::negate> {};
template <> struct action<grammar::negative_exponent> : unary<Operation::negate> {};
template <> struct action<grammar::negation> : unary<Operation::negation> {};
// clang-format on
template <>
struct action<grammar::first_relation> {
  static void apply0(Building& b) { b.apply_binary(); }
};
// a < b ≤ c is a < b and b ≤ c.
template <>
struct action<grammar::next_relation> {
  static void apply0(Building& b) {
    Formula right = b.take();
    const Formula before = b.take();
    const Formula& last = before.operation() == Operation::conjunction ? before[1] : before;
    const SourceRange where{last[1].where().begin, right.where().end};
    const Formula next = Formula::of(b.take_operation(), {last[1], std::move(right)}, where);
    b.operands.push_back(before && next);
  }
};

}  // namespace
}  // namespace reading

Formula parse_formula(std::string_view text, SourceRange part, const Names& names) {
  using namespace reading;
  if (part.end - part.begin > largest_size)
    throw FormulaError(part, "a formula has at most " + std::to_string(largest_size) + " bytes");
  Building building{.text = text, .names = names};
  pegtl::memory_input<> in(text.data() + part.begin, text.data() + part.end, "formula");
  try {
    pegtl::parse<grammar::whole, action, control>(in, building);
  } catch (const pegtl::parse_error&) {
    const std::size_t at = building.position(in);
    throw FormulaError({at, at + 1}, "this is nested too deeply");
  }
  return building.take();
}

Formula parse_formula(std::string_view text, const Names& names) {
  return parse_formula(text, {0, text.size()}, names);
}

void require_new_name(const std::string& name, const Names& names, SourceRange where) {
  using namespace reading;
  if (name.empty() || spelling::length_of_name(name) != name.size())
    throw FormulaError(where, "'" + name + "' is no name: expected letters, digits and _");
  if (names.variables.contains(name)) throw FormulaError(where, "'" + name + "' is named already");
  const auto& functions = function_names();
  const bool is_word =
      std::ranges::any_of(spellings(), [&](const Spelling& s) { return s.text == name; });
  if (is_word || std::ranges::find(functions, name) != functions.end())
    throw FormulaError(where, "'" + name + "' is a word of the vocabulary; choose another name");
  // F of F*, M of M²: of the sign behind it would be made an operator.
  const auto taken_apart = std::ranges::find_if(spellings(), [&](const Spelling& s) {
    const std::string_view rest =
        std::string_view(s.text).substr(std::min(name.size(), s.text.size()));
    return s.text.starts_with(name) && !rest.empty() && !spelling::continues_name(rest) &&
           rest.front() != '#' && rest.front() != '(' && rest.front() != ' ';
  });
  if (taken_apart != spellings().end())
    throw FormulaError(
        where, "'" + name + "' begins the word '" + taken_apart->text + "'; choose another name");
}

std::string_view quantifier_of(Under under) {
  switch (under) {
    case Under::nothing:
      return "anywhere";
    case Under::iteration:
      return "under 'for every k'";
    case Under::form:
      return "under 'for every k, under each (δ, M²)' or '(δ, M_Q²)'";
    case Under::plain:
      return "under 'for every k, under each (δ, M²)'";
    case Under::noisy:
      return "under 'for every k, under each (δ, M_Q²)'";
    case Under::point:
      return "under 'at every point w'";
    case Under::noise:
      return "under 'at every point w, under the mechanism'";
    case Under::pair:
      return "under 'for every pair w, w''";
    case Under::claim:
      return "in 'telling'";
  }
  return {};
}

namespace reading {
namespace {

std::u32string characters(std::string_view text) {
  std::u32string result;
  while (!text.empty()) {
    const std::size_t length = spelling::length_of_character(text);
    char32_t c = 0;
    for (std::size_t i = 0; i < length; ++i) c = c << 8U | static_cast<unsigned char>(text[i]);
    result += c;
    text.remove_prefix(length);
  }
  return result;
}

}  // namespace
}  // namespace reading

std::string suggestion(std::string_view name, const std::vector<std::string>& candidates) {
  using namespace reading;
  const std::u32string wanted = characters(name);
  const std::string* best = nullptr;
  std::size_t least = std::min<std::size_t>(2, wanted.size() / 2) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t found = edit_distance(wanted, characters(candidate));
    if (found < least) {
      least = found;
      best = &candidate;
    }
  }
  return best == nullptr ? "" : "; did you mean '" + *best + "'?";
}

}  // namespace graddiv
