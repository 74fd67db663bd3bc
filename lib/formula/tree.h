#pragma once

#include <memory>
#include <string>
#include <vector>

#include "formula/operation.h"
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

  using Operation = FormulaOperation;

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

}  // namespace graddiv
