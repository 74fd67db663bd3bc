#include "linear/near_matrix.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <limits>
#include <vector>

#include "linear/fast_psd.h"

namespace graddiv {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();  // 2u

// Sums of few numbers of one sign in doubles, made larger than they can be.
double above(double x) { return x * (1 + 1e-10); }

auto symmetric(const NearMatrix& M) { return M.middle.selfadjointView<Eigen::Lower>(); }

/// ‖M‖₂ ≤ ‖middle‖_F + radius.
double size_of(const NearMatrix& M) {
  const Matrix<double> lower = M.middle.triangularView<Eigen::Lower>();
  return above(std::sqrt(2.0) * lower.norm() + M.radius);
}

/// sign · (M − tI) ⪰ 0. Its diagonal is rounded once.
bool is_semidefinite(const NearMatrix& M, double t, double sign) {
  if (sign * t <= -size_of(M)) return true;
  Matrix<double> A = sign * M.middle;
  const double largest = A.diagonal().cwiseAbs().maxCoeff();
  A.diagonal().array() -= sign * t;
  return proves_psd(A, above(M.radius + epsilon * (largest + std::abs(t))));
}

// As many products with a vector as take a fraction of a second.
int iterations_for(Eigen::Index d) {
  constexpr double work = 2e8;
  const auto size = static_cast<double>(d);
  return static_cast<int>(std::clamp(work / (size * size), 50.0, 2000.0));
}

/// A unit vector that no eigenvector is likely to be orthogonal to.
Vector<double> any_direction(Eigen::Index d) {
  Vector<double> v(d);
  for (Eigen::Index j = 0; j < d; ++j) v(j) = 1 + 0.5 * std::sin(1 + static_cast<double>(j * j));
  return v.normalized();
}

template <class Map>
Vector<double> iterated(Eigen::Index d, const Map& map) {
  Vector<double> v = any_direction(d);
  for (int k = iterations_for(d); k > 0; --k) {
    const Vector<double> next = map(v).normalized();  // 0 stays 0
    if (!next.allFinite() || next.isZero(0)) break;
    const double moved = (next - v).norm();
    v = next;
    if (moved < 1e-12) break;
  }
  return v;
}

/// Of the numbers guess ∓ 10^−k |guess|, …, in the order of their distance, the first that holds.
template <class Holds>
double first_of(double guess, double direction, double last, const Holds& holds) {
  for (int k = 9; k > 0; k -= k > 3 ? 3 : 1) {
    const double t = guess + direction * std::pow(10.0, -k) * std::abs(guess);
    if (holds(t)) return t;
  }
  for (const double part : {0.5, 0.75, 1.0}) {
    const double t = guess + direction * part * std::abs(guess);
    if (holds(t)) return t;
  }
  return last;
}

Vector<double> largest_direction(const NearMatrix& M) {
  return iterated(M.middle.rows(),
                  [&](const Vector<double>& v) { return Vector<double>(symmetric(M) * v); });
}

double quotient(const NearMatrix& M, const Vector<double>& v) {
  return v.dot(symmetric(M) * v) / v.squaredNorm();
}

}  // namespace

bool is_above(const NearMatrix& M, double t) { return is_semidefinite(M, t, 1); }
bool is_below(const NearMatrix& M, double t) { return is_semidefinite(M, t, -1); }

double eigenvalue_below(const NearMatrix& M) {
  const double floor = -size_of(M);
  if (floor == 0) return 0;
  const double noise = 2 * M.radius + 8 * (static_cast<double>(M.middle.rows()) + 8) * epsilon *
                                          std::abs(M.middle.trace());
  Matrix<double> A = M.middle;
  A.diagonal().array() += noise;
  const Eigen::LLT<Matrix<double>> factor(A);
  if (factor.info() != Eigen::Success) return -eigenvalue_above({-M.middle, M.radius});
  const Vector<double> v =
      iterated(A.rows(), [&](const Vector<double>& x) { return Vector<double>(factor.solve(x)); });
  const double smallest = quotient(M, v);
  const auto holds = [&](double t) { return is_above(M, t); };
  if (smallest > noise) {
    const double t = first_of(smallest, -1, floor, holds);
    if (t > floor) return t;
  }
  return holds(-2 * noise) ? -2 * noise : floor;
}

double eigenvalue_above(const NearMatrix& M) {
  const double ceiling = size_of(M);
  if (ceiling == 0) return 0;
  return std::min(ceiling, first_of(quotient(M, largest_direction(M)), 1, ceiling,
                                    [&](double t) { return is_below(M, t); }));
}

// vᵀMv/vᵀv ≤ λ_max for every v. In doubles, the dot products of length d that it takes are off by
// at most (d + 4) u each, of sums of absolute values that are below ‖middle‖_F ‖v‖².
Enclosure enclose_largest_eigenvalue(const NearMatrix& M) {
  const double above_it = eigenvalue_above(M);
  const double rounding = 4 * (static_cast<double>(M.middle.rows()) + 8) * epsilon * size_of(M);
  const double below_it = quotient(M, largest_direction(M)) - above(M.radius + rounding);
  return Enclosure::hull(Enclosure(std::min(below_it, above_it)), Enclosure(above_it));
}

}  // namespace graddiv
