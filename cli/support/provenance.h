#pragma once

#include "campaign/record.h"

namespace graddiv::cli {

/// This tool, this machine and this moment.
Provenance make_provenance(std::uint64_t seed, std::string inputs);

}  // namespace graddiv::cli
