#pragma once

#include "sgd/instance.h"

namespace graddiv {

/// The same run seen through other units: 4F in place of F, with the steps γ/4, so that every point
/// of the run stays. Absent where the family has no such member (losses with a scale of their own).
std::optional<Instance> with_values_rescaled(const Instance& instance);

/// The same run seen through other units: f_i(w/2) in place of f_i(w), from 2 w_0 with the steps
/// 4γ, so that every point of the run is doubled.
Instance with_points_rescaled(const Instance& instance);

}  // namespace graddiv
