#pragma once

#include "formula/tree.h"

// Formulas as they are written in C++.
namespace graddiv {

Formula operator-(const Formula& a);
Formula operator+(const Formula& a, const Formula& b);
Formula operator-(const Formula& a, const Formula& b);
Formula operator*(const Formula& a, const Formula& b);
Formula operator/(const Formula& a, const Formula& b);
Formula operator<(const Formula& a, const Formula& b);
Formula operator<=(const Formula& a, const Formula& b);
Formula operator>=(const Formula& a, const Formula& b);
Formula operator>(const Formula& a, const Formula& b);
Formula equal(const Formula& a, const Formula& b);  ///< a = b, as a formula
Formula operator&&(const Formula& a, const Formula& b);
Formula operator||(const Formula& a, const Formula& b);
Formula operator!(const Formula& a);
Formula pow(const Formula& a, const Formula& exponent);
Formula square(const Formula& a);
Formula log(const Formula& a);
Formula exp(const Formula& a);
Formula sqrt(const Formula& a);
Formula min(const Formula& a, const Formula& b);
Formula max(const Formula& a, const Formula& b);

}  // namespace graddiv
