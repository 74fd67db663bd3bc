#include "sampling/clopper_pearson.h"

#include <boost/math/distributions/binomial.hpp>
#include <stdexcept>

#include "number/exact.h"

namespace graddiv {

// Σ_{i ≥ k} C(n, i) pⁱ qⁿ⁻ⁱ, each term from the one before: all are positive, so that nothing
// cancels.
Enclosure binomial_upper_tail(int trials, int successes, const Rational& p) {
  const Enclosure odds = enclose(Rational(p / (1 - p))).as_interval();
  Enclosure term = pow(enclose(Rational(1 - p)).as_interval(), trials);
  Enclosure sum = successes == 0 ? term : Enclosure(0);
  for (int i = 1; i <= trials; ++i) {
    term *= odds * (trials - i + 1) / i;
    if (i >= successes) sum += term;
  }
  return sum;
}

Rational clopper_pearson_lower(int trials, int successes, const Rational& level) {
  if (successes == 0) return 0;
  const Rational guess = rational_from(boost::math::binomial_distribution<>::find_lower_bound_on_p(
      trials, successes, static_cast<double>(level)));
  // The tail grows with p, so that a guess slightly lowered will do, unless it is no good at all.
  for (Rational slack(1, 1'000'000'000); slack < 1; slack *= 10) {
    const Rational p = guess * (1 - slack);
    if ((binomial_upper_tail(trials, successes, p) <= enclose(level)) == Truth::yes) return p;
  }
  return 0;
}

Enclosure clopper_pearson(int trials, int successes, int undecided, const Rational& level,
                          const Sample& sample) {
  if (sample.error_level < 2 * level)
    throw std::invalid_argument("Clopper–Pearson: two ends at level " + to_string(level) +
                                " err more often than " + to_string(sample.error_level));
  return enclose(clopper_pearson_lower(trials, successes, level),
                 1 - clopper_pearson_lower(trials, trials - successes - undecided, level))
      .known_from(sample);
}

}  // namespace graddiv
