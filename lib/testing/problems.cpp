#include "testing/problems.h"

#include <algorithm>

#include "problem/mixed.h"
#include "problem/regularized.h"

namespace graddiv::test {

int integer(int lower, int upper) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(lower, upper));
}

Rational rational() {
  const int p = integer(-8, 9);
  return Rational(p, *rc::gen::element(1, 1, 1, 2, 3, 7));
}

Vector<Rational> vector(int d) {
  Vector<Rational> result(d);
  for (int j = 0; j < d; ++j) result(j) = rational();
  return result;
}

Matrix<Rational> matrix(int rows, int columns) {
  Matrix<Rational> result(rows, columns);
  for (int i = 0; i < rows; ++i) result.row(i) = vector(columns).transpose();
  return result;
}

Matrix<Rational> symmetric(int d) {
  const Matrix<Rational> A = matrix(d, d);
  return A + Matrix<Rational>(A.transpose());
}

Matrix<Rational> curvature_matrix(int d) {
  if (*rc::gen::arbitrary<bool>()) return symmetric(d);
  Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
  for (int j = 0; j < d; ++j) A(j, j) = abs(rational());
  return A;
}

std::shared_ptr<const FiniteSum> quadratic(int n, int d) {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) terms.push_back({curvature_matrix(d), vector(d), rational()});
  return quadratic_sum(std::move(terms));
}

std::shared_ptr<const FiniteSum> glm(int n, int d, Loss loss) {
  const Rational tau = loss == Loss::huber ? Rational(integer(1, 6), 2) : Rational(1);
  return generalized_linear(matrix(n, d), vector(n), loss, tau);
}

std::shared_ptr<const FiniteSum> max_affine(int n, int d) {
  std::vector<MaxAffineFunction> terms;
  for (int i = 0; i < n; ++i) {
    MaxAffineFunction term{{}, vector(d).cwiseAbs()};
    for (int pieces = integer(1, 5); pieces > 0; --pieces)
      term.pieces.push_back({vector(d), rational()});
    terms.push_back(std::move(term));
  }
  return max_affine_sum(std::move(terms));
}

std::shared_ptr<const FiniteSum> sum_of_kind(int kind) { return sum_of_kind(kind, integer(1, 4)); }

std::shared_ptr<const FiniteSum> sum_of_kind(int kind, int d) {
  const int n = integer(1, 4);
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
    case 7:
      return glm(n, d, Loss::logistic);
    case 8:
      return max_affine(n, d);
    case 9:
      return regularized(sum_of_kind(integer(0, 9), d), Rational(integer(1, 9), integer(1, 5)));
    default: {
      std::vector<std::shared_ptr<const FiniteSum>> parts;
      for (int count = integer(1, 4); count > 0; --count)
        parts.push_back(sum_of_kind(integer(0, 10), d));
      return regularized(mixed(std::move(parts)), std::max(0, integer(-3, 3)));
    }
  }
}

std::shared_ptr<const FiniteSum> any_sum() { return sum_of_kind(integer(0, kinds)); }

Domain box(int d) {
  const Vector<Rational> a = vector(d), b = vector(d);
  return Domain::box(a.cwiseMin(b), a.cwiseMax(b));
}

Domain ball(int d) { return Domain::ball(vector(d), abs(rational())); }

Domain product(int d) {
  std::vector<Domain> factors;
  for (int left = d; left > 0;) {
    const int size = integer(1, left + 1);
    factors.push_back(integer(0, 2) == 0 ? box(size) : ball(size));
    left -= size;
  }
  return Domain::product(std::move(factors));
}

Domain any_domain(int d) {
  switch (integer(0, 3)) {
    case 0:
      return Domain::all();
    case 1:
      return box(d);
    default:
      return ball(d);
  }
}

bool below(const Enclosure& a, const Enclosure& b) {
  static const Enclosure slack = Enclosure::parse("1e-25");
  return (a <= b + slack) == Truth::yes;
}

Enclosure dot(const Vector<Enclosure>& a, const Vector<Enclosure>& b) { return a.dot(b); }

Enclosure form(const Matrix<Rational>& M, const Vector<Rational>& x) {
  const Vector<Rational> Mx = M * x;
  return enclose(Rational(x.dot(Mx)));
}

Enclosure form(const SymmetricMatrix& M, const Vector<Rational>& x) {
  const Vector<Rational> Mx = M * x;
  return enclose(Rational(x.dot(Mx)));
}

}  // namespace graddiv::test
