#include <cmath>

#include "facts/guess.h"
#include "facts/minimizer.h"
#include "facts/shown_minimum.h"
#include "linear/solve.h"
#include "number/exact.h"

// Where every f_i takes its least value at one point w, that point minimises F over every W that
// holds it, convex or not. For f_i(w) = ℓ_i(x_iᵀw) the least value of ℓ_i is found on the line
// through x_i, and w from the linear system x_iᵀw = t_i.
namespace graddiv {

namespace {

// A simple rational t at which f_i certainly takes its least value.
std::optional<Rational> least_argument(const FiniteSum& sum, int i, const Vector<Rational>& x) {
  const std::optional<Rational>& least = sum.facts(i).lower_bound;
  if (!least) return std::nullopt;
  const std::optional<double> guess = guess_least_argument(sum, i, to_double(x));
  if (!guess || !std::isfinite(*guess)) return std::nullopt;
  for (const double tolerance : {1e-6, 1e-9, 1e-12}) {
    const Rational t = simplest_near(*guess, tolerance);
    const Vector<Rational> w = x * Rational(t / x.squaredNorm());
    if ((sum.value(i, enclose(w)) == enclose(*least)).truth() == Truth::yes) return t;
  }
  return std::nullopt;
}

bool is_constant(const FiniteSum& sum, int i) {
  for (const bool can_move : sum.facts(i).support) {
    if (can_move) return false;
  }
  return true;
}

}  // namespace

bool interpolates(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  if (problem.domain.contains(point) != Truth::yes) return false;
  for (int i = 0; i < problem.size(); ++i) {
    if (is_constant(*problem.sum, i)) continue;
    const std::optional<Rational>& least = problem.sum->facts(i).lower_bound;
    if (!least || (problem.sum->value(i, point) == enclose(*least)).truth() != Truth::yes)
      return false;
  }
  return true;
}

std::optional<Vector<Rational>> interpolating_point(const Problem& problem) {
  const FiniteSum& sum = *problem.sum;
  const Matrix<Rational>* X = sum.facts().rows.get();
  if (X == nullptr) return std::nullopt;
  Vector<Rational> t = Vector<Rational>::Zero(X->rows());
  Matrix<Rational> A = *X;
  for (int i = 0; i < sum.size(); ++i) {
    if (is_constant(sum, i)) {
      A.row(i).setZero();
      continue;
    }
    const auto argument = least_argument(sum, i, X->row(i).transpose());
    if (!argument) return std::nullopt;
    t(i) = *argument;
  }
  // The least-norm solution, or the one nearest to a ball's centre.
  std::optional<Vector<Rational>> w = least_norm_solve<Rational>(A, t);
  if (w && interpolates(problem, *w)) return w;
  if (w && problem.domain.kind() == Domain::Kind::ball) {
    const Vector<Rational>& c = problem.domain.center();
    const Vector<Rational> Ac = A.lazyProduct(c);
    w = c + *least_norm_solve<Rational>(A, t - Ac);
    if (interpolates(problem, *w)) return w;
  }
  return std::nullopt;
}

}  // namespace graddiv
