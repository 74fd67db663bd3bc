#pragma once

#include <boost/multiprecision/mpfi.hpp>

#include "number/precision.h"
#include "number/rational.h"

namespace graddiv {

/// An interval [lower, upper] with MPFI's outward rounding, at the precision of the thread's
/// PrecisionScope (Boost counts in decimal digits: a few bits more, never fewer).
///
/// Do not compare two of them with == or <: Boost 1.81 ends the program where they overlap (it
/// throws out of a noexcept function). Compare them as enclosures.
using Interval = boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<0>,
                                               boost::multiprecision::et_off>;

/// The narrowest interval of the thread's precision that holds the value.
Interval interval_around(const Rational& value);

/// The endpoints, exactly. They throw ArithmeticError where the endpoint is infinite or not a
/// number.
Rational lower_end(const Interval& x);
Rational upper_end(const Interval& x);

namespace detail {
/// The same interval: a plain copy takes the thread's precision, and may be wider.
Interval copy_of(const Interval& x);

/// Gives every thread that never enters a PrecisionScope the precision that current_precision()
/// reports, instead of Boost's 20 decimal digits.
bool prepare_interval_defaults();
inline const bool interval_defaults_prepared = prepare_interval_defaults();
}  // namespace detail

}  // namespace graddiv
