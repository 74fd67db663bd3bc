#pragma once

#include <stdexcept>

namespace graddiv {

/// An error in a statement itself, met while it was evaluated on an instance: a division by zero in
/// a hypothesis, the logarithm of a negative number in a claim. It says which, and where; whoever
/// checks adds the theorem and the instance.
class StatementError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv
