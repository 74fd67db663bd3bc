#pragma once

#include <stdexcept>

namespace graddiv {

/// An operation without a value: division by zero, the logarithm or square root of a negative
/// number, the end of an unbounded interval, NaN where a number was to be exact. `what()` names the
/// operation and its operands.
class ArithmeticError : public std::domain_error {
 public:
  using std::domain_error::domain_error;
};

}  // namespace graddiv
