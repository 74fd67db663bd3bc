#pragma once

#include <vector>

#include "diversity/mechanism.h"

// The laws of sums of gradients that a mechanism changed.
namespace graddiv {

/// The laws of Q_i(g_i), i = 1, …, n, or laws with the same moments.
std::vector<FiniteLaw> laws_of_same_moments(const Mechanism& mechanism,
                                            const std::vector<Vector<Enclosure>>& gradients,
                                            double most);
/// The law of Σ_i X_i for independent X_i. Both throw LawTooLarge where more than `most` pairs of
/// values had to be added up.
FiniteLaw law_of_sum(const std::vector<FiniteLaw>& laws, double most);
/// The law of Σ_{ℓ=1}^B X_{s_ℓ} with s_ℓ i.i.d. uniform on {1..n}: X_{s_ℓ} drawn again for every ℓ
/// (fresh), or once for every i (shared).
FiniteLaw law_of_mini_batch(const std::vector<FiniteLaw>& laws, long B, Mechanism::Sharing sharing,
                            double most);

}  // namespace graddiv
