#include "expectation/moment_growth.h"

#include <algorithm>

#include "expectation/moment_step.h"

namespace graddiv::moments {

std::size_t bits_of(const Integer& x) { return mpz_sizeinbase(x.backend().data(), 2); }

Integer largest_row_sum(const Matrix<Integer>& C) {
  Integer largest = 0;
  for (Eigen::Index i = 0; i < C.rows(); ++i) {
    Integer sum = 0;
    for (const Integer& x : C.row(i)) sum += abs(x);
    largest = std::max(largest, sum);
  }
  return largest;
}

Integer largest_squares(const AffineGradients& gradients) {
  Integer squares = 0;
  for (int i = 0; i < gradients.size(); ++i) {
    Integer largest = 0;
    if (gradients.is_rank_one()) {
      Integer x = 0;
      Integer c = 0;
      for (const Integer& y : gradients.rows().row(i)) x = std::max(x, Integer(abs(y)));
      for (const Integer& y : gradients.factors().row(i)) c += abs(y);
      largest = x * c;
    } else {
      largest = largest_row_sum(gradients.matrices()[static_cast<std::size_t>(i)]);
    }
    squares += largest * largest;
  }
  return squares;
}

double bits_per_step(const AffineGradients& gradients, bool track_sum, const Rational& gamma,
                     long B) {
  const SparseStep mean = mean_step(gradients, track_sum, gamma, B);
  const Integer of_mean = largest_row_sum(mean.rows);
  const Integer of_C = largest_row_sum(gradients.sum());
  const MechanismNoise mechanism = gradients.mechanism_noise(B);
  const Integer& t = mechanism.denominator;
  const Integer noise = (t + mechanism.of_squares) * gradients.size() * largest_squares(gradients) +
                        t * of_C * of_C + mechanism.constant;
  const Integer growth = t * of_mean * of_mean + noise_factor(gamma, B) * noise;
  return std::max(static_cast<double>(bits_of(t * mean.divisor * mean.divisor)),
                  static_cast<double>(bits_of(growth)));
}

}  // namespace graddiv::moments
