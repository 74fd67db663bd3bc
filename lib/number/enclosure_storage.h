#pragma once

#include <atomic>
#include <utility>

#include "number/small_rational.h"

// Private to lib/number.
namespace graddiv::detail {

/// What is not held in place is shared, and counts who shares it.
struct Shared {
  mutable std::atomic<long> holders{1};
};

class EnclosureValue;

/// What an Enclosure holds: a small rational in place, or a pointer to an EnclosureValue. A number
/// that can be held in place is, unless it is marked; so there is one form for each.
class Storage {
 public:
  constexpr Storage(const SmallRational& x) : p_(x.p), q_(x.q) {}  // NOLINT: what it holds
  /// Takes over the one holder that a new value counts.
  explicit Storage(const Shared* value) : shared_(value), q_(0) {}

  Storage(const Storage& other) : q_(other.q_) {
    copy_pointer_or_numerator(other);
    if (!is_small()) shared_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  Storage(Storage&& other) noexcept : q_(std::exchange(other.q_, 1)) {
    copy_pointer_or_numerator(other);
    other.p_ = 0;
  }
  Storage& operator=(const Storage& other) { return *this = Storage(other); }
  Storage& operator=(Storage&& other) noexcept {
    if (this == &other) return *this;
    release();
    q_ = std::exchange(other.q_, 1);
    copy_pointer_or_numerator(other);
    other.p_ = 0;
    return *this;
  }
  ~Storage() { release(); }

  bool is_small() const { return q_ != 0; }
  SmallRational small() const { return {p_, q_}; }
  const Shared* shared() const { return shared_; }

 private:
  void copy_pointer_or_numerator(const Storage& other) {  // q_ is that of other already
    if (is_small())
      p_ = other.p_;
    else
      shared_ = other.shared_;
  }
  void release() {
    if (!is_small() && shared_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1)
      destroy(shared_);
  }
  static void destroy(const Shared* value);

  union {
    std::int64_t p_;
    const Shared* shared_;
  };
  std::int64_t q_;  ///< 0 where `shared_` holds the number
};

}  // namespace graddiv::detail
