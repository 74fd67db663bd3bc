#include "sgd/run.h"

#include <algorithm>
#include <functional>

namespace graddiv {
namespace {

template <class T>
bool is_constant(const std::vector<T>& values) {
  return !values.empty() &&
         std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

}  // namespace

std::vector<Rational> StepRule::steps(int iterations) const {
  std::vector<Rational> result;
  result.reserve(static_cast<std::size_t>(iterations));
  for (int k = 0; k < iterations; ++k) result.push_back(c / (k + offset));
  return result;
}

bool Run::has_constant_step() const { return is_constant(steps); }
bool Run::has_constant_batch() const { return is_constant(batches); }

long Run::evaluations(int k) const {
  if (batches.size() == 1) return batches.front() * k;
  long sum = 0;
  for (int j = 0; j < k; ++j) sum += batch(j);
  return sum;
}

}  // namespace graddiv
