#pragma once

#include <string>
#include <vector>

#include "campaign/change.h"
#include "cli/support/output.h"

namespace graddiv::cli {

/// [{"theorem", "what", "worse", "better"}]
Json changes_json(const std::vector<Change>& changes);
/// A table, or "no change".
std::string changes_text(const std::vector<Change>& changes);

}  // namespace graddiv::cli
