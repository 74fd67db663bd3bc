#pragma once

#include <memory>
#include <string>
#include <vector>

#include "linear/matrix.h"

// Proofs by matrices that are positive semidefinite (facts/proof.h).
namespace graddiv {

struct Ldlt;

namespace proof {

/// The LDLᵀ factors of the matrices of an inequality, one after the other.
using Factors = std::shared_ptr<const std::vector<Ldlt>>;

/// A matrix inequality in the number t that the fact states.
struct Semidefinite {
  enum class Inequality {
    hessian,           ///< ∇²F − tI ⪰ 0, or tI ± ∇²F ⪰ 0; of F or of every f_i
    curvature_bounds,  ///< the same of matrices lower ⪯ ∇²f ⪯ upper
    curvature_on_W,  ///< lower − tI ⪰ 0 of lower ⪯ ∇²F on W (facts/strong_convexity_on_W.h)
    hessian_squared,  ///< H² − tH ⪰ 0 and H ⪰ 0, H = ∇²F
    pl_rows,          ///< m XXᵀ − ntI ⪰ 0: the losses of independent rows are m-PL
    columns,          ///< tI − XᵀX ⪰ 0, and not ≻ 0 for the lower end
    rows,             ///< tI − XXᵀ ⪰ 0, likewise
    unit_rows,        ///< tI − YᵀY ⪰ 0, likewise; Y the rows scaled to unit length
    unit_rows_bound,  ///< (n/t)I − YᵀY ⪰ 0
    diversity,        ///< N − tQ ⪰ 0 (facts/diversity_forms.h)
  };
  Inequality inequality;
  Rational bound;      ///< t
  bool tight = false;  ///< a matrix is singular where it must be: no better t exists
  Factors factors = nullptr;
  std::string factors_left_out = {};  ///< why there are none, where they were asked for
};

/// ∇²F − tI ⪰ 0 everywhere, where a proof of something else rests on it: F is convex, t = 0, or
/// more or less than that. It is made where factors are asked for, else left to the check.
using Convexity = std::shared_ptr<const Semidefinite>;

/// A quadratic inequality on W, from one on R^d by multipliers s ≥ 0 of the constraints.
struct SProcedure {
  enum class Claim {
    diversity_on_W,     ///< N − tQ − Σ s_k G_k ⪰ 0 in the unit coordinates of W
    gradients_on_ball,  ///< sI − P ≻ 0, t = sR² + pᵀ(sI − P)⁻¹p + r, on the ball about W
    eigenvalue_on_ball  ///< sI − P ⪰ 0, t = sR² + r: the same where p = 0
  };
  Claim claim;
  Rational bound;  ///< t
  Vector<Rational> multipliers;
  Factors factors = nullptr;
  std::string factors_left_out = {};  ///< why there are none, where they were asked for
};

}  // namespace proof

}  // namespace graddiv
