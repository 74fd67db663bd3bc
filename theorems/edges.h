#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "formula/solve.h"
#include "formula/theorem_file.h"
#include "sgd/instance.h"

namespace graddiv {

/// Where a hypothesis just holds or just fails: what it says of the step γ, or of the batch B,
/// solved for that.
struct Edge {
  enum class Of { step, batch };
  enum class Kind { at_most, equal, at_least };
  Of of = Of::step;
  Kind kind = Kind::at_most;
  Solved threshold;
  std::size_t hypothesis = 0;  ///< of the file, which says so
};

/// Of all inequalities and equations among the hypotheses that γ stands in once, and of those that
/// B does where γ does not: `0 < γ < 1/L_max` has γ < 1/L_max. A constant that is given is the
/// best one, and η is γ·B. Without those that every step and every batch meets, γ > 0 and B ≥ 1.
std::vector<Edge> edges_of(const TheoremFile& file);

/// The instance with a step and a batch that meet the equations, and then one of them at the
/// narrowest of these thresholds, just below it or just beyond it, by the number; as it is where
/// none is known of it.
Instance at_edge(Instance instance, const std::vector<Edge>& edges, std::int64_t number);

}  // namespace graddiv
