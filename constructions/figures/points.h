#pragma once

#include "campaign/record.h"
#include "number/rational.h"

namespace graddiv {

/// Six digits: more than can be seen.
inline FigurePoint figure_point(const Rational& x, const Rational& y) {
  return {decimal_below(x, 6), decimal_below(y, 6)};
}

}  // namespace graddiv
