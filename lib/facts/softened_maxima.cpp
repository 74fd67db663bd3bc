#include "facts/softened_maxima.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linear/solve.h"

namespace graddiv {

namespace {

constexpr double smallest_scale = 1e-200;  // below, the pieces are as good as one

}  // namespace

bool are_few_pieces(const Problem& problem) {
  constexpr Eigen::Index most_coordinates = 64;
  constexpr Eigen::Index most_functions = 1000;
  return problem.dimension() <= most_coordinates && problem.size() <= most_functions &&
         std::ranges::any_of(problem.sum->facts().functions,
                             [](const auto& f) { return f.max_affine != nullptr; });
}

bool WeightedGuess::is_usable() const {
  constexpr double farthest = 1e12;
  return w.allFinite() && w.norm() < farthest &&
         std::ranges::all_of(weights, [](const auto& p) { return p.allFinite(); });
}

SoftenedMaxima::SoftenedMaxima(const std::vector<MaxAffineFunction>& functions)
    : q_(Vector<double>::Zero(functions.front().curvature.size())),
      A_(Matrix<double>::Zero(q_.size(), q_.size())),
      b_(Vector<double>::Zero(q_.size())) {
  for (const MaxAffineFunction& f : functions) {
    maxima_.push_back({Matrix<double>(static_cast<Eigen::Index>(f.pieces.size()), q_.size()),
                       Vector<double>(static_cast<Eigen::Index>(f.pieces.size()))});
    for (Eigen::Index l = 0; l < static_cast<Eigen::Index>(f.pieces.size()); ++l) {
      const AffinePiece& piece = f.pieces[static_cast<std::size_t>(l)];
      maxima_.back().slopes.row(l) = to_double(piece.a).transpose();
      // A constant added to all pieces moves no minimiser.
      const Rational above_first = piece.offset - f.pieces.front().offset;
      maxima_.back().offsets(l) = static_cast<double>(above_first);
    }
    q_ += to_double(f.curvature);
  }
}

void SoftenedMaxima::add(const QuadraticFunction& beside) {
  A_ = to_double(beside.A.dense());
  b_ = to_double(beside.b);
}

void SoftenedMaxima::keep_inside(const Domain& ball) {
  center_ = to_double(ball.center());
  const auto R = static_cast<double>(ball.radius());
  radius2_ = R * R;
}

double SoftenedMaxima::scale() const {
  double largest = 0;
  for (const Maximum& m : maxima_) {
    if (m.offsets.size() > 1)
      largest =
          std::max({largest, m.slopes.cwiseAbs().maxCoeff(), m.offsets.cwiseAbs().maxCoeff()});
    if (!m.slopes.allFinite() || !m.offsets.allFinite())
      return std::numeric_limits<double>::infinity();
  }
  return largest > smallest_scale ? largest : 1;
}

WeightedGuess SoftenedMaxima::guess(Vector<double> w, double tau) const {
  for (int k = 0; k < 40; ++k) {
    const auto next = improved(w, tau);
    if (!next) break;
    w = *next;
  }
  WeightedGuess found{w, {}};
  for (const Maximum& m : maxima_) found.weights.push_back(weights(m, w, tau));
  return found;
}

Vector<double> SoftenedMaxima::weights(const Maximum& m, const Vector<double>& w, double tau) {
  const Vector<double> v = m.slopes * w + m.offsets;
  const Vector<double> p = ((v.array() - v.maxCoeff()) / tau).exp();
  return p / p.sum();
}

double SoftenedMaxima::value(const Vector<double>& w, double tau) const {
  double sum = w.cwiseAbs2().dot(q_) / 2 + w.dot(A_ * w) / 2 + b_.dot(w);
  if (radius2_ > 0) {
    const double room = radius2_ - (w - center_).squaredNorm();
    if (!(room > 0)) return std::numeric_limits<double>::infinity();
    sum -= tau * std::log(room);
  }
  for (const Maximum& m : maxima_) {
    const Vector<double> v = m.slopes * w + m.offsets;
    sum += v.maxCoeff() + tau * std::log(((v.array() - v.maxCoeff()) / tau).exp().sum());
  }
  return sum;
}

// Along the Newton direction, as far as the value falls; nothing where it does not.
std::optional<Vector<double>> SoftenedMaxima::improved(const Vector<double>& w, double tau) const {
  Vector<double> gradient = q_.cwiseProduct(w) + A_ * w + b_;
  Matrix<double> hessian = A_;
  hessian.diagonal() += q_;
  for (const Maximum& m : maxima_) {
    const Vector<double> p = weights(m, w, tau);
    const Vector<double> mean = m.slopes.transpose() * p;
    gradient += mean;
    hessian += (m.slopes.transpose() * p.asDiagonal() * m.slopes - mean * mean.transpose()) / tau;
  }
  if (radius2_ > 0) {
    const Vector<double> u = w - center_;
    const double room = radius2_ - u.squaredNorm();
    gradient += 2 * tau / room * u;
    hessian += 4 * tau / (room * room) * u * u.transpose();
    hessian.diagonal().array() += 2 * tau / room;
  }
  // A little is added to the curvature of flat directions, more where that leads too far.
  const double before = value(w, tau);
  const double steepest = std::max(hessian.diagonal().maxCoeff(), gradient.norm() / tau);
  for (const double part : {1e-14, 1e-10, 1e-6, 1e-3}) {
    Matrix<double> curved = hessian;
    curved.diagonal().array() += part * steepest;
    const auto direction = solve<double>(curved, gradient);
    for (double t = 1; direction && t > 1e-4; t /= 2) {
      const Vector<double> next = w - t * *direction;
      if (value(next, tau) < before) return next;
    }
  }
  return std::nullopt;
}

}  // namespace graddiv
