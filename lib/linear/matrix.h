#pragma once

#include <Eigen/Core>
#include <boost/multiprecision/eigen.hpp>

#include "linear/eigen_enclosure.h"
#include "number/enclosure.h"
#include "number/rational.h"

// Eigen over exact numbers and enclosures. Eigen sees them as real scalars without a machine
// epsilon: sums, products, dot products and norms work; its decompositions, which compare and
// round, are for double only. For exact numbers use linear/solve.h and linear/ldlt.h. Comparing
// enclosures gives a Comparison, so that Eigen operations which need a bool (isZero, maxCoeff, ==)
// do not compile for them.
namespace graddiv {

/// A column vector and a column-major matrix of any size over T: Rational, Interval, Enclosure or
/// double.
template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;

namespace detail {
double nearest_double(const Rational& x);
Enclosure exact_enclosure(const Rational& x);

/// The vectors and matrices over T of the shape of an Eigen expression.
template <class T, class Expression>
using Like = Eigen::Matrix<T, Expression::RowsAtCompileTime, Expression::ColsAtCompileTime>;
}  // namespace detail

/// The doubles nearest to the entries of a vector or matrix over Rational: for guesses only.
template <class A>
detail::Like<double, A> to_double(const Eigen::MatrixBase<A>& a) {
  return a.unaryExpr(&detail::nearest_double);
}

/// The rationals that doubles are, without rounding. Throws std::domain_error for NaN and
/// infinities.
template <class A>
detail::Like<Rational, A> exact_rational(const Eigen::MatrixBase<A>& a) {
  return a.unaryExpr(&rational_from);
}

/// Each entry of a vector or matrix over Rational as an exact enclosure.
template <class A>
detail::Like<Enclosure, A> enclose(const Eigen::MatrixBase<A>& a) {
  return a.unaryExpr(&detail::exact_enclosure);
}

/// Whether A = Aᵀ (and hence square), exactly.
bool is_symmetric(const Matrix<Rational>& A);

}  // namespace graddiv
