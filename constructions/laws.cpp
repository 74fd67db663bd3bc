#include "constructions/laws.h"

namespace graddiv {

Run from_ones(long d, Rational step, long batch, int iterations) {
  return {Vector<Rational>::Constant(d, Rational(1)), {std::move(step)}, {batch}, iterations};
}

Rational coordinate_factor(const Rational& gamma_alpha, const Rational& B, const Rational& m) {
  return 1 - 2 * gamma_alpha * B + gamma_alpha * gamma_alpha * B * (B + m - 1);
}

std::vector<Rational> isotropic_law(const Run& run, const Rational& alpha, const Rational& m) {
  std::vector<Rational> law{run.start.squaredNorm()};
  for (int k = 0; k < run.iterations; ++k)
    law.push_back(law.back() * coordinate_factor(run.step(k) * alpha, run.batch(k), m));
  return law;
}

Rational geometric_sum(const Rational& rho, int k) {
  if (rho == 1) return k;
  Rational power = 1;
  for (int j = 0; j < k; ++j) power *= rho;
  return (1 - power) / (1 - rho);
}

}  // namespace graddiv
