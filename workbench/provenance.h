#pragma once

#include "campaign/record.h"

namespace graddiv::workbench {

/// This tool, this machine and this moment.
Provenance make_provenance(std::uint64_t seed);

}  // namespace graddiv::workbench
