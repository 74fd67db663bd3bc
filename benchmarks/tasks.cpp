#include "benchmarks/tasks.h"

#include <random>

#include "linear/solve.h"
#include "problem/families.h"

namespace graddiv::benchmarks {
namespace {

/// p/q with |p| ≤ largest, q ≤ 4. std::mt19937 is the same everywhere, the distributions are not.
Rational small_rational(std::mt19937& random, int largest) {
  const auto below = [&random](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  return {below(2 * largest + 1) - largest, 1 + below(4)};
}

}  // namespace

Task small_rationals(int d, int n, long batch, int iterations) {
  std::mt19937 random(1);
  std::vector<QuadraticTerm> terms;
  for (int i = 0; i < n; ++i) {
    QuadraticTerm f{Matrix<Rational>(d, d), Vector<Rational>(d), 0};
    for (int a = 0; a < d; ++a) {
      for (int b = a; b < d; ++b) f.A(a, b) = f.A(b, a) = small_rational(random, 3);
      f.A(a, a) += 3 * d;
      f.c(a) = small_rational(random, 5);
    }
    terms.push_back(f);
  }
  Task task;
  task.problem = {quadratic_sum(terms), Domain::all()};
  task.run = {Vector<Rational>::Constant(d, 1), {Rational(1, 1024)}, {batch}, iterations};
  for (int i = 0; i < n; ++i) {
    const QuadraticFunction f = *task.problem.sum->facts(i).quadratic;
    task.C.emplace_back(d, d + 1);
    task.C.back() << f.A.dense(), f.b;
  }
  const QuadraticFunction F = *quadratic_objective(task.problem);
  task.minimizer = *solve(F.A.dense(), Vector<Rational>(-F.b));
  return task;
}

Task integer_rows(int d, int n, long batch, int iterations) {
  std::mt19937 random(1);
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) X(i, j) = random() % 2 == 0 ? 0 : static_cast<int>(random() % 4001);
    y(i) = static_cast<int>(random() % 2);
  }
  Task task;
  task.problem = {least_squares(X, y), Domain::all()};
  task.run = {Vector<Rational>::Zero(d), {Rational(1, Integer(1) << 34)}, {batch}, iterations};
  task.minimizer = Vector<Rational>::Zero(d);
  return task;
}

}  // namespace graddiv::benchmarks
