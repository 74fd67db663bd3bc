#pragma once

#include <optional>
#include <vector>

#include "facts/registry.h"

// The matrices that proofs say are positive semidefinite, for their factors and for their check.
namespace graddiv {

/// What a Hessian, or bounds of it, are compared with tI for: tI − upper ⪰ 0 and tI + lower ⪰ 0 for
/// smoothness, lower − tI ⪰ 0 for strong convexity; of F or of every f_i.
struct CurvatureClaim {
  enum class Of { objective, components };
  enum class Side { both, lower };
  Of of = Of::objective;
  Side side = Side::lower;
};

/// Those of an inequality, in the order of its factors; none where it does not fit the problem.
std::vector<Matrix<Rational>> matrices_of(const Problem& problem, const proof::Semidefinite& proof,
                                          const CurvatureClaim& claim = {});
/// That of multipliers: of B_S on W, of M² for i = −1, or of ‖∇f_i‖². Absent where it does not fit.
std::optional<Matrix<Rational>> matrix_of(const Problem& problem, const proof::SProcedure& proof,
                                          int i);
/// That of strong convexity about w: least − λI, or least + NNᵀ − λI for a basis N of {v : Xv = 0}
/// where w and all that matters are combinations of the rows of X. Absent where it does not fit.
std::optional<Matrix<Rational>> matrix_of(const Problem& problem, const proof::Nearness& proof);

/// The proof of a fact with the LDLᵀ factors of its matrices, which are long: for who prints or
/// checks them. Where the matrices of the proof have more than 4096 entries, or their factors would
/// have more than 2²² bits, it says so in their place; the matrices are then not even formed.
template <class T>
Proof with_factors(const Facts& facts, const FactDefinition<T>& definition);

}  // namespace graddiv
