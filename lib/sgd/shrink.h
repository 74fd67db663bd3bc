#pragma once

#include <functional>

#include "sgd/instance.h"

namespace graddiv {

/// A small and simple instance that `keeps` still says yes to, found greedily from one that it says
/// yes to: functions, coordinates, the domain, iterations and draws are left out one after the
/// other, and numbers replaced by simpler ones, at last equal ones together, until nothing more
/// can go. `keeps` is asked at most `most_tries` times; what is no valid instance, or one that it
/// throws on, is passed over.
Instance shrink(const Instance& instance, const std::function<bool(const Instance&)>& keeps,
                int most_tries);

}  // namespace graddiv
