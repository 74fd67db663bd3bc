#pragma once

#include "formula/formula.h"
#include "formula/scope.h"
#include "number/text.h"

namespace graddiv {

/// What the words of a formula are worth, each once, in the order in which they stand there:
/// "$γ = 1/4$, $E‖w_1 − w*‖² = 9/64$". The variables of the scope too. Fractions where they are
/// short.
Text values_in(const Formula& formula, const Scope& scope);

}  // namespace graddiv
