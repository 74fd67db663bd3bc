#pragma once

#include <functional>

#include "claim/check.h"
#include "sgd/instance.h"

namespace graddiv::testing {

/// ½w² from 1 with γ = 1/2, B = 1, K = 1.
Instance parabola();

/// Claims "here: comparison", where it applies.
Statement claiming(Truth applies, const std::function<Comparison()>& comparison);

/// 2 as no more than an interval, at any precision.
Enclosure around_two();

/// A comparison that no precision decides.
Comparison undecidable();

}  // namespace graddiv::testing
