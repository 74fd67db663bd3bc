#pragma once

#include <optional>
#include <vector>

#include "diversity/mechanism.h"
#include "linear/matrix.h"

namespace graddiv {

/// γ_k = c/(k + offset), k = 0, 1, …: "step": {"rule": "c/k", "c": …, "offset": …}.
struct StepRule {
  Rational c;
  long offset = 1;  ///< ≥ 1

  std::vector<Rational> steps(int iterations) const;
};

/// A run of mini-batch SGD, in the sum convention of the paper (a step adds up B gradients):
///   w_{k+1} = Π_W( w_k − γ_k Σ_{ℓ=1}^{B_k} ∇f_{s_ℓ}(w_k) ),  k = 0, …, K − 1,
/// with s_ℓ i.i.d. uniform on {1..n}. With a mechanism, Q_{s_ℓ}(∇f_{s_ℓ}(w_k)) stands in place of
/// ∇f_{s_ℓ}(w_k). With a full batch nothing is drawn: every function is taken exactly once, which
/// is gradient descent, w_{k+1} = Π_W( w_k − γ_k n ∇F(w_k) ).
struct Run {
  Vector<Rational> start;       ///< w_0 ∈ R^d
  std::vector<Rational> steps;  ///< γ_k: one value for all iterations, or K values
  std::vector<long> batches;    ///< B_k ≥ 1: one value for all iterations, or K values
  int iterations = 0;           ///< K ≥ 0
  Mechanism mechanism{};        ///< Q; none by default
  bool full_batch = false;      ///< every function once; `batches` is n for all iterations
  /// How a file says the steps, as long as they are these.
  std::optional<StepRule> step_rule = std::nullopt;

  const Rational& step(int k) const {
    return steps.size() == 1 ? steps.front() : steps.at(static_cast<std::size_t>(k));
  }
  long batch(int k) const {
    return batches.size() == 1 ? batches.front() : batches.at(static_cast<std::size_t>(k));
  }
  bool has_constant_step() const;
  bool has_constant_batch() const;
  /// T = B_0 + … + B_{k−1}, the gradient evaluations of the first k iterations.
  long evaluations(int k) const;
};

}  // namespace graddiv
