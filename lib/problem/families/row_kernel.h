#pragma once

#include <span>

#include "problem/kernel.h"

// What the kernels of several families share.
namespace graddiv::detail {

/// Rows one after another, as data come.
template <class T>
using RowMajor = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A span as a vector, without a copy.
template <class T>
Eigen::Map<const Vector<T>> view(std::span<const T> x) {
  return {x.data(), static_cast<Eigen::Index>(x.size())};
}
template <class T>
Eigen::Map<Vector<T>> view(std::span<T> x) {
  return {x.data(), static_cast<Eigen::Index>(x.size())};
}

}  // namespace graddiv::detail
