#pragma once

#include <utility>
#include <variant>

#include "number/interval.h"
#include "number/rational.h"

// Private to lib/number.
namespace graddiv::detail {

/// What an Enclosure points to: a rational, or an interval [lower, upper] with lower < ∞, upper >
/// −∞, lower ≤ upper, and neither of them a NaN.
class EnclosureValue {
 public:
  explicit EnclosureValue(Rational value) : value_(std::move(value)) {}
  explicit EnclosureValue(Interval value) : value_(std::move(value)) {}

  const Rational* exact() const { return std::get_if<Rational>(&value_); }
  const Interval* interval() const { return std::get_if<Interval>(&value_); }

 private:
  std::variant<Rational, Interval> value_;
};

}  // namespace graddiv::detail
