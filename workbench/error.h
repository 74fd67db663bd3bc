#pragma once

#include <stdexcept>

namespace graddiv::workbench {

/// Asked for something that does not exist or makes no sense; `what()` is meant for the user.
class RequestError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv::workbench
