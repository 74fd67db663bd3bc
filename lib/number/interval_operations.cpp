#include "number/interval_operations.h"

#include "number/precision.h"

namespace graddiv::detail {

Interval around(mpq_srcptr value) {
  Interval x = blank();
  mpfi_set_q(raw(x), value);
  return x;
}

Interval blank() {
  Interval x;
  mpfi_set_prec(raw(x), static_cast<mpfr_prec_t>(current_precision().bits));
  return x;
}

Interval whole_line() {
  Interval x = blank();
  mpfr_set_inf(lower_of(x), -1);
  mpfr_set_inf(upper_of(x), +1);
  return x;
}

Interval rounded(mpfr_srcptr lower, mpfr_srcptr upper) {
  Interval x = blank();
  mpfr_set(lower_of(x), lower, MPFR_RNDD);
  mpfr_set(upper_of(x), upper, MPFR_RNDU);
  return x;
}

bool is_narrow(const Interval& x, unsigned bits) {
  if (!mpfi_bounded_p(raw(x)) || mpfr_sgn(lower_of(x)) * mpfr_sgn(upper_of(x)) <= 0) return false;
  Float width(53);
  Float size(53);
  mpfr_sub(width, upper_of(x), lower_of(x), MPFR_RNDU);
  mpfr_set(size, mpfr_sgn(lower_of(x)) > 0 ? lower_of(x) : upper_of(x), MPFR_RNDZ);
  mpfr_abs(size, size, MPFR_RNDZ);
  mpfr_div_2ui(size, size, static_cast<unsigned long>(bits) + 2, MPFR_RNDZ);
  return mpfr_cmp(width, size) <= 0;
}

Interval add(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfi_add(raw(r), raw(a), raw(b));
  return r;
}

Interval subtract(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfi_sub(raw(r), raw(a), raw(b));
  return r;
}

namespace {

/// The hull of the four values of `at` at the corners of the rectangle a × b, where `at` is
/// monotone in each variable.
template <class Corner>
Interval over_corners(const Interval& a, const Interval& b, Corner at) {
  Interval r = blank();
  mpfr_set_inf(lower_of(r), +1);
  mpfr_set_inf(upper_of(r), -1);
  Float value(static_cast<mpfr_prec_t>(current_precision().bits));
  for (const mpfr_srcptr x : {lower_of(a), upper_of(a)}) {
    for (const mpfr_srcptr y : {lower_of(b), upper_of(b)}) {
      at(value, x, y, MPFR_RNDD);
      if (mpfr_less_p(value, lower_of(r))) mpfr_set(lower_of(r), value, MPFR_RNDD);
      at(value, x, y, MPFR_RNDU);
      if (mpfr_greater_p(value, upper_of(r))) mpfr_set(upper_of(r), value, MPFR_RNDU);
    }
  }
  return r;
}

}  // namespace

Interval multiply(const Interval& a, const Interval& b) {
  if (mpfi_bounded_p(raw(a)) && mpfi_bounded_p(raw(b))) {
    Interval r = blank();
    mpfi_mul(raw(r), raw(a), raw(b));
    return r;
  }
  // An infinite endpoint is never attained, so 0 · ∞ is the limit of 0 · y: it is 0.
  return over_corners(a, b, [](mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y, mpfr_rnd_t round) {
    if (mpfr_zero_p(x) || mpfr_zero_p(y))
      mpfr_set_zero(r, +1);
    else
      mpfr_mul(r, x, y, round);
  });
}

Interval divide(const Interval& a, const Interval& b) {
  const int from = mpfr_sgn(lower_of(b));
  const int to = mpfr_sgn(upper_of(b));
  if (from == to && from != 0 && mpfi_bounded_p(raw(a)) && mpfi_bounded_p(raw(b))) {
    Interval r = blank();
    mpfi_div(raw(r), raw(a), raw(b));
    return r;
  }
  if (from * to < 0 || (from == 0 && to == 0)) return whole_line();
  // b lies on one side of 0, and may begin at 0 or end at ∞. The quotient is monotone in each
  // variable, with the limits x/0 = ±∞ (the sign is that of x times the side of b), x/∞ = 0, and
  // 0/0 = 0 since 0/y = 0 for y ≠ 0. At the corner ∞/∞ every value between 0 and the other corners
  // occurs: 0 adds nothing that is not already a limit.
  const int side = from + to > 0 ? 1 : -1;
  return over_corners(a, b, [side](mpfr_ptr r, mpfr_srcptr x, mpfr_srcptr y, mpfr_rnd_t round) {
    if (mpfr_zero_p(x) || mpfr_inf_p(y))
      mpfr_set_zero(r, +1);
    else if (mpfr_zero_p(y))
      mpfr_set_inf(r, mpfr_sgn(x) * side);
    else
      mpfr_div(r, x, y, round);
  });
}

Interval negated(const Interval& x) {
  Interval r = blank();
  mpfi_neg(raw(r), raw(x));
  return r;
}

Interval magnitude(const Interval& x) {
  if (mpfr_sgn(lower_of(x)) >= 0) return rounded(lower_of(x), upper_of(x));
  Interval r = blank();
  if (mpfr_sgn(upper_of(x)) <= 0) {
    mpfr_neg(lower_of(r), upper_of(x), MPFR_RNDD);
    mpfr_neg(upper_of(r), lower_of(x), MPFR_RNDU);
  } else {
    mpfr_set_zero(lower_of(r), +1);
    if (mpfr_cmpabs(lower_of(x), upper_of(x)) > 0)
      mpfr_neg(upper_of(r), lower_of(x), MPFR_RNDU);
    else
      mpfr_set(upper_of(r), upper_of(x), MPFR_RNDU);
  }
  return r;
}

namespace {

/// x^n: increasing in x for odd n, and in |x| for even n.
Interval power(const Interval& x, unsigned long n) {
  Interval r = n % 2 == 0 ? magnitude(x) : rounded(lower_of(x), upper_of(x));
  mpfr_pow_ui(lower_of(r), lower_of(r), n, MPFR_RNDD);
  mpfr_pow_ui(upper_of(r), upper_of(r), n, MPFR_RNDU);
  return r;
}

}  // namespace

Interval integer_power(const Interval& x, long n) {
  if (n >= 0) return power(x, static_cast<unsigned long>(n));
  return divide(interval_around(1), power(x, -static_cast<unsigned long>(n)));
}

Interval square_root(const Interval& x) {
  Interval r = blank();
  if (mpfr_sgn(lower_of(x)) > 0)
    mpfr_sqrt(lower_of(r), lower_of(x), MPFR_RNDD);
  else
    mpfr_set_zero(lower_of(r), +1);
  mpfr_sqrt(upper_of(r), upper_of(x), MPFR_RNDU);
  return r;
}

Interval exponential(const Interval& x) {
  Interval r = blank();
  mpfr_exp(lower_of(r), lower_of(x), MPFR_RNDD);
  mpfr_exp(upper_of(r), upper_of(x), MPFR_RNDU);
  return r;
}

Interval logarithm(const Interval& x) {
  Interval r = blank();
  if (mpfr_sgn(lower_of(x)) > 0)
    mpfr_log(lower_of(r), lower_of(x), MPFR_RNDD);
  else
    mpfr_set_inf(lower_of(r), -1);
  mpfr_log(upper_of(r), upper_of(x), MPFR_RNDU);
  return r;
}

namespace {

Interval from_minus_one_to_one() {
  Interval r = blank();
  mpfr_set_si(lower_of(r), -1, MPFR_RNDD);
  mpfr_set_si(upper_of(r), +1, MPFR_RNDU);
  return r;
}

}  // namespace

Interval sine(const Interval& x) {
  if (!mpfi_bounded_p(raw(x))) return from_minus_one_to_one();
  Interval r = blank();
  mpfi_sin(raw(r), raw(x));
  return r;
}

Interval cosine(const Interval& x) {
  if (!mpfi_bounded_p(raw(x))) return from_minus_one_to_one();
  Interval r = blank();
  mpfi_cos(raw(r), raw(x));
  return r;
}

Interval smaller(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfr_min(lower_of(r), lower_of(a), lower_of(b), MPFR_RNDD);
  mpfr_min(upper_of(r), upper_of(a), upper_of(b), MPFR_RNDU);
  return r;
}

Interval larger(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfr_max(lower_of(r), lower_of(a), lower_of(b), MPFR_RNDD);
  mpfr_max(upper_of(r), upper_of(a), upper_of(b), MPFR_RNDU);
  return r;
}

Interval hull(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfr_min(lower_of(r), lower_of(a), lower_of(b), MPFR_RNDD);
  mpfr_max(upper_of(r), upper_of(a), upper_of(b), MPFR_RNDU);
  return r;
}

Interval common_part(const Interval& a, const Interval& b) {
  Interval r = blank();
  mpfr_max(lower_of(r), lower_of(a), lower_of(b), MPFR_RNDD);
  mpfr_min(upper_of(r), upper_of(a), upper_of(b), MPFR_RNDU);
  return r;
}

}  // namespace graddiv::detail
