#pragma once

#include <map>
#include <optional>
#include <utility>

#include "expectation/exact_step.h"
#include "expectation/factored.h"
#include "expectation/moment_step.h"
#include "expectation/wide_integers.h"

namespace graddiv::moments {

/// Products of a coefficient with a long number in one iteration, in the cheaper of both forms.
double products_per_step(const AffineGradients& gradients, bool track_sum);

/// The second moments E z zᵀ of a run in exact arithmetic: the upper triangle as integers over one
/// shared denominator, whose prime factors are known. The step of a small problem is one fixed
/// matrix on the triangle; of a large one,
///   h² S⁺ = h² S − hpB (G + Gᵀ) + p²B(B − 1) G Ĉᵀ + p²Bn Σ Ĉ_i S Ĉ_iᵀ,   G = Ĉ S,
/// on the block of w, where rank-one Ĉ_i = x_i c_iᵀ give Ĉ_i S Ĉ_iᵀ = (c_iᵀ S c_i) x_i x_iᵀ; with t
/// and what a mechanism adds as in moment_step.h.
class ExactRecursion {
 public:
  ExactRecursion(const AffineGradients& gradients, bool track_sum, const Vector<Rational>& start);

  /// S ← S⁺ for one iteration with step size γ and batch size B.
  void advance(const Rational& gamma, long B);

  const Triangle& triangle() const { return triangle_; }
  /// E z_a z_b is entry triangle().index(a, b) over denominator().
  const WideIntegers& numerators() const { return S_; }
  const Factored& denominator() const { return denominator_; }
  /// The bits of the longest numerator, its sign included.
  std::size_t bits() const { return bits_; }

 private:
  const FlatStep& flat_step(const Rational& gamma, long B);
  const LargeStep& large_step(const Rational& gamma, long B);
  void advance_flat(const FlatStep& step);
  void advance_large(const LargeStep& step);
  void add_squares(const LargeStep& step, std::size_t bits);
  template <class Int>
  void add_rank_one_squares(const LargeStep& step, std::size_t bits, const Matrix<Int>& rows,
                            const Matrix<Int>& factors);
  void reduce();

  const AffineGradients& gradients_;
  int d_;
  Triangle triangle_;
  WideIntegers S_;
  WideIntegers next_;
  std::size_t bits_ = 1;
  Factored denominator_;
  std::optional<FlatSteps> flat_;
  std::map<long, std::map<Rational, FlatStep>> flat_steps_;  // by B and γ
  std::map<std::pair<Rational, long>, LargeStep> large_steps_;
  // x_i and c_i of rank-one Ĉ_i, where they are so short that their products are words.
  std::optional<Matrix<long>> short_rows_;
  std::optional<Matrix<long>> short_factors_;
};

}  // namespace graddiv::moments
