#include "constructions/slow_down.h"

#include <stdexcept>

namespace graddiv {

Rational serial_bound(const Rational& M2, const Rational& lambda, long N) {
  if (N < 2) throw std::invalid_argument("the serial bound is stated for at least 2 evaluations");
  return M2 / (lambda * lambda * N);
}

Rational serial_recursion(const Rational& M2, const Rational& lambda, long N) {
  if (N < 2) throw std::invalid_argument("the serial bound is stated for at least 2 evaluations");
  Rational harmonic = 0;
  for (long k = 1; k <= N; ++k) harmonic += Rational(1, k);
  return M2 / (lambda * lambda) * (N - harmonic) / (Rational(N) * (N - 1));
}

Rational large_batch_bound(const Rational& delta, const Rational& M2, const Rational& lambda,
                           long N) {
  return delta * M2 / (16 * lambda * lambda * N);
}

Rational resisting_bound(long m, const Rational& M2, const Rational& lambda, long K) {
  return M2 / (16 * m * lambda * lambda * K);
}

}  // namespace graddiv
