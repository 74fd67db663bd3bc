#include "campaign/tightness.h"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlopt.hpp>

#include "campaign/free_numbers.h"
#include "number/exact.h"

namespace graddiv {

namespace {

constexpr int longest_round = 60;         // evaluations
constexpr std::size_t most_starts = 3;    // that a regime climbs from
constexpr std::size_t most_numbers = 24;  // a simplex in more dimensions gets nowhere in a round
constexpr int most_iterations = 256;      // exact numbers grow with every one of them
constexpr long largest_batch = 1'000'000;
constexpr double kept = 1e-6;  // of a ratio, that rounding may cost

/// Numbers in [0, 1) that depend on their counter alone.
double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  const auto bits = r123::Philox2x64()({{stream, index}}, {{seed}});
  return std::ldexp(static_cast<double>(bits[0] >> 11), -53);
}

double approximate_ratio(const Attained& a) { return a.ratio.lower().approximate(); }

/// A statement that is asked about many instances.
class Questions {
 public:
  Questions(const Statement& statement, const CheckOptions& options)
      : statement_(statement), options_(options) {}

  /// A guess: one try at low precision, with long rationals replaced by intervals. Whatever it says is certified again before it
  /// counts, so all it needs is to be cheap; and it is still an enclosure, so that it points to nothing that is not there.
  std::vector<Attained> guess(const Instance& instance) {
    constexpr unsigned bits = 96;
    constexpr std::size_t exact_bits = 2048;
    const PrecisionScope scope(Precision{bits, exact_bits});
    return ask(instance, {bits, bits});
  }

  /// The ratio in this regime, 0 where there is none: a landscape with cliffs, hence no derivatives.
  double guess(const Instance& instance, Regime regime) {
    for (const Attained& a : guess(instance)) {
      if (a.regime == regime) return approximate_ratio(a);
    }
    return 0;
  }

  std::optional<Sharpest> certify(const Instance& instance, Regime regime) {
    for (const Attained& a : ask(instance, options_)) {
      if (a.regime == regime) return Sharpest{instance, a};
    }
    return std::nullopt;
  }

  const std::optional<Instance>& counterexample() const { return counterexample_; }

 private:
  std::vector<Attained> ask(const Instance& instance, const CheckOptions& options) {
    try {
      const Finding finding = check(statement_, instance, options);
      const bool is_rigorous = finding.evidence != Evidence::statistical;
      if (finding.verdict == Verdict::refuted && is_rigorous && !counterexample_) {
        counterexample_ = instance;
      }
      return attained(finding);
    } catch (
        const std::exception&) {  // of what a search comes up with, not every check gets through
      return {};
    }
  }

  const Statement& statement_;
  const CheckOptions& options_;
  std::optional<Instance> counterexample_;
};

bool is_sharper(const Sharpest& a, const std::optional<Sharpest>& b) {
  return !b || (a.attained.ratio.lower() > b->attained.ratio.lower()) == Truth::yes;
}

bool is_tight(const Sharpest& s) { return (s.attained.ratio.lower() >= 1) == Truth::yes; }

/// The simplest number near x: |y − x| ≤ reach · x, x > 0.
Rational simplest_near(const Rational& x, const Rational& reach) {
  return simplest_between(x * (1 - reach), x * (1 + reach));
}

/// Another batch size and another number of iterations, the same ones every third time.
Run varied(Run run, std::uint64_t seed, std::uint64_t round) {
  constexpr std::array factors{0.5, 0.8, 0.95, 1.0, 1.05, 1.25, 2.0};
  constexpr std::array steps{-1, 0, 1};
  const auto other = [&](long count, std::uint64_t index) {
    const auto factor = factors[static_cast<std::size_t>(uniform(seed, round, index) * 7)];
    const auto step = steps[static_cast<std::size_t>(uniform(seed, round, index + 1) * 3)];
    return std::max(1L, std::lround(static_cast<double>(count) * factor) + step);
  };
  if (round % 3 == 0) return run;
  if (run.batches.size() == 1 && uniform(seed, round, 1) < 0.6) {
    run.batches.front() = std::min(other(run.batches.front(), 10), largest_batch);
  }
  if (run.steps.size() == 1 && run.batches.size() == 1 && uniform(seed, round, 2) < 0.6) {
    run.iterations = static_cast<int>(std::min<long>(other(run.iterations, 20), most_iterations));
  }
  return run;
}

/// Climbs in one regime.
class Climber {
 public:
  Climber(Questions& questions, Regime regime, std::uint64_t seed)
      : questions_(questions), regime_(regime), seed_(seed) {}

  std::optional<Sharpest> climb(const std::vector<Instance>& starts, std::int64_t evaluations) {
    left_ = evaluations;
    for (const Instance& start : starts) accept(start);
    // A round without anything to turn spends nothing.
    const auto most_rounds = static_cast<std::uint64_t>(evaluations);
    for (std::uint64_t round = 0; left_ > 0 && round < most_rounds; ++round) {
      if (best_ && is_tight(*best_)) break;
      const bool from_best = best_ && round % 2 == 0;
      climb_from(from_best ? best_->instance : starts[round / 2 % starts.size()], round);
    }
    return best_;
  }

