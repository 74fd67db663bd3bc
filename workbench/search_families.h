#pragma once

#include <cstdint>
#include <vector>

#include "campaign/tightness.h"
#include "claim/theorem.h"

namespace graddiv::workbench {

/// The worst-case families, one for each showcase of a construction: a search turns their
/// parameters, the step, the batch size, the iterations and the length of the start.
std::vector<InstanceFamily> search_families();

/// The gallery's instances of a theorem.
std::vector<Instance> gallery_instances(const Theorem& theorem);

/// The draws number `first`, `first` + 1, … from the classes of a theorem, which take turns; none
/// for a theorem without any.
std::vector<Instance> draws_in_turn(const Theorem& theorem, std::uint64_t seed, std::int64_t first,
                                    std::int64_t count);

}  // namespace graddiv::workbench
