#pragma once

#include "instances/recipes/parts.h"

// Which runs are worth checking a rate on.
namespace graddiv::recipes {

enum class Rate { strongly_convex, convex, smooth, pl };

/// Whether a run with one step and one batch is likely to reach the horizon of a rate, with an
/// accuracy below what its start has: from a few paths in floating point, since M² and δ are those
/// along the whole run. Says nothing for certain: that is left to the check.
bool promises_to_tell(Rate rate, const Instance& instance);

/// The first instance made that promises to tell something, of a few; the last of these where none
/// does. One in twelve is taken as it comes, for the corners.
template <class Make>
Instance promising(Choices& choices, Rate rate, const Make& make) {
  constexpr int most_attempts = 12;
  const bool as_it_comes = choices.rarely(12);  // the simplest: failures shrink to it
  Instance instance = make();
  for (int attempt = 1; attempt < most_attempts && !as_it_comes; ++attempt) {
    if (promises_to_tell(rate, instance)) break;
    instance = make();
  }
  return instance;
}

}  // namespace graddiv::recipes
