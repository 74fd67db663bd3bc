#include "expectation/exact_recursion.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "expectation/moments.h"
#include "number/exact.h"
#include "problem/families.h"

// The engine, which reduces its fractions by the known primes of their denominators, beside the
// recursion in plain fractions.
namespace graddiv::moments {
namespace {

struct Plain {
  std::vector<Rational> distance;
  std::vector<Rational> average;
  std::vector<Rational> gradient_norm;
  std::vector<Rational> second_moment;
  std::vector<Rational> mechanism_variance;
};

/// S⁺ = M S Mᵀ + γ²B [ G − C̄ S C̄ᵀ + ρ diag(v G_jj + c) ] for z = (w, 1, u), every entry a fraction
/// of its own.
Plain plain_recursion(const Problem& problem, const graddiv::Run& run,
                      const Vector<Rational>& reference, const Rational& optimum) {
  const Eigen::Index d = problem.dimension();
  const Eigen::Index e = 2 * d + 1;
  const Rational n = problem.size();
  std::vector<Matrix<Rational>> C;
  Matrix<Rational> mean = Matrix<Rational>::Zero(e, e);
  for (int i = 0; i < problem.size(); ++i) {
    const QuadraticFunction f = *problem.sum->facts(i).quadratic;
    C.emplace_back(Matrix<Rational>::Zero(e, e));
    C.back().topLeftCorner(d, d) = f.A.dense();
    C.back().block(0, d, d, 1) = f.b;
    mean += C.back() / n;
  }
  const auto [v, c] = run.mechanism.coordinate_variance().value();
  const QuadraticFunction F = *quadratic_objective(problem);
  Vector<Rational> z = Vector<Rational>::Zero(e);
  z.head(d) = run.start;
  z(d) = 1;
  Matrix<Rational> S = z * z.transpose();
  Plain result;
  for (int k = 0;; ++k) {
    Matrix<Rational> square = Matrix<Rational>::Zero(e, e);
    for (const auto& C_i : C) square += C_i * S * C_i.transpose() / n;
    const Matrix<Rational> square_of_mean = mean * S * mean.transpose();
    Rational distance = 0;
    for (Eigen::Index j = 0; j < d; ++j)
      distance += S(j, j) - 2 * reference(j) * S(j, d) + reference(j) * reference(j);
    result.distance.push_back(distance);
    result.gradient_norm.push_back(square_of_mean.trace());
    result.second_moment.push_back(square.trace());
    Matrix<Rational> noise = Matrix<Rational>::Zero(e, e);
    for (Eigen::Index j = 0; j < d; ++j) noise(j, j) = v * square(j, j) + c;
    result.mechanism_variance.push_back(noise.trace());
    if (k > 0) {
      Rational value = F.c - optimum;
      for (Eigen::Index a = 0; a < d; ++a) {
        value += F.b(a) * S(d + 1 + a, d) / k;
        for (Eigen::Index b = 0; b < d; ++b)
          value += F.A.dense()(a, b) * S(d + 1 + a, d + 1 + b) / (2 * k * k);
      }
      result.average.push_back(value);
    }
    if (k == run.iterations) return result;
    const Rational gamma = run.step(k);
    const Rational B = run.batch(k);
    Matrix<Rational> M = Matrix<Rational>::Identity(e, e) - gamma * B * mean;
    for (Eigen::Index j = 0; j < d; ++j) M(d + 1 + j, j) = 1;
    const Matrix<Rational> moved = M * S * M.transpose();
    if (run.mechanism.sharing() == Mechanism::Sharing::shared) noise *= 1 + (B - 1) / n;
    S = moved + gamma * gamma * B * (square - square_of_mean + noise);
  }
}

Vector<Rational> same(int d, const Rational& x) { return Vector<Rational>::Constant(d, x); }

/// Dense, with p/q from a fixed pattern, all multiplied by `unit`.
Problem quadratics(int d, int n, const Rational& unit) {
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) {
    QuadraticTerm f{Matrix<Rational>(d, d), Vector<Rational>(d), Rational(i, 7)};
    for (int a = 0; a < d; ++a) {
      for (int b = a; b < d; ++b)
        f.A(a, b) = f.A(b, a) = unit * Rational((5 * i + 3 * a + b) % 7 - 3, 1 + (a + b + i) % 4);
      f.c(a) = Rational((i + 2 * a) % 5 - 2, 1 + (a * i) % 3);
    }
    terms.push_back(f);
  }
  return {quadratic_sum(terms), Domain::all()};
}

Problem rows(int d, int n, const Rational& unit) {
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = unit * Rational((7 * i + 3 * j) % 5 - 2, 1 + (i + j) % 3);
    y(i) = Rational(3 * i - 4, 35);
  }
  return {least_squares(X, y), Domain::all()};
}

