#include "facts/minimizer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "facts/curvature.h"
#include "facts/guess.h"
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

bool is_exactly_zero(const Vector<Enclosure>& v) {
  for (Eigen::Index j = 0; j < v.size(); ++j) {
    if (!v(j).is_exact() || exact_value(v(j)) != 0) return false;
  }
  return true;
}

bool is_bounded(const Vector<Enclosure>& v) {
  for (Eigen::Index j = 0; j < v.size(); ++j) {
    if (!v(j).is_bounded()) return false;
  }
  return true;
}

// For convex F: w minimises F over W iff ⟨∇F(w), v − w⟩ ≥ 0 for all v ∈ W. On a box this is a sign
// condition for each coordinate; on a sphere ∇F(w) = −ν(w − c) with ν ≥ 0, which is the case of
// equality in Cauchy–Schwarz; on a product it is that of every factor.
bool is_stationary(const Domain& W, const Vector<Rational>& w, const Vector<Enclosure>& g) {
  if (is_exactly_zero(g)) return true;
  switch (W.kind()) {
    case Domain::Kind::all:
      return false;
    case Domain::Kind::box:
      for (Eigen::Index j = 0; j < w.size(); ++j) {
        const bool may_rise = w(j) < W.upper()(j);
        const bool may_fall = w(j) > W.lower()(j);
        if (may_rise && (g(j) >= 0).truth() != Truth::yes) return false;
        if (may_fall && (g(j) <= 0).truth() != Truth::yes) return false;
      }
      return true;
    case Domain::Kind::ball: {
      const Vector<Rational> offset = w - W.center();
      if (W.radius() == 0) return true;
      if (offset.squaredNorm() != W.radius() * W.radius()) return false;
      const Enclosure inner = g.dot(enclose(offset));
      return (inner <= 0).truth() == Truth::yes &&
             (square(inner) == g.squaredNorm() * enclose(Rational(offset.squaredNorm()))).truth() ==
                 Truth::yes;
    }
    case Domain::Kind::product: {
      Eigen::Index begin = 0;
      for (const Domain& factor : W.factors()) {
        const Eigen::Index size = factor.dimension();
        if (!is_stationary(factor, w.segment(begin, size), g.segment(begin, size))) return false;
        begin += size;
      }
      return true;
    }
  }
  throw std::logic_error("a domain of no kind");
}

bool is_certainly_optimal(const Problem& problem, const Vector<Rational>& w) {
  const Vector<Enclosure> point = enclose(w);
  return problem.domain.contains(point) == Truth::yes &&
         is_stationary(problem.domain, w, full_gradient(problem, point));
}

// A candidate w from the guess: coordinates that the box holds are put on their bound.
Vector<Rational> on_bounds(const Problem& problem, Vector<Rational> w,
                           const std::vector<Eigen::Index>& free) {
  if (problem.domain.kind() != Domain::Kind::box) return w;
  const Vector<Rational>& lower = problem.domain.lower();
  const Vector<Rational>& upper = problem.domain.upper();
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    if (std::find(free.begin(), free.end(), j) != free.end()) {
      w(j) = std::max(lower(j), std::min(w(j), upper(j)));
    } else {
      w(j) = w(j) - lower(j) < upper(j) - w(j) ? lower(j) : upper(j);
    }
  }
  return w;
}

std::optional<Vector<Rational>> simple_optimum(const Problem& problem, const Vector<double>& guess,
                                               const std::vector<Eigen::Index>& free) {
  for (const double tolerance : {1e-3, 1e-5, 1e-7, 1e-9, 1e-12}) {
    Vector<Rational> w(guess.size());
    for (Eigen::Index j = 0; j < w.size(); ++j) w(j) = simplest_near(guess(j), tolerance);
    w = on_bounds(problem, w, free);
    if (is_certainly_optimal(problem, w)) return w;
  }
  return std::nullopt;
}

