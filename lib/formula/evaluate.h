#pragma once

#include "formula/formula.h"
#include "formula/scope.h"
#include "number/comparison.h"

namespace graddiv {

/// The number a formula is worth, with the evidence of all it is made of. Throws NotCertified,
/// ArithmeticError (division by zero, the logarithm of a negative number, a range of more than
/// 1,000,000 numbers, those within it counted as often as they are taken, a power of more than
/// 2²² bits) and FormulaError (a variable without a value, an index that is no whole number).
Enclosure value_of(const Formula& formula, const Scope& scope);

/// Throws FormulaError for a power or a range that is too large whatever the instance.
void require_within_reach(const Formula& formula);

/// Whether it holds. What decides is asked first and nothing beyond it: `n ≥ 2 and 1/(n − 1) < x`
/// never divides by zero.
Truth holds(const Formula& formula, const Scope& scope);

/// Both sides of a formula that is one relation, <, ≤, =, ≥ or >: what a statement claims. Cleared
/// of a fraction whose denominator may vanish (Symbol::fraction).
Comparison comparison_of(const Formula& formula, const Scope& scope);

}  // namespace graddiv
