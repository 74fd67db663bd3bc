#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "number/combination.h"
#include "number/enclosure.h"
#include "number/evidence.h"
#include "number/interval.h"
#include "number/rational.h"

// Private to lib/number: what an Enclosure holds, and how it is made.
namespace graddiv::detail {

/// What a number rests on beyond what it is held as; null for most.
using Marks = std::shared_ptr<const Evidence>;

/// What an Enclosure shares where it cannot hold its number in place: a rational, an interval
/// [lower, upper] with lower < ∞, upper > −∞, lower ≤ upper, and neither of them a NaN, or a
/// combination of roots.
class EnclosureValue : public Shared {
 public:
  EnclosureValue(Rational value, Marks marks)
      : value_(std::move(value)), marks_(std::move(marks)) {}
  EnclosureValue(Interval value, Marks marks)
      : value_(std::move(value)), marks_(std::move(marks)) {}

  EnclosureValue(std::shared_ptr<const Irrational> value, Marks marks)
      : value_(std::move(value)), marks_(std::move(marks)) {}

  const Rational* exact() const { return std::get_if<Rational>(&value_); }
  /// Null where rational.
  const Interval* interval() const {
    const auto* root = irrational();
    return root != nullptr ? &(*root)->interval : std::get_if<Interval>(&value_);
  }
  const std::shared_ptr<const Irrational>* irrational() const {
    return std::get_if<std::shared_ptr<const Irrational>>(&value_);
  }
  const Marks& marks() const { return marks_; }

 private:
  std::variant<Rational, Interval, std::shared_ptr<const Irrational>> value_;
  Marks marks_;
};

/// Null where the number is held in place.
inline const EnclosureValue* shared_value(const Enclosure& x) {
  return x.held().is_small() ? nullptr : static_cast<const EnclosureValue*>(x.held().shared());
}

/// The interval that x holds; null where x is rational.
inline const Interval* interval_in(const Enclosure& x) {
  const EnclosureValue* value = shared_value(x);
  return value == nullptr ? nullptr : value->interval();
}

/// The combination of roots that x holds; null where it holds none.
inline const std::shared_ptr<const Irrational>* irrational_in(const Enclosure& x) {
  const EnclosureValue* value = shared_value(x);
  return value == nullptr ? nullptr : value->irrational();
}

inline const Marks& marks(const Enclosure& x) {
  static const Marks none;
  const EnclosureValue* value = shared_value(x);
  return value == nullptr ? none : value->marks();
}

/// The same rational, the same combination of roots, or else the same two endpoints.
bool holds_the_same(const Enclosure& a, const Enclosure& b);

/// Holds the value as it is, in place where it can be.
Enclosure holding(Rational value, Marks marks = nullptr);
Enclosure holding(Interval value, Marks marks = nullptr);
Enclosure holding(std::shared_ptr<const Irrational> value, Marks marks = nullptr);

}  // namespace graddiv::detail
