#include "testing/points.h"

namespace graddiv::test {

Vector<Rational> on_unit_sphere(int d) {
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

Vector<Rational> point_of(const Domain& domain, int d) {
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
    case Domain::Kind::product:
      return by_factors(domain, Vector<Rational>(d), [](const Domain& factor, const auto& part) {
        return point_of(factor, static_cast<int>(part.size()));
      });
  }
  throw std::logic_error("a domain of no kind");
}

Domain bounded_domain(int d) { return *rc::gen::arbitrary<bool>() ? box(d) : ball(d); }

Problem any_problem() {
  const auto sum = any_sum();
  return {sum, any_domain(sum->dimension())};
}

Matrix<Rational> psd(int d) {
  const Matrix<Rational> factor = matrix(integer(0, d + 1), d);
  return factor.transpose().lazyProduct(factor);
}

std::shared_ptr<const FiniteSum> convex_quadratics(int n, int d) {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) terms.push_back({psd(d), vector(d), rational()});
  return quadratic_sum(std::move(terms));
}

Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

bool can_be_below(const Enclosure& a, const Enclosure& b) { return (a <= b) != Truth::no; }

}  // namespace graddiv::test
