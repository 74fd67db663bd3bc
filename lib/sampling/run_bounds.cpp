#include "sampling/run_bounds.h"

#include <algorithm>

#include "number/exact.h"
#include "number/precision.h"
#include "sampling/kernel_rounding.h"

namespace graddiv {
namespace {

/// All eigenvalues of a matrix lie between these.
struct Curvature {
  Rational lower = 0, upper = 0;
};

Curvature eigenvalues_of(const SymmetricMatrix& A) {
  if (const auto evident = A.evident_eigenvalues()) return {evident->smallest, evident->largest};
  const Matrix<Rational> dense = A.dense();  // Gershgorin
  Curvature all{dense(0, 0), dense(0, 0)};
  for (Eigen::Index i = 0; i < dense.rows(); ++i) {
    Rational beside = 0;
    for (Eigen::Index j = 0; j < dense.cols(); ++j) {
      if (j != i) beside += abs(dense(i, j));
    }
    all.lower = std::min(all.lower, Rational(dense(i, i) - beside));
    all.upper = std::max(all.upper, Rational(dense(i, i) + beside));
  }
  return all;
}

/// Of all functions; absent where a gradient jumps.
std::optional<Curvature> curvature_of(const FiniteSum& sum) {
  std::optional<Curvature> all;
  for (const FunctionFacts& f : sum.facts().functions) {
    if (!f.curvature.lower || !f.curvature.upper) return std::nullopt;
    const Curvature low = eigenvalues_of(*f.curvature.lower);
    const Curvature high = eigenvalues_of(*f.curvature.upper);
    if (!all) all = {low.lower, high.upper};
    all->lower = std::min(all->lower, low.lower);
    all->upper = std::max(all->upper, high.upper);
  }
  return all;
}

/// An exact point of W near to a guess.
Vector<Rational> point_of(const Domain& W, const Vector<double>& guess) {
  const Vector<Rational> near = exact_rational(W.project(guess));
  if (!W.is_bounded() || W.contains(enclose(near)) == Truth::yes) return near;
  if (W.kind() == Domain::Kind::product) {
    return by_factors(W, near, [](const Domain& factor, const Vector<Rational>& part) {
      return point_of(factor, to_double(part));
    });
  }
  if (W.kind() == Domain::Kind::box) {
    Vector<Rational> inside = near;
    for (Eigen::Index j = 0; j < near.size(); ++j)
      inside(j) = std::max(W.lower()(j), std::min(near(j), W.upper()(j)));
    return inside;
  }
  Rational share = 1 - Rational(1, 1L << 40U);
  for (;; share = std::max(Rational(0), Rational(2 * share - 1))) {
    const Vector<Rational> inside = W.center() + (near - W.center()) * share;
    if (W.contains(enclose(inside)) == Truth::yes) return inside;
  }
}

/// How far a point of W can be from x; absent where W is not bounded.
std::optional<Enclosure> farthest(const Domain& W, const Vector<Rational>& x) {
  const auto sides = W.coordinate_ranges();
  if (!sides) return std::nullopt;
  if (W.kind() == Domain::Kind::ball)
    return sqrt(enclose(Vector<Rational>(x - W.center())).squaredNorm()) + enclose(W.radius());
  Enclosure sum = 0;
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    const Enclosure off = (*sides)(j)-enclose(x(j));
    sum += square(max(abs(off.lower()), abs(off.upper())));
  }
  return sqrt(sum);
}

Enclosure largest_gradient(const FiniteSum& sum, const Vector<Rational>& x) {
  const Vector<Enclosure> at = enclose(x);
  Enclosure largest = 0;
  for (int i = 0; i < sum.size(); ++i) largest = max(largest, sum.gradient(i, at).squaredNorm());
  return above(sqrt(largest));
}

/// sup ‖∇f_i(w)‖ over i and w, where the family knows it.
std::optional<Enclosure> largest_gradient_anywhere(const FiniteSum& sum) {
  Rational largest = 0;
  for (const FunctionFacts& f : sum.facts().functions) {
    if (!f.squared_gradient_bound) return std::nullopt;
    largest = std::max(largest, *f.squared_gradient_bound);
  }
  return above(sqrt(enclose(largest)));
}

Enclosure norm(const Vector<Rational>& x) { return above(sqrt(enclose(x).squaredNorm())); }

/// How many times a gradient can be longer after the mechanism.
std::optional<Enclosure> stretch_of(const Mechanism& mechanism) {
  if (mechanism.is_none()) return Enclosure(1);
  if (mechanism.name() == "dropout") return 1 / enclose(mechanism.parameter());
  return std::nullopt;
}

/// The farthest of W from the origin, which its projection computes with.
Enclosure extent(const Domain& W) {
  const auto far = farthest(W, Vector<Rational>::Zero(W.is_bounded() ? W.dimension() : 1));
  return far ? above(*far) : Enclosure(0);
}

}  // namespace

