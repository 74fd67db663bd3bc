#pragma once

#include <iosfwd>

#include "number/comparison.h"
#include "number/enclosure_class.h"
#include "number/functions.h"
#include "number/precision.h"
#include "number/truth.h"

// Enclosure: a real number that is known exactly (a rational) or enclosed rigorously, in
// [lower, upper].
//
// Every operation is exact as long as its operands are exact and its result is rational: + − × ÷,
// integer powers, square roots of squares, exp 0, log 1, sin 0, cos 0, abs, min, max; exactly 0
// times anything is exactly 0. Otherwise the result is an interval that contains every value the
// operation can take on the operands, rounded outward at the thread's precision (PrecisionScope).
// Beside its interval, a sum of few rational multiples of square roots of rationals is known by
// its terms: + − × ÷, powers, abs, min and max keep them, and such numbers are compared exactly.
// So are multiples of exp, log, sin and cos of rationals, which are recognised as the same number.
// Values are immutable and cheap to copy; a rational of 64 bits takes no heap.
//
// How a number is known travels with it: the result of an operation rests on all that its operands
// rest on. Two need nothing: exactly 0 times anything, and the power 0 of anything.
namespace graddiv {

Enclosure operator+(const Enclosure& a, const Enclosure& b);
Enclosure operator-(const Enclosure& a, const Enclosure& b);
Enclosure operator*(const Enclosure& a, const Enclosure& b);
/// Division by exactly 0 throws ArithmeticError; by an interval around 0 it gives anything().
Enclosure operator/(const Enclosure& a, const Enclosure& b);

Enclosure& operator+=(Enclosure& a, const Enclosure& b);
Enclosure& operator-=(Enclosure& a, const Enclosure& b);
Enclosure& operator*=(Enclosure& a, const Enclosure& b);
Enclosure& operator/=(Enclosure& a, const Enclosure& b);

std::ostream& operator<<(std::ostream& out, const Enclosure& x);

}  // namespace graddiv
