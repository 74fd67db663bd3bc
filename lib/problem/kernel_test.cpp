#include "problem/kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <cstdlib>
#include <limits>

#include "problem/families/losses.h"
#include "problem/random_rows.h"
#include "testing/problems.h"

// Every way to memory (operator new, Eigen) goes through malloc, which counts here. Sanitizers have
// a malloc of their own.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) && \
    !__has_feature(memory_sanitizer)
#define GRADDIV_COUNTS_ALLOCATIONS
#endif
#else
#define GRADDIV_COUNTS_ALLOCATIONS
#endif
#endif

namespace {
std::atomic<long> allocations = 0;
}

#ifdef GRADDIV_COUNTS_ALLOCATIONS
extern "C" void* __libc_malloc(std::size_t size);  // NOLINT(bugprone-reserved-identifier)
extern "C" void* malloc(std::size_t size) noexcept {
  ++allocations;
  return __libc_malloc(size);
}
#endif

namespace graddiv {
namespace {

/// A number that an operation on T may give: its exact result, widened by the unit roundoff (u)
/// and, for underflow, by the smallest number. The loss formulas evaluated in these hold whatever
/// the same formulas give in T.
template <class T>
struct Rounded {
  Enclosure x;

  Rounded(int value) : x(value) {}  // NOLINT(google-explicit-constructor): numbers in formulas
  explicit Rounded(Enclosure value) : x(std::move(value)) {}

  static Enclosure relative(long units) {
    const Enclosure u = units * enclose(rational_from(std::numeric_limits<T>::epsilon())) / 2;
    return Enclosure::hull(1 - u, 1 + u);
  }
  static Rounded rounded(const Enclosure& exact, long units = 1) {
    const Enclosure least = enclose(rational_from(std::numeric_limits<T>::denorm_min()));
    return Rounded(exact * relative(units) + Enclosure::hull(-least, least));
  }

