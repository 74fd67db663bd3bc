#pragma once

#include <string_view>
#include <vector>

#include "constructions/construction.h"

namespace graddiv {

/// Every worst-case family of the workbench.
const std::vector<Construction>& constructions();

/// Throws std::out_of_range with the list of known ids.
const Construction& find_construction(std::string_view id);

/// The problem families of the library and, as one more, {"family": "construction", "name": …,
/// "parameters": {…}}.
const std::vector<FamilyEntry>& families_and_constructions();

}  // namespace graddiv
