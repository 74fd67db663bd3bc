#pragma once

#include <map>
#include <utility>
#include <variant>
#include <vector>

#include "expectation/affine_gradients.h"
#include "expectation/triangle.h"

namespace graddiv::moments {

// One iteration in integers. With C_i = Ĉ_i/q, Ĉ = ΣĈ_i, γ = p/r and h = rqn, the recursion of
// moments.h for z = (w, 1), or z = (w, 1, u) with the running sum u, reads
//   h² S⁺ = M̂ S M̂ᵀ + p²B ( n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ ),   M̂ = hM.

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
  SparseStep compute(const Rational& gamma, long B) const;

  const AffineGradients& gradients_;
  bool track_sum_;
  Triangle triangle_;
  // S ↦ n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ from the triangle of (w, 1) to that of w; a column is what one
  // entry of the result is made of. In words where they hold it.
  std::variant<Matrix<long>, Matrix<Integer>> noise_;
  std::map<std::pair<Rational, long>, SparseStep> steps_;
};

}  // namespace graddiv::moments
