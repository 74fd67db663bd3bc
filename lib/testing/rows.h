#pragma once

#include "linear/matrix.h"

namespace graddiv::testing {

/// n/σ_max(Y)², Y the rows of X scaled to unit length, certified exactly: the infimum of B_S(w)
/// over all w and all losses (theory: `glm-sharp`).
Enclosure sharp_diversity_of_rows(const Matrix<Rational>& X);

}  // namespace graddiv::testing
