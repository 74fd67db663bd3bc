#pragma once

#include <string>

#include "cli/support/output.h"
#include "workbench/applicability.h"

namespace graddiv::cli {

// What `graddiv verify` says of a theorem that hardly ever applied.

/// Which hypothesis failed most, of all instances and class by class; several lines.
std::string why_not_applicable(const workbench::Applicability& found);
Json applicability_json(const workbench::Applicability& found);

}  // namespace graddiv::cli
