#include <algorithm>
#include <vector>

#include "facts/dense_quadratic.h"
#include "linear/eigenvalue.h"
#include "linear/solve.h"
#include "number/exact.h"

// q(w) = ½ wᵀAw + bᵀw + c over a box, not convex.
namespace graddiv {

namespace {

using proof::KktPoint;

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
  const Vector<Rational> below = convex_minimizer_on_box(minorant, box);
  // From there and down, coordinate by coordinate.
  Vector<Rational> w = below;
  for (int sweep = 0; sweep < 3; ++sweep) {
    for (Eigen::Index j = 0; j < d; ++j) {
      const Rational kept = w(j);
      Rational best = q.value_at(w), at = kept;
      std::vector<Rational> tries{box.lower()(j), box.upper()(j)};
      if (q.A(j, j) > 0) {
        const Rational stationary = kept - q.gradient_at(w)(j) / q.A(j, j);
        tries.push_back(std::max(tries[0], std::min(stationary, tries[1])));
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

Minimum minimize_nonconvex_on_box(const DenseQuadratic& q, const Domain& box) {
  Vector<Rational> w(q.b.size());
  for (const std::vector<Eigen::Index>& part : components(q.A)) {
    const DenseQuadratic f{q.A(part, part), q.b(part), 0};
    const Domain sides = Domain::box(box.lower()(part), box.upper()(part));
    if (certify_psd(f.A).positive_semidefinite) {
      w(part) = convex_minimizer_on_box(f, sides);
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
