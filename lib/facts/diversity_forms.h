#pragma once

#include <optional>

#include "linear/eigenvalue.h"
#include "problem/problem.h"

// For ∇f_i(w) = C_i z, z = (w, 1): B_S(w) = zᵀNz / zᵀQz with N = n Σ C_iᵀC_i and Q = (ΣC_i)ᵀ(ΣC_i).
namespace graddiv {

struct DiversityForms {
  Matrix<Rational> N;
  Matrix<Rational> Q;

  /// The same for z = T y.
  DiversityForms under(const Matrix<Rational>& T) const;
  /// B_S at z; absent: +∞.
  std::optional<Rational> ratio(const Vector<Rational>& z) const;
};

/// Absent where the functions are not quadratic.
std::optional<DiversityForms> diversity_forms(const Problem& problem);

/// A certified t with zᵀNz ≥ t zᵀQz wherever zᵀG_k z ≥ 0 for all k, found by searching for
/// multipliers s ≥ 0 with
///   N − tQ − Σ s_k G_k ⪰ 0
/// (S-procedure: sufficient; also necessary for one constraint that holds strictly somewhere). The
/// G_k are diagonal, given by their diagonals, and G_k's last entry is positive.
struct MultiplierBound {
  Rational t;
  bool exact_for_multipliers = false;  ///< no larger t for the multipliers found
  Vector<Rational> multipliers;
  Vector<double>
      tightest;  ///< z where the inequality is nearly an equality: a guess of the minimiser
};
std::optional<MultiplierBound> multiplier_bound(const DiversityForms& forms,
                                                const std::vector<Vector<Rational>>& constraints);

}  // namespace graddiv
