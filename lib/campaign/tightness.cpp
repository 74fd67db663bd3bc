#include "campaign/tightness.h"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlopt.hpp>

#include "campaign/free_numbers.h"
#include "campaign/questions.h"
#include "number/exact.h"

namespace graddiv {

namespace {

constexpr int longest_round = 60;         // evaluations
constexpr std::size_t most_starts = 3;    // that a regime climbs from
constexpr std::size_t most_families = 2;  // that it climbs in
constexpr std::size_t most_numbers = 24;  // a simplex in more dimensions gets nowhere in a round
constexpr double kept = 1e-6;             // of a ratio, that rounding may cost

/// Numbers in [0, 1) that depend on their counter alone.
double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  const auto bits = r123::Philox2x64()({{stream, index}}, {{seed}});
  return std::ldexp(static_cast<double>(bits[0] >> 11), -53);
}

bool is_sharper(const Sharpest& a, const std::optional<Sharpest>& b) {
  return !b || (a.attained.ratio.lower() > b->attained.ratio.lower()) == Truth::yes;
}

bool is_tight(const Sharpest& s) { return (s.attained.ratio.lower() >= 1) == Truth::yes; }

bool is_affordable(const Instance& instance, const SearchOptions& options) {
  if (instance.run.iterations > most_iterations_of_a_search) return false;
  return (options.work ? options.work(instance) : work_of_a_check(instance)) <=
         options.largest_work;
}

/// The simplest number near x: |y − x| ≤ reach · x, x > 0.
Rational simplest_near(const Rational& x, const Rational& reach) {
  return simplest_between(x * (1 - reach), x * (1 + reach));
}

/// The first iterations of a schedule: half of them, or one.
void cut_short(Run& run, bool to_one) {
  run.iterations = to_one ? 1 : (run.iterations + 1) / 2;
  const auto K = static_cast<std::size_t>(run.iterations);
  if (run.steps.size() > K) run.steps.resize(K);
  if (run.batches.size() > K) run.batches.resize(K);
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
  if (run.batches.size() == 1 && !run.full_batch && uniform(seed, round, 1) < 0.6) {
    run.batches.front() = std::min(other(run.batches.front(), 10), largest_batch_of_a_search);
  }
  if (run.steps.size() == 1 && run.batches.size() == 1 && uniform(seed, round, 2) < 0.6) {
    run.iterations =
        static_cast<int>(std::min<long>(other(run.iterations, 20), most_iterations_of_a_search));
  } else if (run.iterations > 1 && uniform(seed, round, 2) < 0.6) {
    cut_short(run, uniform(seed, round, 3) < 0.5);
  }
  return run;
}

/// Climbs in one regime.
class Climber {
 public:
  Climber(Questions& questions, Regime regime, const SearchOptions& options)
      : questions_(questions), regime_(regime), seed_(options.seed), options_(options) {}

  std::optional<Sharpest> climb(const std::vector<Instance>& starts,
                                const std::vector<InstanceFamily>& families,
                                std::int64_t evaluations) {
    left_ = evaluations;
    std::vector<Origin> origins;
    for (std::size_t i = 0; i < std::max(starts.size(), families.size()); ++i) {
      if (i < families.size())
        origins.push_back({families[i], families[i].with(families[i].values).value()});
      if (i < starts.size()) origins.push_back({std::nullopt, starts[i]});
    }
    for (const Origin& origin : origins) accept(origin.start);
    // A round without anything to turn spends nothing.
    const auto most_rounds = static_cast<std::uint64_t>(evaluations);
    for (std::uint64_t round = 0; left_ > 0 && round < most_rounds; ++round) {
      if (best_ && is_tight(*best_)) break;
      if (best_ && round % 2 == 1) {
        climb_from(best_->instance, round, round);
      } else {
        Origin& origin = origins[round / 2 % origins.size()];
        origin.family ? climb_in(origin, round) : climb_from(origin.start, round, origin.visits);
        ++origin.visits;
      }
    }
    return best_;
  }

