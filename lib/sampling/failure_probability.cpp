#include "sampling/failure_probability.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "linear/ldlt.h"
#include "number/exact.h"
#include "problem/random_rows.h"
#include "sampling/clopper_pearson.h"
#include "sampling/row_diversity.h"

namespace graddiv {
namespace {

constexpr long most_free_signs = 12;
constexpr int fewest_draws = 64;
constexpr int most_draws = 1024;
constexpr double power = 0.99;

using Binomial = boost::math::binomial_distribution<>;

/// A sample may be looked at after 64, 128, … draws: α/2, α/4, … are spent on these looks, half of
/// each on either end, where α is the error level of all of them.
Rational error_of_one_end(int draws, const Rational& error_level) {
  return error_level * fewest_draws / (4 * draws);
}

// Flipping the signs of rows and columns leaves σ_max(X) as it is: the first row and column may be
// taken as ones, and all 2^{(n−1)(d−1)} matrices that are left are equally likely. Xᵀ has the same
// σ_max as X, so let X be wide. n/σ_max(Y)² = nd/σ_max(X)² ≥ b iff (nd/b) I − XXᵀ ⪰ 0.
Rational enumerated(const RowLaw& law, const Rational& b) {
  const int rows = std::min(law.n, law.d), columns = std::max(law.n, law.d);
  const Matrix<Rational> threshold =
      Matrix<Rational>::Identity(rows, rows) * Rational(Rational(law.n) * law.d / b);
  const long matrices = 1L << ((rows - 1) * (columns - 1));
  long failures = 0;
  Matrix<Rational> X = Matrix<Rational>::Ones(rows, columns);
  for (long signs = 0; signs < matrices; ++signs) {
    for (long rest = signs, i = 1; i < rows; ++i) {
      for (int j = 1; j < columns; ++j, rest /= 2) X(i, j) = 1 - 2 * (rest % 2);
    }
    const Matrix<Rational> gram = X.lazyProduct(X.transpose());
    if (!certify_psd(threshold - gram).positive_semidefinite) ++failures;
  }
  return Rational(failures, matrices);
}

/// The smallest q such that 1024 draws, of which the first `unfailing` were not all good, give a
/// lower end above `stated` with probability ≥ 0.99. A run that stops earlier has either found that
/// too, or an upper end below `stated`, which has probability ≤ α.
std::optional<Enclosure> detectable(const Enclosure& stated, int unfailing,
                                    const Rational& error_level) {
  const Rational level = error_of_one_end(most_draws, error_level);
  const auto finds = [&](int failures) {
    const Rational lower = clopper_pearson_lower(most_draws, failures, level);
    return (enclose(lower) > stated) == Truth::yes;
  };
  // The least number of failures that will do, guessed by bisection: the lower end grows with it.
  int too_few = 0, needed = most_draws;
  while (needed - too_few > 1) {
    const int middle = (too_few + needed) / 2;
    const double lower =
        Binomial::find_lower_bound_on_p(most_draws, middle, static_cast<double>(level));
    (lower > stated.approximate() ? needed : too_few) = middle;
  }
  while (!finds(needed)) {
    if (++needed > most_draws) return std::nullopt;
  }
  const auto found_with = [&](double q) {
    const Binomial failures(most_draws, q);
    return cdf(complement(failures, needed - 1)) - std::pow(1 - q, unfailing) -
           static_cast<double>(error_level);
  };
  double below = 0, above = 1;
  while (above - below > 1e-6) {
    const double q = (below + above) / 2;
    (found_with(q) >= power ? above : below) = q;
  }
  return Enclosure::parse(Enclosure(above).decimal_upper(3));
}

/// How many draws that all hold are enough, and what they would have found.
struct SamplePlan {
  int unfailing = fewest_draws;
  std::optional<Enclosure> detectable;
};

/// As many draws as find twice the stated probability, or else `largest_multiple` times. Where none
/// can, the fewest do: more would not say more.
SamplePlan plan_for(const Enclosure& stated, const Rational& error_level) {
  for (const int multiple : {2, largest_multiple}) {
    for (int draws = fewest_draws; draws <= most_draws; draws *= 2) {
      const auto found = detectable(stated, draws, error_level);
      if (found && (*found <= multiple * stated).truth() == Truth::yes) return {draws, found};
    }
  }
  return {fewest_draws, detectable(stated, fewest_draws, error_level)};
}

/// As many draws as decide it where none fails; the fewest where none can.
SamplePlan plan_to_decide(const Enclosure& stated, const Rational& error_level) {
  for (int draws = fewest_draws; draws <= most_draws; draws *= 2) {
    const Rational level = error_of_one_end(draws, error_level);
    const Rational holding = clopper_pearson_lower(draws, draws, level);
    if ((enclose(1 - holding) <= stated) == Truth::yes) return {draws, {}};
  }
  return {fewest_draws, {}};
}

/// One statement for every law and bound: all intervals that the draws of this seed give for the
/// probability hold at once, however many of them are looked at.
Sample statement_of(const RowLaw& law, const Rational& b, const Rational& error_level) {
  return {"P(B_S < " + to_string(b) + ") for " + std::to_string(law.n) + " × " +
              std::to_string(law.d) + " " + std::string(to_string(law.kind)) + " rows, seed " +
              std::to_string(law.seed),
          error_level};
}

FailureProbability sampled(const RowLaw& law, const Rational& b, const Enclosure& stated,
                           const Rational& error_level, DrawsAreFor purpose) {
  const SamplePlan plan = purpose == DrawsAreFor::an_upper_bound
                              ? plan_for(stated, error_level)
                              : plan_to_decide(stated, error_level);
  RowSample sample;
  sample.error_level = enclose(error_level);
  sample.detectable = plan.detectable;
  for (int draws = fewest_draws;; draws *= 2) {
    for (; sample.draws < draws; ++sample.draws) {
      const auto index = static_cast<std::uint64_t>(sample.draws);
      const Truth diverse = rows_are_diverse(law, draw(law, index), b);
      if (diverse == Truth::no) ++sample.failures;
      if (diverse == Truth::unknown) ++sample.undecided;
    }
    const Enclosure value =
        clopper_pearson(draws, sample.failures, sample.undecided,
                        error_of_one_end(draws, error_level), statement_of(law, b, error_level));
    const bool is_open = (value <= stated).truth() == Truth::unknown;
    const bool is_enough = sample.failures == 0 && draws >= plan.unfailing;
    if (!is_open || is_enough || draws == most_draws) return {value, sample};
  }
}

FailureProbability of_exact_bound(const RowLaw& law, const Rational& bound, const Enclosure& stated,
                                  const Rational& error_level, DrawsAreFor purpose) {
  if (bound <= 1) return {0, {}};  // B_S(w) ≥ 1: `diversity-range`
  // n/σ_max(Y)² ≤ min(n, d) for non-zero rows, which are all but sure.
  if (bound > std::min(law.n, law.d)) return {1, {}};
  const bool has_few_signs =
      law.kind == RowLaw::Kind::rademacher && long{law.n - 1} * (law.d - 1) <= most_free_signs;
  if (has_few_signs) return {enclose(enumerated(law, bound)), {}};
  return sampled(law, bound, stated, error_level, purpose);
}

}  // namespace

FailureProbability failure_probability(const RowLaw& law, const Enclosure& b,
                                       const Enclosure& stated, const Rational& error_level,
                                       DrawsAreFor purpose) {
  if (b.is_exact()) return of_exact_bound(law, exact_value(b), stated, error_level, purpose);
  // It grows with b. What is known from no draw that fails at the upper end is so at b.
  const auto below = of_exact_bound(law, lower_end(b), stated, error_level, purpose);
  auto above = of_exact_bound(law, upper_end(b), stated, error_level, purpose);
  return {Enclosure::hull(below.value, above.value), std::move(above.sample)};
}

}  // namespace graddiv
