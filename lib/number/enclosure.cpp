#include "number/enclosure.h"

#include <mpfi.h>
#include <mpfr.h>

#include <cstdlib>
#include <functional>
#include <limits>
#include <ostream>
#include <stdexcept>
#include <utility>

#include "number/decimal.h"
#include "number/enclosure_value.h"
#include "number/exact.h"
#include "number/interval_operations.h"
#include "number/mpq_view.h"

namespace graddiv {

using namespace detail;

// What it holds -----------------------------------------------------------------------------------

void Storage::destroy(const Shared* value) { delete static_cast<const EnclosureValue*>(value); }

bool detail::fits(mpq_srcptr value, SmallRational& small) {
  if (mpz_fits_slong_p(mpq_numref(value)) == 0 || mpz_fits_slong_p(mpq_denref(value)) == 0)
    return false;
  small = {mpz_get_si(mpq_numref(value)), mpz_get_si(mpq_denref(value))};
  return true;
}

Enclosure detail::holding(Rational value, Marks marks) {
  SmallRational small;
  if (!marks && fits(value.backend().data(), small)) return Enclosure(Storage(small));
  return Enclosure(Storage(new EnclosureValue(std::move(value), std::move(marks))));
}

Enclosure detail::holding(Interval value, Marks marks) {
  const bool lost = mpfr_nan_p(lower_of(value)) || mpfr_nan_p(upper_of(value));
  return Enclosure(
      Storage(new EnclosureValue(lost ? whole_line() : std::move(value), std::move(marks))));
}

Enclosure detail::holding(std::shared_ptr<const Irrational> value, Marks marks) {
  return Enclosure(Storage(new EnclosureValue(std::move(value), std::move(marks))));
}

void Mpq::read(const SmallRational& value) {
  limbs_[0] = detail::magnitude(value.p);
  limbs_[1] = static_cast<mp_limb_t>(value.q);
  mpz_roinit_n(mpq_numref(small_), &limbs_[0], value.p < 0 ? -1 : 1);
  mpz_roinit_n(mpq_denref(small_), &limbs_[1], 1);
  value_ = small_;
}

Mpq::Mpq(const Enclosure& exact) {
  if (exact.held().is_small())
    read(exact.held().small());
  else
    value_ = shared_value(exact)->exact()->backend().data();
}

bool detail::holds_the_same(const Enclosure& a, const Enclosure& b) {
  const Interval* x = interval_in(a);
  const Interval* y = interval_in(b);
  if (x == nullptr && y == nullptr) return mpq_equal(Mpq(a), Mpq(b)) != 0;
  if (x == nullptr || y == nullptr) return false;
  const auto* p = irrational_in(a);
  const auto* q = irrational_in(b);
  if ((p == nullptr) != (q == nullptr)) return false;
  if (p != nullptr && *p != *q && ((*p)->number - (*q)->number).rational() != 0) return false;
  return mpfr_equal_p(lower_of(*x), lower_of(*y)) && mpfr_equal_p(upper_of(*x), upper_of(*y));
}

Enclosure::Enclosure(unsigned long value) : Enclosure(holding(Rational(value))) {}
Enclosure::Enclosure(double value) : Enclosure(holding(rational_from(value))) {}

Enclosure Enclosure::parse(std::string_view text) { return enclose(parse_rational(text)); }

Enclosure Enclosure::anything() { return holding(whole_line()); }

bool Enclosure::is_exact() const { return interval_in(*this) == nullptr; }

bool Enclosure::is_bounded() const {
  return is_exact() || mpfi_bounded_p(raw(*interval_in(*this)));
}

// Doubles, texts and keys -------------------------------------------------------------------------

namespace {

double nearest_double(mpq_srcptr x) {
  Float value(53);
  mpfr_set_q(value, x, MPFR_RNDN);
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

/// Two multiplications by odd numbers, each followed by a shift of the high bits down.
std::size_t hash_of(const SmallRational& x) {
  std::uint64_t h = static_cast<std::uint64_t>(x.p) * 0x9E3779B97F4A7C15U;
  h = ((h ^ (h >> 32)) + static_cast<std::uint64_t>(x.q)) * 0xD6E8FEB86659FD93U;
  return h ^ (h >> 32);
}

}  // namespace

double Enclosure::width() const {
  if (is_exact()) return 0;
  const Interval& x = *interval_in(*this);
  Float width(53);
  mpfr_sub(width, upper_of(x), lower_of(x), MPFR_RNDU);
  return mpfr_get_d(width, MPFR_RNDU);
}

double Enclosure::relative_width() const {
  if (is_exact()) return 0;
  if (!is_bounded()) return std::numeric_limits<double>::infinity();
  const Interval& x = *interval_in(*this);
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
  if (is_exact()) return nearest_double(Mpq(*this));
  const Interval& x = *interval_in(*this);
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
  const Interval* x = interval_in(*this);
  const Interval* y = interval_in(other);
  if (x == nullptr && y == nullptr) return holds_the_same(*this, other);
  if (x == nullptr) {
    const Mpq value(*this);
    return mpfr_cmp_q(lower_of(*y), value) == 0 && mpfr_cmp_q(upper_of(*y), value) == 0;
  }
  if (y == nullptr) {
    const Mpq value(other);
    return mpfr_cmp_q(lower_of(*x), value) <= 0 && mpfr_cmp_q(upper_of(*x), value) >= 0;
  }
  return mpfr_lessequal_p(lower_of(*x), lower_of(*y)) &&
         mpfr_lessequal_p(upper_of(*y), upper_of(*x));
}

bool Enclosure::same_as(const Enclosure& other) const {
  if (held_.is_small() && other.held_.is_small()) return held_.small() == other.held_.small();
  if (!holds_the_same(*this, other)) return false;
  return marks(*this) == marks(other) || evidence() == other.evidence();
}

std::size_t Enclosure::hash() const {
  if (const Interval* x = interval_in(*this)) {
    std::size_t hash = hash_of(lower_of(*x));
    mix(hash, hash_of(upper_of(*x)));
    return hash;
  }
  // The same for marked numbers, which are not held in place even where they are small.
  SmallRational small;
  if (held_.is_small()) return hash_of(held_.small());
  const Rational& r = *shared_value(*this)->exact();
  return fits(r.backend().data(), small) ? hash_of(small) : std::hash<Rational>()(r);
}

std::string Enclosure::to_string(int digits) const {
  if (is_exact()) return graddiv::to_string(value_of(*this));
  return "[" + decimal_lower(digits) + ", " + decimal_upper(digits) + "]";
}

std::string Enclosure::decimal_lower(int digits) const {
  if (is_exact()) return decimal_below(value_of(*this), digits);
  return decimal(lower_of(*interval_in(*this)), digits, MPFR_RNDD);
}

std::string Enclosure::decimal_upper(int digits) const {
  if (is_exact()) return decimal_above(value_of(*this), digits);
  return decimal(upper_of(*interval_in(*this)), digits, MPFR_RNDU);
}

std::ostream& operator<<(std::ostream& out, const Enclosure& x) { return out << x.to_string(); }

}  // namespace graddiv
