#include <utility>

#include "instances/recipes/recipes.h"

namespace graddiv::recipes {
namespace {

Rows copies_of_the_first(const Rows& rows) {
  return {rows.X.row(0).replicate(rows.X.rows(), 1), rows.y.row(0).replicate(rows.y.rows(), 1)};
}

bool is_parallel(const Vector<Rational>& u, const Vector<Rational>& v) { return u == v || u == -v; }

// The first row with its entries moved round and their signs turned, a little longer or shorter at
// times: rows of about one length, as data sets are made to have, on which the bounds of glm exceed
// 1.
Vector<Rational> turned(const Vector<Rational>& row, Eigen::Index places, Choices& choices) {
  Vector<Rational> result(row.size());
  for (Eigen::Index j = 0; j < row.size(); ++j) {
    const Rational& entry = row((j + places) % row.size());
    result(j) = choices.once_in(2) ? Rational(-entry) : entry;
  }
  // A parallel row would leave the second direction to luck: one sign more, where there are two.
  if (!row.isZero() && is_parallel(result, row)) {
    Eigen::Index first = 0;
    while (result(first) == 0) ++first;
    result(first) = -result(first);
  }
  return result * choices.one_of<Rational>(
                      {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, Rational(9, 10), Rational(11, 10)});
}

Rows any_rows(Choices choices, Eigen::Index n, Eigen::Index d) {
  enum class Kind { about_one_length, any, copies };
  const auto kind = choices.once_in(32)   ? Kind::copies
                    : choices.once_in(24) ? Kind::any
                                          : Kind::about_one_length;
  Rows rows{Matrix<Rational>(n, d), Vector<Rational>(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    const bool is_turned = kind == Kind::about_one_length && i > 0;
    const Vector<Rational> row =
        is_turned ? turned(rows.X.row(0).transpose(), i, own) : somewhere(own, d);
    rows.X.row(i) = row.transpose();
    rows.y(i) = own.rational();
  }
  return kind == Kind::copies ? copies_of_the_first(rows) : rows;
}

Instance with_short_run(Choices choices, std::shared_ptr<const FiniteSum> sum,
                        long sequences = 4096) {
  Run run = short_run(choices.part(part::run), sum->size(),
                      somewhere(choices.part(part::start), sum->dimension()), sequences);
  return {{std::move(sum), Domain::all()}, std::move(run)};
}

}  // namespace

Instance one_loss(Choices choices, Loss loss) {
  const long d = several(choices, 3);
  const long n = several(choices, 4);
  const Rational tau = loss == Loss::huber ? choices.positive() : Rational(1);
  auto [X, y] = any_rows(choices, n, d);
  // Every step multiplies the digits of these: few sequences keep them few.
  const bool long_numbers = loss != Loss::squared && loss != Loss::huber;
  return with_short_run(choices, graddiv::generalized_linear(X, y, loss, tau),
                        long_numbers ? 64 : 4096);
}

namespace {

// A coordinate, mostly another one for every function, at times one more.
std::vector<bool> small_support(Choices& choices, Eigen::Index i, Eigen::Index d) {
  std::vector<bool> support(static_cast<std::size_t>(d), false);
  support[static_cast<std::size_t>((choices.once_in(20) ? i + choices.up_to(d - 1) : i) % d)] =
      true;
  if (choices.once_in(16)) support[static_cast<std::size_t>(choices.up_to(d - 1))] = true;
  return support;
}

}  // namespace

Instance rank_deficient(Choices choices) {
  const long d = choices.between(2, 4);
  const long n = several(choices, 4);
  const long rank = choices.between(1, d - 1);
  // Rows Σ_j a_ij v_j in the span of `rank` vectors.
  const Matrix<Rational> V = choices.part(part::spectrum).matrix(rank, d);
  Matrix<Rational> A(n, rank);
  Vector<Rational> y(n);
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    A.row(i) = own.vector(rank).transpose();
    y(i) = own.rational();
  }
  Matrix<Rational> X = A * V;
  return with_short_run(choices, graddiv::least_squares(std::move(X), std::move(y)));
}

Instance least_squares(Choices choices) {
  const long d = several(choices, 3);
  const long n = several(choices, 4);
  auto [X, y] = any_rows(choices, n, d);
  return with_short_run(choices, graddiv::least_squares(X, y));
}

Instance linear(Choices choices) {
  const long d = several(choices, 3);
  const long n = several(choices, 4);
  auto [X, y] = any_rows(choices, n, d);
  // Σ∇f_i = 0, so that B_S = ∞: the last row undoes the others.
  if (choices.once_in(12)) X.row(n - 1) -= X.colwise().sum().eval();
  return with_short_run(choices, linear_sum(X, y));
}

Instance maxima(Choices choices) {
  const long d = choices.between(1, 2);
  const long n = several(choices, 4);
  const bool has_curvature = choices.once_in(3);
  std::vector<MaxAffineFunction> functions;
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    const Vector<Rational> x = own.vector(d);
    const Rational y = own.rational();
    MaxAffineFunction f{{{x, -y}}, Vector<Rational>::Zero(d)};
    if (own.once_in(3)) {  // a hinge, max(0, xᵀw − y)
      f.pieces.push_back({Vector<Rational>::Zero(d), 0});
    } else {  // |xᵀw − y|
      f.pieces.push_back({-x, y});
    }
    if (own.once_in(4)) f.pieces.push_back({own.vector(d), own.rational()});
    if (own.once_in(2)) std::swap(f.pieces[0], f.pieces[1]);  // the other subgradient at the kink
    if (has_curvature) f.curvature = own.vector(d).cwiseAbs();
    functions.push_back(std::move(f));
  }
  return with_short_run(choices, max_affine_sum(std::move(functions)));
}

Instance generalized_linear(Choices choices) {
  const Loss loss =
      choices.one_of({Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::logistic, Loss::sine});
  return one_loss(choices, loss);
}

Instance generalized_linear_rational(Choices choices) {
  return one_loss(choices, choices.one_of({Loss::squared, Loss::huber, Loss::geman_mcclure}));
}

Instance sparse(Choices choices) {
  const long d = several(choices, 5);
  const long n = several(choices, 6);
  enum class Kind { least_squares, quadratic, linear };
  const auto kind =
      choices.once_in(16) ? Kind::linear : choices.one_of({Kind::least_squares, Kind::quadratic});

  Rows rows{Matrix<Rational>::Zero(n, d), Vector<Rational>(n)};
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    const std::vector<bool> support = small_support(own, i, d);
    QuadraticTerm term{Matrix<Rational>::Zero(d, d), Vector<Rational>::Zero(d), 0};
    for (long j = 0; j < d; ++j) {
      if (!support[static_cast<std::size_t>(j)]) continue;
      rows.X(i, j) = own.once_in(8) ? own.rational() : own.positive();
      term.c(j) = own.rational();
      for (long l = 0; l <= j; ++l) {
        if (support[static_cast<std::size_t>(l)]) term.A(j, l) = term.A(l, j) = own.integer();
      }
      if (term.A(j, j) == 0 && !own.once_in(8)) term.A(j, j) = 1;
    }
    rows.y(i) = term.offset = own.rational();
    terms.push_back(std::move(term));
  }
  switch (kind) {
    case Kind::least_squares:
      return with_short_run(choices, graddiv::least_squares(rows.X, rows.y));
    case Kind::linear:
      return with_short_run(choices, linear_sum(rows.X, rows.y));
    default:
      return with_short_run(choices, quadratic_sum(std::move(terms)));
  }
}

}  // namespace graddiv::recipes
