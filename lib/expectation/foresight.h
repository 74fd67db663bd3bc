#pragma once

#include <functional>
#include <vector>

#include "expectation/enumeration.h"

namespace graddiv::enumeration {

/// What following a process exactly would take, found out in doubles, where a step costs hundreds
/// of times less. Throws the ExpectationError of visit_law where an iteration would need more
/// transitions than the limit, and does nothing else. Points that are as near to each other as 2⁻³⁶
/// of the largest coordinate count as one, and so do gradients.
void foresee(const Sketch& sketch, const Run& run, const Options& options);

/// Throws that error.
[[noreturn]] void refuse(int k, std::size_t states, double transitions, double limit);

}  // namespace graddiv::enumeration
