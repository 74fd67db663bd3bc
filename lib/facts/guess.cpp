#include "facts/guess.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

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

Vector<double> guess_minimizer(const Problem& problem, double smoothness) {
  const int n = problem.size();
  const int d = problem.dimension();
  const double step = 1 / std::max(smoothness, 1e-300);
  const int iterations = std::clamp(static_cast<int>(2e6 / (n * std::max(d / 8, 1))), 50, 20000);
  Vector<double> w = problem.domain.project(Vector<double>(Vector<double>::Zero(d)));
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

}  // namespace graddiv
