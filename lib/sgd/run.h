#pragma once

#include <optional>
#include <vector>

#include "diversity/mechanism.h"
#include "linear/matrix.h"

namespace graddiv {

/// The steps γ_k, k = 0, 1, …, of "step": {"rule": …, "c": …, "offset": …} in an instance file.
struct StepRule {
  enum class Decay {
    like_k,      ///< "c/k": γ_k = c/(k + offset)
    like_root_k  ///< "c/sqrt(k)": γ_k = c/√(k + offset), irrational but for squares
  };
  Rational c;
  long offset = 1;  ///< ≥ 1
  Decay decay = Decay::like_k;

  /// What a run by it has for `steps`: none where they decay like √k.
  std::vector<Rational> steps(int iterations) const;
  Enclosure step(int k) const;  ///< γ_k
};

/// A run of mini-batch SGD, in the sum convention of the paper (a step adds up B gradients):
///   w_{k+1} = Π_W( w_k − γ_k Σ_{ℓ=1}^{B_k} ∇f_{s_ℓ}(w_k) ),  k = 0, …, K − 1,
/// with s_ℓ i.i.d. uniform on {1..n}. With a mechanism, Q_{s_ℓ}(∇f_{s_ℓ}(w_k)) stands in place of
/// ∇f_{s_ℓ}(w_k). With a full batch nothing is drawn: every function is taken exactly once, which
/// is gradient descent, w_{k+1} = Π_W( w_k − γ_k n ∇F(w_k) ).
struct Run {
  Vector<Rational> start;  ///< w_0 ∈ R^d
  /// γ_k where they are rational: one value for all iterations, or K values. Else none.
  std::vector<Rational> steps;
  std::vector<long> batches;  ///< B_k ≥ 1: one value for all iterations, or K values
  int iterations = 0;         ///< K ≥ 0
  Mechanism mechanism{};      ///< Q; none by default
  bool full_batch = false;    ///< every function once; `batches` is n for all iterations
  /// How a file says the steps, as long as they are these (`is_by_rule`).
  std::optional<StepRule> step_rule = std::nullopt;

  Enclosure gamma(int k) const;  ///< γ_k
  /// γ_k where the steps are rational; else throws std::invalid_argument.
  const Rational& step(int k) const;
  bool is_by_rule() const;
  /// By a rule that decays like √k.
  bool has_irrational_steps() const;
  bool has_positive_steps() const;
  long batch(int k) const {
    return batches.size() == 1 ? batches.front() : batches.at(static_cast<std::size_t>(k));
  }
  bool has_constant_step() const;
  bool has_constant_batch() const;
  /// Whether γ_k and B_k, k ≥ 1, are known to be those of iteration k − 1.
  bool goes_on(int k) const;
  /// T = B_0 + … + B_{k−1}, the gradient evaluations of the first k iterations.
  long evaluations(int k) const;
};

}  // namespace graddiv
