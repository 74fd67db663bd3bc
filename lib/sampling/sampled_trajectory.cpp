#include "sampling/sampled_trajectory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <thread>

#include "diversity/diversity.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "problem/sum_in_doubles.h"
#include "sampling/gauges.h"
#include "sampling/mean_bounds.h"
#include "sampling/run_bounds.h"
#include "sampling/sampled_run.h"

namespace graddiv {
namespace {

constexpr std::int64_t side_by_side = 32;  // runs

/// Numbers in [−below, above], counted from −below in units of MeanBounds.
class BoundedMean {
 public:
  BoundedMean(const Gauge& gauge, const MeanBounds& none)
      : least_(-gauge.below.value()),
        range_((gauge.below + gauge.above).value()),
        units_(static_cast<double>(MeanBounds::unit) / range_),
        error_(gauge.error),
        beyond_(gauge.beyond.value()),
        bounds_(none) {}

  /// At most as many as runs are made side by side.
  void add(std::span<const double> numbers) {
    constexpr auto most = static_cast<double>(MeanBounds::unit);
    std::array<std::int64_t, side_by_side> counted;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const double units = (numbers[i] - least_) * units_;
      if (!std::isfinite(units)) {
        is_beyond_doubles_ = true;
        return;
      }
      counted[i] = static_cast<std::int64_t>(std::clamp(units, 0.0, most) + 0.5);
    }
    bounds_.add(std::span(counted).first(numbers.size()));
  }

  // What was counted is off by half a unit, and by roundings of 2^−52 of it or of |least|: less
  // than one unit in all, and 2^−50 of |least|. All sums are rounded outward.
  Enclosure value() const {
    const double most = up(least_ + range_);
    if (!std::isfinite(most)) return Enclosure::anything();
    const UpperBound error = error_ + UpperBound(range_) * 0x1p-30 + UpperBound(-least_) * 0x1p-50;
    static_assert(MeanBounds::unit == 1L << 30U);
    const auto [lower, upper] = bounds_.bounds();
    double from = down(down(least_ + down(range_ * down(nearest(lower)))) - error.value());
    double to = up(up(least_ + up(range_ * up(nearest(upper)))) + error.value());
    if (is_beyond_doubles_ || !(units_ > 0) || !(from >= least_)) from = least_;
    if (is_beyond_doubles_ || !(units_ > 0) || !(to <= most)) to = most;
    if (beyond_ > 0) to = up(to + beyond_);
    if (beyond_ > 0 && least_ < 0) from = down(from - beyond_);
    return Enclosure::hull(Enclosure(from), Enclosure(to));
  }

 private:
  static double nearest(const Rational& x) { return detail::nearest_double(x); }
  static double down(double x) { return std::nextafter(x, -infinity); }
  static double up(double x) { return std::nextafter(x, infinity); }
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  double least_, range_, units_;
  UpperBound error_;
  double beyond_;
  MeanBounds bounds_;
  bool is_beyond_doubles_ = false;
};

/// Numbers of which no bound is known.
class PlainMean {
 public:
  void add(std::span<const double> numbers) {  // Welford 1962
    for (const double x : numbers) {
      ++count_;
      const double off = x - mean_;
      mean_ += off / static_cast<double>(count_);
      squares_ += off * (x - mean_);
    }
  }