std::variant<RunBounds, NoRunBounds> run_bounds(const Problem& problem, const Run& run,
                                                const std::optional<Vector<Enclosure>>& guess) {
  const PrecisionScope scope(64);
  const FiniteSum& sum = *problem.sum;
  const Domain& W = problem.domain;
  const auto stretch = stretch_of(run.mechanism);
  if (!stretch) return NoRunBounds{"noise by " + Text::words(run.mechanism.name())};
  const auto curvature = curvature_of(sum);
  const auto rounding = KernelRounding::of(sum);
  if (!curvature || !rounding) return NoRunBounds{"gradients that jump"};
  if (W.contains(enclose(run.start)) != Truth::yes) return NoRunBounds{"a start outside of $W$"};

  const Vector<double> near =
      guess ? Vector<double>(guess->unaryExpr([](const Enclosure& x) { return x.approximate(); }))
            : to_double(run.start);
  RunBounds r;
  r.reference = point_of(W, near);
  r.gradient_at_reference = largest_gradient(sum, r.reference);
  r.smoothness =
      enclose(std::max(Rational(abs(curvature->lower)), Rational(abs(curvature->upper))));
  const auto anywhere = largest_gradient_anywhere(sum);
  const auto far = farthest(W, r.reference);
  const Enclosure origin = norm(r.reference);
  const Enclosure reach = extent(W);
  const int d = problem.dimension();
  const Enclosure u = KernelRounding::u();
  const auto gradient_within = [&](const Enclosure& distance) {
    const Enclosure bound = r.gradient_at_reference + r.smoothness * distance;
    return above(anywhere ? min(bound, *anywhere) : bound);
  };

  Enclosure eta = above(2 * u * norm(run.start));
  Enclosure distance = above(norm(run.start - r.reference) + eta);
  for (int k = 0;; ++k) {
    if (far) distance = min(distance, above(*far + eta));
    r.distance.push_back(distance);
    r.gradient.push_back(gradient_within(distance));
    r.rounding.push_back(eta);
    if (k == run.iterations) return r;
    const Enclosure B = run.batch(k);
    const Enclosure draws = abs(enclose(run.step(k))) * B * *stretch;
    const Enclosure signed_draws = enclose(run.step(k)) * B;
    // Weights that differ from coordinate to coordinate leave no symmetric matrix.
    const Enclosure lipschitz = run.mechanism.is_none()
                                    ? max(abs(1 - signed_draws * enclose(curvature->lower)),
                                          abs(1 - signed_draws * enclose(curvature->upper)))
                                    : 1 + draws * r.smoothness;
    // B gradients, their sum, the step size, the product, the difference; then the projection,
    // which computes a norm and a multiple of what it is given.
    const Enclosure M = origin + distance;
    const Enclosure moved = draws * r.gradient.back();
    const Enclosure rho = draws * rounding->gradient_error(M) + (B + 8) * u * moved +
                          2 * u * (M + moved) +
                          (W.is_bounded() ? (d + 12) * u * (M + moved + 2 * reach) : Enclosure(0));
    eta = above(lipschitz * eta + rho);
    const Enclosure next = lipschitz * distance + draws * r.gradient_at_reference;
    distance = above((anywhere ? min(next, distance + draws * *anywhere) : next) + rho);
  }
}

}  // namespace graddiv
