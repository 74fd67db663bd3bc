#pragma once

#include <mpfi.h>
#include <mpfr.h>

#include "number/interval.h"

// Private to lib/number: the operations on intervals, rounded outward to the thread's precision.
namespace graddiv::detail {

inline mpfi_ptr raw(Interval& x) { return x.backend().data(); }
inline mpfi_srcptr raw(const Interval& x) { return x.backend().data(); }
inline mpfr_ptr lower_of(Interval& x) { return x.backend().left_data(); }
inline mpfr_srcptr lower_of(const Interval& x) { return x.backend().left_data(); }
inline mpfr_ptr upper_of(Interval& x) { return x.backend().right_data(); }
inline mpfr_srcptr upper_of(const Interval& x) { return x.backend().right_data(); }

/// A floating-point number that lives as long as this does.
class Float {
 public:
  explicit Float(mpfr_prec_t bits) { mpfr_init2(x_, bits); }
  ~Float() { mpfr_clear(x_); }
  Float(const Float&) = delete;
  Float& operator=(const Float&) = delete;
  operator mpfr_ptr() { return x_; }           // NOLINT(google-explicit-constructor)
  operator mpfr_srcptr() const { return x_; }  // NOLINT(google-explicit-constructor)

 private:
  mpfr_t x_;
};

/// An interval to be written to, with exactly the thread's precision.
Interval blank();
Interval whole_line();
/// [lower, upper], rounded outward.
Interval rounded(mpfr_srcptr lower, mpfr_srcptr upper);
/// The narrowest interval that holds the value.
Interval around(mpq_srcptr value);
/// Whether upper − lower ≤ 2^−(bits+2) min(|lower|, |upper|).
bool is_narrow(const Interval& x, unsigned bits);

Interval add(const Interval& a, const Interval& b);
Interval subtract(const Interval& a, const Interval& b);
Interval multiply(const Interval& a, const Interval& b);
Interval divide(const Interval& a, const Interval& b);
Interval negated(const Interval& x);
Interval magnitude(const Interval& x);
Interval integer_power(const Interval& x, long n);
/// √ on the part of x that is not negative.
Interval square_root(const Interval& x);
Interval exponential(const Interval& x);
/// log on the part of x that is positive.
Interval logarithm(const Interval& x);
Interval sine(const Interval& x);
Interval cosine(const Interval& x);
Interval smaller(const Interval& a, const Interval& b);
Interval larger(const Interval& a, const Interval& b);
Interval hull(const Interval& a, const Interval& b);
/// What both hold; they meet.
Interval common_part(const Interval& a, const Interval& b);

}  // namespace graddiv::detail
