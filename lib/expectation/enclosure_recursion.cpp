#include "expectation/enclosure_recursion.h"

#include "number/exact.h"

namespace graddiv::moments {

EnclosureRecursion::EnclosureRecursion(const AffineGradients& gradients, bool track_sum,
                                       const Vector<Rational>& start)
    : triangle_{track_sum ? 2 * gradients.dimension() + 1 : gradients.dimension() + 1},
      S_(triangle_.size(), Enclosure(0)),
      flat_(gradients, track_sum) {
  std::vector<Rational> z(start.begin(), start.end());
  z.emplace_back(Rational(1, gradients.constant_scale()));
  for (std::size_t a = 0; a < z.size(); ++a) {
    for (std::size_t b = a; b < z.size(); ++b)
      S_[triangle_.index(static_cast<int>(a), static_cast<int>(b))] =
          enclose(Rational(z[a] * z[b]));
  }
}

// P(γ) = P_0 + γP_1 + γ²P_2 has P_1 = (P(1) − P(−1))/2 and P_2 = (P(1) + P(−1))/2 − P_0.
EnclosureRecursion::Rows EnclosureRecursion::rows_of(long B) {
  const SparseStep& zero = flat_.at(0, B);
  const SparseStep& plus = flat_.at(1, B);
  const SparseStep& minus = flat_.at(-1, B);
  Rows rows(S_.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    struct Values {
      Rational at_zero, at_plus, at_minus;
    };
    std::map<int, Values> values;
    for (const auto& [column, x] : zero.rows[r]) values[column].at_zero = Rational(x, zero.divisor);
    for (const auto& [column, x] : plus.rows[r]) values[column].at_plus = Rational(x, plus.divisor);
    for (const auto& [column, x] : minus.rows[r])
      values[column].at_minus = Rational(x, minus.divisor);
    for (const auto& [column, v] : values)
      rows[r].push_back({static_cast<std::size_t>(column), v.at_zero,
                         Rational((v.at_plus - v.at_minus) / 2),
                         Rational((v.at_plus + v.at_minus) / 2 - v.at_zero)});
  }
  return rows;
}

void EnclosureRecursion::advance(const Enclosure& gamma, long B) {
  auto found = known_.find(B);
  if (found == known_.end()) found = known_.emplace(B, rows_of(B)).first;
  const Enclosure square_of_gamma = square(gamma);
  std::vector<Enclosure> next(S_.size(), Enclosure(0));
  for (std::size_t r = 0; r < next.size(); ++r) {
    for (const auto& [column, p0, p1, p2] : found->second[r]) {
      next[r] += (enclose(p0) + enclose(p1) * gamma + enclose(p2) * square_of_gamma) * S_[column];
    }
  }
  S_ = std::move(next);
}

}  // namespace graddiv::moments
