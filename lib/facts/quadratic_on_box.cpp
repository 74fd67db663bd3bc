#include <algorithm>
#include <cmath>
#include <vector>

#include "facts/dense_quadratic.h"
#include "linear/eigenvalue.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(w) = ½ wᵀAw + bᵀw + c over a box.
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

// ---- not convex ---------------------------------------------------------------------------------

/// The sets of coordinates that A couples: q is a sum over them.
std::vector<std::vector<Eigen::Index>> components(const Matrix<Rational>& A) {
  std::vector<std::vector<Eigen::Index>> result;
  std::vector<bool> seen(static_cast<std::size_t>(A.rows()));
  for (Eigen::Index first = 0; first < A.rows(); ++first) {
    if (seen[static_cast<std::size_t>(first)]) continue;
    seen[static_cast<std::size_t>(first)] = true;
    std::vector<Eigen::Index> part{first};
    for (std::size_t next = 0; next < part.size(); ++next) {
      for (Eigen::Index j = 0; j < A.rows(); ++j) {
        if (seen[static_cast<std::size_t>(j)] || A(part[next], j) == 0) continue;
        seen[static_cast<std::size_t>(j)] = true;
        part.push_back(j);
      }
    }
    std::sort(part.begin(), part.end());
    result.push_back(std::move(part));
  }
  return result;
}

// Among the minimisers of q over a box is one whose free coordinates f (strictly between their
// bounds) have A_ff ≻ 0: where A_ff is not definite, q does not rise along some direction of the
// free coordinates until one of them is at a bound. There the slope along f vanishes, so that
//   w_f = −A_ff⁻¹ (b_f + A_fh w_h)
// for every choice of held coordinates h leaves finitely many points, and coordinates with A_jj ≤ 0
// are always held.
class FaceSearch {
 public:
  FaceSearch(const DenseQuadratic& q, const Domain& box) : q_(q), box_(box), w_(box.lower()) {}

  static bool is_affordable(const Matrix<Rational>& A) {
    constexpr double most_faces = 20000;
    double faces = 1;
    for (Eigen::Index j = 0; j < A.rows(); ++j) faces *= A(j, j) > 0 ? 3 : 2;
    return faces <= most_faces;
  }

  Vector<Rational> solve() {
    choose(0);
    return best_;
  }

 private:
  void choose(Eigen::Index j) {
    if (j == w_.size()) return try_face();
    const Rational &lower = box_.lower()(j), &upper = box_.upper()(j);
    w_(j) = lower;
    choose(j + 1);
    if (lower == upper) return;
    w_(j) = upper;
    choose(j + 1);
    if (q_.A(j, j) <= 0) return;
    free_.push_back(j);
    w_(j) = 0;
    choose(j + 1);
    free_.pop_back();
  }

  void try_face() {
    Vector<Rational> w = w_;
    if (!free_.empty()) {
      const Matrix<Rational> A = q_.A(free_, free_);
      if (!certify_psd(A).positive_definite) return;
      const Vector<Rational> slope = q_.gradient_at(w)(free_);  // at w_f = 0
      w(free_) = *graddiv::solve<Rational>(A, -slope);
      for (const Eigen::Index j : free_) {
        if (w(j) < box_.lower()(j) || w(j) > box_.upper()(j)) return;
      }
    }
    const Rational value = q_.value_at(w);
    // Of several minimisers, the one of least norm.
    if (best_.size() != 0 &&
        (value > value_ || (value == value_ && w.squaredNorm() >= best_.squaredNorm())))
      return;
    best_ = w;
    value_ = value;
  }

  const DenseQuadratic& q_;
  const Domain& box_;
  Vector<Rational> w_;
  std::vector<Eigen::Index> free_;
  Vector<Rational> best_;
  Rational value_;
};

// With A + aI ⪰ 0, the convex q(w) − (a/2) Σ_j (w_j − lower_j)(upper_j − w_j) is nowhere above q in
// the box.
Minimum between_convex_minorant(const DenseQuadratic& q, const Domain& box) {
  const Rational a = -smallest_eigenvalue_bound(q.A).value;
  const Eigen::Index d = q.b.size();
  const DenseQuadratic minorant{q.A + a * Matrix<Rational>::Identity(d, d),
                                q.b - (box.lower() + box.upper()) * Rational(a / 2),
                                q.c + a / 2 * box.lower().dot(box.upper())};
  const Vector<Rational> below = BoxProgram(minorant, box).solve();
  // From there and down, coordinate by coordinate.
  Vector<Rational> w = below;
  for (int sweep = 0; sweep < 3; ++sweep) {
    for (Eigen::Index j = 0; j < d; ++j) {
      const Rational kept = w(j);
      Rational best = q.value_at(w), at = kept;
      std::vector<Rational> tries{box.lower()(j), box.upper()(j)};
      if (q.A(j, j) > 0) {
        tries.push_back(clamp(kept - q.gradient_at(w)(j) / q.A(j, j), tries[0], tries[1]));
      }
      for (const Rational& x : tries) {
        w(j) = round_to_bits(x, 64) >= tries[0] && round_to_bits(x, 64) <= tries[1]
                   ? round_to_bits(x, 64)
                   : x;
        const Rational value = q.value_at(w);
        if (value >= best) continue;
        best = value;
        at = w(j);
      }
      w(j) = at;
    }
  }
  return {
      {std::nullopt, false, proof::Unknown{proof::Unknown::Reason::not_convex}},
      {enclose(minorant.value_at(below), q.value_at(w)), false,
       proof::DualityGap{proof::DualityGap::Rule::convex_minorant, proof::point(w), nullptr, a}}};
}

}  // namespace

Minimum minimize_on_box(const DenseQuadratic& q, const Domain& box) {
  const Vector<Rational> w = BoxProgram(q, box).solve();
  return exact_minimum(
      w, enclose(q.value_at(w)),
      KktPoint{KktPoint::Found::active_set, proof::point(w), enclose(q.gradient_at(w))});
}

Minimum minimize_nonconvex_on_box(const DenseQuadratic& q, const Domain& box) {
  Vector<Rational> w(q.b.size());
  for (const std::vector<Eigen::Index>& part : components(q.A)) {
    const DenseQuadratic f{q.A(part, part), q.b(part), 0};
    const Domain sides = Domain::box(box.lower()(part), box.upper()(part));
    if (certify_psd(f.A).positive_semidefinite) {
      w(part) = BoxProgram(f, sides).solve();
    } else if (FaceSearch::is_affordable(f.A)) {
      w(part) = FaceSearch(f, sides).solve();
    } else {
      return between_convex_minorant(q, box);
    }
  }
  return exact_minimum(
      w, enclose(q.value_at(w)),
      KktPoint{KktPoint::Found::faces, proof::point(w), enclose(q.gradient_at(w))});
}

}  // namespace graddiv
