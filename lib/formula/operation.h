#pragma once

#include <string_view>

namespace graddiv {

/// What a node of a formula does with its parts.
enum class FormulaOperation {
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

bool is_relation(FormulaOperation operation);  ///< <, ≤, =, ≠, ≥, >
/// Of a function, sum or "for all": "log", "sum", "all".
std::string_view name_of(FormulaOperation operation);

}  // namespace graddiv
