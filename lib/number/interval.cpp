#include "number/interval.h"

#include <mpfi.h>
#include <mpfr.h>

#include "number/interval_operations.h"

namespace graddiv {

namespace {

Rational end(mpfr_srcptr x) {
  if (mpfr_number_p(x) == 0)
    throw ArithmeticError("the end of an unbounded interval is not a number");
  Rational value;
  mpfr_get_q(value.backend().data(), x);
  return value;
}

}  // namespace

Interval interval_around(const Rational& value) { return detail::around(value.backend().data()); }

Interval detail::copy_of(const Interval& x) {
  Interval copy;
  mpfi_set_prec(copy.backend().data(), mpfi_get_prec(x.backend().data()));
  mpfi_set(copy.backend().data(), x.backend().data());
  return copy;
}

Rational lower_end(const Interval& x) { return end(x.backend().left_data()); }

Rational upper_end(const Interval& x) { return end(x.backend().right_data()); }

}  // namespace graddiv
