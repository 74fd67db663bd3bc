#include "number/combination.h"

#include <mpfi.h>

#include <algorithm>
#include <utility>

#include "number/interval_operations.h"

namespace graddiv::detail {

namespace {

mpz_srcptr raw(const Integer& x) { return x.backend().data(); }
mpq_srcptr raw(const Rational& x) { return x.backend().data(); }
bool is_square(const Integer& x) { return mpz_perfect_square_p(raw(x)) != 0; }

/// q with √radicand = q √base for positive integers, where there is one: √(radicand · base)/base.
std::optional<Rational> ratio_of_roots(const Integer& radicand, const Integer& base) {
  if (radicand == base) return Rational(1);
  const Integer product = radicand * base;
  if (!is_square(product)) return std::nullopt;
  return Rational(Integer(boost::multiprecision::sqrt(product)), base);
}

bool is_same(const std::shared_ptr<const Name>& a, const std::shared_ptr<const Name>& b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr) return false;
  return a->function == b->function && a->function != Name::Of::itself &&
         (a->argument - b->argument).terms().empty();
}

bool is_inverse(const Combination::Term& t) {
  return t.generator.name != nullptr && t.generator.name->function == Name::Of::inverse;
}

}  // namespace

Combination::Combination(const Rational& value) { add(value, {}); }
Combination::Combination(std::shared_ptr<const Name> name) { add(1, {1, std::move(name)}); }

// √(p/q) = √(p q)/q.
Combination Combination::square_root_of(const Rational& value) {
  const Integer p = numerator(value);
  const Integer q = denominator(value);
  Combination result;
  if (p != 0) result.add(Rational(Integer(1), q), {p * q, nullptr});
  return result;
}

void Combination::add(const Rational& factor, const Generator& g) {
  if (factor == 0) return;
  for (auto term = terms_.begin(); term != terms_.end(); ++term) {
    if (!is_same(term->generator.name, g.name)) continue;
    const auto ratio = ratio_of_roots(g.radicand, term->generator.radicand);
    if (!ratio) continue;
    term->factor += factor * *ratio;
    if (term->factor == 0) terms_.erase(term);
    return;
  }
  // A root that is rational is a multiple of √1.
  const bool is_rational = g.name == nullptr && is_square(g.radicand);
  if (is_rational)
    terms_.push_back({factor * Rational(Integer(boost::multiprecision::sqrt(g.radicand))), {}});
  else
    terms_.push_back({factor, g});
}

std::optional<Rational> Combination::rational() const {
  if (terms_.empty()) return Rational(0);
  const Generator& g = terms_.front().generator;
  if (terms_.size() > 1 || g.name != nullptr || g.radicand != 1) return std::nullopt;
  return terms_.front().factor;
}

bool Combination::has_names() const {
  return std::ranges::any_of(terms_, [](const Term& t) { return t.generator.name != nullptr; });
}

bool Combination::is_simple() const {
  constexpr std::size_t most_terms = 4;
  constexpr std::size_t most_bits = 1024;
  const std::size_t bits = std::min(most_bits, current_precision().exact_bits);
  return terms_.size() <= most_terms && std::ranges::all_of(terms_, [&](const Term& t) {
           return graddiv::bit_size(t.factor) <= bits &&
                  mpz_sizeinbase(raw(t.generator.radicand), 2) <= bits;
         });
}

