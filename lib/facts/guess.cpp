#include "facts/guess.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "linear/solve.h"

namespace graddiv {

namespace {

// How far w is from a fixed point of the projected gradient step.
double residual(const Problem& problem, const Vector<double>& w, double step) {
  const Vector<double> g = full_gradient(problem, w);
  return (w - problem.domain.project(Vector<double>(w - step * g))).norm();
}

Vector<double> descend(const Problem& problem, Vector<double> w, double step, int iterations) {
  Vector<double> y = w;
  double t = 1;
  for (int k = 0; k < iterations; ++k) {
    const Vector<double> next =
        problem.domain.project(Vector<double>(y - step * full_gradient(problem, y)));
    if (!next.allFinite()) break;
    const double moved = (next - y).norm();
    if ((y - next).dot(next - w) > 0) {  // the momentum points uphill
      t = 1;
      y = next;
    } else {
      const double t_next = (1 + std::sqrt(1 + 4 * t * t)) / 2;
      y = next + ((t - 1) / t_next) * (next - w);
      t = t_next;
    }
    w = next;
    if (moved <= 1e-16 * (1 + w.norm())) break;
  }
  return w;
}

}  // namespace

std::vector<Eigen::Index> guess_free_coordinates(const Problem& problem, const Vector<double>& w) {
  std::vector<Eigen::Index> result;
  const bool box = problem.domain.kind() == Domain::Kind::box;
  Vector<double> g;
  Vector<double> lower;
  Vector<double> upper;
  if (box) {
    g = full_gradient(problem, w);
    lower = to_double(problem.domain.lower());
    upper = to_double(problem.domain.upper());
  }
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (box) {
      const double tolerance = 1e-9 * (upper(j) - lower(j));
      if (w(j) - lower(j) <= tolerance && g(j) >= 0) continue;
      if (upper(j) - w(j) <= tolerance && g(j) <= 0) continue;
    }
    result.push_back(j);
  }
  return result;
}

Matrix<double> guess_hessian(const Problem& problem, const Vector<double>& w,
                             const std::vector<Eigen::Index>& coordinates, double smoothness) {
  // Along a length of 1/√β, F rises by ½ at most.
  const double unit = smoothness > 0 ? 1 / std::sqrt(smoothness) : 1;
  const auto size = static_cast<Eigen::Index>(coordinates.size());
  Matrix<double> H(size, size);
  for (Eigen::Index k = 0; k < size; ++k) {
    const Eigen::Index j = coordinates[static_cast<std::size_t>(k)];
    const double h = 1e-6 * (unit + std::abs(w(j)));
    Vector<double> ahead = w;
    Vector<double> behind = w;
    ahead(j) += h;
    behind(j) -= h;
    const Vector<double> difference =
        full_gradient(problem, ahead) - full_gradient(problem, behind);
    H.col(k) = difference(coordinates) / (2 * h);
  }
  return (H + H.transpose()) / 2;
}

bool seems_nonconvex_on_W(const Problem& problem, double smoothness) {
  const auto box = problem.domain.bounding_box();
  if (!box.is_bounded()) return false;
  const Vector<double> lower = to_double(box.lower());
  const Vector<double> upper = to_double(box.upper());
  std::vector<Eigen::Index> all(static_cast<std::size_t>(lower.size()));
  std::iota(all.begin(), all.end(), 0);
  for (const Vector<double>& w : {Vector<double>((lower + upper) / 2), lower, upper}) {
    const Matrix<double> H = guess_hessian(problem, problem.domain.project(w), all, smoothness);
    const Vector<double> eigenvalues = guess_spectrum(H).values;
    // Differences of gradients are known to some digits.
    if (eigenvalues.minCoeff() < -1e-4 * eigenvalues.cwiseAbs().maxCoeff()) return true;
  }
  return false;
}

