#pragma once

#include <string>
#include <vector>

#include "linear/matrix.h"
#include "problem/problem.h"
#include "sgd/run.h"

namespace graddiv::benchmarks {

/// E‖w_k − w*‖², k = 0..K, of mini-batch SGD on n quadratics in R^d with small rational
/// coefficients.
struct Task {
  Problem problem;
  Run run;
  Vector<Rational> minimizer;       ///< w*
  std::vector<Matrix<Rational>> C;  ///< ∇f_i(w) = C_i (w, 1), each d × (d + 1)
};

/// Symmetric A_i with entries p/q, q ≤ 4, diagonally heavy; γ = 1/1024, w_0 = (1, …, 1). The same
/// numbers every time.
Task small_rationals(int d, int n, long batch, int iterations);

/// Least squares with integers from 0 to 4000, every other one 0, as pooled images have them; γ =
/// 2^-34, w_0 = 0. Distances are from 0.
Task integer_rows(int d, int n, long batch, int iterations);

/// What a straightforward program makes of it, by
///   S⁺ = M S Mᵀ + γ²B [ (1/n) Σ C_i S C_iᵀ − C̄ S C̄ᵀ ],  M = I − γB C̄ (zero row below).
std::vector<Rational> rational_loop(const Task& task);  ///< matrices of `mpq_rational`
#ifdef GRADDIV_HAS_FLINT
std::vector<Rational> flint_loop(const Task& task);  ///< FLINT's `fmpq_mat`
#endif
/// Python's `fractions`, in a process of its own that measures its CPU time.
struct Measured {
  std::vector<Rational> values;
  double seconds = 0;
};
Measured python_fractions(const Task& task);

}  // namespace graddiv::benchmarks
