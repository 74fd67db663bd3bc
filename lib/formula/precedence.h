#pragma once

#include "formula/formula.h"

// Who binds tighter. Private to typesetting.
namespace graddiv::precedence {

enum Level { disjunction, conjunction, negation, relation, sum, product, minus, power, atom };

inline Level of(const Formula& f) {
  using Operation = Formula::Operation;
  switch (f.operation()) {
    case Operation::disjunction:
      return disjunction;
    case Operation::conjunction:
      return conjunction;
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
