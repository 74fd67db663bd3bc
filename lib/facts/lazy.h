#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace graddiv {

/// A value computed by the first thread that asks for it; the others wait. An exception leaves it
/// uncomputed.
template <class T>
class Lazy {
 public:
  const T& get(const std::function<T()>& compute) {
    std::call_once(once_, [&] { value_ = compute(); });
    return *value_;
  }

 private:
  std::once_flag once_;
  std::optional<T> value_;
};

}  // namespace graddiv
