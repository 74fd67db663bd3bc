#pragma once

#include <stdexcept>

namespace graddiv {

/// Bad input. `what()` reads `FILE: /json/pointer: found VALUE, expected …` and is meant for the
/// user.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv
