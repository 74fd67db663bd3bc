#include <algorithm>
#include <cmath>
#include <vector>

#include "facts/dense_quadratic.h"
#include "linear/eigenvalue.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(w) = ½ wᵀAw + bᵀw + c over a box, convex.
namespace graddiv {

namespace {

using proof::KktPoint;

Rational clamp(const Rational& x, const Rational& lower, const Rational& upper) {
  return std::max(lower, std::min(x, upper));
}

// A point that coordinate descent in doubles takes for the minimiser; coordinates without influence
// stay as near 0 as they can.
Vector<double> guess_on_box(const DenseQuadratic& q, const Domain& box) {
  const Matrix<double> A = to_double(q.A);
  const Vector<double> b = to_double(q.b);
  const Vector<double> lower = to_double(box.lower());
  const Vector<double> upper = to_double(box.upper());
  Vector<double> w = Vector<double>::Zero(b.size()).cwiseMin(upper).cwiseMax(lower);
  for (int sweep = 0; sweep < 2000; ++sweep) {
    double change = 0;
    for (Eigen::Index j = 0; j < w.size(); ++j) {
      const double slope = A.row(j).dot(w) + b(j);
      double next = w(j);
      if (A(j, j) > 0) {
        next = std::clamp(w(j) - slope / A(j, j), lower(j), upper(j));
      } else if (slope != 0) {
        next = slope > 0 ? lower(j) : upper(j);
      }
      change =
          std::max(change, std::abs(next - w(j)) / (std::abs(next) + upper(j) - lower(j) + 1e-300));
      w(j) = next;
    }
    if (change < 1e-15) break;
  }
  return w;
}

// The primal active-set method in exact arithmetic. Each coordinate is free or held at one of its
// bounds. It ends: a step from the minimiser over the free coordinates that lets one coordinate j
// go has p_j ≠ 0 pointing inwards (g_j p_j = −pᵀAp < 0 unless g = 0), steps of length 0 only hold
// further coordinates and never j again, so q falls strictly before the next such minimiser, and
// each choice of held coordinates has but one minimal value.
class BoxProgram {
 public:
  BoxProgram(const DenseQuadratic& q, const Domain& box)
      : q_(q),
        lower_(box.lower()),
        upper_(box.upper()),
        held_(static_cast<std::size_t>(q.b.size()), Held::no) {
    const Vector<double> guess = guess_on_box(q, box);
    w_.resize(guess.size());
    for (Eigen::Index j = 0; j < guess.size(); ++j) {
      w_(j) = clamp(rational_from(guess(j)), lower_(j), upper_(j));
      const double tolerance = 1e-9 * static_cast<double>(Rational(upper_(j) - lower_(j)));
      if (static_cast<double>(Rational(w_(j) - lower_(j))) <= tolerance) {
        hold(j, Held::lower);
      } else if (static_cast<double>(Rational(upper_(j) - w_(j))) <= tolerance) {
        hold(j, Held::upper);
      }
    }
  }

  Vector<Rational> solve() {
    for (;;) {
      if (step_to_minimum_over_free()) {
        if (!release_one()) return w_;
      }
    }
  }

 private:
  enum class Held { no, lower, upper };

  Held& held(Eigen::Index j) { return held_[static_cast<std::size_t>(j)]; }

  void hold(Eigen::Index j, Held where) {
    held(j) = where;
    w_(j) = where == Held::lower ? lower_(j) : upper_(j);
  }

  std::vector<Eigen::Index> free_coordinates() {
    std::vector<Eigen::Index> result;
    for (Eigen::Index j = 0; j < w_.size(); ++j) {
      if (held(j) == Held::no) result.push_back(j);
    }
    return result;
  }

  // Moves towards the minimum over the free coordinates; false if a bound stopped it (that
  // coordinate is held now).
  bool step_to_minimum_over_free() {
    const std::vector<Eigen::Index> free = free_coordinates();
    if (free.empty()) return true;
    const Matrix<Rational> A = q_.A(free, free);
    const Vector<Rational> slope = q_.gradient_at(w_)(free);
    std::optional<Vector<Rational>> direction = least_norm_solve<Rational>(A, -slope);
    const bool bounded = direction.has_value();
    if (!bounded) {
      // No minimum: q falls for ever along the part of −slope in the null space of A, until a bound
      // stops it.
      const Matrix<Rational> Z = null_space(A);
      const Vector<Rational> weights = Z.transpose().lazyProduct(slope);
      direction = Z.lazyProduct(-weights);
    }
    std::optional<Rational> longest;
    Eigen::Index blocking = 0;
    for (std::size_t k = 0; k < free.size(); ++k) {
      const Eigen::Index j = free[k];
      const Rational& p = (*direction)(static_cast<Eigen::Index>(k));
      if (p == 0) continue;
      const Rational room = ((p > 0 ? upper_(j) : lower_(j)) - w_(j)) / p;
      if (!longest || room < *longest) {
        longest = room;
        blocking = static_cast<Eigen::Index>(k);
      }
    }
    const bool blocked = longest && (!bounded || *longest < 1);
    const Rational length = blocked ? *longest : Rational(1);
    for (std::size_t k = 0; k < free.size(); ++k)
      w_(free[k]) += length * (*direction)(static_cast<Eigen::Index>(k));
    if (blocked) {
      hold(free[static_cast<std::size_t>(blocking)],
           (*direction)(blocking) > 0 ? Held::upper : Held::lower);
    }
    return !blocked;
  }

  // Lets go the held coordinate along which q falls fastest; false if there is none: w is optimal.
  bool release_one() {
    const Vector<Rational> slope = q_.gradient_at(w_);
    Eigen::Index steepest = -1;
    Rational steepness = 0;
    for (Eigen::Index j = 0; j < w_.size(); ++j) {
      if (held(j) == Held::no || lower_(j) == upper_(j)) continue;
      const Rational fall = held(j) == Held::lower ? Rational(-slope(j)) : slope(j);
      if (fall > steepness) {
        steepness = fall;
        steepest = j;
      }
    }
    if (steepest < 0) return false;
    held(steepest) = Held::no;
    return true;
  }

  const DenseQuadratic& q_;
  const Vector<Rational>& lower_;
  const Vector<Rational>& upper_;
  Vector<Rational> w_;
  std::vector<Held> held_;
};

}  // namespace

Vector<Rational> convex_minimizer_on_box(const DenseQuadratic& q, const Domain& box) {
  return BoxProgram(q, box).solve();
}

Minimum minimize_on_box(const DenseQuadratic& q, const Domain& box) {
  const Vector<Rational> w = convex_minimizer_on_box(q, box);
  return exact_minimum(
      w, enclose(q.value_at(w)),
      KktPoint{KktPoint::Found::active_set, proof::point(w), enclose(q.gradient_at(w))});
}

}  // namespace graddiv
