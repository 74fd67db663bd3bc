#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "number/evidence.h"
#include "number/interval.h"
#include "number/rational.h"

// Private to lib/number.
namespace graddiv::detail {

/// What a number rests on beyond what it is held as; null for most.
using Marks = std::shared_ptr<const Evidence>;

/// What an Enclosure points to: a rational, or an interval [lower, upper] with lower < ∞, upper >
/// −∞, lower ≤ upper, and neither of them a NaN.
class EnclosureValue {
 public:
  explicit EnclosureValue(Rational value, Marks marks = nullptr)
      : value_(std::move(value)), marks_(std::move(marks)) {}
  explicit EnclosureValue(Interval value, Marks marks = nullptr)
      : value_(std::move(value)), marks_(std::move(marks)) {}

  const Rational* exact() const { return std::get_if<Rational>(&value_); }
  const Interval* interval() const { return std::get_if<Interval>(&value_); }
  const Marks& marks() const { return marks_; }

 private:
  std::variant<Rational, Interval> value_;
  Marks marks_;
};

}  // namespace graddiv::detail
