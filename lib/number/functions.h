#pragma once

#include "number/enclosure_class.h"

namespace graddiv {

/// x^n for any integer n (0^0 = 1); even powers of an interval around 0 start at 0. Negative n
/// divide.
Enclosure pow(const Enclosure& x, long n);
Enclosure square(const Enclosure& x);
/// Throws ArithmeticError where x < 0 throughout; an interval that reaches below 0 is cut at 0.
Enclosure sqrt(const Enclosure& x);
Enclosure exp(const Enclosure& x);
/// Throws ArithmeticError where x ≤ 0 throughout; an interval that reaches 0 gives a lower end of
/// −∞.
Enclosure log(const Enclosure& x);
Enclosure sin(const Enclosure& x);
Enclosure cos(const Enclosure& x);
Enclosure abs(const Enclosure& x);
Enclosure min(const Enclosure& a, const Enclosure& b);
Enclosure max(const Enclosure& a, const Enclosure& b);

}  // namespace graddiv
