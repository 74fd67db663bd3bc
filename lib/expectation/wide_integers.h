#pragma once

#include <gmp.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "number/rational.h"

namespace graddiv::moments {

/// Σ coefficient · x[index].
class Combination {
 public:
  Combination() = default;
  explicit Combination(const std::vector<std::pair<int, Integer>>& terms);

  void clear();
  void add(std::size_t index, long coefficient);
  void add(std::size_t index, const Integer& coefficient);
  /// Whether Σ|coefficient| < 2^62, so that sums of their products with limbs fit two limbs: these
  /// are computed much faster.
  bool is_short() const { return long_.empty(); }

 private:
  friend class WideIntegers;
  struct Short {
    std::vector<std::size_t> indices;
    std::vector<mp_limb_t> sizes;  // |coefficient|
  };
  void lengthen();

  Short plus_;
  Short minus_;
  mp_limb_t total_ = 0;
  std::vector<std::pair<std::size_t, Integer>> long_;  // all of them, where some are long
};

/// Integers of one length side by side, in two's complement on `limbs()` limbs: arithmetic modulo
/// 2^(64 limbs), which needs no signs, no allocation and no care for what overflows on the way, as
/// long as the results that are read fit.
class WideIntegers {
 public:
  /// `count` zeros of one limb.
  explicit WideIntegers(std::size_t count);

  std::size_t size() const { return count_; }
  std::size_t limbs() const { return static_cast<std::size_t>(limbs_); }
  /// The bits of the longest, its sign included.
  std::size_t bits() const;
  /// Gives each enough limbs for numbers of this many bits, sign included; keeps what they are.
  /// Never narrows.
  void widen(std::size_t bits);
  /// Gives them that length and makes them 0.
  void clear(std::size_t limbs);

  Integer at(std::size_t i) const;
  void set(std::size_t i, const Integer& x);  ///< widens where x is long
  void set_zero(std::size_t i);

  /// this[i] += factor · x[j], modulo 2^(64 limbs). x must not have more limbs, and be another
  /// object or another entry.
  void add_product(std::size_t i, const Integer& factor, const WideIntegers& x, std::size_t j);
  /// this[i] = Σ coefficient · x[index], likewise, for x of as many limbs.
  void set_combination(std::size_t i, const Combination& terms, const WideIntegers& x);

  friend void swap(WideIntegers& a, WideIntegers& b) noexcept;

 private:
  mp_limb_t* entry(std::size_t i) { return data_.data() + i * stride_; }
  const mp_limb_t* entry(std::size_t i) const { return data_.data() + i * stride_; }
  void reserve(std::size_t limbs);

  std::size_t count_;
  std::size_t stride_ = 1;  // limbs of room
  mp_size_t limbs_ = 1;     // in use
  std::vector<mp_limb_t> data_;
  std::vector<const mp_limb_t*> plus_, minus_;  // room for set_combination
};

}  // namespace graddiv::moments
