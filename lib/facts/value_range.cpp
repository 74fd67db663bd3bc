#include "facts/value_range.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "facts/branch_and_bound.h"
#include "facts/facts.h"
#include "facts/gradient_rules.h"
#include "facts/guess.h"
#include "number/exact.h"
#include "problem/families.h"
#include "problem/mixed.h"

namespace graddiv {
namespace {

using gradient_bound::Range;
using gradient_bound::range_of;
using gradient_bound::region;

/// Minima over W are looked for where d² numbers a function, n of them, are no more than these.
constexpr long largest_search = 20'000;

using Ends = ValueRange;  // of one function

std::optional<Enclosure> negative(const std::optional<Enclosure>& x) {
  return x ? std::optional(-*x) : std::nullopt;
}

/// What is certified from below and from above of one number.
std::optional<Enclosure> between(const std::optional<Rational>& below,
                                 const std::optional<Enclosure>& attained) {
  if (!below || !attained) return std::nullopt;
  return Enclosure::hull(enclose(*below), attained->upper());
}

/// inf of f over a box, between a bound that intervals show on the boxes of a bisection and the
/// least of the values at points that belong to W.
std::optional<Enclosure> infimum_on_box(
    const Vector<Rational>& lower, const Vector<Rational>& upper,
    const std::function<Enclosure(const Vector<Enclosure>&)>& f,
    const std::function<bool(const Vector<Enclosure>&)>& is_in_W, int evaluations) {
  std::optional<Enclosure> attained;
  const BoxFunction bounded{
      [&](const Vector<Enclosure>& box) -> std::optional<Rational> { return lower_end(f(box)); },
      [&](const Vector<Rational>& point) -> std::optional<Rational> {
        const Vector<Enclosure> w = enclose(point);
        if (!is_in_W(w)) return std::nullopt;
        const Enclosure value = f(w);
        attained = attained ? min(*attained, value) : value;
        return upper_end(value);
      }};
  for (const Vector<Rational>& end : {lower, upper}) bounded.attained(end);
  const BoxBound bound = lower_bound_on_box(lower, upper, bounded, {evaluations, 1e-12});
  return between(bound.value, attained);
}

// ---- functions of x_iᵀw ------------------------------------------------------------------------

/// The range of xᵀw over W, also over a product of sets.
std::optional<Range> range_over(const Vector<Rational>& x, const Domain& W) {
  if (W.kind() != Domain::Kind::product) return range_of(x, W);
  Range sum{0, 0, 0, 0};
  Eigen::Index begin = 0;
  for (const Domain& factor : W.factors()) {
    const Range own = *range_of(x.segment(begin, factor.dimension()), factor);
    sum = {sum.first + own.first, sum.last + own.last, Rational(sum.lower + own.lower),
           Rational(sum.upper + own.upper)};
    begin += factor.dimension();
  }
  return sum;
}

/// f_i where x_iᵀw = t, and its slope in t.
struct AlongRow {
  const FiniteSum& sum;
  int i;
  Vector<double> row;      // x_i
  Vector<Enclosure> unit;  // x_i/‖x_i‖²: the point t x_i/‖x_i‖² has x_iᵀw = t

