#include "number/exact.h"

#include <mpfi.h>
#include <mpfr.h>

#include <stdexcept>

#include "number/enclosure_value.h"
#include "number/evidence_scope.h"
#include "number/interval_operations.h"
#include "number/mpq_view.h"

namespace graddiv {

Enclosure enclose(Rational value) { return detail::holding(std::move(value)); }

Enclosure enclose(const Interval& value) {
  const mpfr_srcptr lower = value.backend().left_data();
  const mpfr_srcptr upper = value.backend().right_data();
  // Nothing real lies in [∞, ∞], in [−∞, −∞] or around a NaN: they stand for a computation that has
  // lost its value.
  const bool lost = mpfr_nan_p(lower) || mpfr_nan_p(upper) ||
                    (mpfr_inf_p(lower) && mpfr_sgn(lower) > 0) ||
                    (mpfr_inf_p(upper) && mpfr_sgn(upper) < 0);
  return lost ? Enclosure::anything() : detail::holding(detail::copy_of(value));
}

Enclosure enclose(const Rational& lower, const Rational& upper) {
  if (lower > upper) throw std::invalid_argument("enclose: lower > upper");
  if (lower == upper) return enclose(lower);
  return Enclosure::hull(enclose(lower), enclose(upper));
}

namespace detail {

Rational value_of(const Enclosure& x) {
  if (!x.is_exact()) throw std::logic_error("exact_value: " + x.to_string() + " is an interval");
  Rational value;
  mpq_set(value.backend().data(), Mpq(x));
  return value;
}

Rational lower_of(const Enclosure& x) {
  const Interval* held = interval_in(x);
  return held == nullptr ? value_of(x) : lower_end(*held);
}

Rational upper_of(const Enclosure& x) {
  const Interval* held = interval_in(x);
  return held == nullptr ? value_of(x) : upper_end(*held);
}

void note_marks(const Enclosure& x) {
  if (marks(x)) EvidenceScope::note(*marks(x));
}

}  // namespace detail

namespace {

void join_marks(const Enclosure& x, Evidence& rests_on) {
  if (detail::marks(x)) rests_on = join(rests_on, *detail::marks(x));
}

}  // namespace

Rational exact_value(const Enclosure& x) {
  detail::note_marks(x);
  return detail::value_of(x);
}

Rational exact_value(const Enclosure& x, Evidence& rests_on) {
  join_marks(x, rests_on);
  return detail::value_of(x);
}

Rational lower_end(const Enclosure& x) {
  detail::note_marks(x);
  return detail::lower_of(x);
}

Rational lower_end(const Enclosure& x, Evidence& rests_on) {
  join_marks(x, rests_on);
  return detail::lower_of(x);
}

Rational upper_end(const Enclosure& x) {
  detail::note_marks(x);
  return detail::upper_of(x);
}

Rational upper_end(const Enclosure& x, Evidence& rests_on) {
  join_marks(x, rests_on);
  return detail::upper_of(x);
}

bool is_only_enclosed(const Enclosure& x) {
  return !x.is_exact() && x.evidence().kind != Evidence::exact;
}

Interval interval_value(const Enclosure& x) {
  const Interval* held = detail::interval_in(x);
  if (held == nullptr) return detail::around(detail::Mpq(x));
  return detail::rounded(detail::lower_of(*held), detail::upper_of(*held));
}

}  // namespace graddiv
