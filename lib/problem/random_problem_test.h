#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "number/exact.h"
#include "problem/families.h"

// Small random problems for the unit tests of the rooms from `problem` to `sgd`. To be called
// inside properties; small numbers are shrunk towards 0 and sizes towards 1.
namespace graddiv::test {

/// Any number in [lower, upper), evenly: RapidCheck's own range starts with its lowest numbers
/// alone.
inline int integer(int lower, int upper) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(lower, upper));
}

inline Rational rational() {
  const int p = integer(-8, 9);
  return Rational(p, *rc::gen::element(1, 1, 1, 2, 3, 7));
}

inline Vector<Rational> vector(int d) {
  Vector<Rational> result(d);
  for (int j = 0; j < d; ++j) result(j) = rational();
  return result;
}

inline Matrix<Rational> matrix(int rows, int columns) {
  Matrix<Rational> result(rows, columns);
  for (int i = 0; i < rows; ++i) result.row(i) = vector(columns).transpose();
  return result;
}

inline Matrix<Rational> symmetric(int d) {
  const Matrix<Rational> A = matrix(d, d);
  return A + Matrix<Rational>(A.transpose());
}

/// Diagonal with entries ≥ 0 in one case of two, else any symmetric matrix.
inline Matrix<Rational> curvature_matrix(int d) {
  if (*rc::gen::arbitrary<bool>()) return symmetric(d);
  Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
  for (int j = 0; j < d; ++j) A(j, j) = abs(rational());
  return A;
}

inline std::shared_ptr<const FiniteSum> quadratic(int n, int d) {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) terms.push_back({curvature_matrix(d), vector(d), rational()});
  return quadratic_sum(std::move(terms));
}

inline std::shared_ptr<const FiniteSum> glm(int n, int d, Loss loss) {
  const Rational tau = loss == Loss::huber ? Rational(integer(1, 6), 2) : Rational(1);
  return generalized_linear(matrix(n, d), vector(n), loss, tau);
}

/// The families, and the losses of glm one by one.
inline constexpr int kinds = 8;

/// Any problem of a kind, with n and d ≤ 3.
inline std::shared_ptr<const FiniteSum> sum_of_kind(int kind) {
  const int n = integer(1, 4);
  const int d = integer(1, 4);
  switch (kind) {
    case 0:
      return quadratic(n, d);
    case 1:
      return linear_sum(matrix(n, d), vector(n));
    case 2:
      return least_squares(matrix(n, d), vector(n));
    case 3:
      return glm(n, d, Loss::squared);
    case 4:
      return glm(n, d, Loss::huber);
    case 5:
      return glm(n, d, Loss::geman_mcclure);
    case 6:
      return glm(n, d, Loss::sine);
    default:
      return glm(n, d, Loss::logistic);
  }
}

inline std::shared_ptr<const FiniteSum> any_sum() { return sum_of_kind(integer(0, kinds)); }

/// Calls law(sum, i) with a random problem of every kind and one of its functions.
template <class Law>
void for_every_kind(Law law) {
  for (int kind = 0; kind < kinds; ++kind) {
    const auto sum = sum_of_kind(kind);
    law(*sum, integer(0, sum->size()));
  }
}

inline Domain box(int d) {
  const Vector<Rational> a = vector(d), b = vector(d);
  return Domain::box(a.cwiseMin(b), a.cwiseMax(b));
}

inline Domain ball(int d) { return Domain::ball(vector(d), abs(rational())); }

inline Domain any_domain(int d) {
  switch (integer(0, 3)) {
    case 0:
      return Domain::all();
    case 1:
      return box(d);
    default:
      return ball(d);
  }
}

/// Numbers written out: vec({"1/2", "-3"}).
inline Vector<Rational> vec(std::initializer_list<const char*> entries) {
  Vector<Rational> result(static_cast<Eigen::Index>(entries.size()));
  Eigen::Index j = 0;
  for (const char* entry : entries) result(j++) = parse_rational(entry);
  return result;
}

/// Rows written out: mat({{"1", "2"}, {"3", "4"}}).
inline Matrix<Rational> mat(std::initializer_list<std::initializer_list<const char*>> rows) {
  Matrix<Rational> result(static_cast<Eigen::Index>(rows.size()),
                          static_cast<Eigen::Index>(rows.begin()->size()));
  Eigen::Index i = 0;
  for (const auto& row : rows) result.row(i++) = vec(row).transpose();
  return result;
}

/// Exact numbers as they are printed, for expectations: "1/2, -3".
inline std::string written(const Vector<Enclosure>& v) {
  std::string result;
  for (Eigen::Index j = 0; j < v.size(); ++j) result += (j > 0 ? ", " : "") + v(j).to_string();
  return result;
}

/// Whether a ≤ b for all numbers enclosed, but for a slack far above rounding and far below what a
/// wrong formula changes.
inline bool below(const Enclosure& a, const Enclosure& b) {
  static const Enclosure slack = Enclosure::parse("1e-25");
  return (a <= b + slack) == Truth::yes;
}

inline Enclosure dot(const Vector<Enclosure>& a, const Vector<Enclosure>& b) { return a.dot(b); }

/// xᵀMx.
inline Enclosure form(const Matrix<Rational>& M, const Vector<Rational>& x) {
  const Vector<Rational> Mx = M * x;
  return enclose(Rational(x.dot(Mx)));
}

}  // namespace graddiv::test
