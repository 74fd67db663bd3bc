#pragma once

#include <optional>
#include <vector>

#include "expectation/moment_step.h"
#include "number/interval.h"

namespace graddiv::moments {

/// The second moments E z zᵀ of a run in intervals at the thread's precision. As one matrix on the
/// upper triangle, which loses hardly any bits to dependency, where that is small; else
///   t h² S⁺ = t M̂ S M̂ᵀ + p²B N(S)   (moment_step.h).
class IntervalRecursion {
 public:
  IntervalRecursion(const AffineGradients& gradients, bool track_sum,
                    const Vector<Rational>& start);

  /// S ← S⁺ for one iteration with step size γ and batch size B.
  void advance(const Rational& gamma, long B);

  const Triangle& triangle() const { return triangle_; }
  /// E z_a z_b is entry triangle().index(a, b).
  const std::vector<Interval>& moments() const { return S_; }

 private:
  const Interval& at(int a, int b) const { return S_[triangle_.index(a, b)]; }
  /// What stands before a matrix: off its diagonal and on it.
  struct Factors {
    Integer off_diagonal;
    Integer diagonal;
    const Integer& at(int r, int s) const { return r == s ? diagonal : off_diagonal; }
  };
  std::vector<Interval> mean_square(const SparseStep& mean) const;
  void add_noise(std::vector<Interval>& next, const Integer& factor,
                 const MechanismNoise& mechanism) const;
  void add_congruence(std::vector<Interval>& next, const Matrix<Integer>& C,
                      const Factors& factors) const;
  void add_rank_one(std::vector<Interval>& next, int i, const Factors& factors) const;

  const AffineGradients& gradients_;
  int d_;
  bool track_sum_;
  Triangle triangle_;
  std::vector<Interval> S_;
  std::optional<FlatSteps> flat_;
};

/// sum += coefficient · x.
void add_product(Interval& sum, const Integer& coefficient, const Interval& x);

}  // namespace graddiv::moments
