#pragma once

#include <optional>
#include <string>
#include <vector>

#include "number/exact.h"
#include "problem/families.h"

// What is certified of the losses ℓ(z; y) of generalized linear functions (families/losses.h).
namespace graddiv::detail {

/// What is known of a loss beside its formula.
struct LossFacts {
  Loss loss;
  std::string name;     ///< in instance files
  std::string formula;  ///< with r = xᵀw − y
  bool is_rational;     ///< whether it maps rationals to rationals
};

/// One line a loss.
const std::vector<LossFacts>& losses();

const LossFacts& facts(Loss loss);

/// d²ℓ/dz²; between its limits from both sides where it jumps.
Enclosure loss_second_derivative(Loss loss, const Enclosure& z, const Enclosure& y,
                                 const Enclosure& tau);

/// Bounds of d²ℓ/dz² over all z.
struct SecondDerivative {
  Rational lower, upper;
};

SecondDerivative second_derivative(Loss loss, const Rational& y);

/// The same over lower ≤ z ≤ upper; a jump at an end counts for nothing, unless both are one.
SecondDerivative second_derivative_between(Loss loss, const Rational& lower, const Rational& upper,
                                           const Rational& y, const Rational& tau);

/// Where d²ℓ/dz² jumps, in rising order.
std::vector<Rational> jumps_of_second_derivative(Loss loss, const Rational& y, const Rational& tau);

/// sup ℓ'² over all z, where it is finite: a square, since that is rational where the slope is not.
std::optional<Rational> largest_squared_derivative(Loss loss, const Rational& y,
                                                   const Rational& tau);

/// m with ½ℓ'² ≥ m ℓ for all z, for losses with the minimum 0.
std::optional<Rational> pl_constant(Loss loss);

}  // namespace graddiv::detail
