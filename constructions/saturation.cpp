#include "constructions/saturation.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "number/exact.h"
#include "number/precision.h"

namespace graddiv {
namespace {

constexpr unsigned bits = 256;

/// h_K(γ) = ½(ρ(γ)^K + ρ(γκ)^K) and its derivative. As ρ ≥ 0 is convex in γ, so is h_K.
template <class T>
struct Decay {
  T B, s, kappa;  // s = B + m − 1 = m(1+δ)

  T rho(const T& x) const { return T(1) - T(2) * x * B + x * x * B * s; }
  T slope(const T& x) const { return T(2) * B * (x * s - T(1)); }
};

double value(const Decay<double>& d, double gamma, long K) {
  return (std::pow(d.rho(gamma), K) + std::pow(d.rho(gamma * d.kappa), K)) / 2;
}
Enclosure value(const Decay<Enclosure>& d, const Enclosure& gamma, long K) {
  return (pow(d.rho(gamma), K) + pow(d.rho(gamma * d.kappa), K)) / 2;
}
Enclosure derivative(const Decay<Enclosure>& d, const Enclosure& gamma, long K) {
  const Enclosure x = gamma * d.kappa;
  return Enclosure(K) / 2 *
         (pow(d.rho(gamma), K - 1) * d.slope(gamma) + d.kappa * pow(d.rho(x), K - 1) * d.slope(x));
}

/// argmin of the convex h_K: between the minimisers 1/(sκ) and 1/s of its two terms, and below
/// 2/(sκ), where ρ(γκ) = 1.
double guess_step(const Decay<double>& d, long K) {
  double low = 1 / (d.s * d.kappa);
  double high = std::min(1.0, 2 / d.kappa) / d.s;
  for (int i = 0; i < 200; ++i) {
    const double left = low + (high - low) / 3;
    const double right = high - (high - low) / 3;
    if (value(d, left, K) < value(d, right, K)) {
      high = right;
    } else {
      low = left;
    }
  }
  return (low + high) / 2;
}

Enclosure interval(const Rational& x) { return enclose(x).as_interval(); }

/// Whether h_K > ε for every γ: h_K lies above its tangents at u and v, whose slopes have opposite
/// signs, and so above the height at which the two tangents meet.
bool certainly_not_enough(const Decay<Enclosure>& d, double step, long K, const Rational& epsilon) {
  if (K == 0) return epsilon < 1;
  for (const double spread : {1e-2, 1e-3, 1e-4, 1e-6, 1e-8}) {
    const Enclosure u = interval(rational_from(step * (1 - spread)));
    const Enclosure v = interval(rational_from(step * (1 + spread)));
    const Enclosure fall = derivative(d, u, K);
    const Enclosure rise = derivative(d, v, K);
    if ((fall < 0).truth() != Truth::yes || (rise > 0).truth() != Truth::yes) continue;
    const Enclosure at_u = value(d, u, K);
    const Enclosure meeting = (at_u - value(d, v, K) + rise * v - fall * u) / (rise - fall);
    if ((at_u + fall * (meeting - u) > enclose(epsilon)).truth() == Truth::yes) return true;
  }
  return false;
}

}  // namespace

Rational best_rate(long m, long B, const Rational& kappa) {
  return 1 - 4 * kappa * B / ((kappa + 1) * (kappa + 1) * (B + m - 1));
}

Enclosure evaluation_factor(long m, long B, const Rational& kappa) {
  if (m == 1 || B == 1) return B;  // ρ_B = ρ_1
  return B * log(enclose(best_rate(m, 1, kappa))) / log(enclose(best_rate(m, B, kappa)));
}

SaturationPoint evaluations_needed(long m, long B, const Rational& kappa, const Rational& epsilon) {
  if (m < 1 || B < 1) throw std::invalid_argument("m and B must be at least 1");
  if (kappa < 1) throw std::invalid_argument("kappa must be at least 1");
  if (epsilon <= 0 || 2 * epsilon > 1)
    throw std::invalid_argument("epsilon must be above 0 and at most 1/2");
  const PrecisionScope scope(bits);
  const auto s = static_cast<double>(B + m - 1);
  const Decay<double> fast{static_cast<double>(B), s, static_cast<double>(kappa)};
  const Decay<Enclosure> exact{interval(B), interval(B + m - 1), interval(kappa)};
  const auto is_enough = [&](long K) {
    return value(fast, guess_step(fast, K), K) <= static_cast<double>(epsilon);
  };

  // More iterations never hurt: where both factors are at most 1, h_K falls with K; where one is
  // not, h_K > ½ ≥ ε.
  long most = 1;
  while (!is_enough(most)) most *= 2;
  long least = most / 2;  // not enough
  while (most - least > 1) {
    const long middle = least + (most - least) / 2;
    (is_enough(middle) ? most : least) = middle;
  }
  // Rounding may have cost one iteration either way.
  for (const long K : {most, most + 1, std::max(most - 1, 1L)}) {
    const double guess = guess_step(fast, K);
    const Rational around = rational_from(guess);
    const Rational step = simplest_between(around * Rational(999'999, 1'000'000),
                                           around * Rational(1'000'001, 1'000'000));
    if ((value(exact, interval(step), K) <= enclose(epsilon)).truth() != Truth::yes) continue;
    const double guess_before = K > 1 ? guess_step(fast, K - 1) : guess;
    if (!certainly_not_enough(exact, guess_before, K - 1, epsilon)) continue;
    return {m, B, Rational(B - 1, m), step, K, K * B};
  }
  throw std::runtime_error("the number of iterations for m = " + std::to_string(m) +
                           ", B = " + std::to_string(B) + " could not be certified");
}

}  // namespace graddiv
