#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"

namespace graddiv {

/// An inequality solved for a variable that stands in it once: variable ≥ bound, or ≤ bound, where
/// the conditions hold.
struct Solved {
  bool is_at_least = true;
  Formula bound;
  std::vector<Formula> conditions;  ///< signs of what was divided by, of roots and of logarithms
};

/// left ≤ a + b·x gives x ≥ (left − a)/b where b > 0, and so on through every operation that has an
/// inverse. Nothing for equations, and where x stands elsewhere. Powers are inverted for bases that
/// are at least 0, which no condition says: what is found by it is to be checked.
std::optional<Solved> solved_for(const Formula& inequality, const std::string& variable);

}  // namespace graddiv
