#pragma once

#include "number/rational.h"

// Proofs in doubles, for sums with many numbers (facts/proof.h).
namespace graddiv::proof {

/// What doubles show with bounds of their rounding (problem/sum_in_doubles.h): matrix inequalities
/// by a Cholesky factorisation, lengths of gradients by sums.
struct InDoubles {
  enum class Rule {
    curvature,        ///< ∇²F − tI ⪰ 0, or tI ± ∇²F ⪰ 0, by the bounds of ℓ_i''
    curvature_on_W,   ///< ∇²F − tI ⪰ 0 in a ball around W, by the least ℓ_i'' there
    pl_rows,          ///< m XXᵀ − ntI ⪰ 0: the losses of independent rows are m-PL
    rows,             ///< tI − XᵀX ⪰ 0, or with XXᵀ, and a Rayleigh quotient below
    unit_rows,        ///< the same of Y, the rows scaled to unit length
    unit_rows_bound,  ///< (n/t)I − YᵀY ⪰ 0, or with YYᵀ
    gradients_about_center  ///< those at the centre of W and smoothness, or slopes that are bounded
  };
  Rule rule;
  Rational bound;  ///< t
};

}  // namespace graddiv::proof
