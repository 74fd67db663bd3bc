#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "number/rational.h"

namespace graddiv {

/// Prints fractions one after the other, each as to_string() does. Where their denominators follow
/// one another by small factors, as those of a recursion do, the digits of each are made from those
/// of the last one: O(length), where a conversion from binary takes several times as long.
class FractionPrinter {
 public:
  /// "p/q" in lowest terms, or "p" where q = 1.
  std::string operator()(const Rational& x);

 private:
  void move_to(const Integer& denominator);
  bool multiply(Integer factor);
  bool divide(Integer factor);
  std::string digits() const;

  Integer denominator_ = 1;
  std::vector<std::uint32_t> words_{1};  // of denominator_, to the base 10^9, the lowest first
};

}  // namespace graddiv
