#pragma once

#include <boost/align/aligned_allocator.hpp>
#include <cstddef>
#include <utility>
#include <vector>

#include "expectation/digit_columns.h"
#include "number/rational.h"

namespace graddiv::moments {

/// Σ coefficient · x[index]. A coefficient of many digits is as many terms.
class Combination {
 public:
  Combination() = default;
  explicit Combination(const std::vector<std::pair<int, Integer>>& terms);

  void clear();
  void add(std::size_t index, long coefficient);
  void add(std::size_t index, const Integer& coefficient);

 private:
  friend class WideIntegers;
  /// 2^(52 shift) times a sum.
  struct Sum {
    std::size_t shift;
    DigitSum digits;
  };
  void add_digit(std::size_t index, std::size_t shift, Digit size, bool is_negative);

  std::vector<Sum> sums_;
};

/// Integers of one length side by side, in two's complement on `digits()` digits: arithmetic modulo
/// 2^(52 digits), which needs no signs, no allocation and no care for what overflows on the way, as
/// long as the results that are read fit.
class WideIntegers {
 public:
  /// `count` zeros, with digits for numbers of so many bits.
  explicit WideIntegers(std::size_t count, std::size_t bits = 1);

  std::size_t size() const { return count_; }
  std::size_t digits() const { return digits_; }
  /// The bits of the longest, its sign included.
  std::size_t bits() const;
  /// Gives each enough digits for numbers of this many bits, sign included; keeps what they are.
  /// Never narrows.
  void widen(std::size_t bits);
  /// Makes them 0, with digits for numbers of this many bits.
  void clear(std::size_t bits);

  Integer at(std::size_t i) const;
  void set(std::size_t i, const Integer& x);  ///< widens where x is long

  /// this[i] += factor · x[j], modulo 2^(52 digits). x must be another object or another entry.
  void add_product(std::size_t i, const Integer& factor, const WideIntegers& x, std::size_t j);
  /// this[i] += Σ coefficient · x[index], likewise.
  void add_combination(std::size_t i, const Combination& terms, const WideIntegers& x);

  /// Every this[i] = the combination in row i, with digits for numbers of this many bits.
  void set_combinations(const std::vector<Combination>& rows, const WideIntegers& x,
                        std::size_t bits);

  friend void swap(WideIntegers& a, WideIntegers& b) noexcept;

 private:
  Digit* entry(std::size_t i) { return data_.data() + i * stride_; }
  const Digit* entry(std::size_t i) const { return data_.data() + i * stride_; }
  void reserve(std::size_t digits);

  std::size_t count_;
  std::size_t stride_;                                                       // digits of room
  std::size_t digits_;                                                       // in use
  std::vector<Digit, boost::alignment::aligned_allocator<Digit, 64>> data_;  // by cache lines
  Combination product_;                                                      // room for add_product
};

}  // namespace graddiv::moments
