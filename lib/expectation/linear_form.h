#pragma once

#include <vector>

#include "expectation/enclosure_recursion.h"
#include "expectation/exact_recursion.h"
#include "expectation/interval_recursion.h"
#include "number/enclosure.h"

namespace graddiv::moments {

/// A number that is linear in the second moments at iteration k,
///   Σ coefficient · k^power · E z_a z_b / k²,
/// the division only where the form is that of a mean over k iterates; coefficients are kept as
/// integers over one denominator.
class LinearForm {
 public:
  struct Term {
    int a;
    int b;
    Rational coefficient;
    int power_of_k = 0;
  };
  enum class Divide { no, by_square_of_k };

  LinearForm(const std::vector<Term>& terms, const Triangle& triangle, Divide divide = Divide::no);

  Rational at(int k, const ExactRecursion& moments) const;
  Interval at(int k, const IntervalRecursion& moments) const;
  Enclosure at(int k, const EnclosureRecursion& moments) const;

 private:
  struct Scaled {
    std::size_t index;  // of E z_a z_b
    Integer coefficient;
    int power_of_k;
  };
  std::vector<Scaled> terms_;
  Combination without_k_;  // the same, where no power of k stands in them
  Factored denominator_;
  std::size_t growth_;  // bits of Σ|coefficient|
  bool divides_;
  mutable WideIntegers sum_{1};  // room for `at`
};

/// The terms of zᵀQz for a symmetric Q on the coordinates `first`, `first` + 1, … of z, times
/// `factor`.
std::vector<LinearForm::Term> quadratic_terms(const Matrix<Rational>& Q, int first,
                                              const Rational& factor = 1);

}  // namespace graddiv::moments
