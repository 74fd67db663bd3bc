#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "linear/symmetric_matrix.h"

// What a family knows of its functions beside their values and gradients, as plain data. Where A is
// zero, diagonal or of rank one, everything here takes O(d) a function; nothing is dense that the
// instance file did not hold dense.
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
/// such matrix.
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
  /// A number that f_i never falls below, where the family knows one.
  std::optional<Rational> lower_bound;
  /// G² ≥ ‖∇f_i(w)‖² for all w, where the family knows such a number: a square, since that is
  /// rational where G is not. For generalized linear functions it is the supremum.
  std::optional<Rational> squared_gradient_bound;
  /// Whether ∇f_i can have a non-zero j-th coordinate, for j = 0, …, d − 1.
  std::vector<bool> support;
};

/// The largest numbers among the coefficients of all f_i, written in x_iᵀw − y_i or A_i(w − c_i):
/// what bounds the rounding of kernels.
struct CoefficientSizes {
  Rational squared_norm;   ///< max ‖x_i‖² or ‖A_i‖_F²
  Rational squared_shift;  ///< max y_i² or ‖c_i‖²
  Rational offset;         ///< max |offset_i|
};

/// The functions f_1, …, f_n of one family.
struct FamilyFacts {
  /// Whether values and gradients at rational points are rational.
  bool is_rational = true;
  /// The rows x_iᵀ of X ∈ R^{n×d} where f_i(w) = ℓ_i(x_iᵀw) (Theorem 1's generalized linear
  /// functions), else nullptr.
  std::shared_ptr<const Matrix<Rational>> rows;
  /// For generalized linear functions, a number m > 0 with ½ ℓ_i'(t)² ≥ m (ℓ_i(t) − min ℓ_i) for
  /// all i and t (the losses are m-PL), where one is known; every ℓ_i then attains its minimum.
  std::optional<Rational> loss_pl_constant;
  /// Absent where no bound on the rounding of gradients is known: those of maxima jump.
  std::optional<CoefficientSizes> sizes;
  std::vector<FunctionFacts> functions;  // n

  /// If one function of a family is quadratic (or a maximum of affine functions), all are.
  bool is_quadratic() const { return functions.front().quadratic.has_value(); }
  bool is_max_affine() const { return functions.front().max_affine != nullptr; }
};

}  // namespace graddiv
