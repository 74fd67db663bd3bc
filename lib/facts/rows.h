#pragma once

#include "facts/facts.h"

// Facts of the matrix X of generalized linear functions f_i(w) = ℓ_i(x_iᵀw).
namespace graddiv::rows {

Fact<Enclosure> smallest_norm2(const Problem& problem);
Fact<Enclosure> largest_singular_value2(const Problem& problem);

/// σ_max(Y)², Y the non-zero rows of X scaled to unit length; 0 where X = 0. Where the rows have
/// one norm it is σ_max(X)² divided by its square, and known to be.
Fact<Enclosure> largest_singular_value2_of_unit_rows(const Facts& facts);

/// A certified lower bound of 1/σ_max(Y)², Y the non-zero rows of X scaled to unit length (theory:
/// `glm-sharp`); absent where X = 0.
std::optional<Rational> sharp_bound(const Matrix<Rational>& X);

}  // namespace graddiv::rows
