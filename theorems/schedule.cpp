#include "theorems/schedule.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "number/exact.h"

namespace graddiv {
namespace {

/// A number of few digits at or below a step, so that exact expectations stay short: the step
/// itself where it has few, as thresholds of round problems do.
Rational short_step(const Enclosure& enclosed) {
  constexpr unsigned few = 16;
  const Rational step = exact_value(enclosed.is_exact() ? enclosed : enclosed.lower());
  if (msb(numerator(step)) < few && msb(denominator(step)) < few) return step;
  // 2^e ≤ step < 2^(e+2)
  const int e =
      static_cast<int>(msb(numerator(step))) - static_cast<int>(msb(denominator(step))) - 1;
  const int shift = static_cast<int>(few) - e;
  const Integer one = 1;
  const Rational unit = shift >= 0 ? Rational(one, one << static_cast<unsigned>(shift))
                                   : Rational(one << static_cast<unsigned>(-shift));
  const Rational units = step / unit;
  return unit * Rational(Integer(numerator(units) / denominator(units)));
}

/// The whole number o > 0 that p_0/p_1 = (1 + o)/o leaves: p_k = p_0·o/(k + o) for all k, if for
/// any o. Nothing where no such number is known to hold for all.
std::optional<long> offset_of(const std::vector<Enclosure>& p) {
  constexpr long largest = 1'000'000'000;  // of an instance file
  if (p.size() < 2 || (p[0] > p[1]) != Truth::yes) return std::nullopt;
  const Rational near = lower_end(p[1] / (p[0] - p[1])) + Rational(1, 2);
  const Integer whole = numerator(near) / denominator(near);
  if (whole < 1 || whole > largest) return std::nullopt;
  const auto offset = static_cast<long>(whole);
  for (std::size_t k = 1; k < p.size(); ++k) {
    const Enclosure at = static_cast<long>(k) + offset;
    if ((p[k] * at == p[0] * offset) != Truth::yes) return std::nullopt;
  }
  return offset;
}

/// The rule by which the steps are: γ_k (k + o) = c, or γ_k² (k + o) = c².
std::optional<StepRule> rule_of(const std::vector<Enclosure>& steps) {
  constexpr std::size_t most_iterations = 100'000;  // of a rule in an instance file
  if (steps.size() > most_iterations) return std::nullopt;
  if (const auto o = offset_of(steps))
    return StepRule{short_step(steps[0] * *o), *o, StepRule::Decay::like_k};
  std::vector<Enclosure> squares;
  for (const Enclosure& step : steps) squares.push_back(square(step));
  if (const auto o = offset_of(squares))
    return StepRule{short_step(steps[0] * sqrt(Enclosure(*o))), *o, StepRule::Decay::like_root_k};
  return std::nullopt;
}

}  // namespace

void set_steps(Run& run, const std::vector<Enclosure>& steps) {
  run.steps.clear();
  run.step_rule = rule_of(steps);
  if (run.step_rule) {
    run.steps = run.step_rule->steps(run.iterations);
  } else {
    std::ranges::transform(steps, std::back_inserter(run.steps), short_step);
  }
}

}  // namespace graddiv
