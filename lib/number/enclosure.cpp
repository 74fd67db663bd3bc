#include "number/enclosure.h"

#include <mpfi.h>
#include <mpfr.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <ostream>
#include <utility>

#include "number/arithmetic_error.h"
#include "number/decimal.h"
#include "number/enclosure_value.h"
#include "number/exact.h"

namespace graddiv {

using detail::EnclosureValue;
using detail::Marks;

namespace {

mpfi_ptr raw(Interval& x) { return x.backend().data(); }
mpfi_srcptr raw(const Interval& x) { return x.backend().data(); }
mpfr_ptr lower_of(Interval& x) { return x.backend().left_data(); }
mpfr_srcptr lower_of(const Interval& x) { return x.backend().left_data(); }
mpfr_ptr upper_of(Interval& x) { return x.backend().right_data(); }
mpfr_srcptr upper_of(const Interval& x) { return x.backend().right_data(); }
mpq_srcptr raw(const Rational& x) { return x.backend().data(); }

/// An interval to be written to, with exactly the thread's precision.
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

const Rational* exact(const Enclosure& x) { return x.value().exact(); }

/// x as an interval: the one it holds, or one made around its exact value and kept in `storage`.
const Interval& as_stored(const Enclosure& x, Interval& storage) {
  if (const Interval* interval = x.value().interval()) return *interval;
  storage = interval_around(*exact(x));
  return storage;
}

template <class Value>
Enclosure made_with(Value&& value, Marks m = nullptr) {
  return Enclosure(
      std::make_shared<const EnclosureValue>(std::forward<Value>(value), std::move(m)));
}

Enclosure made_of(Interval&& x) {
  const bool lost = mpfr_nan_p(lower_of(x)) || mpfr_nan_p(upper_of(x));
  return made_with(lost ? whole_line() : std::move(x));
}

/// The result of an exact operation, unless it has grown beyond what the thread keeps exact.
Enclosure made_of(Rational&& x) {
  const std::size_t limit = current_precision().exact_bits;
  if (limit != Precision::unlimited && bit_size(x) > limit) return made_of(interval_around(x));
  return made_with(std::move(x));
}

// Evidence: every operation below passes its result through `joined` ------------------------------

const Marks& marks(const Enclosure& x) { return x.value().marks(); }

/// The same value, resting on these marks.
Enclosure remarked(const Enclosure& x, Marks m) {
  if (marks(x) == m) return x;
  if (const Rational* r = exact(x)) return made_with(*r, std::move(m));
  return made_with(detail::copy_of(*x.value().interval()), std::move(m));
}

Marks joined(const Marks& a, const Marks& b) {
  if (!a || a == b) return b;
  if (!b) return a;
  return std::make_shared<const Evidence>(join(*a, *b));
}

/// The result of an operation on x.
Enclosure joined(const Enclosure& result, const Enclosure& x) {
  if (!marks(x)) return result;
  return remarked(result, joined(marks(result), marks(x)));
}

/// The result of an operation on a and b.
Enclosure joined(const Enclosure& result, const Enclosure& a, const Enclosure& b) {
  if (!marks(a) && !marks(b)) return result;
  return remarked(result, joined(marks(a), marks(b)));
}

/// [lower, upper] rounded outward to the thread's precision.
Interval rounded(mpfr_srcptr lower, mpfr_srcptr upper) {
  Interval x = blank();
  mpfr_set(lower_of(x), lower, MPFR_RNDD);
  mpfr_set(upper_of(x), upper, MPFR_RNDU);
  return x;
}

/// Applies the operation to both operands read as intervals.
Enclosure by_intervals(const Enclosure& a, const Enclosure& b,
                       Interval (*operation)(const Interval&, const Interval&)) {
  Interval storage_a;
  Interval storage_b;
  return made_of(operation(as_stored(a, storage_a), as_stored(b, storage_b)));
}

/// Whether upper − lower ≤ 2^−(bits+2) min(|lower|, |upper|).
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

/// f at an exact point. A point allows to do what an interval does not: compute with more bits than
/// asked for until the value is known to an ulp of the thread's precision, wherever log is near 0,
/// sin is near a multiple of π, exp is large.
template <class F>
Enclosure at_exact_point(const Rational& x, F f) {
  const Precision asked = current_precision();
  const std::size_t most = 8 * (std::size_t{asked.bits} + 32) + 2 * bit_size(x);
  for (unsigned bits = asked.bits + 32;; bits *= 2) {
    const PrecisionScope more(bits);
    const Interval y = f(interval_around(x));
    if (is_narrow(y, asked.bits) || bits > most) {
      const PrecisionScope back(asked);
      return made_of(rounded(lower_of(y), upper_of(y)));
    }
  }
}

// The operations on intervals ---------------------------------------------------------------------

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

/// x^n: increasing in x for odd n, and in |x| for even n.
Interval power(const Interval& x, unsigned long n) {
  Interval r = n % 2 == 0 ? magnitude(x) : rounded(lower_of(x), upper_of(x));
  mpfr_pow_ui(lower_of(r), lower_of(r), n, MPFR_RNDD);
  mpfr_pow_ui(upper_of(r), upper_of(r), n, MPFR_RNDU);
  return r;
}

Interval integer_power(const Interval& x, long n) {
  if (n >= 0) return power(x, static_cast<unsigned long>(n));
  return divide(interval_around(1), power(x, -static_cast<unsigned long>(n)));
}

/// √ on the part of x that is not negative.
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

/// log on the part of x that is positive.
Interval logarithm(const Interval& x) {
  Interval r = blank();
  if (mpfr_sgn(lower_of(x)) > 0)
    mpfr_log(lower_of(r), lower_of(x), MPFR_RNDD);
  else
    mpfr_set_inf(lower_of(r), -1);
  mpfr_log(upper_of(r), upper_of(x), MPFR_RNDU);
  return r;
}

Interval from_minus_one_to_one() {
  Interval r = blank();
  mpfr_set_si(lower_of(r), -1, MPFR_RNDD);
  mpfr_set_si(upper_of(r), +1, MPFR_RNDU);
  return r;
}

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

// Comparing, with an exact side compared exactly --------------------------------------------------

int compare(const Rational& a, const Rational& b) { return mpq_cmp(raw(a), raw(b)); }

/// The signs of lower(a) − upper(b) and of upper(a) − lower(b).
struct Gaps {
  int lower_minus_upper;
  int upper_minus_lower;
};

Gaps gaps(const Enclosure& a, const Enclosure& b) {
  const Rational* exact_a = exact(a);
  const Rational* exact_b = exact(b);
  if (exact_a && exact_b) {
    const int sign = compare(*exact_a, *exact_b);
    return {sign, sign};
  }
  if (exact_a) {
    const Interval& y = *b.value().interval();
    return {-mpfr_cmp_q(upper_of(y), raw(*exact_a)), -mpfr_cmp_q(lower_of(y), raw(*exact_a))};
  }
  const Interval& x = *a.value().interval();
  if (exact_b) {
    return {mpfr_cmp_q(lower_of(x), raw(*exact_b)), mpfr_cmp_q(upper_of(x), raw(*exact_b))};
  }
  const Interval& y = *b.value().interval();
  return {mpfr_cmp(lower_of(x), upper_of(y)), mpfr_cmp(upper_of(x), lower_of(y))};
}

Truth less(const Gaps& g) {
  if (g.upper_minus_lower < 0) return Truth::yes;
  return g.lower_minus_upper >= 0 ? Truth::no : Truth::unknown;
}

Truth equal(const Gaps& g) {
  // lower(a) ≥ upper(b) ≥ lower(b) ≥ upper(a) ≥ lower(a): all four are one number.
  if (g.lower_minus_upper >= 0 && g.upper_minus_lower <= 0) return Truth::yes;
  return g.lower_minus_upper > 0 || g.upper_minus_lower < 0 ? Truth::no : Truth::unknown;
}

Truth greater(const Gaps& g) { return less({-g.upper_minus_lower, -g.lower_minus_upper}); }

// Doubles and texts -------------------------------------------------------------------------------

double nearest_double(const Rational& x) {
  Float value(53);
  mpfr_set_q(value, raw(x), MPFR_RNDN);
  return mpfr_get_d(value, MPFR_RNDN);
}

std::string decimal(mpfr_srcptr x, int digits, mpfr_rnd_t round) {
  if (digits < 1) throw std::invalid_argument("a decimal needs at least one digit");
  if (mpfr_inf_p(x)) return mpfr_sgn(x) > 0 ? "inf" : "-inf";
  if (mpfr_zero_p(x)) return "0";
  mpfr_exp_t point = 0;
  const std::unique_ptr<char, void (*)(char*)> text(
      mpfr_get_str(nullptr, &point, 10, static_cast<std::size_t>(digits), x, round), mpfr_free_str);
  const bool negative = text.get()[0] == '-';
  return detail::decimal_text(negative, text.get() + (negative ? 1 : 0), point);
}

void mix(std::size_t& hash, std::size_t value) {
  hash ^= value + 0x9e3779b97f4a7c15U + (hash << 6) + (hash >> 2);
}

/// A hash of the number, whatever the precision it is stored in: of the odd m and the e with
/// x = m 2^e.
std::size_t hash_of(mpfr_srcptr x) {
  if (!mpfr_regular_p(x)) return mpfr_zero_p(x) ? 0 : mpfr_sgn(x) > 0 ? 1 : 2;
  Integer mantissa;
  mpfr_exp_t exponent = mpfr_get_z_2exp(mantissa.backend().data(), x);
  const mp_bitcnt_t zeros = mpz_scan1(mantissa.backend().data(), 0);
  mpz_tdiv_q_2exp(mantissa.backend().data(), mantissa.backend().data(), zeros);
  exponent += static_cast<mpfr_exp_t>(zeros);
  std::size_t hash = std::hash<Integer>()(mantissa);
  mix(hash, static_cast<std::size_t>(exponent));
  return hash;
}

std::shared_ptr<const EnclosureValue> stored(Rational value) {
  return std::make_shared<const EnclosureValue>(std::move(value));
}

/// The same rational, or the same two endpoints.
bool holds_the_same(const Enclosure& a, const Enclosure& b) {
  const Rational* r = exact(a);
  const Rational* s = exact(b);
  if (r && s) return mpq_equal(raw(*r), raw(*s)) != 0;
  if (r || s) return false;
  const Interval& x = *a.value().interval();
  const Interval& y = *b.value().interval();
  return mpfr_equal_p(lower_of(x), lower_of(y)) && mpfr_equal_p(upper_of(x), upper_of(y));
}

bool is_exactly(const Enclosure& x, int value) {
  const Rational* r = exact(x);
  return r && mpq_cmp_si(raw(*r), value, 1) == 0;
}

}  // namespace

// The operations without evidence: what they make of marked numbers is not marked, unless it is one
// of them. Only the operations below them may call them.
namespace {
namespace plain {

Enclosure hull(const Enclosure& a, const Enclosure& b) {
  if (holds_the_same(a, b)) return a;
  return by_intervals(a, b, [](const Interval& x, const Interval& y) {
    Interval r = blank();
    mpfr_min(lower_of(r), lower_of(x), lower_of(y), MPFR_RNDD);
    mpfr_max(upper_of(r), upper_of(x), upper_of(y), MPFR_RNDU);
    return r;
  });
}

Enclosure intersection(const Enclosure& a, const Enclosure& b) {
  if ((a == b) == Truth::no)
    throw ArithmeticError("intersection of " + a.to_string() + " and " + b.to_string() +
                          ", which have no number in common");
  if (a.is_exact()) return a;
  if (b.is_exact()) return b;
  return by_intervals(a, b, [](const Interval& x, const Interval& y) {
    Interval r = blank();
    mpfr_max(lower_of(r), lower_of(x), lower_of(y), MPFR_RNDD);
    mpfr_min(upper_of(r), upper_of(x), upper_of(y), MPFR_RNDU);
    return r;
  });
}

Enclosure negative(const Enclosure& x) {
  if (const Rational* r = exact(x)) return made_with(Rational(-*r));
  Interval r = blank();
  mpfi_neg(raw(r), raw(*x.value().interval()));
  return made_of(std::move(r));
}

Enclosure sum(const Enclosure& a, const Enclosure& b) {
  const Rational* x = exact(a);
  const Rational* y = exact(b);
  if (x && y) return made_of(Rational(*x + *y));
  return by_intervals(a, b, add);
}

Enclosure difference(const Enclosure& a, const Enclosure& b) {
  const Rational* x = exact(a);
  const Rational* y = exact(b);
  if (x && y) return made_of(Rational(*x - *y));
  return by_intervals(a, b, subtract);
}

Enclosure product(const Enclosure& a, const Enclosure& b) {
  const Rational* x = exact(a);
  const Rational* y = exact(b);
  if (x && y) return made_of(Rational(*x * *y));
  if (is_exactly(a, 0) || is_exactly(b, 0)) return 0;  // 0 · y = 0 for every real y
  return by_intervals(a, b, multiply);
}

Enclosure quotient(const Enclosure& a, const Enclosure& b) {
  if (is_exactly(b, 0)) throw ArithmeticError("division of " + a.to_string() + " by zero");
  const Rational* x = exact(a);
  const Rational* y = exact(b);
  if (x && y) return made_of(Rational(*x / *y));
  return by_intervals(a, b, divide);
}

Enclosure pow(const Enclosure& x, long n) {
  const Rational* r = exact(x);
  if (!r) {
    if (n == 0) return 1;
    return made_of(integer_power(*x.value().interval(), n));
  }
  if (n < 0 && mpq_sgn(raw(*r)) == 0)
    throw ArithmeticError("0 to the negative power " + std::to_string(n));
  const unsigned long count =
      n < 0 ? -static_cast<unsigned long>(n) : static_cast<unsigned long>(n);
  // A number of b bits has a power of at least n (b − 1) bits. Beyond 2³² bits GMP would rather end
  // the program.
  const std::size_t limit = std::min(current_precision().exact_bits, std::size_t{1} << 32);
  const std::size_t growth = bit_size(*r) - 1;
  if (growth > 0 && count > limit / growth)
    return at_exact_point(*r, [n](const Interval& y) { return integer_power(y, n); });
  Rational result;
  mpz_pow_ui(mpq_numref(result.backend().data()), mpq_numref(raw(*r)), count);
  mpz_pow_ui(mpq_denref(result.backend().data()), mpq_denref(raw(*r)), count);
  if (n < 0) mpq_inv(result.backend().data(), result.backend().data());
  return made_of(std::move(result));
}

Enclosure sqrt(const Enclosure& x) {
  if (const Rational* r = exact(x)) {
    if (mpq_sgn(raw(*r)) < 0) throw ArithmeticError("square root of " + x.to_string());
    if (mpz_perfect_square_p(mpq_numref(raw(*r))) && mpz_perfect_square_p(mpq_denref(raw(*r)))) {
      Rational root;
      mpz_sqrt(mpq_numref(root.backend().data()), mpq_numref(raw(*r)));
      mpz_sqrt(mpq_denref(root.backend().data()), mpq_denref(raw(*r)));
      return made_with(std::move(root));
    }
    return at_exact_point(*r, square_root);
  }
  const Interval& interval = *x.value().interval();
  if (mpfr_sgn(upper_of(interval)) < 0) throw ArithmeticError("square root of " + x.to_string());
  return made_of(square_root(interval));
}

Enclosure exp(const Enclosure& x) {
  if (is_exactly(x, 0)) return 1;
  if (const Rational* r = exact(x)) return at_exact_point(*r, exponential);
  return made_of(exponential(*x.value().interval()));
}

Enclosure log(const Enclosure& x) {
  if (is_exactly(x, 1)) return 0;
  if (const Rational* r = exact(x)) {
    if (mpq_sgn(raw(*r)) <= 0) throw ArithmeticError("logarithm of " + x.to_string());
    return at_exact_point(*r, logarithm);
  }
  const Interval& interval = *x.value().interval();
  if (mpfr_sgn(upper_of(interval)) <= 0) throw ArithmeticError("logarithm of " + x.to_string());
  return made_of(logarithm(interval));
}

Enclosure sin(const Enclosure& x) {
  if (is_exactly(x, 0)) return 0;
  if (const Rational* r = exact(x)) return at_exact_point(*r, sine);
  return made_of(sine(*x.value().interval()));
}

Enclosure cos(const Enclosure& x) {
  if (is_exactly(x, 0)) return 1;
  if (const Rational* r = exact(x)) return at_exact_point(*r, cosine);
  return made_of(cosine(*x.value().interval()));
}

Enclosure abs(const Enclosure& x) {
  if (const Rational* r = exact(x)) return mpq_sgn(raw(*r)) < 0 ? negative(x) : x;
  return made_of(magnitude(*x.value().interval()));
}

Enclosure min(const Enclosure& a, const Enclosure& b) {
  const Gaps g = gaps(a, b);
  if (g.upper_minus_lower <= 0) return a;
  if (g.lower_minus_upper >= 0) return b;
  return by_intervals(a, b, [](const Interval& x, const Interval& y) {
    Interval r = blank();
    mpfr_min(lower_of(r), lower_of(x), lower_of(y), MPFR_RNDD);
    mpfr_min(upper_of(r), upper_of(x), upper_of(y), MPFR_RNDU);
    return r;
  });
}

Enclosure max(const Enclosure& a, const Enclosure& b) {
  const Gaps g = gaps(a, b);
  if (g.upper_minus_lower <= 0) return b;
  if (g.lower_minus_upper >= 0) return a;
  return by_intervals(a, b, [](const Interval& x, const Interval& y) {
    Interval r = blank();
    mpfr_max(lower_of(r), lower_of(x), lower_of(y), MPFR_RNDD);
    mpfr_max(upper_of(r), upper_of(x), upper_of(y), MPFR_RNDU);
    return r;
  });
}

}  // namespace plain
}  // namespace

// The operations, with evidence -------------------------------------------------------------------

Enclosure Enclosure::hull(const Enclosure& a, const Enclosure& b) {
  return joined(plain::hull(a, b), a, b);
}

Enclosure Enclosure::intersection(const Enclosure& a, const Enclosure& b) {
  return joined(plain::intersection(a, b), a, b);
}

Enclosure Enclosure::lower() const {
  return is_exact() ? *this : joined(enclose(lower_end(*this)), *this);
}

Enclosure Enclosure::upper() const {
  return is_exact() ? *this : joined(enclose(upper_end(*this)), *this);
}

Enclosure Enclosure::as_interval() const { return joined(made_of(interval_value(*this)), *this); }

Enclosure Enclosure::operator-() const { return joined(plain::negative(*this), *this); }

Enclosure operator+(const Enclosure& a, const Enclosure& b) {
  return joined(plain::sum(a, b), a, b);
}

Enclosure operator-(const Enclosure& a, const Enclosure& b) {
  return joined(plain::difference(a, b), a, b);
}

Enclosure operator*(const Enclosure& a, const Enclosure& b) {
  if (marks(a) || marks(b)) {
    // The product is 0 by the factor 0 alone, whatever the other one is and rests on.
    if (is_exactly(a, 0) && !(is_exactly(b, 0) && !marks(b))) return a;
    if (is_exactly(b, 0)) return b;
  }
  return joined(plain::product(a, b), a, b);
}

Enclosure operator/(const Enclosure& a, const Enclosure& b) {
  return joined(plain::quotient(a, b), a, b);
}

Enclosure pow(const Enclosure& x, long n) {
  if (n == 0) return 1;  // whatever x is and rests on
  return joined(plain::pow(x, n), x);
}

Enclosure square(const Enclosure& x) { return pow(x, 2); }
Enclosure sqrt(const Enclosure& x) { return joined(plain::sqrt(x), x); }
Enclosure exp(const Enclosure& x) { return joined(plain::exp(x), x); }
Enclosure log(const Enclosure& x) { return joined(plain::log(x), x); }
Enclosure sin(const Enclosure& x) { return joined(plain::sin(x), x); }
Enclosure cos(const Enclosure& x) { return joined(plain::cos(x), x); }
Enclosure abs(const Enclosure& x) { return joined(plain::abs(x), x); }
Enclosure min(const Enclosure& a, const Enclosure& b) { return joined(plain::min(a, b), a, b); }
Enclosure max(const Enclosure& a, const Enclosure& b) { return joined(plain::max(a, b), a, b); }

Evidence Enclosure::evidence() const {
  const Evidence held{is_exact() ? Evidence::exact : Evidence::interval, false, {}};
  return marks(*this) ? join(held, *marks(*this)) : held;
}

Enclosure Enclosure::resting_on(const Evidence& evidence) const {
  Evidence mark = evidence;
  if (!mark.samples.empty()) mark.kind = Evidence::statistical;
  if (mark.kind != Evidence::statistical) mark.kind = Evidence::none;
  if (mark == Evidence{}) return *this;
  return remarked(*this, joined(marks(*this), std::make_shared<const Evidence>(std::move(mark))));
}

Enclosure Enclosure::known_from(const Sample& sample) const {
  return resting_on({Evidence::statistical, false, {sample}});
}

Enclosure Enclosure::as_surrogate() const { return resting_on({Evidence::none, true, {}}); }

Evidence Comparison::evidence() const { return join(left.evidence(), right.evidence()); }

Enclosure::Enclosure() {
  static const std::shared_ptr<const EnclosureValue> zero = stored(0);
  value_ = zero;
}
Enclosure::Enclosure(int value) : value_(stored(value)) {}
Enclosure::Enclosure(long value) : value_(stored(value)) {}
Enclosure::Enclosure(long long value) : value_(stored(value)) {}
Enclosure::Enclosure(unsigned value) : value_(stored(value)) {}
Enclosure::Enclosure(unsigned long value) : value_(stored(value)) {}
Enclosure::Enclosure(double value) : value_(stored(rational_from(value))) {}
Enclosure::Enclosure(std::shared_ptr<const EnclosureValue> value) : value_(std::move(value)) {}

Enclosure Enclosure::parse(std::string_view text) { return enclose(parse_rational(text)); }

Enclosure Enclosure::anything() { return made_of(whole_line()); }

bool Enclosure::is_exact() const { return exact(*this) != nullptr; }

bool Enclosure::is_bounded() const {
  return is_exact() || mpfi_bounded_p(raw(*value_->interval()));
}

double Enclosure::width() const {
  if (is_exact()) return 0;
  const Interval& x = *value_->interval();
  Float width(53);
  mpfr_sub(width, upper_of(x), lower_of(x), MPFR_RNDU);
  return mpfr_get_d(width, MPFR_RNDU);
}

double Enclosure::relative_width() const {
  if (is_exact()) return 0;
  if (!is_bounded()) return std::numeric_limits<double>::infinity();
  const Interval& x = *value_->interval();
  Float width(53);
  mpfr_sub(width, upper_of(x), lower_of(x), MPFR_RNDU);
  if (mpfr_zero_p(width)) return 0;
  Float size(53);
  const bool below = mpfr_cmpabs(lower_of(x), upper_of(x)) > 0;
  mpfr_set(size, below ? lower_of(x) : upper_of(x), MPFR_RNDZ);
  mpfr_abs(size, size, MPFR_RNDZ);
  mpfr_div(width, width, size, MPFR_RNDU);
  return mpfr_get_d(width, MPFR_RNDU);
}

double Enclosure::approximate() const {
  if (const Rational* r = exact(*this)) return nearest_double(*r);
  const Interval& x = *value_->interval();
  const bool below = mpfr_number_p(lower_of(x));
  const bool above = mpfr_number_p(upper_of(x));
  if (!below && !above) return 0;
  if (!below) return mpfr_get_d(upper_of(x), MPFR_RNDN);
  if (!above) return mpfr_get_d(lower_of(x), MPFR_RNDN);
  Float middle(64);
  mpfr_add(middle, lower_of(x), upper_of(x), MPFR_RNDN);
  mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
  return mpfr_get_d(middle, MPFR_RNDN);
}

bool Enclosure::contains(const Enclosure& other) const {
  if (const Rational* r = exact(*this)) {
    if (const Rational* s = exact(other)) return compare(*r, *s) == 0;
    const Interval& y = *other.value_->interval();
    return mpfr_cmp_q(lower_of(y), raw(*r)) == 0 && mpfr_cmp_q(upper_of(y), raw(*r)) == 0;
  }
  const Interval& x = *value_->interval();
  if (const Rational* s = exact(other))
    return mpfr_cmp_q(lower_of(x), raw(*s)) <= 0 && mpfr_cmp_q(upper_of(x), raw(*s)) >= 0;
  const Interval& y = *other.value_->interval();
  return mpfr_lessequal_p(lower_of(x), lower_of(y)) && mpfr_lessequal_p(upper_of(y), upper_of(x));
}

Enclosure& Enclosure::operator+=(const Enclosure& b) { return *this = *this + b; }
Enclosure& Enclosure::operator-=(const Enclosure& b) { return *this = *this - b; }
Enclosure& Enclosure::operator*=(const Enclosure& b) { return *this = *this * b; }
Enclosure& Enclosure::operator/=(const Enclosure& b) { return *this = *this / b; }

bool Enclosure::same_as(const Enclosure& other) const {
  if (value_ == other.value_) return true;
  if (!holds_the_same(*this, other)) return false;
  return marks(*this) == marks(other) || evidence() == other.evidence();
}

std::size_t Enclosure::hash() const {
  if (const Rational* r = exact(*this)) return std::hash<Rational>()(*r);
  const Interval& x = *value_->interval();
  std::size_t hash = hash_of(lower_of(x));
  mix(hash, hash_of(upper_of(x)));
  return hash;
}

std::string Enclosure::to_string(int digits) const {
  if (const Rational* r = exact(*this)) return graddiv::to_string(*r);
  return "[" + decimal_lower(digits) + ", " + decimal_upper(digits) + "]";
}

std::string Enclosure::decimal_lower(int digits) const {
  if (const Rational* r = exact(*this)) return decimal_below(*r, digits);
  return decimal(lower_of(*value_->interval()), digits, MPFR_RNDD);
}

std::string Enclosure::decimal_upper(int digits) const {
  if (const Rational* r = exact(*this)) return decimal_above(*r, digits);
  return decimal(upper_of(*value_->interval()), digits, MPFR_RNDU);
}

Truth Comparison::truth() const {
  const Gaps g = gaps(left, right);
  switch (relation) {
    case Relation::less:
      return less(g);
    case Relation::less_equal:
      return !greater(g);
    case Relation::equal:
      return equal(g);
    case Relation::greater_equal:
      return !less(g);
    case Relation::greater:
      return greater(g);
  }
  throw std::logic_error("not a relation");
}

Comparison operator<(const Enclosure& a, const Enclosure& b) { return {a, Relation::less, b}; }
Comparison operator<=(const Enclosure& a, const Enclosure& b) {
  return {a, Relation::less_equal, b};
}
Comparison operator==(const Enclosure& a, const Enclosure& b) { return {a, Relation::equal, b}; }
Comparison operator>=(const Enclosure& a, const Enclosure& b) {
  return {a, Relation::greater_equal, b};
}
Comparison operator>(const Enclosure& a, const Enclosure& b) { return {a, Relation::greater, b}; }

std::ostream& operator<<(std::ostream& out, const Enclosure& x) { return out << x.to_string(); }

}  // namespace graddiv
