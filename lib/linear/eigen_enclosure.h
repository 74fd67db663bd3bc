#pragma once

#include <Eigen/Core>
#include <concepts>

#include "number/enclosure.h"

// What Eigen has to know of enclosures (linear/matrix.h).
namespace Eigen {

template <>
struct NumTraits<graddiv::Enclosure> {
  using Real = graddiv::Enclosure;
  using NonInteger = graddiv::Enclosure;
  using Literal = graddiv::Enclosure;
  using Nested = graddiv::Enclosure;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 2,
    AddCost = 100,
    MulCost = 100
  };
  static Real epsilon() { return 0; }
  static Real dummy_precision() { return 0; }
  static int digits10() { return 0; }
};

namespace internal {
/// Squared norms take squares: x · x of an interval around 0 would reach below 0.
template <>
struct abs2_impl<graddiv::Enclosure> {
  static graddiv::Enclosure run(const graddiv::Enclosure& x) { return square(x); }
};

/// Eigen's blocked matrix products compare scalars, and are made for caches and vector registers:
/// products of enclosures are computed coefficient by coefficient instead.
template <class Lhs, class Rhs>
requires std::same_as<typename Lhs::Scalar, graddiv::Enclosure>
struct generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, GemmProduct>
    : generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, CoeffBasedProductMode> {
};
template <class Lhs, class Rhs>
requires std::same_as<typename Lhs::Scalar, graddiv::Enclosure>
struct generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, GemvProduct>
    : generic_product_impl<Lhs, Rhs, DenseShape, DenseShape, CoeffBasedProductMode> {
};
}  // namespace internal

}  // namespace Eigen
