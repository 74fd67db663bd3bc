#include "number/exact.h"

#include <mpfi.h>
#include <mpfr.h>

#include <memory>
#include <stdexcept>

#include "number/enclosure_value.h"

namespace graddiv {

using detail::EnclosureValue;

Enclosure enclose(const Rational& value) {
  return Enclosure(std::make_shared<const EnclosureValue>(value));
}

Enclosure enclose(const Interval& value) {
  const mpfr_srcptr lower = value.backend().left_data();
  const mpfr_srcptr upper = value.backend().right_data();
  // Nothing real lies in [∞, ∞], in [−∞, −∞] or around a NaN: they stand for a computation that has
  // lost its value.
  const bool lost = mpfr_nan_p(lower) || mpfr_nan_p(upper) ||
                    (mpfr_inf_p(lower) && mpfr_sgn(lower) > 0) ||
                    (mpfr_inf_p(upper) && mpfr_sgn(upper) < 0);
  if (lost) return Enclosure::anything();
  return Enclosure(std::make_shared<const EnclosureValue>(detail::copy_of(value)));
}

Enclosure enclose(const Rational& lower, const Rational& upper) {
  if (lower > upper) throw std::invalid_argument("enclose: lower > upper");
  if (lower == upper) return enclose(lower);
  return Enclosure::hull(enclose(lower), enclose(upper));
}

const Rational& exact_value(const Enclosure& x) {
  if (const Rational* value = x.value().exact()) return *value;
  throw std::logic_error("exact_value: " + x.to_string() + " is an interval");
}

Interval interval_value(const Enclosure& x) {
  if (const Rational* value = x.value().exact()) return interval_around(*value);
  Interval rounded;
  mpfi_set_prec(rounded.backend().data(), static_cast<mpfr_prec_t>(current_precision().bits));
  mpfi_set(rounded.backend().data(), x.value().interval()->backend().data());
  return rounded;
}

Rational lower_end(const Enclosure& x) {
  if (const Rational* value = x.value().exact()) return *value;
  return lower_end(*x.value().interval());
}

Rational upper_end(const Enclosure& x) {
  if (const Rational* value = x.value().exact()) return *value;
  return upper_end(*x.value().interval());
}

}  // namespace graddiv