Interval Combination::enclosed() const {
  const unsigned asked = current_precision().bits;
  const bool is_known_better = !has_names();
  for (unsigned bits = asked + 32;; bits *= 2) {
    Interval sum, term;
    mpfi_set_prec(detail::raw(sum), bits);
    mpfi_set_prec(detail::raw(term), bits);
    mpfi_set_ui(detail::raw(sum), 0);
    for (const Term& t : terms_) {
      if (t.generator.name != nullptr) {
        mpfi_set(detail::raw(term), detail::raw(t.generator.name->interval));
      } else {
        mpfi_set_z(detail::raw(term), raw(t.generator.radicand));
        mpfi_sqrt(detail::raw(term), detail::raw(term));
      }
      mpfi_mul_q(detail::raw(term), detail::raw(term), raw(t.factor));
      mpfi_add(detail::raw(sum), detail::raw(sum), detail::raw(term));
    }
    if (terms_.empty() || !is_known_better || is_narrow(sum, asked))
      return rounded(lower_of(sum), upper_of(sum));
  }
}

Combination Combination::operator-() const {
  Combination result = *this;
  for (Term& t : result.terms_) t.factor = -t.factor;
  return result;
}

Combination& Combination::operator+=(const Combination& b) {
  for (const auto& [factor, generator] : b.terms_) add(factor, generator);
  return *this;
}

Combination& Combination::operator*=(const Rational& factor) {
  if (factor == 0) terms_.clear();
  for (Term& t : terms_) t.factor *= factor;
  return *this;
}

Combination operator+(Combination a, const Combination& b) { return a += b; }
Combination operator-(const Combination& a, const Combination& b) { return a + -b; }

// √a √b = g √(a/g · b/g), g the greatest common divisor of a and b.
std::optional<Combination> multiplied(const Combination& a, const Combination& b) {
  const auto p = a.rational();
  const auto q = b.rational();
  if (p || q) {
    Combination result = p ? b : a;
    return result *= p ? *p : *q;
  }
  if (a.has_names() || b.has_names()) return std::nullopt;
  Combination result;
  for (const auto& [x, root_of_c] : a.terms()) {
    for (const auto& [y, root_of_d] : b.terms()) {
      const Integer& c = root_of_c.radicand;
      const Integer& d = root_of_d.radicand;
      const Integer g = gcd(c, d);
      result.add(x * y * g, {(c / g) * (d / g), nullptr});
    }
  }
  return result;
}

namespace {

/// a/b where it is rational, b ≠ 0: then it is the ratio of the terms of one generator.
std::optional<Rational> rational_ratio(const Combination& a, const Combination& b) {
  const auto& [divisor, h] = b.terms().front();
  for (const auto& [factor, g] : a.terms()) {
    if (!is_same(g.name, h.name)) continue;
    const auto roots = ratio_of_roots(g.radicand, h.radicand);
    if (!roots) continue;
    const Rational ratio = factor * *roots / divisor;
    Combination multiple = b;
    if ((a - (multiple *= ratio)).terms().empty()) return ratio;
  }
  return std::nullopt;
}

// 1/(q√c) = √c/(qc), and 1/(x + y) = (x − y)/(x² − y²), where x² and y² are rational.
Combination inverse_of_roots(const Combination& x) {
  Combination conjugate;
  Rational norm = 0;
  for (const auto& [factor, g] : x.terms()) {
    const int sign = conjugate.terms().empty() ? 1 : -1;
    norm += sign * factor * factor * g.radicand;
    conjugate.add(sign * factor, g);
  }
  return conjugate *= 1 / norm;
}

std::optional<Combination> inverse(const Combination& x) {
  if (!x.has_names() && x.terms().size() <= 2) return inverse_of_roots(x);
  if (std::ranges::any_of(x.terms(), is_inverse)) return std::nullopt;  // else names nest at will
  const Interval one = around(raw(Rational(1)));
  return Combination(
      std::make_shared<const Name>(Name{Name::Of::inverse, x, divide(one, x.enclosed())}));
}

}  // namespace

std::optional<Combination> divided(const Combination& a, const Combination& b) {
  if (a.terms().empty()) return a;
  if (const auto ratio = rational_ratio(a, b)) return Combination(*ratio);
  const auto one_over_b = inverse(b);
  return one_over_b ? multiplied(a, *one_over_b) : std::nullopt;
}

}  // namespace graddiv::detail
