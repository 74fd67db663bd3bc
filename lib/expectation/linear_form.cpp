#include "expectation/linear_form.h"

#include "number/exact.h"

namespace graddiv::moments {
namespace {

Integer power(long k, int exponent) {
  Integer result = 1;
  for (int i = 0; i < exponent; ++i) result *= k;
  return result;
}

}  // namespace

LinearForm::LinearForm(const std::vector<Term>& terms, const Triangle& triangle, Divide divide)
    : divides_(divide == Divide::by_square_of_k) {
  Integer common = 1;
  for (const Term& t : terms) common = lcm(common, Integer(denominator(t.coefficient)));
  Integer sum = 0;
  for (const Term& t : terms) {
    if (t.coefficient == 0) continue;
    const Integer scaled = numerator(t.coefficient) * (common / denominator(t.coefficient));
    terms_.push_back({triangle.index(t.a, t.b), scaled, t.power_of_k});
    if (t.power_of_k == 0) without_k_.add(terms_.back().index, scaled);
    sum += abs(scaled);
  }
  growth_ = mpz_sizeinbase(sum.backend().data(), 2);
  denominator_ = Factored(common);
}

Rational LinearForm::at(int k, const ExactRecursion& moments) const {
  const WideIntegers& S = moments.numerators();
  constexpr std::size_t bits_of_square = 64;  // k² < 2^62
  sum_.clear(moments.bits() + growth_ + (divides_ ? bits_of_square : 0));
  sum_.add_combination(0, without_k_, S);
  for (const Scaled& t : terms_) {
    if (t.power_of_k > 0) sum_.add_product(0, t.coefficient * power(k, t.power_of_k), S, t.index);
  }
  const Rational value = denominator_.divide_reduced(moments.denominator().divide(sum_.at(0)));
  return divides_ ? Factored(power(k, 2)).divide_reduced(value) : value;
}

Interval LinearForm::at(int k, const IntervalRecursion& moments) const {
  Interval sum = interval_around(0);
  for (const Scaled& t : terms_) {
    add_product(sum, t.coefficient * power(k, t.power_of_k), moments.moments()[t.index]);
  }
  Integer below = denominator_.value();
  if (divides_) below *= power(k, 2);
  return sum / interval_around(Rational(below));
}

Enclosure LinearForm::at(int k, const EnclosureRecursion& moments) const {
  Enclosure sum = 0;
  for (const Scaled& t : terms_)
    sum += enclose(Rational(t.coefficient * power(k, t.power_of_k))) * moments.moments()[t.index];
  Integer below = denominator_.value();
  if (divides_) below *= power(k, 2);
  return sum / enclose(Rational(below));
}

std::vector<LinearForm::Term> quadratic_terms(const Matrix<Rational>& Q, int first,
                                              const Rational& factor) {
  std::vector<LinearForm::Term> terms;
  const auto m = static_cast<int>(Q.rows());
  for (int a = 0; a < m; ++a) {
    for (int b = a; b < m; ++b) {
      if (Q(a, b) == 0) continue;
      terms.push_back({first + a, first + b, Q(a, b) * factor * (a == b ? 1 : 2)});
    }
  }
  return terms;
}

}  // namespace graddiv::moments