Problem lines(int d, int n) {
  Matrix<Rational> A(n, d);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) A(i, j) = Rational(i - j, 6);
  }
  return {linear_sum(A, same(n, Rational(1, 3))), Domain::all()};
}

/// Dropout and Langevin noise, fresh and shared.
std::vector<Mechanism> mechanisms(const Rational& keep, const Rational& variance) {
  using Sharing = Mechanism::Sharing;
  return {Mechanism::dropout(keep), Mechanism::dropout(keep, Sharing::shared),
          Mechanism::langevin(variance), Mechanism::langevin(variance, Sharing::shared)};
}

void expect_same(const Problem& problem, const graddiv::Run& run) {
  const int d = problem.dimension();
  const Vector<Rational> reference = same(d, Rational(10, 21));
  const Rational optimum(-5, 33);
  const std::vector<Quantity> quantities{Quantity::distance, Quantity::average_suboptimality,
                                         Quantity::gradient_norm, Quantity::second_moment,
                                         Quantity::mechanism_variance};
  const Plain plain = plain_recursion(problem, run, reference, optimum);
  const auto values = [&](Quantity q) {
    // Each alone as well: without the averaged iterate the state is half as long.
    std::vector<Rational> alone;
    const Reference from{enclose(reference), enclose(optimum), "", ""};
    const Trajectory t = expect(problem, run, from, {q}, Arithmetic::rational);
    const Trajectory all = expect(problem, run, from, quantities, Arithmetic::rational);
    for (const Enclosure& x : t.values.at(q)) alone.push_back(exact_value(x));
    for (std::size_t k = 0; k < alone.size(); ++k)
      EXPECT_EQ(alone[k], exact_value(all.values.at(q)[k])) << to_string(q) << ", value " << k;
    return alone;
  };
  EXPECT_EQ(values(Quantity::distance), plain.distance);
  EXPECT_EQ(values(Quantity::average_suboptimality), plain.average);
  EXPECT_EQ(values(Quantity::gradient_norm), plain.gradient_norm);
  EXPECT_EQ(values(Quantity::second_moment), plain.second_moment);
  EXPECT_EQ(values(Quantity::mechanism_variance), plain.mechanism_variance);
  for (const Rational& x : values(Quantity::distance)) {
    EXPECT_EQ(gcd(numerator(x), denominator(x)), 1);
  }
}

const Rational huge(Integer("1000000000000000000000000000057"),
                    Integer("999999999999999999999999999989"));

TEST(ExactRecursion, IsThePlainOneAtLimits) {
  const std::vector<Rational> steps{
      Rational(1, 1024), 0, Rational(-2, 9), 1, Rational(1, 1009), Rational(35, 1009 * 1013), huge};
  for (const Rational& gamma : steps) {
    for (const long B : {1L, 4L}) {
      for (const int d : {1, 3}) {
        for (const int n : {1, 4}) {
          const graddiv::Run run{same(d, Rational(2, 3)), {gamma}, {B}, 3};
          SCOPED_TRACE("gamma = " + to_string(gamma) + ", B = " + std::to_string(B) +
                       ", d = " + std::to_string(d) + ", n = " + std::to_string(n));
          expect_same(quadratics(d, n, 1), run);
          expect_same(rows(d, n, 1), run);
          expect_same(lines(d, n), run);
        }
      }
    }
  }
}

TEST(ExactRecursion, IsThePlainOneOnNumbersOfManyDigits) {
  const graddiv::Run run{same(2, huge), {huge, Rational(1, 3), huge}, {2, 1, 3}, 3};
  expect_same(quadratics(2, 3, huge), run);
  expect_same(rows(2, 3, huge), run);
  expect_same(rows(2, 3, 1 / huge), run);
}

TEST(ExactRecursion, IsThePlainOneWhereItIsTooLargeForOneMatrix) {
  const graddiv::Run run{
      same(12, Rational(1, 2)), {Rational(1, 6), 0, Rational(-3, 10)}, {1, 2, 3}, 3};
  expect_same(quadratics(12, 2, 1), run);
  expect_same(rows(12, 2, Rational(1, 5)), run);
  expect_same(rows(12, 2, huge), run);
}

