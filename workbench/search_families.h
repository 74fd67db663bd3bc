#pragma once

#include <vector>

#include "campaign/tightness.h"

namespace graddiv::workbench {

/// The worst-case families, one for each showcase of a construction: a search turns their
/// parameters, the step, the batch size, the iterations and the length of the start.
std::vector<InstanceFamily> search_families();

}  // namespace graddiv::workbench
