#pragma once

#include "instances/recipes/parts.h"

// The problems of the lower bounds.
namespace graddiv::recipes {

/// lower-replicated with p = 2K from 0: any steps, of any sign, any batches, on R^d or a ball about
/// 0.
Instance replicated_blocks(Choices choices);
/// lower-fixed-step: steps at, beside and far from the largest stable one; a start of ones, on the
/// steep coordinates alone, or any.
Instance valley_blocks(Choices choices);
Instance unequal_valley_blocks(Choices choices);  ///< m no integer
/// lower-noise-floor: steps with ηB below, at and above 2.
Instance noise_floor(Choices choices);

}  // namespace graddiv::recipes