  Enclosure value() const {
    constexpr double standard_errors = 6;
    const auto n = static_cast<double>(count_);
    const double reach = standard_errors * std::sqrt(squares_ / (n * (n - 1)));
    if (!std::isfinite(mean_) || !std::isfinite(reach)) return Enclosure::anything();
    return Enclosure::hull(Enclosure(mean_ - reach), Enclosure(mean_ + reach));
  }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

/// The numbers of runs that were made side by side.
struct Block {
  std::size_t runs;
  std::vector<double> recorded;
};

/// Blocks of the runs first, …, first + count − 1, on so many threads.
std::vector<Block> make_runs(const SampledRun& sampled, const SamplingOptions& options,
                             std::int64_t first, std::int64_t count) {
  const std::int64_t blocks = (count + side_by_side - 1) / side_by_side;
  std::vector<Block> made(static_cast<std::size_t>(blocks));
  const auto make = [&](std::int64_t from, std::int64_t to) {
    for (std::int64_t block = from; block < to; ++block) {
      const std::int64_t begin = block * side_by_side;
      const auto runs = static_cast<std::size_t>(std::min(side_by_side, count - begin));
      std::vector<double> recorded(sampled.numbers() * runs);
      const auto name = static_cast<std::uint64_t>(first + begin);
      sampled.make({options.seed, options.instance, name}, runs, recorded);
      made[static_cast<std::size_t>(block)] = {runs, std::move(recorded)};
    }
  };
  const std::int64_t jobs = std::clamp<std::int64_t>(options.jobs, 1, blocks);
  std::vector<std::jthread> threads;
  for (std::int64_t job = 1; job < jobs; ++job)
    threads.emplace_back(make, blocks * job / jobs, blocks * (job + 1) / jobs);
  make(0, blocks / jobs);
  threads.clear();
  return made;
}

template <class Mean>
void add_all_runs(std::vector<Mean>& means, const SampledRun& sampled,
                  const SamplingOptions& options) {
  // As many at once as give every thread work; fewer where their numbers would take above 64 MB.
  constexpr double most_numbers = 8e6;
  const auto fitting = static_cast<std::int64_t>(most_numbers / static_cast<double>(means.size()));
  const std::int64_t at_once =
      std::clamp<std::int64_t>(fitting, 1, 2 * side_by_side * std::max(1, options.jobs));
  for (std::int64_t first = 0; first < options.runs; first += at_once) {
    const auto made = make_runs(sampled, options, first, std::min(at_once, options.runs - first));
    for (std::size_t i = 0; i < means.size(); ++i) {
      for (const auto& [runs, recorded] : made)
        means[i].add(std::span(recorded).subspan(i * runs, runs));
    }
  }
}

/// What is not random: the quantity at w_0. Distances and values are those of the reference.
Enclosure at_start(Quantity q, const Problem& problem, const Run& run, const Reference& reference) {
  const Vector<Enclosure> w = enclose(run.start);
  const SumInDoubles* all = problem.sum->in_doubles();
  switch (q) {
    case Quantity::distance:
      return Vector<Enclosure>(w - *reference.minimizer).squaredNorm();
    case Quantity::suboptimality:
    case Quantity::average_suboptimality:
      return objective(problem, w) - *reference.optimum;
    case Quantity::gradient_norm:
      if (all != nullptr) return all->at(w).gradient.squaredNorm();
      return sum_gradients(gradients(problem, w)).full_gradient_norm2();
    case Quantity::second_moment:
      if (all != nullptr) return all->at(w).second_moment;
      return sum_gradients(gradients(problem, w)).second_moment();
    case Quantity::mechanism_variance:
      return run.mechanism.mean_variance(gradients(problem, w));
  }
  return Enclosure::anything();
}

bool is_value(Quantity q) {
  return q == Quantity::suboptimality || q == Quantity::average_suboptimality;
}

/// Why there can be no such quantity.
std::optional<Text> missing(Quantity q, const Run& run, const Reference& reference) {
  if (q == Quantity::distance && !reference.minimizer) return reference.minimizer_reason;
  if (is_value(q) && !reference.optimum) return reference.optimum_reason;
  if (q == Quantity::mechanism_variance && run.mechanism.is_none())
    return Text("the run has no mechanism");
  return std::nullopt;
}

/// Bernoulli numbers by comparing multiples of 2^−53 with p are off by as much where p is none.
Rational error_of_draws(const Problem& problem, const Run& run, const SampledRun& sampled,
                        std::int64_t runs) {
  if (run.mechanism.is_none()) return 0;
  const Rational p = run.mechanism.parameter();
  const Integer grid = Integer(1) << 53U;
  if (denominator(Rational(p * grid)) == 1) return 0;
  Rational draws = 0;
  for (int k = 0; k <= run.iterations; ++k) draws += sampled.draws(k);
  return draws * problem.dimension() * runs / grid;
}

class Sampling {
 public:
  Sampling(const Problem& problem, const Run& run, const Reference& reference,
           const SamplingOptions& options)
      : problem_(problem), run_(run), reference_(reference), options_(options) {
    if (run.full_batch)
      throw ExpectationError(
          "sampling: the batch is full, and nothing is drawn; use enumeration, which follows the "
          "only path there is");
    if (options.runs < 2) throw ExpectationError("sampling needs at least 2 runs");
    trajectory_.engine = Engine::sampling;
    trajectory_.arithmetic = Arithmetic::doubles;
    trajectory_.iterations = run.iterations;
    for (const Quantity q : options.quantities) {
      if (const auto why = missing(q, run, reference))
        trajectory_.absent[q] = *why;
      else
        quantities_.push_back(q);
    }
  }

