#pragma once

#include "instances/recipes/parts.h"

// Quadratic sums on R^d.
namespace graddiv::recipes {

/// F has the smallest eigenvalue λ and the largest eigenvalue β, both drawn; the f_i are alike, or
/// perturbed such that the perturbations cancel (some f_i are then indefinite), or have one
/// eigenvector each (rank one or zero).
/// 2γλB ≤ 1 and the horizon of `rate-strongly-convex` is reached on most draws.
Instance strongly_convex(Choices choices);
/// The same with what puts a mechanism into a run.
using Noise = Instance(Choices, Instance);
Instance strongly_convex_with_noise(Choices choices, Noise* noise);
/// The same with B = 1.
Instance strongly_convex_serial(Choices choices);
/// The same with n ≤ 2, d ≤ 2, B ≤ 3, for domains where every path counts.
Instance strongly_convex_of_few_paths(Choices choices);
/// Every f_i is convex; F may be singular, or zero.
Instance convex(Choices choices);
/// Some f_i are indefinite or of low rank, F is convex; mostly strongly so, with a run to the
/// horizon.
Instance indefinite_parts(Choices choices);
/// f_i with any symmetric matrices.
Instance any_quadratic(Choices choices);

}  // namespace graddiv::recipes
