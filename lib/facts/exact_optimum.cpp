#include "facts/exact_optimum.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "facts/shown_minimum.h"
#include "linear/solve.h"
#include "number/exact.h"

namespace graddiv {

namespace {

bool is_exactly_zero(const Vector<Enclosure>& v) {
  for (Eigen::Index j = 0; j < v.size(); ++j) {
    if (!v(j).is_exact() || exact_value(v(j)) != 0) return false;
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

}  // namespace

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

}  // namespace graddiv