namespace {

double step_for(double smoothness) { return 1 / std::max(smoothness, 1e-300); }

Vector<double> guess_minimizer_from(const Vector<double>& start, const Problem& problem,
                                    double smoothness) {
  const int n = problem.size();
  const int d = problem.dimension();
  const double step = step_for(smoothness);
  // Of many numbers few are enough, in no more than seconds (problem/sum_in_doubles.h).
  const bool is_large = problem.sum->in_doubles() != nullptr;
  const double work = (is_large ? 2e9 : 2e6) / (static_cast<double>(n) * std::max(d / 8, 1));
  const int iterations = std::clamp(static_cast<int>(work), 50, is_large ? 2000 : 20000);
  Vector<double> w = problem.domain.project(start);
  w = descend(problem, w, step, iterations);
  // Newton steps on the coordinates that are free, as long as they help.
  for (int k = 0; k < 30 && d <= 64; ++k) {
    const std::vector<Eigen::Index> free = guess_free_coordinates(problem, w);
    if (free.empty()) break;
    const Matrix<double> H = guess_hessian(problem, w, free, smoothness);
    const Vector<double> g = full_gradient(problem, w)(free);
    Vector<double> next = w;
    next(free) -= least_squares_solve<double>(H, g);
    if (!next.allFinite()) break;
    next = problem.domain.project(next);
    if (residual(problem, next, step) >= residual(problem, w, step)) break;
    w = next;
  }
  return w;
}

/// Where the functions of a subset, as many as there are coordinates at most, are least at once,
/// smaller subsets first. Robust losses have their minima near such points: few functions fit, the
/// others hardly pull.
std::vector<Vector<double>> least_of_few(const Problem& problem) {
  constexpr int most_functions = 10;
  constexpr std::size_t most_points = 40;
  const Matrix<Rational>* X = problem.sum->facts().rows.get();
  if (X == nullptr) return {};
  const Matrix<double> rows = to_double(*X);
  std::vector<Eigen::Index> fitting;
  std::vector<double> arguments;
  for (int i = 0; i < problem.size() && static_cast<int>(fitting.size()) < most_functions; ++i) {
    const Vector<double> x = rows.row(i).transpose();
    if (x.isZero(0)) continue;
    const auto t = guess_least_argument(*problem.sum, i, x);
    if (!t) continue;
    fitting.push_back(i);
    arguments.push_back(*t);
  }
  std::vector<Vector<double>> points;
  const auto count = static_cast<int>(fitting.size());
  for (int size = 1; size <= std::min(count, problem.dimension()); ++size) {
    for (unsigned subset = 1; subset < 1U << static_cast<unsigned>(count); ++subset) {
      if (std::popcount(subset) != size) continue;
      if (points.size() == most_points) return points;
      Matrix<double> A(size, rows.cols());
      Vector<double> t(size);
      for (int i = 0, row = 0; i < count; ++i) {
        if ((subset >> static_cast<unsigned>(i) & 1U) == 0) continue;
        A.row(row) = rows.row(fitting[static_cast<std::size_t>(i)]);
        t(row++) = arguments[static_cast<std::size_t>(i)];
      }
      points.push_back(least_squares_solve<double>(A, t));
    }
  }
  return points;
}

}  // namespace

Vector<double> guess_minimizer(const Problem& problem, double smoothness) {
  return guess_minimizer_from(Vector<double>::Zero(problem.dimension()), problem, smoothness);
}

std::optional<double> guess_least_argument(const FiniteSum& sum, int i, const Vector<double>& x) {
  // f_i is walked along w = t x/‖x‖², where xᵀw = t.
  const Vector<double> unit = x / x.squaredNorm();
  const auto slope = [&](double t) { return sum.gradient(i, Vector<double>(t * unit)).dot(unit); };
  double low = -1;
  double high = 1;
  for (int k = 0; k < 60 && slope(low) > 0; ++k) low *= 2;
  for (int k = 0; k < 60 && slope(high) < 0; ++k) high *= 2;
  if (slope(low) > 0 || slope(high) < 0) return std::nullopt;
  for (int k = 0; k < 200; ++k) {
    const double t = (low + high) / 2;
    const double s = slope(t);
    if (s == 0) return t;
    (s < 0 ? low : high) = t;
  }
  return (low + high) / 2;
}

Vector<double> guess_lowest(const Problem& problem, double smoothness) {
  constexpr int short_walk = 100;
  Vector<double> lowest = guess_minimizer(problem, smoothness);
  const auto is_lower = [&](const Vector<double>& w) {
    return w.allFinite() && objective(problem, w) < objective(problem, lowest);
  };
  bool is_new = false;
  for (const Vector<double>& start : least_of_few(problem)) {
    if (!start.allFinite()) continue;
    const Vector<double> w =
        descend(problem, problem.domain.project(start), step_for(smoothness), short_walk);
    if (!is_lower(w)) continue;
    lowest = w;
    is_new = true;
  }
  if (!is_new) return lowest;
  const Vector<double> w = guess_minimizer_from(lowest, problem, smoothness);
  return is_lower(w) ? w : lowest;
}

}  // namespace graddiv
