#include "sampling/run_bounds.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "number/exact.h"
#include "number/precision.h"
#include "problem/kernel.h"
#include "problem/kernel_rounding.h"
#include "sampling/moment_bounds.h"

namespace graddiv {
namespace {

/// All eigenvalues of a matrix lie between these.
struct Curvature {
  Rational lower = 0, upper = 0;
};

Curvature eigenvalues_of(const SymmetricMatrix& A) {
  if (const auto* f = std::get_if<SymmetricMatrix::RankOne>(&A.form()); f && f->x->size() > 1) {
    // 0 and c ‖x‖², of which little more will do: exact squares take time.
    UpperBound squares;
    for (const Rational& entry : *f->x) squares = squares + square(above(entry));
    if (const UpperBound along = above(f->c) * squares; along.is_finite()) {
      const Rational farthest = rational_from(along.value());
      return f->c < 0 ? Curvature{-farthest, 0} : Curvature{0, farthest};
    }
  }
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
    const Curvature low = eigenvalues_of(f.quadratic ? f.quadratic->A : *f.curvature.lower);
    const Curvature high = f.quadratic ? low : eigenvalues_of(*f.curvature.upper);
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

/// How far a point of W can be from x; infinite where W is not bounded.
UpperBound farthest(const Domain& W, const Vector<Rational>& x) {
  const auto sides = W.coordinate_ranges();
  if (!sides) return std::numeric_limits<double>::infinity();
  if (W.kind() == Domain::Kind::ball)
    return above(sqrt(enclose(Vector<Rational>(x - W.center())).squaredNorm()) +
                 enclose(W.radius()));
  Enclosure sum = 0;
  for (Eigen::Index j = 0; j < x.size(); ++j) {
    const Enclosure off = (*sides)(j)-enclose(x(j));
    sum += square(max(abs(off.lower()), abs(off.upper())));
  }
  return above(sqrt(sum));
}

UpperBound norm(const Vector<Rational>& x) { return above(sqrt(enclose(x).squaredNorm())); }

/// ‖∇f_i(x)‖ and ‖∇F(x)‖, by doubles: x^ near x, and what rounding does.
struct GradientsAt {
  std::vector<UpperBound> lengths;
  UpperBound mean;
};
UpperBound norm_of_doubles(const Vector<double>& x) {
  UpperBound squares;
  for (const double entry : x) squares = squares + square(UpperBound(std::abs(entry)));
  return sqrt(squares);
}
GradientsAt gradients_at(const FiniteSum& sum, const KernelRounding& rounding,
                         UpperBound smoothness, const Vector<Rational>& x) {
  const Vector<double> rounded = to_double(x);
  const auto size = static_cast<std::size_t>(rounded.size());
  const UpperBound away = norm(Vector<Rational>(x - exact_rational(rounded)));
  const UpperBound off = rounding.gradient_error(norm(x) + away) + smoothness * away;
  const auto kernel = make_kernel<double>(sum);
  GradientsAt at;
  Vector<double> total = Vector<double>::Zero(rounded.size());
  UpperBound lengths;
  for (int i = 0; i < sum.size(); ++i) {
    double value = 0;
    double norm2 = 0;
    Vector<double> gradient = Vector<double>::Zero(rounded.size());
    kernel->value_and_gradient(i, {rounded.data(), size},
                               {{&value, 1}, {&norm2, 1}, {gradient.data(), size}});
    total += gradient;
    at.lengths.push_back(norm_of_doubles(gradient) + off);
    lengths = lengths + at.lengths.back();
  }
  const auto n = static_cast<double>(sum.size());
  at.mean = (norm_of_doubles(total) + 2 * n * KernelRounding::u * lengths) *
                above(Rational(1, sum.size())) +
            off;
  return at;
}

/// sup ‖∇f_i(w)‖ over i and w; infinite where the family does not know it.
UpperBound largest_gradient_anywhere(const FiniteSum& sum) {
  Rational largest = 0;
  for (const FunctionFacts& f : sum.facts().functions) {
    if (!f.squared_gradient_bound) return std::numeric_limits<double>::infinity();
    largest = std::max(largest, *f.squared_gradient_bound);
  }
  return above(sqrt(enclose(largest)));
}

/// How many times a gradient can be longer after the mechanism.
std::optional<Enclosure> stretch_of(const Mechanism& mechanism) {
  if (mechanism.is_none()) return Enclosure(1);
  if (mechanism.name() == "dropout") return 1 / enclose(mechanism.parameter());
  return std::nullopt;
}

/// What the bounds of one step are made of, from γ_k and B_k.
struct Step {
  UpperBound draws;      // γ B, and what the mechanism makes of it
  UpperBound lipschitz;  // L
  UpperBound batch;      // B
};

Step step_of(const Run& run, int k, const Enclosure& stretch, const Curvature& curvature) {
  const Enclosure drawn = run.gamma(k) * run.batch(k) * stretch;
  const Enclosure draws = abs(drawn);
  const Enclosure low = enclose(curvature.lower);
  const Enclosure high = enclose(curvature.upper);
  // Weights of coordinates in [0, 1/p]: where they differ, they leave no symmetric matrix.
  const Enclosure contraction = max(abs(1 - drawn * low), abs(1 - drawn * high));
  const Enclosure lipschitz = run.mechanism.is_none() ? contraction
                              : run.start.size() == 1 ? max(contraction, 1)
                                                      : 1 + draws * max(abs(low), abs(high));
  return {above(draws), above(lipschitz), static_cast<double>(run.batch(k))};
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

  const Vector<double> near =
      guess ? Vector<double>(guess->unaryExpr([](const Enclosure& x) { return x.approximate(); }))
            : to_double(run.start);
  RunBounds r;
  r.reference = point_of(W, near);
  r.smoothness = max(above(enclose(curvature->lower)), above(enclose(curvature->upper)));
  r.is_convex = curvature->lower >= 0;
  const GradientsAt at = gradients_at(sum, *rounding, r.smoothness, r.reference);
  for (const UpperBound length : at.lengths)
    r.gradient_at_reference = max(r.gradient_at_reference, length);
  r.mean_gradient_at_reference = at.mean;
  const UpperBound anywhere = largest_gradient_anywhere(sum);
  const UpperBound far = farthest(W, r.reference);
  const UpperBound origin = norm(r.reference);
  // The farthest of W from the origin, which its projection computes with.
  const UpperBound reach = W.is_bounded() ? farthest(W, Vector<Rational>::Zero(W.dimension())) : 0;
  const int d = problem.dimension();
  constexpr double u = KernelRounding::u;

  r.fourth_moment =
      fourth_moments(problem, run, {at.lengths, at.mean, norm(run.start - r.reference)});
  UpperBound eta = 2 * u * norm(run.start);
  UpperBound distance = norm(run.start - r.reference) + eta;
  bool is_within = W.contains(enclose(run.start)) == Truth::yes;  // whatever follows a step is
  Step step;
  for (int k = 0;; ++k) {
    if (is_within) distance = min(distance, far + eta);
    is_within = true;
    r.distance.push_back(distance);
    r.gradient.push_back(min(r.gradient_at_reference + r.smoothness * distance, anywhere));
    r.rounding.push_back(eta);
    UpperBound& moment = r.fourth_moment[static_cast<std::size_t>(k)];
    moment = min(moment, square(square(distance)));
    if (k == run.iterations) return r;
    if (k == 0 || !run.goes_on(k)) step = step_of(run, k, *stretch, *curvature);
    // B gradients, their sum, the step size, the product, the difference; then the projection,
    // which computes a norm and a multiple of what it is given.
    const UpperBound M = origin + distance;
    const UpperBound moved = step.draws * r.gradient.back();
    UpperBound rho = step.draws * rounding->gradient_error(M) + (step.batch + 8) * u * moved +
                     2 * u * (M + moved);
    if (W.is_bounded()) rho = rho + (d + 12) * u * (M + moved + 2 * reach);
    eta = step.lipschitz * eta + rho;
    distance = min(step.lipschitz * distance + step.draws * r.gradient_at_reference,
                   distance + step.draws * anywhere) +
               rho;
  }
}

}  // namespace graddiv
