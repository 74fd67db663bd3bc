#pragma once

#include <string>
#include <vector>

#include "campaign/change.h"

namespace graddiv::workbench {

struct Comparison {
  std::vector<Change> changes;
  std::vector<Subject> subjects;  ///< all that was compared, whether it changed or not
};

/// What changed between two stores of `verify`. Throws NoStore and StoreError.
Comparison diff(const std::string& before, const std::string& after);

bool any_worse(const std::vector<Change>& changes);

}  // namespace graddiv::workbench
