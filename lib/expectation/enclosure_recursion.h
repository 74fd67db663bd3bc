#pragma once

#include <map>
#include <vector>

#include "expectation/moment_step.h"
#include "number/enclosure.h"

namespace graddiv::moments {

/// The second moments E z zᵀ of a run whose steps need not be rational, in enclosures at the
/// thread's precision: square roots stay what they are as long as few are summed. A step takes the
/// upper triangle to
///   S⁺ = (P_0 + γP_1 + γ²P_2) S
/// with matrices of rationals that the steps of γ = 0 and γ = ±1 tell.
class EnclosureRecursion {
 public:
  /// Up to this dimension the matrices stay small.
  static constexpr int largest_dimension = 20;

  EnclosureRecursion(const AffineGradients& gradients, bool track_sum,
                     const Vector<Rational>& start);

  /// S ← S⁺ for one iteration with step size γ and batch size B.
  void advance(const Enclosure& gamma, long B);

  const Triangle& triangle() const { return triangle_; }
  /// E z_a z_b is entry triangle().index(a, b).
  const std::vector<Enclosure>& moments() const { return S_; }

 private:
  struct Entry {
    std::size_t column;
    Rational p0, p1, p2;
  };
  using Rows = std::vector<std::vector<Entry>>;
  Rows rows_of(long B);

  Triangle triangle_;
  std::vector<Enclosure> S_;
  FlatSteps flat_;
  std::map<long, Rows> known_;  // by B
};

}  // namespace graddiv::moments
