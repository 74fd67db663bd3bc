#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "formula/source.h"
#include "number/rational.h"

namespace graddiv {

struct Symbol;

/// An expression over the vocabulary (formula/vocabulary.h), as an immutable tree: it is evaluated
/// (formula/evaluate.h), typeset (formula/typeset.h) and varied, so that what is printed is what is
/// checked. Cheap to copy.
///
/// In C++ it is written with operators: `gamma * square(B) <= 2 / lambda`; in files as
/// docs/theorem-files.md says.
class Formula {
 public:
  /// What a formula is worth: a number (an Enclosure) or a truth value.
  enum class Type { number, truth };

  enum class Operation {
    number,
    symbol,    // of the vocabulary, with an index where it has one: γ_k
    variable,  // by its name: a constant, what `let` or a sum binds
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    // functions
    log,
    exp,
    sqrt,
    min,
    max,
    abs,
    sin,
    cos,
    // truth
    less,
    less_equal,
    equal,
    not_equal,
    greater_equal,
    greater,
    conjunction,
    disjunction,
    negation,
    // of any type
    conditional,  // if(condition, then, else)
    // over whole numbers from … to …; none where the last is below the first
    sum,
    least,
    largest,
    for_all
  };

  struct Node {
    Operation operation = Operation::number;
    Type type = Type::number;
    std::vector<Formula> parts = {};  ///< operands; for sums: from, to, body
    Rational number = 0;
    const Symbol* symbol = nullptr;
    std::string name = {};  ///< of a variable, or what a sum binds
    SourceRange where = {};
  };

  // NOLINTBEGIN(google-explicit-constructor): numbers in formulas
  Formula(int value);
  Formula(const Rational& value, SourceRange where = {});
  // NOLINTEND(google-explicit-constructor)
  static Formula of(const Symbol& symbol, std::vector<Formula> indices = {},
                    SourceRange where = {});
  static Formula variable(std::string name, Type type = Type::number, SourceRange where = {});
  /// Throws FormulaError where the number or the types of the operands are wrong.
  static Formula of(Operation operation, std::vector<Formula> operands, SourceRange where = {});
  /// Σ, min, max or "for all" over the whole numbers `name` = from, …, to.
  static Formula over(Operation operation, std::string name, Formula from, Formula to, Formula body,
                      SourceRange where = {});

  const Node& node() const { return *node_; }
  Operation operation() const { return node_->operation; }
  Type type() const { return node_->type; }
  SourceRange where() const { return node_->where; }
  const Formula& operator[](std::size_t i) const { return node_->parts[i]; }

  /// The same tree, wherever it was read.
  friend bool operator==(const Formula& a, const Formula& b);

 private:
  explicit Formula(Node node);
  std::shared_ptr<const Node> node_;
};

bool is_relation(Formula::Operation operation);  ///< <, ≤, =, ≠, ≥, >
/// Of a function, sum or "for all": "log", "sum", "all".
std::string_view name_of(Formula::Operation operation);

/// The formula with every variable of that name replaced.
Formula substituted(const Formula& in, const std::string& variable, const Formula& by);
/// The same operation on other parts, as many as it has.
Formula with_parts(const Formula& formula, std::vector<Formula> parts);
/// How often a variable of that name stands in it.
std::size_t count(const Formula& in, const std::string& variable);
/// Adds the names of all variables.
void collect_variables(const Formula& in, std::set<std::string>& names);
/// Whether some word of the formula is so.
bool has_word(const Formula& in, const std::function<bool(const Symbol&)>& is_so);
/// Without factors of 1, sums with 0 and the like, which constants leave behind.
Formula tidied(const Formula& formula);

Formula operator-(const Formula& a);
Formula operator+(const Formula& a, const Formula& b);
Formula operator-(const Formula& a, const Formula& b);
Formula operator*(const Formula& a, const Formula& b);
Formula operator/(const Formula& a, const Formula& b);
Formula operator<(const Formula& a, const Formula& b);
Formula operator<=(const Formula& a, const Formula& b);
Formula operator>=(const Formula& a, const Formula& b);
Formula operator>(const Formula& a, const Formula& b);
Formula equal(const Formula& a, const Formula& b);  ///< a = b, as a formula
Formula operator&&(const Formula& a, const Formula& b);
Formula operator||(const Formula& a, const Formula& b);
Formula operator!(const Formula& a);
Formula pow(const Formula& a, const Formula& exponent);
Formula square(const Formula& a);
Formula log(const Formula& a);
Formula exp(const Formula& a);
Formula sqrt(const Formula& a);
Formula min(const Formula& a, const Formula& b);
Formula max(const Formula& a, const Formula& b);

}  // namespace graddiv
