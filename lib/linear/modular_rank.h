#pragma once

#include "linear/matrix.h"

namespace graddiv::detail {

/// The rank of M modulo a prime p of 61 bits, in machine words. Never above the rank of M over the
/// rationals: a minor that p does not divide is not 0. Below it only where p divides every largest
/// minor, which for the p taken happens to next to no matrix that was not made for it.
Eigen::Index rank_modulo_prime(const Matrix<Integer>& M);

}  // namespace graddiv::detail
