#include "problem/families/loss_facts.h"

#include <algorithm>
#include <stdexcept>

namespace graddiv::detail {

const std::vector<LossFacts>& losses() {
  static const std::vector<LossFacts> all = {
      {Loss::squared, "squared", "½r²", true},
      {Loss::huber, "huber", "½r² where |r| ≤ τ, else τ|r| − ½τ²", true},
      {Loss::geman_mcclure, "geman-mcclure", "r²/(1 + r²)", true},
      {Loss::sine, "sine", "r² + 3 sin² r", false},
      {Loss::logistic, "logistic", "log(1 + exp(−y xᵀw))", false},
  };
  return all;
}

const LossFacts& facts(Loss loss) {
  for (const LossFacts& entry : losses()) {
    if (entry.loss == loss) return entry;
  }
  throw std::logic_error("a loss without an entry in losses()");
}

Enclosure loss_second_derivative(Loss loss, const Enclosure& z, const Enclosure& y,
                                 const Enclosure& tau) {
  const Enclosure r = z - y;
  switch (loss) {
    case Loss::squared:
      return 1;
    case Loss::huber:
      if ((abs(r) < tau).truth() == Truth::yes) return 1;
      return (abs(r) > tau).truth() == Truth::yes ? Enclosure(0) : Enclosure::hull(0, 1);
    case Loss::geman_mcclure:
      return (2 - 6 * square(r)) / pow(1 + square(r), 3);
    case Loss::sine:
      return 2 + 6 * cos(2 * r);
    case Loss::logistic:
      return square(y) / (2 + exp(y * z) + exp(-(y * z)));  // y² σ(1 − σ), σ = 1/(1 + e^{−yz})
  }
  throw std::logic_error("a loss without a second derivative");
}

SecondDerivative second_derivative(Loss loss, const Rational& y) {
  switch (loss) {
    case Loss::squared:
      return {1, 1};
    case Loss::huber:
      return {0, 1};
    // (2 − 6s)/(1 + s)³ with s = r²: 2 at s = 0, and least at s = 1, where it is −4/8.
    case Loss::geman_mcclure:
      return {Rational(-1, 2), 2};
    case Loss::sine:
      return {-4, 8};  // 2 + 6 cos 2r
    case Loss::logistic:
      return {0, y * y / 4};  // y² σ(1 − σ), σ ∈ (0, 1)
  }
  throw std::logic_error("a loss without curvature bounds");
}

namespace {

// Between two points on one side of a turning point the extremes are at these.
SecondDerivative between_ends(Loss loss, const Rational& lower, const Rational& upper,
                              const Rational& y) {
  const Enclosure at_lower = loss_second_derivative(loss, enclose(lower), enclose(y), 1);
  const Enclosure at_upper = loss_second_derivative(loss, enclose(upper), enclose(y), 1);
  return {std::min(lower_end(at_lower), lower_end(at_upper)),
          std::max(upper_end(at_lower), upper_end(at_upper))};
}

// The second derivative as it is where it turns within the range: at `turns`, with the value there.
void include(SecondDerivative& range, const Rational& value) {
  range.lower = std::min(range.lower, value);
  range.upper = std::max(range.upper, value);
}

}  // namespace

SecondDerivative second_derivative_between(Loss loss, const Rational& lower, const Rational& upper,
                                           const Rational& y, const Rational& tau) {
  const Rational first = lower - y;
  const Rational last = upper - y;
  const auto is_inside = [&](const Rational& r) { return first <= r && r <= last; };
  switch (loss) {
    case Loss::squared:
      return {1, 1};
    case Loss::huber: {
      const bool meets_inner =
          first == last ? abs(first) <= tau : Rational(-tau) < last && first < tau;
      const bool meets_outer =
          first == last ? abs(first) >= tau : first < Rational(-tau) || tau < last;
      return {meets_outer ? 0 : 1, meets_inner ? 1 : 0};
    }
    // (2 − 6s)/(1 + s)³ with s = r² falls from 2 at s = 0 to −1/2 at s = 1, and then rises.
    case Loss::geman_mcclure: {
      SecondDerivative range = between_ends(loss, lower, upper, y);
      if (is_inside(0)) include(range, 2);
      if (is_inside(1) || is_inside(-1)) include(range, Rational(-1, 2));
      return range;
    }
    // y² σ(1 − σ) falls as |z| grows.
    case Loss::logistic: {
      SecondDerivative range = between_ends(loss, lower, upper, y);
      if (lower <= 0 && 0 <= upper) include(range, Rational(y * y / 4));
      return range;
    }
    case Loss::sine: {
      const SecondDerivative all = second_derivative(loss, y);
      const Enclosure range = Enclosure::intersection(
          loss_second_derivative(loss, enclose(lower, upper), enclose(y), 1),
          enclose(all.lower, all.upper));
      return {lower_end(range), upper_end(range)};
    }
  }
  throw std::logic_error("a loss without curvature bounds");
}

std::vector<Rational> jumps_of_second_derivative(Loss loss, const Rational& y,
                                                 const Rational& tau) {
  if (loss != Loss::huber) return {};
  return {y - tau, y + tau};
}

std::optional<Rational> largest_squared_derivative(Loss loss, const Rational& y,
                                                   const Rational& tau) {
  switch (loss) {
    case Loss::huber:
      return tau * tau;  // ℓ' = max(−τ, min(r, τ))
    // ℓ' = −y/(1 + exp(yz)): its absolute value approaches |y| far out.
    case Loss::logistic:
      return y * y;
    // ℓ' = 2r/(1 + r²)², and ℓ'' = (2 − 6r²)/(1 + r²)³ is 0 where r² = 1/3 only: there ℓ'² is
    // 4r²/(1 + r²)⁴ = (4/3)/(4/3)⁴ = 27/64, so that |ℓ'| ≤ 3√3/8, attained.
    case Loss::geman_mcclure:
      return Rational(27, 64);
    case Loss::squared:  // ℓ' = r
    case Loss::sine:     // ℓ' = 2r + 3 sin 2r, |ℓ'| ≥ 2|r| − 3
      return std::nullopt;
  }
  throw std::logic_error("a loss whose slopes may be bounded or not");
}

std::optional<Rational> pl_constant(Loss loss) {
  switch (loss) {
    case Loss::squared:
      return Rational(1);  // ½r² ≥ ½r²
    // ½(2r + 3 sin 2r)² / (r² + 3 sin² r) is least, 0.1755…, near r = 2.2. Interval bisection over
    // 1/4 ≤ |r| ≤ 10 certifies the constant (families_test.cpp). Nearer to 0, 2r + 3 sin 2r ≥
    // (8 − 4r²) r and r² + 3 sin² r ≤ 4r²; farther out, 2|r| − 3 ≥ 1.7|r| and r² + 3 ≤ 1.03 r².
    case Loss::sine:
      return Rational(11, 64);
    case Loss::huber:
    case Loss::geman_mcclure:
    case Loss::logistic:
      return std::nullopt;  // flat far out
  }
  throw std::logic_error("a loss that may be PL or not");
}

}  // namespace graddiv::detail

namespace graddiv {

std::vector<LossEntry> loss_entries() {
  std::vector<LossEntry> entries;
  for (const detail::LossFacts& loss : detail::losses())
    entries.push_back({loss.name, loss.formula});
  return entries;
}

}  // namespace graddiv
