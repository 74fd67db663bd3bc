#pragma once

#include "theorems/shared.h"

// What the theorems on random matrices X share: they hold with a probability over X, whatever w and
// the losses are.
namespace graddiv {

/// The rows of X are drawn from this law.
Truth has_random_rows(const Case& c, const std::string& law);
/// P(B_S(w) < bound for some w and some losses) where the rows of X are drawn from their law, for
/// an exact bound: a sample goes on while it is open whether the probability is at most `stated`.
/// NotCertified where the rows have no law.
FailureProbability failure_probability(const Case& c, const Enclosure& bound,
                                       const Enclosure& stated);

using OfCase = std::function<Enclosure(const Case&)>;

/// "f_i(w) = ℓ_i(x_iᵀw) with rows x_i of this law ("gaussian", "rademacher")  ⇒  B_S(w) ≥ bound for
/// all w and all losses, with probability at least 1 − failure". Assumes that this says something:
/// bound > 1 and failure < 1.
Statement with_high_probability(const std::string& law, OfCase bound, OfCase failure);

/// n rows of the law in R^d, and no iteration.
std::string random_rows_witness(const std::string& law, int n, int d);

}  // namespace graddiv