  Vector<Enclosure> at(const Enclosure& t) const { return unit * t; }
  Enclosure value(const Enclosure& t) const { return sum.value(i, at(t)); }
  // ∇f_i = ℓ' x_i
  Enclosure slope(const Enclosure& t) const { return sum.gradient(i, at(t)).dot(unit); }
};

/// inf of sign·f over the range, by bisection. Its ends are rounded outward where irrational.
std::optional<Enclosure> infimum_along_row(const AlongRow& f, const Range& range, int sign,
                                           int evaluations) {
  return infimum_on_box(
      Vector<Rational>::Constant(1, range.lower), Vector<Rational>::Constant(1, range.upper),
      [&](const Vector<Enclosure>& t) { return sign * f.value(t(0)); },
      [&](const Vector<Enclosure>& t) {
        return (t(0) >= range.first && t(0) <= range.last) == Truth::yes;
      },
      evaluations);
}

/// The least value of a convex function of t: at an end beyond which it falls, else where it is
/// flat. For a quadratic one that is where its slope is 0, else it is looked for.
std::optional<Enclosure> least_of_convex(const AlongRow& f, const Range& range, bool is_quadratic,
                                         int evaluations) {
  if ((f.slope(range.first) >= 0).truth() == Truth::yes) return f.value(range.first);
  if ((f.slope(range.last) <= 0).truth() == Truth::yes) return f.value(range.last);
  if (is_quadratic) {
    const Enclosure at_zero = f.slope(0);
    const Enclosure flat = -at_zero / (f.slope(1) - at_zero);
    if ((flat >= range.first && flat <= range.last) == Truth::yes) return f.value(flat);
  }
  return infimum_along_row(f, range, 1, evaluations);
}

/// On all of R: the ends of what intervals say of all t at once, with values far out beside them.
Ends on_the_line(const AlongRow& f, const FunctionFacts& facts) {
  const Enclosure whole = f.value(Enclosure::anything());
  std::optional<Enclosure> least;
  std::optional<Enclosure> largest;
  std::vector<Enclosure> tried{0, 1L << 10, -(1L << 10), 1L << 40, -(1L << 40)};
  if (const auto flat = guess_least_argument(f.sum, f.i, f.row)) {
    const Rational near = rational_from(*flat);
    const Rational margin = rational_from(1e-9 * (1 + std::abs(*flat)));
    tried.push_back(enclose(simplest_between(near - margin, near + margin)));
  }
  for (const Enclosure& t : tried) {
    const Enclosure value = f.value(t);
    least = least ? min(*least, value) : value;
    largest = largest ? max(*largest, value) : value;
  }
  Ends ends;
  // Where the interval reaches below what the family knows, the family knows more.
  std::optional<Rational> below = facts.lower_bound;
  if (whole.is_bounded()) below = below ? std::max(*below, lower_end(whole)) : lower_end(whole);
  ends.least = between(below, least);
  if (whole.is_bounded()) ends.largest = Enclosure::hull(largest->lower(), whole.upper());
  return ends;
}

Ends along_row(const Problem& problem, int i, int evaluations) {
  const Vector<Rational> x = problem.sum->facts().rows->row(i).transpose();
  const FunctionFacts& facts = problem.sum->facts(i);
  const Rational norm2 = x.squaredNorm();
  if (norm2 == 0) {
    const Enclosure value = problem.sum->value(i, enclose(x));
    return {value, value};
  }
  const AlongRow f{*problem.sum, i, to_double(x), enclose(Vector<Rational>(x / norm2))};
  const std::optional<Range> range = range_over(x, problem.domain);
  if (!range) return on_the_line(f, facts);
  // ℓ_i'' ≥ m for the bound m x_i x_iᵀ.
  if (facts.curvature.lower && facts.curvature.lower->trace() >= 0)
    return {least_of_convex(f, *range, facts.quadratic.has_value(), evaluations),
            max(f.value(range->first), f.value(range->last))};
  return {infimum_along_row(f, *range, 1, evaluations),
          negative(infimum_along_row(f, *range, -1, evaluations))};
}

// ---- other functions ---------------------------------------------------------------------------

/// min F over W, with F = −q: the mean of −wᵀAw − 2c and of −2bᵀw.
Problem negated(const QuadraticFunction& q, const Domain& W) {
  const Matrix<Rational> row = q.b.transpose() * Rational(q.A.is_zero() ? -1 : -2);
  if (q.A.is_zero()) return {linear_sum(row, Vector<Rational>::Constant(1, -q.c)), W};
  QuadraticTerm curved{q.A.dense() * Rational(-2), Vector<Rational>::Zero(q.b.size())};
  return {mixed({quadratic_sum({std::move(curved)}),
                 linear_sum(row, Vector<Rational>::Constant(1, Rational(-2 * q.c)))}),
          W};
}

/// f_i as the largest of quadratic functions, where it is that.
std::vector<QuadraticFunction> quadratic_pieces(const FunctionFacts& f) {
  if (f.quadratic) return {*f.quadratic};
  std::vector<QuadraticFunction> pieces;
  if (f.max_affine) {
    for (const AffinePiece& piece : f.max_affine->pieces)
      pieces.push_back({SymmetricMatrix::diagonal(f.max_affine->curvature), piece.a, piece.offset});
  }
  return pieces;
}

std::optional<Enclosure> supremum_of_pieces(const FunctionFacts& f, const Domain& W) {
  std::optional<Enclosure> largest;
  for (const QuadraticFunction& q : quadratic_pieces(f)) {
    const auto least = Facts(negated(q, W)).optimum().value;
    if (!least) return std::nullopt;
    largest = largest ? max(*largest, -*least) : -*least;
  }
  return largest;
}

Ends on_W(const Problem& problem, int i, int evaluations) {
  const Domain& W = problem.domain;
  Ends ends;
  const long d = problem.dimension();
  if (d * d * problem.size() <= largest_search) {
    ends.least = Facts({problem.sum->select({i}), W}).optimum().value;
    ends.largest = supremum_of_pieces(problem.sum->facts(i), W);
  }
  const auto box = W.coordinate_ranges();
  if (!box) {
    const auto& below = problem.sum->facts(i).lower_bound;
    if (!ends.least)
      ends.least =
          between(below, problem.sum->value(i, Vector<Enclosure>(Vector<Enclosure>::Zero(d))));
    return ends;
  }
  Vector<Rational> lower(d);
  Vector<Rational> upper(d);
  for (Eigen::Index j = 0; j < d; ++j) {
    lower(j) = lower_end((*box)(j));
    upper(j) = upper_end((*box)(j));
  }
  const auto search = [&](int sign) {
    return infimum_on_box(
        lower, upper, [&](const Vector<Enclosure>& w) { return sign * problem.sum->value(i, w); },
        [&](const Vector<Enclosure>& w) { return W.contains(w) == Truth::yes; },
        d <= 3 ? evaluations : 1);
  };
  if (!ends.least || !ends.least->is_exact()) {
    const auto other = search(1);
    ends.least = ends.least && other ? Enclosure::intersection(*ends.least, *other)
                 : other             ? other
                                     : ends.least;
  }
  if (!ends.largest) ends.largest = negative(search(-1));
  return ends;
}

}  // namespace

ValueRange value_range(const Problem& problem) {
  if (problem.sum->in_doubles() != nullptr) return {};
  const int evaluations = std::clamp(4000 / problem.size(), 16, 400);
  const bool has_rows = problem.sum->facts().rows != nullptr;
  ValueRange all;
  for (int i = 0; i < problem.size(); ++i) {
    const Ends own = has_rows ? along_row(problem, i, evaluations) : on_W(problem, i, evaluations);
    if (i == 0) {
      all = own;
      continue;
    }
    all.least = all.least && own.least ? std::optional(min(*all.least, *own.least)) : std::nullopt;
    all.largest =
        all.largest && own.largest ? std::optional(max(*all.largest, *own.largest)) : std::nullopt;
  }
  return all;
}

}  // namespace graddiv
