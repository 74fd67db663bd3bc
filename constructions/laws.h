#pragma once

#include <vector>

#include "sgd/run.h"

// Parts of the exact laws that several families have.
namespace graddiv {

/// A run from w_0 = (1, …, 1) ∈ R^d.
Run from_ones(long d, Rational step, long batch, int iterations);

/// 1 + ρ + … + ρ^{k−1}.
Rational geometric_sum(const Rational& rho, int k);

/// What one iteration multiplies the second moment of a coordinate by that has curvature α in F and
/// one function in m to itself: ρ(γα) = 1 − 2γαB + γ²α²B(B+m−1), since it moves by −γmα w_j with
/// each draw of its functions, binomial with mean B/m.
Rational coordinate_factor(const Rational& gamma_alpha, const Rational& B, const Rational& m);

/// E‖w_k‖² for k = 0, …, K where every coordinate is of that kind, with the same α and m.
std::vector<Rational> isotropic_law(const Run& run, const Rational& alpha, const Rational& m);

}  // namespace graddiv
