#pragma once

#include "instances/recipes/parts.h"

// Runs with a mechanism, fresh or shared.
namespace graddiv::recipes {

Instance dropout(Choices choices);
Instance langevin(Choices choices);
/// Mostly gradients of rational length, so that all probabilities are exact.
Instance quantization(Choices choices);

}  // namespace graddiv::recipes
