#include "sgd/run.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "number/exact.h"

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
  if (decay == Decay::like_root_k) return result;
  result.reserve(static_cast<std::size_t>(iterations));
  for (int k = 0; k < iterations; ++k) result.push_back(c / (k + offset));
  return result;
}

Enclosure StepRule::step(int k) const {
  const Enclosure at = k + offset;
  return enclose(c) / (decay == Decay::like_root_k ? sqrt(at) : at);
}

Enclosure Run::gamma(int k) const {
  return has_irrational_steps() ? step_rule->step(k) : enclose(step(k));
}

const Rational& Run::step(int k) const {
  if (has_irrational_steps()) throw std::invalid_argument("the steps c/√k are not rational");
  return steps.size() == 1 ? steps.front() : steps.at(static_cast<std::size_t>(k));
}

bool Run::is_by_rule() const { return step_rule && step_rule->steps(iterations) == steps; }

bool Run::has_irrational_steps() const {
  return steps.empty() && step_rule && step_rule->decay == StepRule::Decay::like_root_k;
}

bool Run::has_positive_steps() const {
  if (has_irrational_steps()) return step_rule->c > 0;
  return std::ranges::all_of(steps, [](const Rational& step) { return step > 0; });
}

bool Run::has_constant_step() const {
  if (has_irrational_steps()) return iterations > 0 && (iterations == 1 || step_rule->c == 0);
  return is_constant(steps);
}
bool Run::has_constant_batch() const { return is_constant(batches); }

bool Run::goes_on(int k) const {
  return !has_irrational_steps() && batch(k) == batch(k - 1) &&
         (steps.size() == 1 || step(k) == step(k - 1));
}

long Run::evaluations(int k) const {
  if (batches.size() == 1) return batches.front() * k;
  long sum = 0;
  for (int j = 0; j < k; ++j) sum += batch(j);
  return sum;
}

}  // namespace graddiv
