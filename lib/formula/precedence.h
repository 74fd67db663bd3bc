#pragma once

#include "formula/formula.h"

// Who binds tighter. Private to typesetting.
namespace graddiv::precedence {

enum Level { disjunction, conjunction, negation, relation, sum, product, minus, power, atom };

/// a < b and b ≤ c, which is written a < b ≤ c.
inline bool is_chain(const Formula& f) {
  using Operation = Formula::Operation;
  if (f.operation() != Operation::conjunction) return false;
  const auto direction = [](const Formula& part) {
    const Operation o = part.operation();
    if (o == Operation::less || o == Operation::less_equal) return -1;
    return o == Operation::greater || o == Operation::greater_equal ? 1 : 0;
  };
  return direction(f[0]) != 0 && direction(f[0]) == direction(f[1]) && f[0][1] == f[1][0];
}

inline Level of(const Formula& f) {
  using Operation = Formula::Operation;
  switch (f.operation()) {
    case Operation::disjunction:
      return disjunction;
    case Operation::conjunction:
      return is_chain(f) ? relation : conjunction;
    case Operation::negation:
      return negation;
    case Operation::add:
    case Operation::subtract:
      return sum;
    case Operation::multiply:
    case Operation::divide:
      return product;
    case Operation::negate:
      return minus;
    case Operation::power:
      return power;
    case Operation::number:
      return f.node().number < 0 ? minus : atom;
    default:
      return is_relation(f.operation()) ? relation : atom;
  }
}

}  // namespace graddiv::precedence