  Rounded operator-() const { return Rounded(-x); }
  friend Rounded operator+(const Rounded& a, const Rounded& b) { return rounded(a.x + b.x); }
  friend Rounded operator-(const Rounded& a, const Rounded& b) { return rounded(a.x - b.x); }
  friend Rounded operator*(const Rounded& a, const Rounded& b) { return rounded(a.x * b.x); }
  friend Rounded operator/(const Rounded& a, const Rounded& b) { return rounded(a.x / b.x); }
  friend Rounded abs(const Rounded& a) { return Rounded(graddiv::abs(a.x)); }
  friend Rounded min(const Rounded& a, const Rounded& b) { return Rounded(graddiv::min(a.x, b.x)); }
  friend Rounded max(const Rounded& a, const Rounded& b) { return Rounded(graddiv::max(a.x, b.x)); }
  // The C library documents errors of at most one unit in the last place, 2u, for these.
  friend Rounded exp(const Rounded& a) { return rounded(graddiv::exp(a.x), 2); }
  friend Rounded log1p(const Rounded& a) { return rounded(log(1 + a.x), 2); }
  friend Rounded sin(const Rounded& a) { return rounded(graddiv::sin(a.x), 2); }
};

/// m u/(1 − m u) bounds the relative error of a sum of m products, in whatever order it is taken
/// (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
template <class T>
Enclosure sum_of_products(const Vector<Rational>& a, const Vector<Rational>& b) {
  const Enclosure mu =
      static_cast<long>(a.size()) * enclose(rational_from(std::numeric_limits<T>::epsilon())) / 2;
  const Enclosure error = mu / (1 - mu) * enclose(Rational(a.cwiseAbs().dot(b.cwiseAbs())));
  return enclose(Rational(a.dot(b))) + Enclosure::hull(-error, error);
}

/// Numbers that T holds exactly.
Vector<Rational> dyadic(int size, int largest, int denominator) {
  Vector<Rational> x(size);
  for (Rational& entry : x) entry = Rational(test::integer(-largest, largest + 1), denominator);
  return x;
}
Matrix<Rational> dyadic(int rows, int columns, int largest, int denominator) {
  Matrix<Rational> X(rows, columns);
  for (int i = 0; i < rows; ++i) X.row(i) = dyadic(columns, largest, denominator).transpose();
  return X;
}

template <class T>
struct Evaluated {
  std::vector<T> values, squared_norms, gradient;
};

/// All functions but the first `first`, with `already` in the buffer of the gradient.
template <class T>
Evaluated<T> evaluate(const FiniteSum& sum, const Vector<Rational>& w, int first = 0,
                      T already = 0) {
  const auto kernel = make_kernel<T>(sum);
  EXPECT_EQ(kernel->size(), sum.size());
  EXPECT_EQ(kernel->dimension(), sum.dimension());
  std::vector<T> point;
  for (const Rational& x : w) point.push_back(static_cast<T>(x));
  const auto m = static_cast<std::size_t>(sum.size() - first);
  Evaluated<T> result{std::vector<T>(m), std::vector<T>(m), std::vector<T>(point.size(), already)};
  kernel->value_and_gradient(first, point, {result.values, result.squared_norms, result.gradient});
  return result;
}

std::shared_ptr<const FiniteSum> exact_in_machine_numbers(int kind, int n, int d) {
  if (kind == 0) return linear_sum(dyadic(n, d, 8, 4), dyadic(n, 8, 4));
  if (kind == 1) {
    std::vector<QuadraticTerm> terms;
    for (int i = 0; i < n; ++i) {
      const Matrix<Rational> half = dyadic(d, d, 4, 4);
      terms.push_back({half + half.transpose(), dyadic(d, 8, 4), Rational(i, 4)});
    }
    return quadratic_sum(std::move(terms));
  }
  if (kind == 2) return least_squares(dyadic(n, d, 8, 4), dyadic(n, 8, 4));
  if (kind == 3)
    return generalized_linear(dyadic(n, d, 8, 4), dyadic(n, 8, 4), Loss::huber, Rational(3, 4));
  std::vector<MaxAffineFunction> terms;
  for (int i = 0; i < n; ++i) {
    MaxAffineFunction f{{}, dyadic(d, 4, 4).cwiseAbs()};
    for (int l = test::integer(1, 4); l > 0; --l)
      f.pieces.push_back({dyadic(d, 4, 4), Rational(test::integer(-4, 5), 4)});
    terms.push_back(std::move(f));
  }
  return max_affine_sum(std::move(terms));
}

// Where no operation rounds, a kernel gives the very numbers of the theorems.
template <class T>
void check_exactly() {
  const int n = test::integer(1, 5);
  const int d = test::integer(1, 4);
  const auto sum = exact_in_machine_numbers(test::integer(0, 5), n, d);
  const Vector<Rational> w = dyadic(d, 8, 4);
  const int first = test::integer(0, n);
  const Evaluated<T> result = evaluate<T>(*sum, w, first, T(3));
  Vector<Enclosure> total = Vector<Enclosure>::Constant(d, Enclosure(3));
  for (int i = first; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i - first);
    const Vector<Enclosure> g = sum->gradient(i, enclose(w));
    RC_ASSERT(sum->value(i, enclose(w)).same_as(enclose(rational_from(result.values[k]))));
    RC_ASSERT(g.squaredNorm().same_as(enclose(rational_from(result.squared_norms[k]))));
    total += g;
  }
  for (int j = 0; j < d; ++j) {
    const T g = result.gradient[static_cast<std::size_t>(j)];
    RC_ASSERT(total(j).same_as(enclose(rational_from(g))));
  }
}
RC_GTEST_PROP(Kernel, IsExactInDoublesWhereNothingIsRounded, ()) { check_exactly<double>(); }
RC_GTEST_PROP(Kernel, IsExactInFloatsWhereNothingIsRounded, ()) { check_exactly<float>(); }

// Values, squared norms and the sum of gradients of each loss lie within a rigorous bound of their
// rounding errors, which also holds the enclosures of the theorems and is narrow.
template <class T>
void check_loss(Loss loss) {
  const int n = test::integer(1, 4);
  const int d = test::integer(1, 20);
  const Matrix<Rational> X = dyadic(n, d, 24, 16);
  const Vector<Rational> y = dyadic(n, 16, 8);
  const Rational tau(3, 4);
  const Vector<Rational> w = dyadic(d, 24, 16);
  const auto sum = generalized_linear(X, y, loss, tau);
  const Evaluated<T> result = evaluate<T>(*sum, w);
  const Enclosure narrow = enclose(rational_from(std::numeric_limits<T>::epsilon())) * 100'000;
  std::vector<Enclosure> slopes;
  for (int i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const Vector<Rational> x = X.row(i).transpose();
    const Rounded<T> z(sum_of_products<T>(x, w));
    const Rounded<T> target(enclose(y(i)));
    const Rounded<T> threshold(enclose(tau));
    const Enclosure value = detail::loss_value(loss, z, target, threshold).x;
    RC_ASSERT(value.contains(enclose(rational_from(result.values[k]))));
    RC_ASSERT(value.contains(sum->value(i, enclose(w))));
    RC_ASSERT(value.width() <= (narrow * (1 + abs(value.upper()))).approximate());

    const Rounded<T> slope = detail::loss_derivative(loss, z, target, threshold);
    const Enclosure squared_norm = (slope * slope * Rounded<T>(sum_of_products<T>(x, x))).x;
    RC_ASSERT(squared_norm.contains(enclose(rational_from(result.squared_norms[k]))));
    RC_ASSERT(squared_norm.contains(sum->gradient(i, enclose(w)).squaredNorm()));
    slopes.push_back(slope.x);
  }
  const Vector<Enclosure> exact = full_gradient(Problem{sum}, enclose(w));
  for (int j = 0; j < d; ++j) {
    Enclosure total = 0;
    Enclosure sizes = 0;
    for (int i = 0; i < n; ++i) {
      const Rounded<T> term =
          Rounded<T>(slopes[static_cast<std::size_t>(i)]) * Rounded<T>(enclose(X(i, j)));
      total += term.x;
      sizes += abs(term.x);
    }
    const Enclosure nu = n * enclose(rational_from(std::numeric_limits<T>::epsilon())) / 2;
    const Enclosure error = nu / (1 - nu) * sizes.upper();
    const Enclosure bound = total + Enclosure::hull(-error, error);
    const T actual = result.gradient[static_cast<std::size_t>(j)];
    RC_ASSERT(bound.contains(enclose(rational_from(actual))));
    RC_ASSERT(bound.contains(exact(j) * n));
  }
}

constexpr Loss all_losses[] = {Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::sine,
                               Loss::logistic};

RC_GTEST_PROP(Kernel, RoundsEveryLossWithinItsBoundInDoubles, ()) {
  for (const Loss loss : all_losses) check_loss<double>(loss);
}
RC_GTEST_PROP(Kernel, RoundsEveryLossWithinItsBoundInFloats, ()) {
  for (const Loss loss : all_losses) check_loss<float>(loss);
}

TEST(Kernel, OfTheLogisticLossNeitherOverflowsNorLosesDigits) {
  const std::vector<float> rows{1, 1, 1, 1}, targets{1, -1, 1, -1}, w{100};
  std::vector<float> values(4), squared_norms(4), gradient(1);
  const std::vector<float> near{1e-3F};
  value_and_gradient<float>(Loss::logistic, 1, {rows, targets, {}}, w,
                            {values, squared_norms, gradient});
  EXPECT_LT(values[0], 1e-43F);
  EXPECT_EQ(values[1], 100);
  EXPECT_EQ(gradient[0], 2);
  // Given norms are not computed again.
  const std::vector<float> norms(4, 9);
  value_and_gradient<float>(Loss::squared, 1, {rows, targets, norms}, near,
                            {values, squared_norms, gradient});
  EXPECT_FLOAT_EQ(squared_norms[0], 9 * 0.999F * 0.999F);
}

TEST(Kernel, TakesTheSmallestOfTheLargestPieces) {
  const auto sum = max_affine_sum({{{{test::vec({"1"})}, {test::vec({"-1"})}}, test::vec({"0"})}});
  EXPECT_EQ(evaluate<double>(*sum, test::vec({"0"})).gradient, std::vector<double>{1});
}

TEST(Kernel, OfRandomRowsIsThatOfTheirDraw) {
  const auto sum = random_rows({RowLaw::Kind::rademacher, 5, 3, 1});
  const auto result = evaluate<double>(*sum, test::vec({"1", "2", "4"}));
  for (const double norm : result.squared_norms) EXPECT_EQ(norm, 3);
}

template <class T>
void expect_no_allocation(const FiniteSum& sum) {
  const auto kernel = make_kernel<T>(sum);
  const auto n = static_cast<std::size_t>(sum.size());
  std::vector<T> values(n), squared_norms(n);
  std::vector<T> gradient(static_cast<std::size_t>(sum.dimension()));
  const std::vector<T> w(gradient.size(), T(1));
  const long before = allocations;
  kernel->value_and_gradient(0, w, {values, squared_norms, gradient});
  EXPECT_EQ(allocations - before, 0) << sum.family();
}

TEST(Kernel, AllocatesNothing) {
#ifndef GRADDIV_COUNTS_ALLOCATIONS
  GTEST_SKIP() << "malloc cannot be counted here";
#endif
  const long before = allocations;
  const auto probe = std::make_unique<int>(1);
  ASSERT_GT(allocations - before, 0) << "the count does not count";
  const Matrix<Rational> X = Matrix<Rational>::Constant(40, 300, Rational(1, 2));
  const Vector<Rational> y = Vector<Rational>::Constant(40, 1);
  std::vector<std::shared_ptr<const FiniteSum>> sums{linear_sum(X, y)};
  for (const Loss loss : all_losses) sums.push_back(generalized_linear(X, y, loss));
  const Vector<Rational> a = Vector<Rational>::Constant(100, 1);
  sums.push_back(quadratic_sum({{Matrix<Rational>::Identity(100, 100), a}}));
  sums.push_back(max_affine_sum({{{{a}, {-a}}, a}}));
  for (const auto& sum : sums) {
    expect_no_allocation<double>(*sum);
    expect_no_allocation<float>(*sum);
  }
}

}  // namespace
}  // namespace graddiv
