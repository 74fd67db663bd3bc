#pragma once

#include <cstdint>

#include "claim/theorem.h"
#include "sgd/instance.h"

namespace graddiv::workbench {

/// The number-th random instance of a class for a theorem, as that has it adapted.
Instance draw_for(const Theorem& theorem, InstanceClass drawn_from, std::uint64_t seed,
                  std::int64_t number);

}  // namespace graddiv::workbench
