#pragma once

#include <memory>
#include <utility>
#include <variant>

#include "number/enclosure.h"
#include "number/evidence.h"
#include "number/interval.h"
#include "number/rational.h"

// Private to lib/number: what an Enclosure holds, and how it is made.
namespace graddiv::detail {

/// What a number rests on beyond what it is held as; null for most.
using Marks = std::shared_ptr<const Evidence>;

/// What an Enclosure shares where it cannot hold its number in place: a rational, or an interval
/// [lower, upper] with lower < ∞, upper > −∞, lower ≤ upper, and neither of them a NaN.
class EnclosureValue : public Shared {
 public:
  EnclosureValue(Rational value, Marks marks)
      : value_(std::move(value)), marks_(std::move(marks)) {}
  EnclosureValue(Interval value, Marks marks)
      : value_(std::move(value)), marks_(std::move(marks)) {}

  const Rational* exact() const { return std::get_if<Rational>(&value_); }
  const Interval* interval() const { return std::get_if<Interval>(&value_); }
  const Marks& marks() const { return marks_; }

 private:
  std::variant<Rational, Interval> value_;
  Marks marks_;
};

/// Null where the number is held in place.
inline const EnclosureValue* shared_value(const Enclosure& x) {
  return x.held().is_small() ? nullptr : static_cast<const EnclosureValue*>(x.held().shared());
}

/// The interval that x holds; null where x is exact.
inline const Interval* interval_in(const Enclosure& x) {
  const EnclosureValue* value = shared_value(x);
  return value == nullptr ? nullptr : value->interval();
}

inline const Marks& marks(const Enclosure& x) {
  static const Marks none;
  const EnclosureValue* value = shared_value(x);
  return value == nullptr ? none : value->marks();
}

/// The same rational, or the same two endpoints.
bool holds_the_same(const Enclosure& a, const Enclosure& b);

/// Holds the value as it is, in place where it can be.
Enclosure holding(Rational value, Marks marks = nullptr);
Enclosure holding(Interval value, Marks marks = nullptr);

/// Whether numerator and denominator fit 64 bits; then they are in `small`.
bool fits(mpq_srcptr value, SmallRational& small);

/// An exact number as GMP reads it, without a copy. Lives no longer than the number.
class Mpq {
 public:
  explicit Mpq(const Enclosure& exact);
  explicit Mpq(const SmallRational& value) { read(value); }
  Mpq(const Mpq&) = delete;
  Mpq& operator=(const Mpq&) = delete;
  operator mpq_srcptr() const { return value_; }  // NOLINT(google-explicit-constructor)

 private:
  void read(const SmallRational& value);

  mp_limb_t limbs_[2];
  mpq_t small_;
  mpq_srcptr value_;
};

}  // namespace graddiv::detail