// One exact Newton step over the free coordinates. Where F is quadratic near its minimiser (as sums
// of Huber losses are), difference quotients of ∇F are its Hessian exactly, and the step ends at a
// minimiser exactly.
std::optional<Vector<Rational>> newton_optimum(const Problem& problem, const Vector<double>& guess,
                                               const std::vector<Eigen::Index>& free) {
  if (!problem.sum->facts().is_rational || free.empty() || guess.size() > 64) return std::nullopt;
  for (const int exponent : {-30, -20, -12}) {
    const Rational h = rational_from(std::ldexp(1.0, exponent));
    Vector<Rational> p(guess.size());
    for (Eigen::Index j = 0; j < p.size(); ++j) {
      p(j) = round_to_bits(rational_from(guess(j)), 8 - exponent);
      if (abs(p(j)) < h / 256) p(j) = 0;
    }
    p = on_bounds(problem, p, free);
    const auto slope = [&](const Vector<Rational>& w) {
      const Vector<Enclosure> g = full_gradient(problem, enclose(w));
      Vector<Rational> result(static_cast<Eigen::Index>(free.size()));
      for (std::size_t k = 0; k < free.size(); ++k)
        result(static_cast<Eigen::Index>(k)) = exact_value(g(free[k]));
      return result;
    };
    const Vector<Rational> g = slope(p);
    Matrix<Rational> H(g.size(), g.size());
    for (Eigen::Index k = 0; k < g.size(); ++k) {
      Vector<Rational> ahead = p;
      ahead(free[static_cast<std::size_t>(k)]) += h;
      H.col(k) = (slope(ahead) - g) / h;
    }
    // H w = H p − g: the solution of least norm, or the one nearest to the guess.
    const Vector<Rational> p_free = p(free);
    const Vector<Rational> Hp = H.lazyProduct(p_free);
    Vector<Rational> w = p;
    if (const auto least = least_norm_solve<Rational>(H, Hp - g)) {
      w(free) = *least;
      if (is_certainly_optimal(problem, w)) return w;
    }
    if (const auto change = least_norm_solve<Rational>(H, -g)) {
      w(free) = p_free + *change;
      if (is_certainly_optimal(problem, w)) return w;
    }
  }
  return std::nullopt;
}

// In one dimension the sign of F' brackets w*: F'(a) ≤ 0 ≤ F'(b).
std::optional<proof::Bracket> bracket(const Problem& problem, double guess) {
  const auto between = [](const Rational& lower, const Rational& upper) {
    return proof::Bracket{proof::Bracket::Of::derivative, lower, upper};
  };
  const auto slope = [&](const Rational& t) {
    Vector<Rational> w(1);
    w(0) = t;
    return full_gradient(problem, enclose(w))(0);
  };
  const bool bounded = problem.domain.is_bounded();
  Rational lower;
  Rational upper;
  if (bounded) {
    // Exactly the ends: an enclosure of them would be rounded outward, and its ends lie outside W.
    std::tie(lower, upper) = ends_of_interval(problem.domain);
    // A slope that does not change its sign inside ends at an end point.
    if ((slope(lower) >= 0).truth() == Truth::yes) return between(lower, lower);
    if ((slope(upper) <= 0).truth() == Truth::yes) return between(upper, upper);
  } else {
    lower = rational_from(guess) - 1;
    upper = rational_from(guess) + 1;
  }
  for (int k = 0; k < 200 && !bounded && (slope(lower) <= 0).truth() != Truth::yes; ++k)
    lower -= (upper - lower);
  for (int k = 0; k < 200 && !bounded && (slope(upper) >= 0).truth() != Truth::yes; ++k)
    upper += (upper - lower);
  if ((slope(lower) <= 0).truth() != Truth::yes || (slope(upper) >= 0).truth() != Truth::yes)
    return std::nullopt;
  for (int k = 0; k < 400; ++k) {
    const Rational t = round_to_bits((lower + upper) / 2, 160);
    if (t <= lower || t >= upper) break;
    const Enclosure s = slope(t);
    if (s.is_exact() && exact_value(s) == 0) return between(t, t);
    if ((s <= 0).truth() == Truth::yes) {
      lower = t;
    } else if ((s >= 0).truth() == Truth::yes) {
      upper = t;
    } else {
      break;
    }
  }
  return between(lower, upper);
}

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

// max_{v ∈ W} ⟨g, w − v⟩ for a bounded W.
Enclosure linear_gap(const Domain& W, const Vector<Enclosure>& w, const Vector<Enclosure>& g) {
  Enclosure gap;
  if (W.kind() == Domain::Kind::product) {
    Eigen::Index begin = 0;
    for (const Domain& factor : W.factors()) {
      const Eigen::Index size = factor.dimension();
      gap += linear_gap(factor, w.segment(begin, size), g.segment(begin, size));
      begin += size;
    }
    return gap;
  }
  if (W.kind() == Domain::Kind::ball) {
    for (Eigen::Index j = 0; j < g.size(); ++j) gap += g(j) * (w(j) - enclose(W.center()(j)));
    return gap + enclose(W.radius()) * sqrt(g.squaredNorm());
  }
  for (Eigen::Index j = 0; j < g.size(); ++j) {
    gap += max(g(j) * (w(j) - enclose(W.lower()(j))), g(j) * (w(j) - enclose(W.upper()(j))));
  }
  return gap;
}

