#pragma once

#include <algorithm>
#include <cmath>

#include "number/exact.h"

namespace graddiv::detail {

/// log(1 + exp(x)) = max(x, 0) + log(1 + exp(−|x|)), which neither overflows nor loses digits. It
/// grows with x: the ends of an interval tell the rest.
template <class T>
T softplus(const T& x) {
  using std::abs, std::exp, std::log1p, std::max;
  return max(x, T(0)) + log1p(T(exp(T(-abs(x)))));
}
inline Enclosure softplus(const Enclosure& x) {
  if ((x <= 0).truth() == Truth::yes || !x.is_bounded()) return log(1 + exp(x));
  if (x.is_exact()) return x + log(1 + exp(-x));
  return Enclosure::hull(softplus(x.lower()), softplus(x.upper()));
}

}  // namespace graddiv::detail
