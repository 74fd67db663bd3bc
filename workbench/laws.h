#pragma once

#include <string>

#include "campaign/record.h"
#include "constructions/construction.h"

namespace graddiv::workbench {

/// `reason` says where law and engine differ first, or why they could not be compared.
struct LawFinding {
  ConstructionRecord record;
  std::string reason;
};

/// Compares the exact law of a construction with the engine's exact expectation, at every iteration
/// of every showcase.
LawFinding check_law(const Construction& construction);

}  // namespace graddiv::workbench
