#include "linear/upper_bound.h"

#include "linear/matrix.h"

namespace graddiv {
namespace {

UpperBound next(double nearest) {
  return std::nextafter(std::abs(nearest), std::numeric_limits<double>::infinity());
}

}  // namespace

UpperBound above(const Enclosure& x) {
  if (!x.is_bounded()) return std::numeric_limits<double>::infinity();
  if ((x == 0).truth() == Truth::yes) return 0;
  return next(abs(x).upper().approximate());
}

UpperBound above(const Rational& x) { return x == 0 ? 0 : next(detail::nearest_double(x)); }

}  // namespace graddiv
