#pragma once

#include "theorems/shared.h"

// What the theorems on diversity-inducing mechanisms share. With g_i = ∇f_i(w), Q_1, …, Q_n
// independent and E Q_i(g) = g:
//   A = Σ‖g_i‖²,  D = ‖Σ g_i‖²,  V = Σ E‖Q_i(g_i) − g_i‖²,  Δ = A/D,  Δ^Q = Σ E‖Q_i(g_i)‖² / E‖Σ
//     Q_i(g_i)‖².
namespace graddiv {

/// Δ^Q = numerator/denominator, cleared of fractions; the expectations of Δ^Q are summed over the
/// values of the Q_i.
Comparison mechanism_diversity_is(const MechanismPoint& p, const Enclosure& numerator,
                                  const Enclosure& denominator);

/// A statement about runs with a mechanism of this name ("" for any).
Statement about_mechanism(const std::string& name);

/// When a conclusion tells something: Δ = Δ^Q = 1 whatever the one function is.
Truth has_several_functions(const Case& c, const Conclusion& claimed);

/// The witness with a mechanism (JSON) in its run.
std::string with_mechanism(std::string witness, const std::string& mechanism);

/// Linear functions with these gradients (rows of JSON) and w_0 = 0, under the mechanism (JSON).
std::string mechanism_witness(const std::string& gradients, int dimension,
                              const std::string& mechanism, int batch = 1);

}  // namespace graddiv