TEST(ExactRecursion, IsThePlainOneOfRunsWithAMechanism) {
  const auto expect_same_of_all = [](const std::vector<Mechanism>& all, int d, graddiv::Run run) {
    for (const Mechanism& mechanism : all) {
      SCOPED_TRACE(to_string(mechanism.sharing()) + " " + mechanism.name() +
                   ", d = " + std::to_string(d));
      run.mechanism = mechanism;
      expect_same(quadratics(d, 2, 1), run);
      expect_same(rows(d, 3, 1), run);
      expect_same(lines(d, 1), run);
    }
  };
  const std::vector<Rational> steps{Rational(1, 6), Rational(-3, 10), 0};
  for (const int d : {1, 3, 12})  // in one matrix and too large for it
    expect_same_of_all(mechanisms({3, 4}, {5, 6}), d,
                       {same(d, Rational(1, 2)), steps, {4, 2, 1}, d < 12 ? 3 : 2});
  // Longer than everything else, by a little or by many digits.
  for (const auto& [bits, d] : {std::pair{61U, 2}, std::pair{500U, 2}, std::pair{900U, 12}}) {
    const Integer large = Integer(1) << bits;
    expect_same_of_all(mechanisms({1, large}, large), d, {same(d, 1), {Rational(1, 6)}, {2}, 1});
  }
  expect_same_of_all(mechanisms(1 / huge, huge), 2,
                     {same(2, huge), {huge, Rational(1, 3)}, {2, 1'000'000'007}, 2});
}

// S is divided by what is common to all its entries: the engine must not lose a factor.
TEST(ExactRecursion, IsThePlainOneWhereItsNumbersHaveCommonFactors) {
  const graddiv::Run run{same(12, 30), {Rational(6, 5)}, {10}, 3};
  expect_same(rows(12, 2, 60), run);
  expect_same(quadratics(12, 1, 60), run);
  expect_same(quadratics(2, 6, 60), {same(2, 30), {Rational(6, 5)}, {10}, 3});
}

/// p/q of up to so many bits each.
rc::Gen<Rational> fractions(int most_bits) {
  const auto part = rc::gen::map(
      rc::gen::pair(rc::gen::inRange(0, most_bits), rc::gen::inRange<long>(0, 1'000'003)),
      [](const auto& x) {
        return Integer((Integer(x.second) * 0x1234567890abcdefL) % (Integer(1) << x.first));
      });
  return rc::gen::map(rc::gen::tuple(part, part, rc::gen::arbitrary<bool>()), [](const auto& x) {
    const auto& [p, q, negative] = x;
    return Rational(negative ? Integer(-p) : p, q + 1);
  });
}

RC_GTEST_PROP(ExactRecursion, IsThePlainOneOnRandomInstances, ()) {
  const int d = *rc::gen::inRange(1, 5);
  const int n = *rc::gen::inRange(1, 5);
  const int K = *rc::gen::inRange(0, 4);
  const int bits = *rc::gen::elementOf(std::vector{1, 3, 12, 60, 130});
  const auto numbers = fractions(bits);
  const auto vector = [&] {
    return Vector<Rational>(Vector<Rational>::NullaryExpr(d, [&] { return *numbers; }));
  };
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) {
    QuadraticTerm f{Matrix<Rational>(d, d), vector(), 0};
    for (int a = 0; a < d; ++a) {
      for (int b = a; b < d; ++b) f.A(a, b) = f.A(b, a) = *numbers;
    }
    terms.push_back(f);
  }
  graddiv::Run run{vector(), {}, {}, K};
  const Rational noise = abs(*numbers);
  std::vector<Mechanism> all = mechanisms(1 / (1 + noise), noise);
  all.emplace_back();
  run.mechanism = *rc::gen::elementOf(all);
  const bool varies = *rc::gen::arbitrary<bool>();
  for (int k = 0; k < (varies ? K : 1); ++k) {
    run.steps.push_back(*fractions(*rc::gen::elementOf(std::vector{1, 20, 70})));
    run.batches.push_back(*rc::gen::elementOf(std::vector<long>{1, 2, n, 1'000'000'007}));
  }
  if (run.steps.empty()) {  // K = 0
    run.steps = {1};
    run.batches = {1};
  }
  expect_same({quadratic_sum(terms), Domain::all()}, run);
  RC_ASSERT(!::testing::Test::HasFailure());
}

}  // namespace
}  // namespace graddiv::moments
