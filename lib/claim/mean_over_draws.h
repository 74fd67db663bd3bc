#pragma once

#include <functional>
#include <vector>

#include "expectation/draws.h"

namespace graddiv {

/// Σ over multisets of B draws of probability × value(which of the distinct
/// gradients were drawn how often).
/// NotCertified where there are too many, or where their probabilities have too many digits.
Enclosure mean_over_draws(const enumeration::Draws& draws, const Enclosure& B,
                          const std::function<Enclosure(const std::vector<Drawn>& drawn)>& value);

}  // namespace graddiv
