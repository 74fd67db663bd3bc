#pragma once

#include <type_traits>
#include <vector>

#include "linear/matrix.h"
#include "number/exact.h"

// The coefficients of a family: converted to the scalar it computes with, and selected by index.
namespace graddiv::detail {

/// A rational coefficient as a number of type T: rounded for doubles, exact otherwise.
template <class T>
T convert(const Rational& x) {
  if constexpr (std::is_same_v<T, Rational>) {
    return x;
  } else if constexpr (std::is_same_v<T, Enclosure>) {
    return enclose(x);
  } else if constexpr (std::is_same_v<T, double>) {
    return nearest_double(x);
  } else {
    return static_cast<T>(x);
  }
}

template <class T>
Vector<T> convert(const Vector<Rational>& x) {
  return x.unaryExpr([](const Rational& entry) { return convert<T>(entry); });
}

template <class T>
Matrix<T> convert(const Matrix<Rational>& x) {
  return x.unaryExpr([](const Rational& entry) { return convert<T>(entry); });
}

/// The entries (of a vector) and the rows (of a matrix) with the given indices, in that order.
template <class T>
Vector<T> pick(const Vector<T>& x, const std::vector<int>& indices) {
  Vector<T> result(static_cast<Eigen::Index>(indices.size()));
  for (std::size_t k = 0; k < indices.size(); ++k)
    result(static_cast<Eigen::Index>(k)) = x(indices[k]);
  return result;
}

template <class T>
Matrix<T> pick_rows(const Matrix<T>& x, const std::vector<int>& indices) {
  Matrix<T> result(static_cast<Eigen::Index>(indices.size()), x.cols());
  for (std::size_t k = 0; k < indices.size(); ++k) {
    result.row(static_cast<Eigen::Index>(k)) = x.row(indices[k]);
  }
  return result;
}

/// Which entries are not zero.
template <class Row>
std::vector<bool> nonzero(const Row& x) {
  std::vector<bool> result;
  for (Eigen::Index j = 0; j < x.size(); ++j) result.push_back(x(j) != 0);
  return result;
}

}  // namespace graddiv::detail
