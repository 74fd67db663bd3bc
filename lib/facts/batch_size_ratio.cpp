#include "facts/batch_size_ratio.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "number/exact.h"

namespace graddiv::batch_size {

namespace {

Enclosure squared_norm(const Vector<Enclosure>& v) {
  Enclosure sum;
  for (Eigen::Index j = 0; j < v.size(); ++j) sum += square(v(j));
  return sum;
}

// B_S on a box of points, or at one: n Σ‖∇f_i‖² / ‖Σ∇f_i‖², bounded below; absent where ‖Σ∇f_i‖ is
// certainly 0.
std::optional<Rational> interval_bound(const Problem& problem, const Vector<Enclosure>& w) {
  const std::vector<Vector<Enclosure>> g = gradients(problem, w);
  Enclosure squares;
  Vector<Enclosure> sum = g.front();
  for (std::size_t i = 0; i < g.size(); ++i) {
    squares += squared_norm(g[i]);
    if (i > 0) sum += g[i];
  }
  const Enclosure square_of_sum = squared_norm(sum);
  if (!squares.is_bounded() || !square_of_sum.is_bounded()) return Rational(1);
  const Rational largest = upper_end(square_of_sum);
  if (largest == 0) return std::nullopt;
  return std::max(Rational(1), Rational(problem.size() * lower_end(squares) / largest));
}

}  // namespace

std::optional<Rational> ratio_on(const Problem& problem, const Vector<Enclosure>& box) {
  if (problem.domain.contains(box) == Truth::no) return std::nullopt;
  return interval_bound(problem, box);
}

std::optional<Rational> exact_ratio(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  if (problem.domain.contains(point) != Truth::yes) return std::nullopt;
  const std::vector<Vector<Enclosure>> g = gradients(problem, point);
  Rational squares = 0;
  Vector<Rational> sum = Vector<Rational>::Zero(w.size());
  for (const Vector<Enclosure>& gradient : g) {
    for (Eigen::Index j = 0; j < w.size(); ++j) {
      if (!gradient(j).is_exact()) return std::nullopt;
      const Rational x = exact_value(gradient(j));
      squares += x * x;
      sum(j) += x;
    }
  }
  if (sum.isZero()) return std::nullopt;
  return Rational(problem.size() * squares / sum.squaredNorm());
}

std::vector<Vector<Rational>> simple_points(const Problem& problem) {
  const Eigen::Index d = problem.dimension();
  Vector<Rational> base = Vector<Rational>::Zero(d);
  Vector<Rational> spread = Vector<Rational>::Ones(d);
  if (problem.domain.kind() == Domain::Kind::ball) {
    base = problem.domain.center();
    spread *= problem.domain.radius() / Rational(d);
  } else if (problem.domain.kind() == Domain::Kind::box) {
    base = (problem.domain.lower() + problem.domain.upper()) / Rational(2);
    spread = (problem.domain.upper() - problem.domain.lower()) / Rational(2);
  }
  std::vector<Vector<Rational>> points;
  for (const int halves : {0, 1, -1, 2, -2}) points.push_back(base + spread * Rational(halves, 2));
  return points;
}

bool all_functions_are_one(const FiniteSum& sum) {
  if (sum.size() == 1) return true;
  const auto first = sum.select({0})->to_json();
  for (int i = 1; i < sum.size(); ++i) {
    if (sum.select({i})->to_json() != first) return false;
  }
  return true;
}

bool is_moving_at(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  return problem.domain.contains(point) == Truth::yes &&
         (squared_norm(problem.sum->gradient(0, point)) > 0).truth() == Truth::yes;
}

bool nothing_moves(const FiniteSum& sum) {
  for (int i = 0; i < sum.size(); ++i) {
    const std::vector<bool>& support = sum.facts(i).support;
    if (std::find(support.begin(), support.end(), true) != support.end()) return false;
  }
  return true;
}

bool vanishes_inside(const Problem& problem, const DiversityForms& forms,
                     const Vector<Rational>& w) {
  Vector<Rational> z(w.size() + 1);
  z << w, Rational(1);
  const Vector<Rational> Nz = forms.N.lazyProduct(z);
  if (!Nz.isZero()) return false;
  const Domain& W = problem.domain;
  if (W.kind() == Domain::Kind::all) return true;
  if (W.kind() == Domain::Kind::ball) {
    return Vector<Rational>(w - W.center()).squaredNorm() < W.radius() * W.radius();
  }
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (w(j) <= W.lower()(j) || w(j) >= W.upper()(j)) return false;
  }
  return true;
}

UnitCoordinates unit_coordinates(const Domain& domain) {
  const bool ball = domain.kind() == Domain::Kind::ball;
  const Vector<Rational> center =
      ball ? domain.center() : Vector<Rational>((domain.lower() + domain.upper()) / Rational(2));
  const Eigen::Index d = center.size();
  const Vector<Rational> half =
      ball ? Vector<Rational>(Vector<Rational>::Constant(d, domain.radius()))
           : Vector<Rational>((domain.upper() - domain.lower()) / Rational(2));
  std::vector<Eigen::Index> wide;
  for (Eigen::Index j = 0; j < d; ++j) {
    if (half(j) != 0) wide.push_back(j);
  }
  const auto k = static_cast<Eigen::Index>(wide.size());
  UnitCoordinates result;
  result.T = Matrix<Rational>::Zero(d + 1, k + 1);
  result.T.col(k).head(d) = center;
  result.T(d, k) = 1;
  for (Eigen::Index j = 0; j < k; ++j) {
    const Eigen::Index coordinate = wide[static_cast<std::size_t>(j)];
    result.T(coordinate, j) = half(coordinate);
  }
  result.is_point = k == 0;
  result.lossless = ball || k == 1;
  if (result.lossless) {
    Vector<Rational> G = Vector<Rational>::Constant(k + 1, Rational(-1));  // 1 − ‖u‖² ≥ 0
    G(k) = 1;
    result.constraints.push_back(G);
  } else {
    for (Eigen::Index j = 0; j < k; ++j) {  // 1 − u_j² ≥ 0
      Vector<Rational> G = Vector<Rational>::Zero(k + 1);
      G(j) = -1;
      G(k) = 1;
      result.constraints.push_back(G);
    }
  }
  return result;
}

bool UnitCoordinates::contain(const Vector<Rational>& y) const {
  return std::all_of(constraints.begin(), constraints.end(), [&](const Vector<Rational>& G) {
    Rational sum = 0;
    for (Eigen::Index j = 0; j < y.size(); ++j) sum += G(j) * y(j) * y(j);
    return sum >= 0;
  });
}

}  // namespace graddiv::batch_size
