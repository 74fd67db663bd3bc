#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <utility>

#include "number/rational.h"

// Random rationals for the tests of lib/number and lib/linear.
namespace graddiv::testing {

Rational power_of_ten(int exponent);

Rational power_of_two(int exponent);

/// p/q with |p| ≤ size and 1 ≤ q ≤ size; shrinks to 0.
rc::Gen<Rational> small_rationals(int size = 20);

/// Mostly small numbers, and the corners: 0, ±1, numbers next to 1 and to π, halves, huge and tiny
/// ones.
rc::Gen<Rational> rationals();

/// lower ≤ upper, often equal, often on both sides of 0.
rc::Gen<std::pair<Rational, Rational>> ranges(const rc::Gen<Rational>& ends);

/// A point of [lower, upper]: an end, or between them.
rc::Gen<Rational> points_of(const std::pair<Rational, Rational>& range);

}  // namespace graddiv::testing
