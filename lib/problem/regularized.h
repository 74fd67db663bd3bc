#pragma once

#include <memory>

#include "problem/finite_sum.h"

namespace graddiv {

/// f_i(w) + (ρ/2)‖w‖² in the place of every f_i: "regularization" in an instance file. The family
/// keeps its name; functions of rows are no longer functions of x_iᵀw alone, and have no rows. The
/// sum itself for ρ = 0. Throws std::invalid_argument for ρ < 0.
std::shared_ptr<const FiniteSum> regularized(std::shared_ptr<const FiniteSum> sum,
                                             const Rational& rho);

/// What a sum was made of by the above.
struct Regularization {
  std::shared_ptr<const FiniteSum> plain;
  Rational rho;  ///< > 0
};
/// nullptr for sums that are not regularized.
const Regularization* regularization_of(const FiniteSum& sum);

}  // namespace graddiv
