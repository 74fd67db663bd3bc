#pragma once

#include "campaign/record.h"
#include "constructions/construction.h"

namespace graddiv::workbench {

/// Compares the exact law of a construction with the engine's exact expectation, at every iteration
/// of every showcase.
ConstructionRecord check_law(const Construction& construction);

}  // namespace graddiv::workbench
