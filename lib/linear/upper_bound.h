#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "number/enclosure.h"
#include "number/rational.h"

namespace graddiv {

/// A number ≥ 0 of which only an upper bound matters, in doubles: every operation rounds up.
/// Infinite where there is no bound, and 0 times that is 0.
class UpperBound {
 public:
  UpperBound(double exact = 0) : value_(exact) {}  // NOLINT(google-explicit-constructor)

  double value() const { return value_; }
  bool is_finite() const { return std::isfinite(value_); }

  friend UpperBound operator+(UpperBound a, UpperBound b) {
    return a.value_ == 0 ? b : b.value_ == 0 ? a : up(a.value_ + b.value_);
  }
  friend UpperBound operator*(UpperBound a, UpperBound b) {
    return a.value_ == 0 || b.value_ == 0 ? 0 : up(a.value_ * b.value_);
  }
  friend UpperBound min(UpperBound a, UpperBound b) { return std::min(a.value_, b.value_); }
  friend UpperBound max(UpperBound a, UpperBound b) { return std::max(a.value_, b.value_); }
  friend UpperBound square(UpperBound x) { return x * x; }
  friend UpperBound sqrt(UpperBound x) { return x.value_ == 0 ? x : up(std::sqrt(x.value_)); }
  friend UpperBound fourth_root(UpperBound x) { return sqrt(sqrt(x)); }
  friend bool operator<(UpperBound a, UpperBound b) { return a.value_ < b.value_; }

 private:
  // The number itself is below the double that follows the nearest one.
  static UpperBound up(double nearest) {
    return std::nextafter(nearest, std::numeric_limits<double>::infinity());
  }
  double value_;
};

// Of |x|:
UpperBound above(const Enclosure& x);
UpperBound above(const Rational& x);

}  // namespace graddiv
