#include "number/interval.h"

#include <mpfi.h>
#include <mpfr.h>

#include <stdexcept>

namespace graddiv {

namespace {

Rational end(mpfr_srcptr x) {
  if (mpfr_number_p(x) == 0)
    throw std::range_error("the end of an unbounded interval is not a number");
  Rational value;
  mpfr_get_q(value.backend().data(), x);
  return value;
}

}  // namespace

Interval interval_around(const Rational& value) {
  Interval x;
  mpfi_set_prec(x.backend().data(), static_cast<mpfr_prec_t>(current_precision().bits));
  mpfi_set_q(x.backend().data(), value.backend().data());
  return x;
}

Rational lower_end(const Interval& x) { return end(x.backend().left_data()); }

Rational upper_end(const Interval& x) { return end(x.backend().right_data()); }

}  // namespace graddiv
