#pragma once

#include "number/enclosure.h"
#include "number/rational.h"

// Private to lib/number: exact numbers as GMP has them.
namespace graddiv::detail {

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

// A number taken apart by its own operations, which join what it rests on themselves.
Rational value_of(const Enclosure& x);  ///< throws std::logic_error where x is not exact
Rational lower_of(const Enclosure& x);
Rational upper_of(const Enclosure& x);
/// Tells the EvidenceScope what x rests on.
void note_marks(const Enclosure& x);

}  // namespace graddiv::detail
