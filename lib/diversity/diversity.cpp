#include "diversity/diversity.h"

#include <stdexcept>

#include "number/exact.h"

namespace graddiv {
namespace {

/// numerator/denominator for numbers ≥ 0, absent where the denominator is 0: the ratio is then +∞
/// by convention.
std::optional<Enclosure> ratio(const Enclosure& numerator, const Enclosure& denominator) {
  if ((denominator == 0) == Truth::yes) return std::nullopt;
  if ((denominator > 0) == Truth::yes) return numerator / denominator;
  throw std::domain_error("the gradients are not known well enough to tell whether their sum is 0");
}

}  // namespace

Enclosure GradientSums::second_moment() const { return sum_of_squares / n; }

Enclosure GradientSums::full_gradient_norm2() const { return square_of_sum / square(n); }

Enclosure GradientSums::inverse_gradient_diversity() const {
  if ((square_of_sum == 0) == Truth::yes) return 0;
  if ((sum_of_squares > 0) == Truth::yes) return square_of_sum / sum_of_squares;
  // All gradients may be 0. ‖Σ g_i‖² ≤ n Σ‖g_i‖² (Cauchy–Schwarz) is then all that is known.
  return Enclosure::hull(0, n);
}

Enclosure GradientSums::inverse_batch_size_bound() const {
  return inverse_gradient_diversity() / n;
}

std::optional<Enclosure> GradientSums::gradient_diversity() const {
  return ratio(sum_of_squares, square_of_sum);
}

std::optional<Enclosure> GradientSums::batch_size_bound() const {
  return ratio(n * sum_of_squares, square_of_sum);
}

GradientSums sum_gradients(const std::vector<Vector<Enclosure>>& gradients) {
  if (gradients.empty()) throw std::invalid_argument("a finite sum needs at least one function");
  GradientSums result;
  result.n = static_cast<int>(gradients.size());
  Vector<Enclosure> sum = Vector<Enclosure>::Zero(gradients.front().size());
  for (const Vector<Enclosure>& g : gradients) {
    result.sum_of_squares += g.squaredNorm();
    sum += g;
  }
  result.square_of_sum = sum.squaredNorm();
  return result;
}

GradientSums gradient_sums(const Problem& problem, const Vector<Enclosure>& w) {
  return sum_gradients(gradients(problem, w));
}

}  // namespace graddiv
