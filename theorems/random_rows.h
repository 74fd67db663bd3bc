#pragma once

#include "theorems/shared.h"

// What the theorems on random matrices X share: they hold with a probability over X, whatever w and the losses are.
namespace graddiv {

using Formula = std::function<Enclosure(const Case&)>;

/// "f_i(w) = ℓ_i(x_iᵀw) with rows x_i of this law ("gaussian", "rademacher")  ⇒  B_S(w) ≥ bound for all w and all losses, with
/// probability at least 1 − failure". Assumes that this says something: bound > 1 and failure < 1.
Statement with_high_probability(const std::string& law, Formula bound, Formula failure);

/// n rows of the law in R^d, and no iteration.
std::string random_rows_witness(const std::string& law, int n, int d);

}  // namespace graddiv
