#pragma once

#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "expectation/affine_gradients.h"
#include "expectation/triangle.h"

namespace graddiv::moments {

// One iteration in integers. With C_i = Ĉ_i/q, Ĉ = ΣĈ_i, γ = p/r and h = rqn, the recursion of
// moments.h for z = (w, 1/s), or z = (w, 1/s, u) with the running sum u, reads
//   t h² S⁺ = t M̂ S M̂ᵀ + p²B N(S),   M̂ = hM,
//   N(S) = t (n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ) + a n diag(Σ Ĉ_i S Ĉ_iᵀ) + b S_dd I,
// where a, b and t are those of AffineGradients::mechanism_noise; without a mechanism a = b = 0 and
// t = 1.

using SparseRow = std::vector<std::pair<int, Integer>>;

/// `divisor` times the next numbers are `rows` times the numbers now.
struct SparseStep {
  std::vector<SparseRow> rows;
  Integer divisor;
};

/// p²B.
Integer noise_factor(const Rational& gamma, long B);
/// E z⁺ = M z, with h as divisor.
SparseStep mean_step(const AffineGradients& gradients, bool track_sum, const Rational& gamma,
                     long B);
/// The largest Σ|x| of a row.
Integer largest_row_sum(const std::vector<SparseRow>& rows);

/// The whole iteration as one matrix on the upper triangle of S.
class FlatSteps {
 public:
  FlatSteps(const AffineGradients& gradients, bool track_sum);

  /// Without a factor common to the divisor and all entries. Computed once for each pair; the
  /// reference stays good.
  const SparseStep& at(const Rational& gamma, long B);

 private:
  /// S ↦ Σ Ĉ_i S Ĉ_iᵀ and S ↦ Ĉ S Ĉᵀ from the triangle of (w, 1/s) to that of w; a column is what
  /// one entry of the result is made of.
  template <class Int>
  struct Squares {
    Matrix<Int> of_each;
    Matrix<Int> of_sum;
  };
  template <class Int>
  Squares<Int> squares() const;
  template <class Int>
  SparseStep combined(const SparseStep& mean, const Integer& factor, const Squares<Int>& squares,
                      const MechanismNoise& mechanism) const;
  SparseStep compute(const Rational& gamma, long B) const;

  const AffineGradients& gradients_;
  bool track_sum_;
  Triangle triangle_;
  std::variant<Squares<long>, Squares<Integer>> squares_;  // in words where they hold them
  std::map<std::pair<Rational, long>, SparseStep> steps_;
};

}  // namespace graddiv::moments
