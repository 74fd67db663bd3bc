#pragma once

#include <string_view>
#include <vector>

#include "claim/theorem.h"

namespace graddiv {

/// Every theorem the workbench verifies, in the order of the theory.
const std::vector<Theorem>& theorems();

/// Throws std::out_of_range with the list of known ids.
const Theorem& find_theorem(std::string_view id);

}  // namespace graddiv
