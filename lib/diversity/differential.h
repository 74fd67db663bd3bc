#pragma once

#include <optional>
#include <string>

#include "diversity/diversity.h"

// Differential diversity: the diversity of the differences of gradients between two points. With
// Δ_i = ∇f_i(w) − ∇f_i(w'), Δ̄_S(w,w') = Σ‖Δ_i‖² / ‖ΣΔ_i‖² and B̄_S = n Δ̄_S (theory A).
namespace graddiv {

/// The sums over the differences; their inverse_batch_size_bound() is 1/B̄_S(w,w'), where 1/∞ = 0.
GradientSums differential_sums(const Problem& problem, const Vector<Enclosure>& w,
                               const Vector<Enclosure>& w_prime);

/// A certified lower bound of B̄_S(w,w') over all pairs of points of R^d, never below 1.
struct DifferentialInfimum {
  std::optional<Rational> value;  ///< absent: +∞, Σ(∇f_i(w) − ∇f_i(w')) vanishes for all pairs
  std::string method;             ///< how it was certified
};

/// The best of: for quadratic functions the largest t with n ΣA_i² − t (ΣA_i)² ⪰ 0 (necessary and
/// sufficient); for generalized linear ones n/σ_max(Y)², Y the rows scaled to unit length; n/(ρ+1)
/// from the conflict graph; and 1 (Cauchy–Schwarz).
DifferentialInfimum differential_infimum(const FiniteSum& sum);

}  // namespace graddiv
