#pragma once

#include "instances/recipes/parts.h"

// Mixtures.
namespace graddiv::recipes {

/// Any rational family on a box or a ball that holds the start.
Instance bounded(Choices choices);
/// Any rational family on any domain, sometimes with a start outside of it, sometimes with a step
/// and a batch for each iteration.
Instance any_rational(Choices choices);

/// maxima() on R^d or a box.
Instance nonsmooth(Choices choices);

}  // namespace graddiv::recipes
