#pragma once

#include <optional>

#include "claim/check.h"
#include "sgd/instance.h"

namespace graddiv {

/// Which smaller counterexamples people would rather read than the one at hand: those that stay off
/// the corners where a run does nothing or a bound falls apart (γ = 0, β = 0, w_0 = w*, and λ = β
/// in more than one dimension), as far as that one does; and in which the two sides stay clearly
/// apart, by a fifth of the larger one or by as much as they were.
class Readable {
 public:
  Readable(const Instance& instance, const Finding& finding);
  bool allows(const Instance& smaller, const Finding& finding) const;

 private:
  struct Corners {
    bool has_idle_step = false;     ///< γ_k = 0 for some k, or less
    bool has_no_curvature = false;  ///< β = 0, or L = 0 for linear functions
    bool starts_at_optimum = false;
    bool is_round = false;  ///< λ = β, in more than one dimension
  };
  static Corners corners_of(const Instance& instance);

  Corners corners_;
  std::optional<Rational> gap_;  ///< that is to be kept
};

/// How far apart the sides of what is false are, of its worst conclusion: |left − right| over the
/// larger of |left| and |right|, rounded down; nothing where nothing is false.
std::optional<Rational> gap_of(const Finding& finding);

}  // namespace graddiv
