#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "campaign/plan.h"

namespace graddiv::workbench {

/// What a campaign's search comes to: a counterexample where it meets one, else the sharpest
/// instance in one of the regimes, which take turns from search to search; where nothing tells of a
/// ratio, a random draw, or nothing for a theorem without any. It begins with the gallery, with
/// random draws that no campaign checks otherwise, and with some of the worst-case families, which
/// take turns too, and spends so many checks. Depends on its arguments alone; throws Unwanted once
/// it is over, of which it asks before every check.
std::optional<Planned> find_sharp_instance(const Theorem& theorem, std::uint64_t seed,
                                           std::int64_t search, std::int64_t checks,
                                           const std::function<bool()>& is_over = {});

}  // namespace graddiv::workbench
