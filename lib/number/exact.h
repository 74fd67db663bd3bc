#pragma once

#include "number/enclosure.h"
#include "number/interval.h"
#include "number/rational.h"

// The doors between Enclosure, whose header stays light, and the numbers it is made of.
namespace graddiv {

Enclosure enclose(Rational value);
Enclosure enclose(const Interval& value);
/// The enclosure [lower, upper] of two exact numbers, rounded outward to the thread's precision.
/// Throws if lower > upper.
Enclosure enclose(const Rational& lower, const Rational& upper);

/// The exact value. Throws std::logic_error where x is not exact.
Rational exact_value(const Enclosure& x);
/// x as an interval of the thread's precision.
Interval interval_value(const Enclosure& x);

/// The endpoints; throw ArithmeticError where infinite.
Rational lower_end(const Enclosure& x);
Rational upper_end(const Enclosure& x);

}  // namespace graddiv
