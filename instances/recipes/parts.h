#pragma once

#include "instances/choices.h"

// A recipe takes the shape (n, d, and what kind of functions) from part 0 of its choices, and
// everything else from parts of their own.
namespace graddiv::recipes {

namespace part {
inline constexpr std::size_t spectrum = 1;
inline constexpr std::size_t start = 2;
inline constexpr std::size_t run = 3;
inline constexpr std::size_t domain = 4;
inline constexpr std::size_t mechanism = 20;
inline constexpr std::size_t function = 5;  ///< and 6, 7, …: one a function
}  // namespace part

/// The choices of function i.
inline Choices function(const Choices& choices, Eigen::Index i) {
  return choices.part(part::function + static_cast<std::size_t>(i));
}

/// Functions of x_iᵀw with targets y_i: X is n×d.
struct Rows {
  Matrix<Rational> X;
  Vector<Rational> y;
};

}  // namespace graddiv::recipes
