#pragma once

#include "instances/recipes/parts.h"

// Linear functions with rows of a law.
namespace graddiv::recipes {

/// Mostly n ≥ d for which d/18 > 1 and the stated probability is positive; else small ones.
Instance gaussian_rows(Choices choices);
/// Mostly nd/(n+d) > 26; else small ones.
Instance rademacher_rows(Choices choices);

}  // namespace graddiv::recipes