// F* ≥ F(w) − max_{v ∈ W} ⟨∇F(w), w − v⟩ for convex F: the Frank–Wolfe gap on a bounded W.
std::optional<Enclosure> frank_wolfe_gap(const Problem& problem, const Vector<Enclosure>& w) {
  if (!problem.domain.is_bounded()) return std::nullopt;
  const Vector<Enclosure> g = full_gradient(problem, w);
  if (!is_bounded(g)) return std::nullopt;
  return linear_gap(problem.domain, w, g);
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

// (1/n) Σ of the numbers that the f_i never fall below.
std::optional<Rational> mean_lower_bound(const Problem& problem) {
  Rational sum = 0;
  for (int i = 0; i < problem.size(); ++i) {
    const auto& bound = problem.sum->facts(i).lower_bound;
    if (!bound) return std::nullopt;
    sum += *bound;
  }
  return Rational(sum / problem.size());
}

}  // namespace

// F ≥ F(v) + F'(v)(w* − v) and F* ≤ F(v), at the lower end v.
Enclosure optimum_between(const Problem& problem, const Rational& lower, const Rational& upper) {
  const Vector<Enclosure> v = Vector<Enclosure>::Constant(1, enclose(lower));
  const Enclosure slope = full_gradient(problem, v)(0);
  const Enclosure most = slope * (enclose(lower, upper) - enclose(lower));
  return objective(problem, v) + Enclosure::hull(0, most);
}

std::pair<Rational, Rational> ends_of_interval(const Domain& W) {
  if (W.kind() == Domain::Kind::box) return {W.lower()(0), W.upper()(0)};
  return {W.center()(0) - W.radius(), W.center()(0) + W.radius()};
}

// For convex F and w ∈ W: F* ≥ F(w) − max over v ∈ W of ⟨∇F(w), w − v⟩, and where it is strongly
// convex
//   F* ≥ F(w) + ⟨∇F(w), w* − w⟩ + (λ/2)‖w* − w‖² ≥ F(w) − ‖∇F(w)‖²/(2λ).
std::optional<Rational> lower_bound_of_optimum(const Problem& problem,
                                               const Vector<Enclosure>& point,
                                               proof::DualityGap::Rule rule,
                                               const std::optional<Rational>& lambda) {
  if (rule == DualityGap::Rule::lower_bounds) return mean_lower_bound(problem);
  Enclosure bound = objective(problem, point);
  if (rule == DualityGap::Rule::frank_wolfe) {
    const auto width = frank_wolfe_gap(problem, point);
    if (!width) return std::nullopt;
    bound -= *width;
  } else {
    if (!lambda || *lambda <= 0) return std::nullopt;
    bound -= full_gradient(problem, point).squaredNorm() / (2 * enclose(*lambda));
  }
  return bound.is_bounded() ? std::optional<Rational>(lower_end(bound)) : std::nullopt;
}

namespace {

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

}  // namespace

Minimum minimize(const Problem& problem, const Fact<Rational>& smoothness,
                 const Fact<Rational>& strong_convexity) {
  if (problem.domain.kind() != Domain::Kind::product) {
    if (const auto q = quadratic_objective(problem)) return minimize_quadratic(*q, problem.domain);
  }
  if (const auto proof = balanced_max_affine_minimizer(problem))
    return at(problem, *proof->w, *proof);
  if (const auto proof = max_affine_minimizer(problem)) return at(problem, *proof->w, *proof);
  if (auto minimum = max_affine_minimum_on_ball(problem)) return *minimum;
  if (const auto w = interpolating_point(problem))
    return at(problem, *w, proof::Interpolation{proof::point(*w)});

  const bool convex = curvature::is_certainly_convex(problem);
  const double beta = smoothness.value ? static_cast<double>(*smoothness.value) : 1.0;
  const Vector<double> guess = guess_minimizer(problem, beta);
  if (!guess.allFinite()) return unknown_minimum(Unknown{Unknown::Reason::no_guess});
  if (!convex) {
    return {{std::nullopt, false, Unknown{Unknown::Reason::not_certified_convex}},
            enclose_optimum(problem, best_of(problem, exact_rational(guess)), false, std::nullopt)};
  }

  const std::vector<Eigen::Index> free = guess_free_coordinates(problem, guess);
  if (const auto w = newton_optimum(problem, guess, free))
    return at_kkt_point(problem, *w, KktPoint::Found::newton);
  if (const auto w = simple_optimum(problem, guess, free))
    return at_kkt_point(problem, *w, KktPoint::Found::rounding);
  if (problem.dimension() == 1 && problem.domain.kind() != Domain::Kind::product) {
    if (const auto w = bracket(problem, guess(0))) {
      const Vector<Enclosure> point = Vector<Enclosure>::Constant(1, enclose(w->lower, w->upper));
      return {{point, true, *w}, {optimum_between(problem, w->lower, w->upper), true, *w}};
    }
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
