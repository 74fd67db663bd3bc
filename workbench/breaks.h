#pragma once

#include <cstddef>
#include <optional>

#include "workbench/trials.h"

namespace graddiv::workbench {

/// The ways to break what a hypothesis could ask for: a start outside of W, a longer step, unequal
/// batches, a function of negative curvature, and more.
std::size_t number_of_breaks();

/// A trial with one assumption broken, the how-th, told in its origin; nothing where there is no
/// such instance.
std::optional<Trial> broken(const Trial& trial, std::size_t how);

}  // namespace graddiv::workbench
