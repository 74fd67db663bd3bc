#pragma once

#include <stdexcept>

namespace graddiv {

/// A constant or an expectation that a statement asks for and that is not to be had on this
/// instance: says which and why. A hypothesis that throws it makes the statement not applicable.
class NotCertified : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv
