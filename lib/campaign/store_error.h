#pragma once

#include <stdexcept>

namespace graddiv {

/// A store cannot be read or written; `what()` names the file.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// There is no such file, or it is no graddiv store.
class NoStore : public StoreError {
 public:
  using StoreError::StoreError;
};

}  // namespace graddiv