 private:
  /// What rounds begin with: an instance, or a family with its first member.
  struct Origin {
    std::optional<InstanceFamily> family;
    Instance start;
    std::uint64_t visits = 0;
    double ratio = 0;  ///< of the family's values
  };

  void accept(const Instance& instance) {
    auto found = questions_.certify(instance, regime_);
    if (found && is_sharper(*found, best_)) best_ = std::move(found);
  }

  double evaluate(const InstanceFamily& family, const std::vector<Rational>& values) {
    --left_;
    const auto instance = family.with(values);
    if (!instance || !is_affordable(*instance, options_)) return 0;
    return questions_.guess(*instance, regime_);
  }

  // The numbers vary as values · 2^t: positive, and small ones as much as large ones.
  static std::vector<Rational> at(const InstanceFamily& family, const std::vector<double>& t) {
    static const Rational reach(1, 1 << 24);
    std::vector<Rational> values;
    for (std::size_t i = 0; i < t.size(); ++i) {
      values.push_back(simplest_near(family.values[i] * rational_from(std::exp2(t[i])), reach));
    }
    return values;
  }

  /// The best of the points that a simplex has tried, which need not be the one it ends at.
  struct Round {
    Climber& climber;
    const InstanceFamily& family;
    double sharpest;
    std::vector<double> t;

    static double objective(const std::vector<double>& x, std::vector<double>&, void* data) {
      Round& round = *static_cast<Round*>(data);
      const double ratio = round.climber.evaluate(round.family, at(round.family, x));
      if (ratio > round.sharpest) {
        round.sharpest = ratio;
        round.t = x;
      }
      return ratio;
    }
  };

  void climb_from(const Instance& start, std::uint64_t round, std::uint64_t visits) {
    using enum FreeNumbers::Ties;
    Instance instance = start;
    instance.run = varied(instance.run, seed_, round);
    const bool tied = uniform(seed_, round, 3) < 0.7;
    const FreeNumbers numbers(instance, tied ? equal_values : symmetry);
    const InstanceFamily family{numbers.values(),
                                [&](const auto& values) { return numbers.with(values); }};
    const Round tried = turned(family, round, visits, round % 2 == 0 ? 0.02 : 0.3);
    accept_rounded(family, at(family, tried.t), tried.sharpest);
  }

  /// Goes on from the sharpest member when it is called again. Counts change by a factor before
  /// they change at all, so that the first step is a large one at first.
  void climb_in(Origin& origin, std::uint64_t round) {
    InstanceFamily& family = *origin.family;
    const Round tried = turned(family, round, origin.visits, origin.visits % 2 == 0 ? 1 : 0.2);
    if (tried.sharpest <= origin.ratio) return;
    origin.ratio = tried.sharpest;
    const std::vector<Rational> values = at(family, tried.t);
    accept_rounded(family, values, tried.sharpest);
    family.values = values;
  }

  /// One round of a simplex.
  Round turned(const InstanceFamily& family, std::uint64_t round, std::uint64_t visits,
               double first_step) {
    const std::size_t n = family.values.size();
    // The first rounds begin at the start itself, later ones farther and farther away from it.
    const double spread = visits < 3 ? 0 : std::min(1.0, 0.05 * static_cast<double>(visits));
    std::vector<double> t(n);
    for (std::size_t i = 0; i < n; ++i) {
      t[i] = spread * (2 * uniform(seed_, round, 100 + i) - 1);
    }
    Round tried{*this, family, 0, t};
    if (n == 0 || n > most_numbers) return tried;
    nlopt::opt simplex(nlopt::LN_SBPLX, static_cast<unsigned>(n));
    simplex.set_max_objective(Round::objective, &tried);
    simplex.set_lower_bounds(-4);
    simplex.set_upper_bounds(4);
    simplex.set_initial_step(first_step);
    simplex.set_xtol_rel(1e-9);
    simplex.set_maxeval(static_cast<int>(std::min<std::int64_t>(longest_round, left_)));
    try {
      simplex.optimize(t);
    } catch (const nlopt::roundoff_limited&) {  // as far as it gets
    }
    return tried;
  }

