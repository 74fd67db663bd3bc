#include "facts/minimizer.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "facts/curvature.h"
#include "facts/exact_optimum.h"
#include "facts/guess.h"
#include "facts/large.h"
#include "facts/shown_minimum.h"
#include "linear/solve.h"
#include "number/exact.h"

// The minimum of F where the functions are not all quadratic: a point is guessed in floating point,
// rounded to exact numbers, and then either proved optimal or enclosed by a certified distance to
// w*.
namespace graddiv {

using proof::DualityGap, proof::KktPoint, proof::Unknown;

Minimum unknown_minimum(const Proof& why) {
  return {{std::nullopt, false, why}, {std::nullopt, false, why}};
}

Minimum exact_minimum(const Vector<Rational>& w, const Enclosure& value, const Proof& proof) {
  return {{enclose(w), true, proof}, {value, true, proof}};
}

Rational simplest_near(double guess, double tolerance) {
  const Rational x = rational_from(guess);
  const Rational margin = rational_from(tolerance * (1 + std::abs(guess)));
  return simplest_between(x - margin, x + margin);
}

namespace {

constexpr Eigen::Index most_refined = 256;  // coordinates

// x with residual(x) = 0, by Newton steps with a Jacobian in doubles and the residual to full
// precision: a few digits more with each step.
Vector<Rational> newton(Vector<Rational> x, const Matrix<double>& jacobian,
                        const std::function<Vector<Enclosure>(const Vector<Rational>&)>& residual) {
  double smallest = INFINITY;
  Vector<Rational> best = x;
  for (int k = 0; k < 30; ++k) {
    const Vector<Enclosure> r = residual(x);
    Vector<double> approximate(r.size());
    for (Eigen::Index j = 0; j < r.size(); ++j) approximate(j) = r(j).approximate();
    if (!(approximate.norm() < smallest / 2)) break;
    smallest = approximate.norm();
    best = x;
    const Vector<double> change = least_squares_solve<double>(jacobian, approximate);
    if (!change.allFinite()) break;
    for (Eigen::Index j = 0; j < x.size(); ++j)
      x(j) = round_to_bits(x(j) - rational_from(change(j)), 180);
  }
  return best;
}

// A point nearer to w* than the guess: ∇F = 0 over the free coordinates, or on the sphere
//   ∇F(w) + ν(w − c) = 0,  ½(‖w − c‖² − R²) = 0.
Vector<Rational> refine(const Problem& problem, const Vector<double>& guess,
                        const std::vector<Eigen::Index>& free, double smoothness) {
  const Vector<Rational> start = on_bounds(problem, exact_rational(guess), free);
  const Eigen::Index d = guess.size();
  if (free.empty() || d > most_refined || problem.domain.kind() == Domain::Kind::product)
    return start;
  const Matrix<double> hessian = guess_hessian(problem, guess, free, smoothness);
  if (problem.domain.kind() == Domain::Kind::ball) {
    const Vector<double> offset = guess - to_double(problem.domain.center());
    const auto radius = static_cast<double>(problem.domain.radius());
    if (offset.norm() >= radius * (1 - 1e-9)) {
      const double nu = -full_gradient(problem, guess).dot(offset) / offset.squaredNorm();
      Matrix<double> jacobian = Matrix<double>::Zero(d + 1, d + 1);
      jacobian.topLeftCorner(d, d) = hessian + nu * Matrix<double>::Identity(d, d);
      jacobian.topRightCorner(d, 1) = offset;
      jacobian.bottomLeftCorner(1, d) = offset.transpose();
      Vector<Rational> x(d + 1);
      x.head(d) = start;
      x(d) = rational_from(nu);
      return newton(x, jacobian,
                    [&](const Vector<Rational>& y) {
                      const Vector<Rational> w = y.head(d);
                      const Vector<Rational> from_center = w - problem.domain.center();
                      Vector<Enclosure> r(d + 1);
                      r.head(d) = full_gradient(problem, enclose(w)) +
                                  enclose(Vector<Rational>(y(d) * from_center));
                      r(d) = enclose(Rational((from_center.squaredNorm() -
                                               problem.domain.radius() * problem.domain.radius()) /
                                              2));
                      return r;
                    })
          .head(d);
    }
  }
  Vector<Rational> w = start;
  w(free) = newton(start(free), hessian, [&](const Vector<Rational>& x) {
    Vector<Rational> point = start;
    point(free) = x;
    return Vector<Enclosure>(full_gradient(problem, enclose(point))(free));
  });
  return on_bounds(problem, w, free);
}

// A point of W at which ⟨g, ·⟩ is least, rounded.
Vector<Rational> least_of_linear(const Domain& W, const Vector<Rational>& g) {
  switch (W.kind()) {
    case Domain::Kind::product:
      return by_factors(W, g, [](const Domain& factor, const Vector<Rational>& part) {
        return least_of_linear(factor, part);
      });
    case Domain::Kind::ball: {
      if (g.isZero()) return W.center();
      const Enclosure factor = enclose(W.radius()) / sqrt(enclose(Rational(g.squaredNorm())));
      return W.center() - g * lower_end(factor);
    }
    case Domain::Kind::box: {
      Vector<Rational> w = W.lower();
      for (Eigen::Index j = 0; j < g.size(); ++j) {
        if (g(j) < 0) w(j) = W.upper()(j);
      }
      return w;
    }
    case Domain::Kind::all:
      break;
  }
  throw std::logic_error("a linear function has no minimum on R^d");
}

// F may fall for ever along a ray and have no minimiser, as with logistic losses of data that a
// plane separates: F* is the limit then, and farther out F is nearer to it.
Vector<Rational> farther_out(const Problem& problem, Vector<Rational> w) {
  constexpr int most_times = 4;  // by 16 each
  if (problem.domain.is_bounded()) return w;
  for (int times = 0; times < most_times; ++times) {
    const Vector<Rational> farther = w * Rational(16);
    if ((objective(problem, enclose(farther)) < objective(problem, enclose(w))) != Truth::yes)
      break;
    w = farther;
  }
  return w;
}

// Of a point found in floating point, the point of W next to 0, and the one to which F falls from
// there at first, the one with the least value: far out floating point may lead astray.
Vector<Rational> best_of(const Problem& problem, const Vector<Rational>& found) {
  const Domain& W = problem.domain;
  if (!W.is_bounded()) return found;
  const auto value = [&](const Vector<Rational>& w) {
    return objective(problem, W.project(enclose(w)));
  };
  const auto shortened = [](const Vector<Enclosure>& v) {
    return v.unaryExpr([](const Enclosure& x) {
      return x.is_bounded() ? round_to_bits(lower_end(x), 256) : Rational(0);
    });
  };
  const Vector<Enclosure> near =
      W.project(enclose(Vector<Rational>(Vector<Rational>::Zero(found.size()))));
  const Vector<Rational> next_to_zero = shortened(near);
  const Vector<Rational> ahead = least_of_linear(W, shortened(full_gradient(problem, near)));
  Vector<Rational> best = found;
  Enclosure least = value(found);
  for (const Vector<Rational>& w : {next_to_zero, ahead}) {
    const Enclosure other = value(w);
    if (!other.is_bounded() || (least.is_bounded() && upper_end(other) >= lower_end(least)))
      continue;
    best = w;
    least = other;
  }
  return best;
}

// F* between the best certified lower bound and the value at Π_W(w). λ > 0, where it is given, is
// as in MinimizerEnclosure.
Fact<Enclosure> enclose_optimum(const Problem& problem, const Vector<Rational>& w, bool convex,
                                const std::optional<Rational>& lambda,
                                const std::shared_ptr<const proof::Nearness>& near = nullptr) {
  const Vector<Enclosure> point = problem.domain.project(enclose(w));
  const Enclosure value = objective(problem, point);
  if (!value.is_bounded()) return {std::nullopt, false, Unknown{Unknown::Reason::no_bounded_value}};
  std::optional<Rational> lower;
  DualityGap gap{DualityGap::Rule::lower_bounds, proof::point(w)};
  for (const DualityGap::Rule rule : {DualityGap::Rule::lower_bounds, DualityGap::Rule::frank_wolfe,
                                      DualityGap::Rule::strong_convexity}) {
    if (rule == DualityGap::Rule::frank_wolfe && !convex) continue;
    const auto bound = lower_bound_of_optimum(problem, point, rule, lambda);
    if (!bound || (lower && *bound <= *lower)) continue;
    lower = bound;
    gap.rule = rule;
  }
  if (!lower)
    return {std::nullopt, false,
            Unknown{convex ? Unknown::Reason::no_convex_lower_bound
                           : Unknown::Reason::no_other_lower_bound}};
  if (gap.rule == DualityGap::Rule::strong_convexity) {
    gap.lambda = *lambda;
    gap.near = near;
  }
  const Rational upper = upper_end(value);
  return {enclose(std::min(*lower, upper), upper), false, gap};
}

Minimum at(const Problem& problem, const Vector<Rational>& w, const Proof& proof) {
  return exact_minimum(w, objective(problem, enclose(w)), proof);
}

// ∇F(w) on a box, its multiplier on a sphere.
Minimum at_kkt_point(const Problem& problem, const Vector<Rational>& w, KktPoint::Found found) {
  KktPoint proof{found, proof::point(w), {}};
  const Vector<Enclosure> g = full_gradient(problem, enclose(w));
  if (problem.domain.kind() == Domain::Kind::box) proof.multipliers = g;
  if (problem.domain.kind() == Domain::Kind::ball && problem.domain.radius() > 0) {
    const Rational R2 = problem.domain.radius() * problem.domain.radius();
    const Vector<Rational> offset = w - problem.domain.center();
    proof.multipliers = Vector<Enclosure>::Constant(1, -g.dot(enclose(offset)) / enclose(R2));
  }
  return at(problem, w, proof);
}

/// Where no guess of w* is needed.
std::optional<Minimum> minimum_by_structure(const Problem& problem) {
  if (problem.domain.kind() != Domain::Kind::product) {
    if (const auto q = quadratic_objective(problem)) return minimize_quadratic(*q, problem.domain);
  }
  if (const auto proof = balanced_max_affine_minimizer(problem))
    return at(problem, *proof->w, *proof);
  if (const auto proof = max_affine_minimizer(problem)) return at(problem, *proof->w, *proof);
  if (auto minimum = max_affine_minimum_on_ball(problem)) return *minimum;
  if (const auto w = interpolating_point(problem))
    return at(problem, *w, proof::Interpolation{proof::point(*w)});
  return std::nullopt;
}

/// The minimum of convex F where w* can be told exactly from a guess, or F' on a line.
std::optional<Minimum> exact_minimum_near(const Problem& problem, const Vector<double>& guess,
                                          const std::vector<Eigen::Index>& free) {
  if (const auto w = newton_optimum(problem, guess, free))
    return at_kkt_point(problem, *w, KktPoint::Found::newton);
  if (const auto w = simple_optimum(problem, guess, free))
    return at_kkt_point(problem, *w, KktPoint::Found::rounding);
  if (problem.dimension() == 1 && problem.domain.kind() != Domain::Kind::product) {
    if (const auto w = bracket(problem, guess(0))) {
      const Vector<Enclosure> point = Vector<Enclosure>::Constant(1, enclose(w->lower, w->upper));
      return Minimum{{point, true, *w}, {optimum_between(problem, w->lower, w->upper), true, *w}};
    }
  }
  return std::nullopt;
}

}  // namespace

Minimum minimize(const Problem& problem, const Fact<Rational>& smoothness,
                 const Fact<Rational>& strong_convexity) {
  const bool is_large = large::is_large(problem);  // then F and ∇F are never exact
  if (!is_large) {
    if (auto minimum = minimum_by_structure(problem)) return *minimum;
  }
  const bool convex = curvature::is_certainly_convex(problem) ||
                      (!is_large && strong_convexity.value && *strong_convexity.value >= 0);
  const double beta = smoothness.value ? static_cast<double>(*smoothness.value) : 1.0;
  const Vector<double> guess =
      convex || is_large ? guess_minimizer(problem, beta) : guess_lowest(problem, beta);
  if (!guess.allFinite()) return unknown_minimum(Unknown{Unknown::Reason::no_guess});
  if (!convex) {
    return {{std::nullopt, false, Unknown{Unknown::Reason::not_certified_convex}},
            enclose_optimum(problem, best_of(problem, exact_rational(guess)), false, std::nullopt)};
  }

  const std::vector<Eigen::Index> free = guess_free_coordinates(problem, guess);
  if (!is_large) {
    if (auto minimum = exact_minimum_near(problem, guess, free)) return *minimum;
  }
  const Vector<Rational> w = best_of(problem, refine(problem, guess, free, beta));
  const std::optional<MinimizerEnclosure> around =
      enclose_minimizer(problem, w, smoothness.value, strong_convexity.value);
  if (!around) {
    return {{std::nullopt, false, Unknown{Unknown::Reason::no_minimizer}},
            enclose_optimum(problem, farther_out(problem, w), true, strong_convexity.value)};
  }
  const proof::Nearness& near = around->nearness;
  const bool on_sphere = near.rule == proof::Nearness::Rule::sphere_multiplier;
  const bool about_point = near.rule == proof::Nearness::Rule::strong_convexity_about_point;
  return {{around->minimizer, false, near},
          enclose_optimum(problem, *near.w, true,
                          on_sphere ? std::nullopt : std::optional<Rational>(near.lambda),
                          about_point ? std::make_shared<const proof::Nearness>(near) : nullptr)};
}

}  // namespace graddiv
