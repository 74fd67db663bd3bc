#pragma once

#include <cstddef>
#include <utility>

namespace graddiv::moments {

/// The numbering of the upper triangle of a symmetric e × e matrix, row by row.
struct Triangle {
  int e;

  std::size_t size() const {
    return static_cast<std::size_t>(e) * static_cast<std::size_t>(e + 1) / 2;
  }
  std::size_t index(int a, int b) const {
    if (a > b) std::swap(a, b);
    return static_cast<std::size_t>(a * e - a * (a - 1) / 2 + b - a);
  }
};

}  // namespace graddiv::moments
