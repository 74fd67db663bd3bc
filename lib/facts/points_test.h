#pragma once

#include "problem/random_problem_test.h"

namespace graddiv::test {

/// A rational point of the unit sphere: the stereographic image of a random rational point, so that
/// the boundary of a ball can be hit exactly.
inline Vector<Rational> on_unit_sphere(int d) {
  Vector<Rational> u(d);
  if (d == 1) {
    u(0) = *rc::gen::arbitrary<bool>() ? 1 : -1;
    return u;
  }
  const Vector<Rational> t = vector(d - 1);
  const Rational norm2 = t.squaredNorm();
  u.head(d - 1) = t * Rational(2 / (norm2 + 1));
  u(d - 1) = (norm2 - 1) / (norm2 + 1);
  return u;
}

/// A rational point of W, on its boundary in one case of four or more.
inline Vector<Rational> point_of(const Domain& domain, int d) {
  const auto fraction = [] { return Rational(std::min(integer(0, 11), 8), 8); };
  switch (domain.kind()) {
    case Domain::Kind::all:
      return vector(d) * rational();
    case Domain::Kind::box: {
      Vector<Rational> w(d);
      for (int j = 0; j < d; ++j) {
        w(j) = domain.lower()(j) + (domain.upper()(j) - domain.lower()(j)) * fraction();
      }
      return w;
    }
    case Domain::Kind::ball:
      return domain.center() + on_unit_sphere(d) * Rational(domain.radius() * fraction());
  }
  throw std::logic_error("a domain of no kind");
}

inline Domain bounded_domain(int d) { return *rc::gen::arbitrary<bool>() ? box(d) : ball(d); }

/// A random problem of any kind and domain, with one function, equal functions or zero coefficients
/// now and then.
inline Problem any_problem() {
  const auto sum = any_sum();
  return {sum, any_domain(sum->dimension())};
}

/// Positive semidefinite with small rational entries, often singular.
inline Matrix<Rational> psd(int d) {
  const Matrix<Rational> factor = matrix(integer(0, d + 1), d);
  return factor.transpose().lazyProduct(factor);
}

/// Convex quadratic functions.
inline std::shared_ptr<const FiniteSum> convex_quadratics(int n, int d) {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) terms.push_back({psd(d), vector(d), rational()});
  return quadratic_sum(std::move(terms));
}

inline Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

/// Whether a ≤ b is at least possible: a refutation of it would be certain.
inline bool can_be_below(const Enclosure& a, const Enclosure& b) { return (a <= b) != Truth::no; }

}  // namespace graddiv::test
