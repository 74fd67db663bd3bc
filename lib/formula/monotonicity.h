#pragma once

#include <string>
#include <vector>

#include "formula/formula.h"

namespace graddiv {

/// How a formula changes as one of its variables grows, all else as it is: of a truth value,
/// `rising` means that it may become true and stays true.
enum class Monotonicity { constant, rising, falling, unknown };

Monotonicity opposite(Monotonicity trend);
Monotonicity joined(Monotonicity a, Monotonicity b);  ///< of what both parts of a sum do

/// In a variable that is at least 0, from the signs of what stands beside it. Signs are those of
/// the quantities (norms, counts, certified constants), and those that the assumptions name:
/// `γ > 0`, `F is convex`. What depends on more is unknown.
Monotonicity monotonicity_of(const Formula& formula, const std::string& variable,
                             const std::vector<Formula>& assumed);

}  // namespace graddiv
