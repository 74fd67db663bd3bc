#include <mpfr.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "number/arithmetic_error.h"
#include "number/enclosure.h"
#include "number/enclosure_value.h"
#include "number/exact.h"
#include "number/interval_operations.h"
#include "number/mpq_view.h"
#include "number/small_arithmetic.h"

// Every operation has three parts. Small rationals are computed in place, and most numbers are
// small. Otherwise `plain` computes the value, and `joined` lets it rest on all that the operands
// rest on.
namespace graddiv {

using namespace detail;

namespace {

/// The result of an exact operation, unless it has grown beyond what the thread keeps exact.
Enclosure kept(const SmallRational& x) {
  const std::size_t limit = current_precision().exact_bits;
  if (limit < 64 && bit_size(x) > limit) return holding(around(Mpq(x)));
  return Enclosure(Storage(x));
}

Enclosure kept(Rational&& x) {
  const std::size_t limit = current_precision().exact_bits;
  if (limit != Precision::unlimited && bit_size(x) > limit) return holding(interval_around(x));
  return holding(std::move(x));
}

bool are_small(const Enclosure& a, const Enclosure& b) {
  return a.held().is_small() && b.held().is_small();
}

/// The same value, resting on these marks.
Enclosure remarked(const Enclosure& x, Marks m) {
  if (marks(x) == m) return x;
  if (const auto* irrational = irrational_in(x)) return holding(*irrational, std::move(m));
  if (const Interval* interval = interval_in(x)) return holding(copy_of(*interval), std::move(m));
  return holding(value_of(x), std::move(m));
}

Marks joined(const Marks& a, const Marks& b) {
  if (!a || a == b) return b;
  if (!b) return a;
  Evidence both = join(*a, *b);
  if (both == *a) return a;  // so that numbers of one origin soon share what they rest on
  if (both == *b) return b;
  return std::make_shared<const Evidence>(std::move(both));
}

/// The result of an operation on x.
Enclosure joined(Enclosure result, const Enclosure& x) {
  if (!marks(x)) return result;
  return remarked(result, joined(marks(result), marks(x)));
}

/// The result of an operation on a and b.
Enclosure joined(Enclosure result, const Enclosure& a, const Enclosure& b) {
  if (!marks(a) && !marks(b)) return result;
  return remarked(result, joined(marks(a), marks(b)));
}

/// x as an interval: the one it holds, or one made around its exact value.
class AsInterval {
 public:
  explicit AsInterval(const Enclosure& x) : held_(interval_in(x)) {
    if (held_ == nullptr) held_ = &made_.emplace(around(Mpq(x)));
  }
  AsInterval(const AsInterval&) = delete;
  AsInterval& operator=(const AsInterval&) = delete;
  operator const Interval&() const { return *held_; }  // NOLINT(google-explicit-constructor)

