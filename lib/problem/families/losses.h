#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "number/exact.h"
#include "problem/families.h"

// The losses ℓ(z; y) of generalized linear functions, z = xᵀw: value and derivative in z, written
// once for doubles and enclosures. The formulas are chosen such that an enclosure which straddles a
// branch point gets a valid and tight result.
namespace graddiv::detail {

/// What is known of a loss beside its formula.
struct LossFacts {
  Loss loss;
  std::string name;     ///< in instance files
  std::string formula;  ///< with r = xᵀw − y
  bool is_rational;     ///< whether it maps rationals to rationals
};

/// One line a loss.
inline const std::vector<LossFacts>& losses() {
  static const std::vector<LossFacts> all = {
      {Loss::squared, "squared", "½r²", true},
      {Loss::huber, "huber", "½r² where |r| ≤ τ, else τ|r| − ½τ²", true},
      {Loss::geman_mcclure, "geman-mcclure", "r²/(1 + r²)", true},
      {Loss::sine, "sine", "r² + 3 sin² r", false},
      {Loss::logistic, "logistic", "log(1 + exp(−y xᵀw))", false},
  };
  return all;
}

inline const LossFacts& facts(Loss loss) {
  for (const LossFacts& entry : losses()) {
    if (entry.loss == loss) return entry;
  }
  throw std::logic_error("a loss without an entry in losses()");
}

template <class T>
T square(const T& x) {
  return x * x;
}

/// log(1 + exp(x)) = max(x, 0) + log(1 + exp(−|x|)), which neither overflows nor loses digits. It
/// grows with x: the ends of an interval tell the rest.
template <class T>
T softplus(const T& x) {
  using std::abs, std::exp, std::log1p, std::max;
  return max(x, T(0)) + log1p(T(exp(T(-abs(x)))));
}
inline Enclosure softplus(const Enclosure& x) {
  if ((x <= 0).truth() == Truth::yes || !x.is_bounded()) return log(1 + exp(x));
  if (x.is_exact()) return x + log(1 + exp(-x));
  return Enclosure::hull(softplus(x.lower()), softplus(x.upper()));
}

template <class T>
T loss_value(Loss loss, const T& z, const T& y, const T& tau) {
  using std::abs, std::max, std::min, std::sin;
  const T r = z - y;
  switch (loss) {
    case Loss::squared:
      return square(r) / T(2);
    // With m = min(|r|, τ), both branches are ½m² + τ(|r| − m): two terms that grow with |r|, so
    // intervals stay tight.
    case Loss::huber:
      return square(T(min(T(abs(r)), tau))) / T(2) + tau * max(T(abs(r) - tau), T(0));
    case Loss::geman_mcclure:
      // The same with r once for enclosures, and without cancellation for doubles.
      if constexpr (std::is_same_v<T, Enclosure>) return 1 - 1 / (1 + square(r));
      return square(r) / (1 + square(r));
    case Loss::sine:
      return square(r) + 3 * square(T(sin(r)));
    case Loss::logistic:
      return softplus(T(-y * z));
  }
  throw std::logic_error("a loss without a value");
}

/// dℓ/dz.
template <class T>
T loss_derivative(Loss loss, const T& z, const T& y, const T& tau) {
  using std::exp, std::max, std::min, std::sin;
  const T r = z - y;
  switch (loss) {
    case Loss::squared:
      return r;
    case Loss::huber:
      return max(T(-tau), min(r, tau));
    case Loss::geman_mcclure:
      return 2 * r / square(T(1 + square(r)));
    case Loss::sine:
      return 2 * r + 3 * sin(T(2 * r));  // (3 sin² r)' = 6 sin r cos r
    case Loss::logistic:
      // 1/(1 + exp t) = 1 − 1/(1 + exp(−t)): the slopes of both labels by one number, so that what
      // they have in common is recognised.
      if constexpr (std::is_same_v<T, Enclosure>) {
        const T t = y * z;
        if (t.is_exact() && (t < 0).truth() == Truth::yes) return y / (1 + exp(-t)) - y;
      }
      return -y / (1 + exp(T(y * z)));  // in doubles: exp = ∞ gives −0, the limit
  }
  throw std::logic_error("a loss without a derivative");
}

/// d²ℓ/dz²; between its limits from both sides where it jumps.
inline Enclosure loss_second_derivative(Loss loss, const Enclosure& z, const Enclosure& y,
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

/// Bounds of d²ℓ/dz² over all z.
struct SecondDerivative {
  Rational lower, upper;
};

inline SecondDerivative second_derivative(Loss loss, const Rational& y) {
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

/// sup ℓ'² over all z, where it is finite: a square, since that is rational where the slope is not.
inline std::optional<Rational> largest_squared_derivative(Loss loss, const Rational& y,
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

/// m with ½ℓ'² ≥ m ℓ for all z, for losses with the minimum 0.
inline std::optional<Rational> pl_constant(Loss loss) {
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
