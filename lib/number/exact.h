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

// A number taken apart: what it rests on goes to the EvidenceScope, or into `rests_on` where the
// caller puts it back.

/// The exact value. Throws std::logic_error where x is not exact.
Rational exact_value(const Enclosure& x);
Rational exact_value(const Enclosure& x, Evidence& rests_on);
/// The endpoints; throw ArithmeticError where infinite.
Rational lower_end(const Enclosure& x);
Rational upper_end(const Enclosure& x);
Rational lower_end(const Enclosure& x, Evidence& rests_on);
Rational upper_end(const Enclosure& x, Evidence& rests_on);

/// Whether nothing but an interval is known of x: it is neither rational nor held by square roots.
bool is_only_enclosed(const Enclosure& x);

/// x as an interval of the thread's precision, without what it rests on.
Interval interval_value(const Enclosure& x);

}  // namespace graddiv
