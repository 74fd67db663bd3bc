#include <algorithm>
#include <utility>

#include "instances/recipes/recipes.h"

// Small runs with a mechanism: the values of all Q_i(g_i) are listed together, 2^d of each.
namespace graddiv::recipes {
namespace {

// A row of rational length: a multiple of the axis, of a Pythagorean triple or of a quadruple, with
// signs.
Vector<Rational> row_of_rational_length(Choices& choices, long d) {
  Vector<Rational> row = Vector<Rational>::Zero(d);
  const long kind = choices.once_in(8) ? 0 : choices.between(1, 3);
  row(0) = 1;  // kind 0, and all of d = 1
  if (d == 2 && kind == 1) row << 3, 4;
  if (d == 2 && kind == 2) row << 12, 5;
  if (d == 2 && kind == 3) row << -8, 15;
  if (d == 3 && kind == 1) row << 1, 2, 2;
  if (d == 3 && kind == 2) row << 6, 2, 3;
  if (d == 3 && kind == 3) row << 0, 3, 4;
  for (Rational& x : row) {
    if (choices.once_in(2)) x = -x;
  }
  return row * (choices.once_in(8) ? Rational(0) : choices.positive());
}

using Row = Vector<Rational> (*)(Choices&, long);
Vector<Rational> any_row(Choices& choices, long d) { return somewhere(choices, d); }

// Linear functions, least squares or Huber losses, whose gradients are multiples of the rows.
Instance with_rows(Choices choices, Row row, long largest_dimension, long largest_batch) {
  const long d = several(choices, largest_dimension);
  const long n = several(choices, 3);
  Matrix<Rational> X(n, d);
  Vector<Rational> y(n);
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    X.row(i) = row(own, d).transpose();
    y(i) = own.rational();
  }
  if (n > 1 && choices.once_in(8)) X.row(n - 1) = -X.row(0);  // often Σ∇f_i = 0

  Choices run = choices.part(part::run);
  const long B = several(run, d == 3 ? std::min(largest_batch, 2L) : largest_batch);
  const Rational step = run.positive() / run.one_of<Rational>({1, 2, 8});
  const int K = static_cast<int>(run.between(1, 2));
  const Vector<Rational> start = somewhere(choices.part(part::start), d);
  enum class Kind { linear, least_squares, huber };
  const auto kind = choices.one_of({Kind::linear, Kind::least_squares, Kind::huber});
  auto sum = kind == Kind::linear ? linear_sum(X, y)
             : kind == Kind::least_squares
                 ? graddiv::least_squares(X, y)
                 : graddiv::generalized_linear(X, y, Loss::huber, run.positive());
  return {{std::move(sum), Domain::all()}, {start, {step}, {B}, K}};
}

Mechanism::Sharing sharing(Choices& choices) {
  return choices.once_in(2) ? Mechanism::Sharing::shared : Mechanism::Sharing::fresh;
}

Instance on_some_box(Choices choices, Instance instance) {
  Choices domain = choices.part(part::domain);
  if (domain.once_in(5)) instance.problem.domain = box_around(domain, instance.run.start);
  return instance;
}

}  // namespace

Instance dropout(Choices choices) {
  Instance instance = on_some_box(choices, with_rows(choices, any_row, 3, 3));
  Choices run = choices.part(part::mechanism);
  const auto p = run.one_of<Rational>(
      {Rational(1, 2), Rational(1, 3), Rational(3, 4), Rational(1, 10), Rational(9, 10)});
  instance.run.mechanism = Mechanism::dropout(run.rarely(12) ? Rational(1) : p, sharing(run));
  return instance;
}

// σ² a square on most draws: its surrogate then has two values a coordinate in place of three.
Instance langevin(Choices choices) {
  Instance instance = with_rows(choices, any_row, 2, 2);
  Choices run = choices.part(part::mechanism);
  const auto sigma2 = run.one_of<Rational>(
      {1, Rational(1, 4), 4, Rational(1, 9), Rational(9, 4), Rational(1, 100), 2, Rational(1, 3)});
  instance.run.mechanism = Mechanism::langevin(run.rarely(12) ? Rational(0) : sigma2, sharing(run));
  return instance;
}

Instance quantization(Choices choices) {
  const Row row = choices.part(part::domain).once_in(8) ? any_row : row_of_rational_length;
  Instance instance = with_rows(choices, row, 3, 3);
  Choices run = choices.part(part::mechanism);
  const long s = run.one_of<long>({1, 2, 3, 5, 10});
  instance.run.mechanism = Mechanism::quantization(s, sharing(run));
  return instance;
}

}  // namespace graddiv::recipes