  // The simplest numbers that keep the ratio, where it is a better one.
  void accept_rounded(const InstanceFamily& family, const std::vector<Rational>& values,
                      double ratio) {
    if (ratio <= (best_ ? approximate_ratio(best_->attained) : 0)) return;
    for (const int bits : {2, 4, 6, 8, 11, 14, 17, 20}) {
      const Rational reach(1, 1L << bits);
      std::vector<Rational> rounded;
      for (const Rational& x : values) rounded.push_back(simplest_near(x, reach));
      if (evaluate(family, rounded) >= ratio - kept) return accept(*family.with(rounded));
    }
    if (const auto instance = family.with(values)) accept(*instance);
  }

  Questions& questions_;
  Regime regime_;
  std::uint64_t seed_;
  const SearchOptions& options_;
  std::int64_t left_ = 0;
  std::optional<Sharpest> best_;
};

/// What a regime can climb from, with the ratio that it begins at.
template <class T>
struct Candidates {
  std::vector<std::pair<double, const T*>> all;

  std::vector<T> best(std::size_t most) {
    std::ranges::stable_sort(all, std::greater(), [](const auto& c) { return c.first; });
    std::vector<T> result;
    for (const auto& [ratio, candidate] : all) {
      if (result.size() < most) result.push_back(*candidate);
    }
    return result;
  }
};

struct RegimeStarts {
  Candidates<Instance> instances;
  Candidates<InstanceFamily> families;
};

}  // namespace

double work_of_a_check(const Instance& instance) {
  const auto n = static_cast<double>(instance.problem.size());
  const auto d = static_cast<double>(instance.problem.dimension());
  double work = 0;
  double paths = 1;
  for (int k = 0; k < instance.run.iterations; ++k) {
    if (instance.neighbour) {
      const auto batch = static_cast<double>(instance.run.batch(k));
      paths *= std::exp(std::lgamma(n + batch) - std::lgamma(n) - std::lgamma(batch + 1));
      work += paths * d;
    } else {
      work += n * d * d;
    }
  }
  return work;
}

SearchResult search_sharpest(const Statement& statement, const std::vector<Instance>& starts,
                             const SearchOptions& options,
                             const std::vector<InstanceFamily>& families) {
  Questions questions(statement, options);
  std::map<Regime, RegimeStarts> regimes;
  std::int64_t left = options.evaluations;
  const auto ask = [&](const Instance& start) -> std::vector<Attained> {
    if (!is_affordable(start, options) || left-- <= 0) return {};
    return questions.guess(start);
  };
  for (const Instance& start : starts) {
    for (const Attained& a : ask(start))
      regimes[a.regime].instances.all.emplace_back(approximate_ratio(a), &start);
  }
  for (const InstanceFamily& family : families) {
    const auto first = family.with(family.values);
    if (!first) continue;
    for (const Attained& a : ask(*first))
      regimes[a.regime].families.all.emplace_back(approximate_ratio(a), &family);
  }
  SearchResult result;
  for (auto& [regime, candidates] : regimes) {
    const auto share = std::max<std::int64_t>(left, 0) / static_cast<std::int64_t>(regimes.size());
    Climber climber(questions, regime, options);
    if (auto sharpest = climber.climb(candidates.instances.best(most_starts),
                                      candidates.families.best(most_families), share)) {
      result.sharpest.push_back(std::move(*sharpest));
    }
  }
  result.counterexample = questions.counterexample();
  result.was_cut_short = questions.was_cut_short();
  return result;
}

}  // namespace graddiv