 private:
  std::optional<Interval> made_;
  const Interval* held_;
};

/// Applies the operation to both operands read as intervals.
Enclosure by_intervals(const Enclosure& a, const Enclosure& b,
                       Interval (*operation)(const Interval&, const Interval&)) {
  return holding(operation(AsInterval(a), AsInterval(b)));
}

/// x as a combination of roots. Absent where it is no more than an interval.
std::optional<Combination> combination(const Enclosure& x) {
  if (const auto* irrational = irrational_in(x)) return (*irrational)->number;
  return x.is_exact() ? std::optional(Combination(value_of(x))) : std::nullopt;
}

/// The result of an operation on combinations, unless it has grown beyond what is computed with.
std::optional<Enclosure> kept(const std::optional<Combination>& x) {
  if (!x) return std::nullopt;
  if (auto value = x->rational()) return kept(std::move(*value));
  if (!x->is_simple()) return std::nullopt;
  return holding(std::make_shared<const Irrational>(Irrational{*x, x->enclosed()}));
}

/// The result of the operation on two numbers of which one is a combination of roots, where it is
/// one too.
template <class Operation>
std::optional<Enclosure> by_combinations(const Enclosure& a, const Enclosure& b,
                                         Operation operation) {
  if (irrational_in(a) == nullptr && irrational_in(b) == nullptr) return std::nullopt;
  const auto x = combination(a);
  const auto y = combination(b);
  return x && y ? kept(operation(*x, *y)) : std::nullopt;
}

std::optional<Combination> added(const Combination& a, const Combination& b) { return a + b; }
std::optional<Combination> subtracted(const Combination& a, const Combination& b) { return a - b; }

using MpqOperation = void (*)(mpq_ptr, mpq_srcptr, mpq_srcptr);

/// Applies an operation to two exact operands.
Enclosure by_rationals(const Enclosure& a, const Enclosure& b, MpqOperation operation) {
  Rational result;
  operation(result.backend().data(), Mpq(a), Mpq(b));
  return kept(std::move(result));
}

/// The number with what it is for a name, unless that is long.
Enclosure called(Name::Of function, const Enclosure& argument, Enclosure number) {
  const Combination of(value_of(argument));
  if (!of.is_simple() || !number.is_bounded()) return number;
  const Interval& interval = *interval_in(number);
  auto name = std::make_shared<const Name>(Name{function, of, copy_of(interval)});
  return holding(std::make_shared<const Irrational>(
      Irrational{Combination(std::move(name)), copy_of(interval)}));
}

/// f at an exact point. A point allows to do what an interval does not: compute with more bits than
/// asked for until the value is known to an ulp of the thread's precision, wherever log is near 0,
/// sin is near a multiple of π, exp is large.
template <class F>
Enclosure at_exact_point(const Enclosure& x, F f) {
  const Precision asked = current_precision();
  const std::size_t most = 8 * (std::size_t{asked.bits} + 32) + 2 * bit_size(value_of(x));
  for (unsigned bits = asked.bits + 32;; bits *= 2) {
    const PrecisionScope more(bits);
    const Interval y = f(around(Mpq(x)));
    if (is_narrow(y, asked.bits) || bits > most) {
      const PrecisionScope back(asked);
      return holding(rounded(lower_of(y), upper_of(y)));
    }
  }
}

bool is_exactly(const Enclosure& x, int value) {
  if (x.held().is_small()) return x.held().small() == SmallRational{value, 1};
  return x.is_exact() && value_of(x) == value;
}

// Comparing, with an exact side compared exactly --------------------------------------------------

/// The signs of lower(a) − upper(b) and of upper(a) − lower(b).
struct Gaps {
  int lower_minus_upper;
  int upper_minus_lower;
};

Gaps gaps_of_intervals(const Enclosure& a, const Enclosure& b) {
  const Interval* x = interval_in(a);
  const Interval* y = interval_in(b);
  if (x == nullptr && y == nullptr) {
    const int sign = mpq_cmp(Mpq(a), Mpq(b));
    return {sign, sign};
  }
  if (x == nullptr) {
    const Mpq exact(a);
    return {-mpfr_cmp_q(upper_of(*y), exact), -mpfr_cmp_q(lower_of(*y), exact)};
  }
  if (y == nullptr) {
    const Mpq exact(b);
    return {mpfr_cmp_q(lower_of(*x), exact), mpfr_cmp_q(upper_of(*x), exact)};
  }
  return {mpfr_cmp(lower_of(*x), upper_of(*y)), mpfr_cmp(upper_of(*x), lower_of(*y))};
}

/// What the intervals of two combinations leave open is told by their difference.
Gaps gaps(const Enclosure& a, const Enclosure& b) {
  if (are_small(a, b)) {
    const int sign = compare(a.held().small(), b.held().small());
    return {sign, sign};
  }
  const Gaps g = gaps_of_intervals(a, b);
  if (g.lower_minus_upper > 0 || g.upper_minus_lower < 0) return g;
  if (irrational_in(a) == nullptr && irrational_in(b) == nullptr) return g;
  const auto x = combination(a);
  const auto y = combination(b);
  if (!x || !y) return g;
  const Interval difference = (*x - *y).enclosed();
  return {mpfr_sgn(lower_of(difference)), mpfr_sgn(upper_of(difference))};
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

// The values of the operations --------------------------------------------------------------------

// What they make of marked numbers is not marked, unless it is one of them: only the operations
// with evidence below may call them.
namespace plain {

Enclosure hull(const Enclosure& a, const Enclosure& b) {
  if (holds_the_same(a, b)) return a;
  return by_intervals(a, b, detail::hull);
}

Enclosure intersection(const Enclosure& a, const Enclosure& b) {
  if ((a == b) == Truth::no)
    throw ArithmeticError("intersection of " + a.to_string() + " and " + b.to_string() +
                          ", which have no number in common");
  if (a.is_exact()) return a;
  if (b.is_exact()) return b;
  if (irrational_in(a) != nullptr) return a;
  if (irrational_in(b) != nullptr) return b;
  return by_intervals(a, b, common_part);
}

Enclosure negative(const Enclosure& x) {
  if (const auto* irrational = irrational_in(x)) {
    const auto& [number, interval] = **irrational;
    return holding(std::make_shared<const Irrational>(Irrational{-number, negated(interval)}));
  }
  if (const Interval* interval = interval_in(x)) return holding(negated(*interval));
  Rational result;
  mpq_neg(result.backend().data(), Mpq(x));
  return holding(std::move(result));
}

Enclosure sum(const Enclosure& a, const Enclosure& b) {
  if (a.is_exact() && b.is_exact()) return by_rationals(a, b, mpq_add);
  if (auto result = by_combinations(a, b, added)) return *result;
  return by_intervals(a, b, add);
}

Enclosure difference(const Enclosure& a, const Enclosure& b) {
  if (a.is_exact() && b.is_exact()) return by_rationals(a, b, mpq_sub);
  if (auto result = by_combinations(a, b, subtracted)) return *result;
  return by_intervals(a, b, subtract);
}

Enclosure product(const Enclosure& a, const Enclosure& b) {
  if (a.is_exact() && b.is_exact()) return by_rationals(a, b, mpq_mul);
  if (is_exactly(a, 0) || is_exactly(b, 0)) return 0;  // 0 · y = 0 for every real y
  if (auto result = by_combinations(a, b, multiplied)) return *result;
  return by_intervals(a, b, multiply);
}

bool may_vanish(const Enclosure& x) {
  const Gaps g = gaps(x, 0);
  return g.lower_minus_upper <= 0 && g.upper_minus_lower >= 0;
}

Enclosure quotient(const Enclosure& a, const Enclosure& b) {
  if (is_exactly(b, 0)) throw ArithmeticError("division of " + a.to_string() + " by zero");
  if (a.is_exact() && b.is_exact()) return by_rationals(a, b, mpq_div);
  if (!may_vanish(b)) {
    if (auto result = by_combinations(a, b, divided)) return *result;
  }
  return by_intervals(a, b, divide);
}

/// xⁿ for n ≠ 0 by repeated squaring. Absent where it is not simple.
std::optional<Combination> power(const Combination& x, long n) {
  const Combination one(Rational(1));
  std::optional<Combination> result = one;
  std::optional<Combination> square = x;
  for (long left = n; result; square = multiplied(*square, *square)) {
    if (!square || !square->is_simple()) return std::nullopt;
    if (left % 2 != 0) result = multiplied(*result, *square);
    left /= 2;
    if (left == 0) break;
  }
  return result && n < 0 ? divided(one, *result) : result;
}

Enclosure pow(const Enclosure& x, long n) {
  if (const auto* irrational = irrational_in(x)) {
    if (auto result = kept(power((*irrational)->number, n))) return *result;
  }
  if (const Interval* interval = interval_in(x)) return holding(integer_power(*interval, n));
  const Mpq view(x);
  const mpq_srcptr r = view;
  if (n < 0 && mpq_sgn(r) == 0)
    throw ArithmeticError("0 to the negative power " + std::to_string(n));
  const unsigned long count =
      n < 0 ? -static_cast<unsigned long>(n) : static_cast<unsigned long>(n);
  // A number of b bits has a power of at least n (b − 1) bits. Beyond 2³² bits GMP would rather end
  // the program.
  const std::size_t limit = std::min(current_precision().exact_bits, std::size_t{1} << 32);
  const std::size_t growth = bit_size(value_of(x)) - 1;
  if (growth > 0 && count > limit / growth)
    return at_exact_point(x, [n](const Interval& y) { return integer_power(y, n); });
  Rational result;
  mpz_pow_ui(mpq_numref(result.backend().data()), mpq_numref(r), count);
  mpz_pow_ui(mpq_denref(result.backend().data()), mpq_denref(r), count);
  if (n < 0) mpq_inv(result.backend().data(), result.backend().data());
  return kept(std::move(result));
}

Enclosure sqrt(const Enclosure& x) {
  if (const Interval* interval = interval_in(x)) {
    if (mpfr_sgn(upper_of(*interval)) < 0) throw ArithmeticError("square root of " + x.to_string());
    return holding(square_root(*interval));
  }
  const Mpq view(x);
  const mpq_srcptr r = view;
  if (mpq_sgn(r) < 0) throw ArithmeticError("square root of " + x.to_string());
  if (mpz_perfect_square_p(mpq_numref(r)) == 0 || mpz_perfect_square_p(mpq_denref(r)) == 0) {
    if (auto root = kept(Combination::square_root_of(value_of(x)))) return *root;
    return at_exact_point(x, square_root);
  }
  Rational root;
  mpz_sqrt(mpq_numref(root.backend().data()), mpq_numref(r));
  mpz_sqrt(mpq_denref(root.backend().data()), mpq_denref(r));
  return holding(std::move(root));
}

Enclosure exp(const Enclosure& x) {
  if (const Interval* interval = interval_in(x)) return holding(exponential(*interval));
  if (is_exactly(x, 0)) return 1;
  return called(Name::Of::exp, x, at_exact_point(x, exponential));
}

Enclosure log(const Enclosure& x) {
  if (is_exactly(x, 1)) return 0;
  const Interval* interval = interval_in(x);
  const int sign_of_upper =
      interval != nullptr ? mpfr_sgn(upper_of(*interval)) : gaps(x, 0).lower_minus_upper;
  if (sign_of_upper <= 0) throw ArithmeticError("logarithm of " + x.to_string());
  if (interval != nullptr) return holding(logarithm(*interval));
  return called(Name::Of::log, x, at_exact_point(x, logarithm));
}

Enclosure sin(const Enclosure& x) {
  if (const Interval* interval = interval_in(x)) return holding(sine(*interval));
  if (is_exactly(x, 0)) return 0;
  if (gaps(x, 0).upper_minus_lower < 0) return negative(plain::sin(negative(x)));
  return called(Name::Of::sin, x, at_exact_point(x, sine));
}

Enclosure cos(const Enclosure& x) {
  if (const Interval* interval = interval_in(x)) return holding(cosine(*interval));
  if (is_exactly(x, 0)) return 1;
  if (gaps(x, 0).upper_minus_lower < 0) return plain::cos(negative(x));
  return called(Name::Of::cos, x, at_exact_point(x, cosine));
}

Enclosure abs(const Enclosure& x) {
  const Interval* interval = interval_in(x);
  if (interval != nullptr && (irrational_in(x) == nullptr || may_vanish(x)))
    return holding(magnitude(*interval));
  return gaps(x, 0).lower_minus_upper < 0 ? -x : x;
}

Enclosure min(const Enclosure& a, const Enclosure& b) {
  const Gaps g = gaps(a, b);
  if (g.upper_minus_lower <= 0) return a;
  if (g.lower_minus_upper >= 0) return b;
  return by_intervals(a, b, smaller);
}

Enclosure max(const Enclosure& a, const Enclosure& b) {
  const Gaps g = gaps(a, b);
  if (g.upper_minus_lower <= 0) return b;
  if (g.lower_minus_upper >= 0) return a;
  return by_intervals(a, b, larger);
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
  return is_exact() ? *this : joined(enclose(lower_of(*this)), *this);
}

Enclosure Enclosure::upper() const {
  return is_exact() ? *this : joined(enclose(upper_of(*this)), *this);
}

Enclosure Enclosure::as_interval() const { return joined(holding(interval_value(*this)), *this); }

Enclosure Enclosure::named() const {
  if (is_exact() || irrational_in(*this) != nullptr || !is_bounded()) return *this;
  const Interval& interval = *interval_in(*this);
  auto name = std::make_shared<const Name>(Name{Name::Of::itself, {}, copy_of(interval)});
  return holding(std::make_shared<const Irrational>(
                     Irrational{Combination(std::move(name)), copy_of(interval)}),
                 marks(*this));
}

Enclosure Enclosure::operator-() const {
  SmallRational r;
  if (held_.is_small() && negate(held_.small(), r)) return Enclosure(Storage(r));
  return joined(plain::negative(*this), *this);
}

Enclosure operator+(const Enclosure& a, const Enclosure& b) {
  SmallRational r;
  if (are_small(a, b) && add(a.held().small(), b.held().small(), r)) return kept(r);
  return joined(plain::sum(a, b), a, b);
}

Enclosure operator-(const Enclosure& a, const Enclosure& b) {
  SmallRational r;
  if (are_small(a, b) && subtract(a.held().small(), b.held().small(), r)) return kept(r);
  return joined(plain::difference(a, b), a, b);
}

Enclosure operator*(const Enclosure& a, const Enclosure& b) {
  SmallRational r;
  if (are_small(a, b) && multiply(a.held().small(), b.held().small(), r)) return kept(r);
  if (marks(a) || marks(b)) {
    // The product is 0 by the factor 0 alone, whatever the other one is and rests on.
    if (is_exactly(a, 0) && !(is_exactly(b, 0) && !marks(b))) return a;
    if (is_exactly(b, 0)) return b;
  }
  return joined(plain::product(a, b), a, b);
}

Enclosure operator/(const Enclosure& a, const Enclosure& b) {
  SmallRational r;
  if (are_small(a, b) && b.held().small().p != 0 && divide(a.held().small(), b.held().small(), r))
    return kept(r);
  return joined(plain::quotient(a, b), a, b);
}

Enclosure& operator+=(Enclosure& a, const Enclosure& b) { return a = a + b; }
Enclosure& operator-=(Enclosure& a, const Enclosure& b) { return a = a - b; }
Enclosure& operator*=(Enclosure& a, const Enclosure& b) { return a = a * b; }
Enclosure& operator/=(Enclosure& a, const Enclosure& b) { return a = a / b; }

Enclosure pow(const Enclosure& x, long n) {
  if (n == 0) return 1;  // whatever x is and rests on
  SmallRational r;
  if (n > 0 && x.held().is_small() && power(x.held().small(), static_cast<unsigned long>(n), r))
    return kept(r);
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

Truth Comparison::truth() const {
  note_marks(left);
  note_marks(right);
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

Evidence Comparison::evidence() const { return join(left.evidence(), right.evidence()); }

Comparison operator<(const Enclosure& a, const Enclosure& b) { return {a, Relation::less, b}; }
Comparison operator<=(const Enclosure& a, const Enclosure& b) {
  return {a, Relation::less_equal, b};
}
Comparison operator==(const Enclosure& a, const Enclosure& b) { return {a, Relation::equal, b}; }
Comparison operator>=(const Enclosure& a, const Enclosure& b) {
  return {a, Relation::greater_equal, b};
}
Comparison operator>(const Enclosure& a, const Enclosure& b) { return {a, Relation::greater, b}; }

// How it is known ---------------------------------------------------------------------------------

Evidence Enclosure::evidence() const {
  const auto* irrational = irrational_in(*this);
  const bool is_known = is_exact() || (irrational != nullptr && !(*irrational)->number.has_names());
  const Evidence held{is_known ? Evidence::exact : Evidence::interval, false, {}};
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

}  // namespace graddiv
