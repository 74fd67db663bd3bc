#include "diversity/diversity.h"

#include <algorithm>
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

bool is_zero(const Enclosure& x) { return (x == 0) == Truth::yes; }

/// The same direction by rational coordinates, where all are multiples of one number.
Vector<Enclosure> direction_of(const Vector<Enclosure>& g) {
  for (const Enclosure& first : g) {
    if ((first == 0) == Truth::no)
      return g.unaryExpr([&](const Enclosure& x) -> Enclosure { return x / first; });
  }
  return g;
}

/// m where the gradients that do not vanish are m equal ones each of vectors that are orthogonal to
/// each other, which the numbers may tell though they are irrational.
std::optional<int> multiplicity(const std::vector<Vector<Enclosure>>& gradients) {
  struct Group {
    const Vector<Enclosure>& g;
    Vector<Enclosure> direction;
    int size = 1;
  };
  std::vector<Group> groups;
  for (const Vector<Enclosure>& g : gradients) {
    if (std::ranges::all_of(g, is_zero)) continue;
    const auto same = std::ranges::find_if(groups, [&](const Group& group) {
      return std::equal(g.begin(), g.end(), group.g.begin(),
                        [](const auto& x, const auto& y) { return (x == y) == Truth::yes; });
    });
    if (same != groups.end()) {
      ++same->size;
      continue;
    }
    Group next{g, direction_of(g)};
    for (const Group& group : groups) {
      if (!is_zero(group.direction.dot(next.direction))) return std::nullopt;
    }
    groups.push_back(std::move(next));
  }
  const auto has_other_size = [&](const Group& x) { return x.size != groups.front().size; };
  if (groups.empty() || std::ranges::any_of(groups, has_other_size)) return std::nullopt;
  return groups.front().size;
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
  if (result.square_of_sum.is_exact()) return result;
  // ‖m Σ v‖² = m² Σ‖v‖² over orthogonal vectors v: both sums are then multiples of one number.
  if (const auto m = multiplicity(gradients)) {
    result.sum_of_squares = result.sum_of_squares.named();
    result.square_of_sum = *m * result.sum_of_squares;
  }
  return result;
}

GradientSums gradient_sums(const Problem& problem, const Vector<Enclosure>& w) {
  return sum_gradients(gradients(problem, w));
}

}  // namespace graddiv