 private:
  void accept(const Instance& instance) {
    auto found = questions_.certify(instance, regime_);
    if (found && is_sharper(*found, best_)) best_ = std::move(found);
  }

  double evaluate(const FreeNumbers& numbers, const std::vector<Rational>& values) {
    --left_;
    const auto instance = numbers.with(values);
    return instance ? questions_.guess(*instance, regime_) : 0;
  }

  // The numbers vary as values · 2^t: positive, and small ones as much as large ones.
  static std::vector<Rational> at(const FreeNumbers& numbers, const std::vector<double>& t) {
    static const Rational reach(1, 1 << 24);
    std::vector<Rational> values;
    for (std::size_t i = 0; i < t.size(); ++i) {
      values.push_back(simplest_near(numbers.values()[i] * rational_from(std::exp2(t[i])), reach));
    }
    return values;
  }

  /// The best of the points that a simplex has tried, which need not be the one it ends at.
  struct Round {
    Climber& climber;
    const FreeNumbers& numbers;
    double sharpest;
    std::vector<double> t;

    static double objective(const std::vector<double>& x, std::vector<double>&, void* data) {
      Round& round = *static_cast<Round*>(data);
      const double ratio = round.climber.evaluate(round.numbers, at(round.numbers, x));
      if (ratio > round.sharpest) {
        round.sharpest = ratio;
        round.t = x;
      }
      return ratio;
    }
  };

  void climb_from(const Instance& start, std::uint64_t round) {
    using enum FreeNumbers::Ties;
    Instance instance = start;
    instance.run = varied(instance.run, seed_, round);
    const bool tied = uniform(seed_, round, 3) < 0.7;
    const FreeNumbers numbers(instance, tied ? equal_values : symmetry);
    const std::size_t n = numbers.values().size();
    if (n == 0 || n > most_numbers) return;

    // The first rounds begin at the start itself, later ones farther and farther away from it.
    const double spread = round < 3 ? 0 : std::min(1.0, 0.05 * static_cast<double>(round));
    std::vector<double> t(n);
    for (std::size_t i = 0; i < n; ++i) {
      t[i] = spread * (2 * uniform(seed_, round, 100 + i) - 1);
    }
    Round tried{*this, numbers, 0, t};
    nlopt::opt simplex(nlopt::LN_SBPLX, static_cast<unsigned>(n));
    simplex.set_max_objective(Round::objective, &tried);
    simplex.set_lower_bounds(-4);
    simplex.set_upper_bounds(4);
    simplex.set_initial_step(round % 2 == 0 ? 0.02 : 0.3);
    simplex.set_xtol_rel(1e-9);
    simplex.set_maxeval(static_cast<int>(std::min<std::int64_t>(longest_round, left_)));
    try {
      simplex.optimize(t);
    } catch (const nlopt::roundoff_limited&) {  // as far as it gets
    }
    const double known = best_ ? approximate_ratio(best_->attained) : 0;
    if (tried.sharpest > known) accept_rounded(numbers, at(numbers, tried.t), tried.sharpest);
  }

  // The simplest numbers that keep the ratio.
  void accept_rounded(const FreeNumbers& numbers, const std::vector<Rational>& values,
                      double ratio) {
    for (const int bits : {2, 4, 6, 8, 11, 14, 17, 20}) {
      const Rational reach(1, 1L << bits);
      std::vector<Rational> rounded;
      for (const Rational& x : values) rounded.push_back(simplest_near(x, reach));
      const auto instance = numbers.with(rounded);
      if (instance && evaluate(numbers, rounded) >= ratio - kept) return accept(*instance);
    }
    if (const auto instance = numbers.with(values)) accept(*instance);
  }

  Questions& questions_;
  Regime regime_;
  std::uint64_t seed_;
  std::int64_t left_ = 0;
  std::optional<Sharpest> best_;
};

}  // namespace

SearchResult search_sharpest(const Statement& statement, const std::vector<Instance>& starts,
                             const SearchOptions& options) {
  Questions questions(statement, options.check);
  struct Start {
    double ratio;
    const Instance* instance;
  };
  std::vector<std::pair<Regime, std::vector<Start>>> regimes;
  std::int64_t left = options.evaluations;
  for (const Instance& start : starts) {
    if (start.run.iterations > most_iterations) continue;
    if (left-- <= 0) break;
    for (const Attained& a : questions.guess(start)) {
      auto known = std::ranges::find(regimes, a.regime, [](const auto& r) { return r.first; });
      if (known == regimes.end()) known = regimes.insert(known, {a.regime, {}});
      known->second.push_back({approximate_ratio(a), &start});
    }
  }
  SearchResult result;
  for (auto& [regime, candidates] : regimes) {
    std::ranges::stable_sort(candidates, std::greater(), &Start::ratio);
    std::vector<Instance> best;
    for (const Start& start : candidates) {
      if (best.size() < most_starts) best.push_back(*start.instance);
    }
    const auto share = left / static_cast<std::int64_t>(regimes.size());
    Climber climber(questions, regime, options.seed);
    if (auto sharpest = climber.climb(best, share)) {
      result.sharpest.push_back(std::move(*sharpest));
    }
  }
  result.counterexample = questions.counterexample();
  return result;
}

}  // namespace graddiv
