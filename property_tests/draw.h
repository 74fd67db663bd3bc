#pragma once

#include <cstdint>
#include <string>

#include "sgd/instance.h"

namespace graddiv {

/// The `number`-th random instance of a class, for a seed: the same on every machine, and
/// independent of all others drawn. Safe to call from several threads.
/// Keeps RapidCheck's headers out of its callers.
Instance draw(const std::string& instance_class, std::uint64_t seed, std::int64_t number);

}  // namespace graddiv
