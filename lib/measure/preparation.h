#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace graddiv::measure {

/// What a label of the file stands for.
enum class Target {
  number,  ///< itself: regression
  sign,    ///< +1 or −1: two classes
  index    ///< 0, …, C − 1: the classes in ascending order of their labels
};

/// How rows become examples.
struct Preparation {
  double scale = 1;              ///< multiplies every feature
  bool constant_column = false;  ///< a last feature that is 1 (not scaled): the bias
  Target target = Target::number;
  /// Target::sign: the labels of +1; all others are −1. Empty: 1 where
  /// the labels are ±1, or 0 and 1; else the larger of two.
  std::vector<double> positive;
};

/// Which examples, in which order: `count` from `first` on, or those of a list.
struct Selection {
  std::int64_t first = 0;
  std::int64_t count = 0;
  const std::int64_t* list = nullptr;

  static Selection of(std::span<const std::int64_t> list) {
    return {0, static_cast<std::int64_t>(list.size()), list.data()};
  }
  std::int64_t operator[](std::int64_t k) const {
    return list == nullptr ? first + k : list[first + k];
  }
  Selection part(std::int64_t begin, std::int64_t size) const {
    return {first + begin, size, list};
  }
};

}  // namespace graddiv::measure
