#pragma once

#include <string>
#include <vector>

#include "campaign/compare.h"

namespace graddiv::workbench {

/// What changed between two stores of `verify`. Throws NoStore and StoreError.
std::vector<Change> diff(const std::string& before, const std::string& after);

}  // namespace graddiv::workbench