  Trajectory trajectory() {
    const auto bounds = run_bounds(problem_, run_, reference_.minimizer);
    const auto* known = std::get_if<RunBounds>(&bounds);
    const Vector<double> start = to_double(run_.start);
    const Vector<double> x = known != nullptr ? to_double(known->reference) : start;
    const Vector<double> minimizer = reference_.minimizer
                                         ? Vector<double>(reference_.minimizer->unaryExpr(
                                               [](const Enclosure& e) { return e.approximate(); }))
                                         : start;
    const SampledRun sampled(problem_, run_, quantities_, minimizer, x);
    if (known != nullptr) {
      add_values(bounded(sampled, *known, minimizer), enclose(exact_rational(x)),
                 options_.error_level + error_of_draws(problem_, run_, sampled, options_.runs));
    } else {
      trajectory_.caveat = "no bound is known for " + std::get<NoRunBounds>(bounds).reason;
      std::vector<PlainMean> means(sampled.numbers());
      add_all_runs(means, sampled, options_);
      std::vector<Enclosure> values;
      for (const PlainMean& mean : means) values.push_back(mean.value());
      add_values(values, enclose(exact_rational(x)), 1);
    }
    return std::move(trajectory_);
  }

 private:
  std::vector<Enclosure> bounded(const SampledRun& sampled, const RunBounds& bounds,
                                 const Vector<double>& minimizer) const {
    const auto count =
        std::max<std::size_t>(1, quantities_.size() * static_cast<std::size_t>(run_.iterations));
    const MeanLevel level{options_.error_level / (2 * static_cast<long>(count)), options_.runs};
    const MeanBounds none(level);
    std::vector<BoundedMean> means;
    for (const Quantity q : quantities_) {
      for (const Gauge& gauge :
           gauges(q, problem_, run_, sampled, bounds, reference_, minimizer, level))
        means.emplace_back(gauge, none);
    }
    add_all_runs(means, sampled, options_);
    std::vector<Enclosure> values;
    for (const BoundedMean& mean : means) values.push_back(mean.value());
    return values;
  }

  void add_values(const std::vector<Enclosure>& means, const Vector<Enclosure>& x,
                  const Rational& error_level) {
    // Of other quantities it is another statement, although the draws are the same.
    std::string id = std::to_string(options_.runs) + " runs of instance " +
                     std::to_string(options_.instance) + ", seed " + std::to_string(options_.seed);
    for (const Quantity q : quantities_) id += ", " + std::string(to_string(q));
    const Sample sample{std::move(id), std::min(Rational(1), error_level)};
    const auto K = static_cast<std::size_t>(run_.iterations);
    for (std::size_t i = 0; i < quantities_.size(); ++i) {
      const Quantity q = quantities_[i];
      const Enclosure shift = is_value(q) ? objective(problem_, x) - *reference_.optimum : 0;
      std::vector<Enclosure> values;
      for (std::size_t k = static_cast<std::size_t>(first_iteration(q)); k <= K; ++k) {
        const bool is_certain = k == static_cast<std::size_t>(first_iteration(q));
        values.push_back(is_certain ? at_start(q, problem_, run_, reference_)
                                    : (means[i * (K + 1) + k] + shift).known_from(sample));
      }
      trajectory_.values[q] = std::move(values);
    }
  }

  const Problem& problem_;
  const Run& run_;
  const Reference& reference_;
  const SamplingOptions& options_;
  std::vector<Quantity> quantities_;
  Trajectory trajectory_;
};

}  // namespace

Trajectory sample_trajectory(const Problem& problem, const Run& run, const Reference& reference,
                             const SamplingOptions& options) {
  return Sampling(problem, run, reference, options).trajectory();
}

double runs_needed(const Trajectory& sampled, Quantity quantity, std::int64_t runs,
                   double relative_width) {
  double needed = 0;
  for (const Enclosure& x : sampled.values.at(quantity)) {
    if (x.evidence().kind != Evidence::statistical) continue;
    const double times = x.width() / (relative_width * std::abs(x.approximate()));
    needed = std::max(needed, static_cast<double>(runs) * times * times);
  }
  return needed;
}

}  // namespace graddiv
