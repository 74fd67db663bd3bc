#include "diversity/mechanism_laws.h"

#include <utility>

#include "number/exact.h"

namespace graddiv {

std::vector<FiniteLaw> laws_of_same_moments(const Mechanism& mechanism,
                                            const std::vector<Vector<Enclosure>>& gradients,
                                            double most) {
  std::vector<FiniteLaw> result;
  for (const Vector<Enclosure>& g : gradients)
    result.push_back(mechanism.law_of_same_moments(g, most));
  return result;
}

namespace {

/// Convolutions that together add up at most so many pairs of values.
class Budget {
 public:
  explicit Budget(double most) : left_(most) {}
  FiniteLaw sum(const FiniteLaw& x, const FiniteLaw& y) {
    FiniteLaw result = sum_of_independent(x, y, left_);
    left_ -= static_cast<double>(x.size()) * static_cast<double>(y.size());
    return result;
  }
  void spend(double pairs) {
    left_ -= pairs;
    if (left_ < 0) throw LawTooLarge("the law of a mini-batch has too many values to list");
  }

 private:
  double left_;
};

FiniteLaw at_zero(const std::vector<FiniteLaw>& laws) {
  return FiniteLaw::certain(Vector<Enclosure>::Zero(laws.front().outcomes().front().value.size()));
}

/// New randomness for every draw: the B-th convolution power of the mixture (1/n) Σ_i law_i.
FiniteLaw fresh_mini_batch(const std::vector<FiniteLaw>& laws, long B, Budget budget) {
  FiniteLaw draw;
  for (const FiniteLaw& law : laws) draw.add(law, Enclosure(1) / static_cast<long>(laws.size()));
  FiniteLaw sum = at_zero(laws);
  for (long l = 0; l < B; ++l) sum = budget.sum(sum, draw);
  return sum;
}

/// One X_i for every index: the law of Σ c_i X_i for multinomial counts c. After i indices, entry b
/// of the table is the measure Σ over c_1 + … + c_i = b of the law of c_1 X_1 + … + c_i X_i divided
/// by c_1! ⋯ c_i!; in the end B!/n^B times entry B is the law.
FiniteLaw shared_mini_batch(const std::vector<FiniteLaw>& laws, long B, Budget budget) {
  budget.spend(static_cast<double>(B));
  const auto size = static_cast<std::size_t>(B) + 1;
  std::vector<FiniteLaw> table(size);
  table[0] = at_zero(laws);
  for (const FiniteLaw& law : laws) {
    std::vector<FiniteLaw> next(size);
    for (std::size_t b = 0; b < size; ++b) {
      if (table[b].size() == 0) continue;
      Enclosure weight = 1;  // 1/c!
      next[b].add(table[b], weight);
      for (std::size_t c = 1; b + c < size; ++c) {
        weight /= static_cast<long>(c);
        next[b + c].add(budget.sum(table[b], scaled(law, static_cast<long>(c))), weight);
      }
    }
    table = std::move(next);
  }
  Enclosure factor = 1;
  for (long l = 1; l <= B; ++l) factor *= Enclosure(l) / static_cast<long>(laws.size());
  FiniteLaw result;
  result.add(table.back(), factor);
  return result;
}

}  // namespace

FiniteLaw law_of_sum(const std::vector<FiniteLaw>& laws, double most) {
  Budget budget(most);
  FiniteLaw sum = at_zero(laws);
  for (const FiniteLaw& law : laws) sum = budget.sum(sum, law);
  return sum;
}

FiniteLaw law_of_mini_batch(const std::vector<FiniteLaw>& laws, long B, Mechanism::Sharing sharing,
                            double most) {
  return sharing == Mechanism::Sharing::fresh ? fresh_mini_batch(laws, B, Budget(most))
                                              : shared_mini_batch(laws, B, Budget(most));
}

}  // namespace graddiv
