#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "linear/symmetric_matrix.h"

// What a family knows of each of its functions. Where A is zero, diagonal or of rank one,
// everything here takes O(d) a function; nothing is dense that the instance file did not hold
// dense.
namespace graddiv {

/// f(w) = ½ wᵀA w + bᵀw + c.
struct QuadraticFunction {
  SymmetricMatrix A;   // d × d
  Vector<Rational> b;  // d
  Rational c;
};

/// f(w) = max_l (⟨a_l, w⟩ + offset_l) + ½ Σ_j q_j w_j².
struct AffinePiece {
  Vector<Rational> a;  // d
  Rational offset = 0;
};
struct MaxAffineFunction {
  std::vector<AffinePiece> pieces;  // at least one
  Vector<Rational> curvature;       // q: d numbers ≥ 0
};

/// Symmetric d × d matrices with lower ⪯ ∇²f(w) ⪯ upper for all w in R^d (in the sense of a
/// Lipschitz gradient where f is not twice differentiable everywhere). Absent where there is no
/// such matrix. The eigenvalues of ∇²f come as close as one likes to the least one of `lower` and
/// to the largest one of `upper`: no better constants of f by itself exist.
struct CurvatureBounds {
  std::optional<SymmetricMatrix> lower;
  std::optional<SymmetricMatrix> upper;
};

/// One function f_i. All bounds hold on R^d.
struct FunctionFacts {
  /// f_i as a quadratic function, where it is written as one; `linear` has A = 0.
  std::optional<QuadraticFunction> quadratic;
  /// f_i as a maximum of affine functions and a quadratic, where it is written so, else nullptr.
  std::shared_ptr<const MaxAffineFunction> max_affine;
  CurvatureBounds curvature;
  /// The numbers x_iᵀw at which ∇²f_i jumps, in rising order, for f_i(w) = ℓ_i(x_iᵀw).
  std::vector<Rational> jumps;
  /// A number that f_i never falls below, where the family knows one.
  std::optional<Rational> lower_bound;
  /// G² ≥ ‖∇f_i(w)‖² for all w, where the family knows such a number: a square, since that is
  /// rational where G is not. For generalized linear functions it is the supremum.
  std::optional<Rational> squared_gradient_bound;
  /// Whether ∇f_i can have a non-zero j-th coordinate, for j = 0, …, d − 1.
  std::vector<bool> support;
};

}  // namespace graddiv
