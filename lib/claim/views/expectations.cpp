#include "claim/views/expectations.h"

#include <algorithm>
#include <functional>

#include "claim/certified.h"
#include "claim/effort.h"
#include "claim/reference.h"
#include "claim/views/visited.h"
#include "expectation/expect.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "sampling/sampled_trajectory.h"

namespace graddiv {
namespace {

/// Objectives are taken as they are, and F* subtracted later: differences of them do not depend on
/// how well F* is known.
Reference reference_of(const Evaluation& evaluation) {
  const auto& minimizer = evaluation.facts().minimizer();
  return {minimizer.value, Enclosure(0), to_text(minimizer.proof), {}};
}

/// By independent runs: the same at every precision, so that draws are not made again. Two
/// statements are made of them, each with half of the error level: on the averaged iterate, and on
/// all others.
Trajectory sampled(const Evaluation& evaluation, const std::vector<Quantity>& quantities) {
  SamplingOptions options = *evaluation.options().sampling;
  options.quantities = quantities;
  options.error_level = evaluation.options().error_level / 2;
  const Instance& instance = evaluation.instance();
  return sample_trajectory(instance.problem, instance.run, reference_of(evaluation), options);
}

const Trajectory& computed(AtPrecision<Trajectory>& at, const Evaluation& evaluation,
                           const std::vector<Quantity>& quantities) {
  return at.get(
      [&] {
        if (evaluation.options().sampling) return sampled(evaluation, quantities);
        ExpectationOptions options;
        options.quantities = quantities;
        options.precision = current_precision().bits;
        options.largest_precision = std::max(options.largest_precision, options.precision);
        const double room =
            evaluation.options().largest_exact_bits.value_or(effort::largest_exact_bits_of_values);
        options.exact_bits_of_values = effort::exact_bits_of_values(options.precision, room);
        if (room > effort::largest_exact_bits_of_values) {
          options.exact_bits = Precision::unlimited;
        } else {
          options.exact_work_of_values = effort::exact_work_of_values(options.precision);
        }
        try {
          const Instance& instance = evaluation.instance();
          return expect(instance.problem, instance.run, reference_of(evaluation), options);
        } catch (const ExpectationError& e) {
          throw NotCertified(Text::words(e.what()));
        } catch (const std::domain_error& e) {  // of the variance of a mechanism
          throw NotCertified(Text::words(e.what()));
        }
      },
      // What is absent may be had at a higher precision.
      [](const Trajectory& t) {
        return t.engine == Engine::sampling || (t.is_exact() && t.absent.empty());
      });
}

/// The averaged iterate alone needs the running sum; everything else comes in one pass.
const Trajectory& trajectory(Asked& asked, Quantity q) {
  asked.require_runs_as_meant();
  Evaluation::State& state = asked.evaluation.state();
  if (q == Quantity::average_suboptimality) {
    asked.averaged = &computed(state.averaged, asked.evaluation, {q});
    return *asked.averaged;
  }
  std::vector<Quantity> quantities(all_quantities.begin(), all_quantities.end());
  std::erase(quantities, Quantity::average_suboptimality);
  if (asked.mechanism) quantities.push_back(Quantity::mechanism_variance);
  asked.trajectory = &computed(state.trajectory, asked.evaluation, quantities);
  return *asked.trajectory;
}

const Enclosure& expectation(Asked& asked, Quantity q, int k) {
  const Trajectory& t = trajectory(asked, q);
  if (!t.has(q)) throw NotCertified(Text::words(to_string(q)) + ": " + t.absent.at(q));
  return t.at(q, k);
}

StepMoments expected_moments(Asked& asked, int k) {
  const StepMoments plain{expectation(asked, Quantity::second_moment, k),
                          expectation(asked, Quantity::gradient_norm, k)};
  if (!asked.mechanism) return plain;
  return with_noise(asked, plain, expectation(asked, Quantity::mechanism_variance, k));
}

/// value(0), then each combined with all before it.
template <class Combine>
Values running(int count, const std::function<Enclosure(int)>& value, Combine combine) {
  Values result;
  for (int k = 0; k < count; ++k)
    result.push_back(k == 0 ? value(0) : combine(result.back(), value(k)));
  return result;
}

constexpr auto larger = [](const Enclosure& x, const Enclosure& y) { return max(x, y); };
constexpr auto smaller = [](const Enclosure& x, const Enclosure& y) { return min(x, y); };

/// x where it is exact; else a short number above it, by a little more than intervals are wide. A
/// pair (δ, M²) need not be the least: with this one the two sides of a bound that is tight at the
/// least pair are told apart by intervals, as those of a run too long for exact numbers are.
Enclosure short_above(const Enclosure& x) {
  if (x.is_exact() || !x.is_bounded()) return x;
  constexpr int bits = 48;
  const Rational little(1, Integer(1) << 40U);
  Evidence evidence;
  // towards 0, by less than 2^-47 of it
  const Rational near = round_to_bits(upper_end(x, evidence), bits);
  return enclose(Rational(near + abs(near) * little)).resting_on(evidence);
}

using Conditions = std::vector<BatchCondition>;

/// Entry k − 1: the conditions before iteration k.
std::vector<Conditions> conditions_before_each(Asked& asked) {
  const Instance& instance = asked.evaluation.instance();
  const int K = instance.run.iterations;
  if (instance.run.batches.empty()) throw NotCertified("the run has no batch");
  const Enclosure B = instance.run.batch(0);
  const Enclosure others = B - 1;
  // Then (B−1)/B_S = 0, which an interval cannot tell.
  const bool is_serial = (B == 1) == Truth::yes;

  // In expectation: the smallest δ with E[(1 + (B−1)/B_S(w_j)) M²(w_j)]
  //   = E M²(w_j) + (B−1) E‖∇F(w_j)‖² ≤ (1+δ) M² for all j < k.
  const Values M2 = running(
      K, [&](int j) { return expected_moments(asked, j).square; }, larger);
  const auto step_moment = [&](int j) {
    const StepMoments m = expected_moments(asked, j);
    return m.square + others * m.cross;
  };
  const Values largest_step_moment = running(K, step_moment, larger);

  // Pointwise on a bounded domain, by certified bounds over all of it.
  std::optional<BatchCondition> on_the_domain;
  const Domain& W = instance.problem.domain;
  // Not of what is sampled since it is large: that takes longer than the runs.
  const bool is_sampled = asked.evaluation.options().sampling.has_value();
  if (!is_sampled && !asked.mechanism && W.is_bounded() &&
      W.contains(enclose(instance.run.start)) == Truth::yes) {
    const auto& infimum = asked.evaluation.facts().batch_size_infimum();
    const auto& moment = asked.evaluation.facts().second_moment_bound();
    if (infimum.value && moment.value) {
      const auto& inf = infimum.value->value;
      const Enclosure inverse = inf ? 1 / enclose(*inf) : Enclosure(0);
      on_the_domain = {BatchForm::on_the_domain, others * inverse, moment.value->upper()};
    }
  }

  // Of what a run of many functions can visit little could be listed.
  const Visited none;
  const Visited& reachable = instance.problem.sum->in_doubles() ? none : visited(asked);
  std::vector<Conditions> before(static_cast<std::size_t>(K));
  for (std::size_t last = 0; last < before.size(); ++last) {
    if ((M2[last] > 0) == Truth::yes) {
      const Enclosure moment = short_above(M2[last]);
      const Enclosure delta =
          is_serial ? Enclosure(0) : max(short_above(largest_step_moment[last]) / moment - 1, 0);
      before[last].push_back({BatchForm::in_expectation, delta, moment});
    }
    // Pointwise, over the points that can be reached before iteration k.
    if (reachable.is_complete) {
      before[last].push_back({BatchForm::on_the_reachable_set,
                              others * reachable.inverse_batch_size_bound[last],
                              reachable.second_moment[last]});
    }
    if (on_the_domain) before[last].push_back(*on_the_domain);
  }
  return before;
}

bool are_exact(const std::vector<Conditions>& before) {
  return std::ranges::all_of(before, [](const Conditions& conditions) {
    return std::ranges::all_of(conditions, [](const BatchCondition& c) {
      return c.delta.is_exact() && c.second_moment.is_exact();
    });
  });
}

}  // namespace

Enclosure ExpectationsView::distance(int k) const {
  return expectation(*asked_, Quantity::distance, k);
}
Enclosure ExpectationsView::objective(int k) const {
  return expectation(*asked_, Quantity::suboptimality, k);
}
Enclosure ExpectationsView::suboptimality(int k) const {
  const Enclosure value = objective(k) - certified(asked_->evaluation.facts().optimum(), "$F*$");
  if (k > 0) return value;
  // At w* it is 0, also where F* is an irrational number that enclosures would subtract from
  // itself.
  const auto& minimizer = asked_->evaluation.facts().minimizer().value;
  const Vector<Rational>& start = asked_->evaluation.instance().run.start;
  return minimizer && certainly_equal(enclose(start), *minimizer) ? Enclosure(0) : value;
}
Enclosure ExpectationsView::average_suboptimality(int k) const {
  return expectation(*asked_, Quantity::average_suboptimality, k) -
         certified(asked_->evaluation.facts().optimum(), "$F*$");
}
Enclosure ExpectationsView::gradient_norm2(int k) const {
  return expectation(*asked_, Quantity::gradient_norm, k);
}
Enclosure ExpectationsView::second_moment(int k) const {
  return expectation(*asked_, Quantity::second_moment, k);
}

Enclosure ExpectationsView::smallest_gradient_norm2(int k) const {
  trajectory(*asked_, Quantity::gradient_norm);  // what it rests on, also where it is known
  const auto compute = [&] {
    return running(
        asked_->evaluation.instance().run.iterations, [&](int j) { return gradient_norm2(j); },
        smaller);
  };
  const Values& smallest = asked_->evaluation.state().smallest_gradient.get(compute, &all_exact);
  return smallest.at(static_cast<std::size_t>(k - 1));
}
Enclosure ExpectationsView::mean_gradient_norm2(int k) const {
  trajectory(*asked_, Quantity::gradient_norm);  // what it rests on, also where it is known
  const auto compute = [&] {
    return running(
        asked_->evaluation.instance().run.iterations, [&](int j) { return gradient_norm2(j); },
        std::plus<>());
  };
  const Values& sums = asked_->evaluation.state().sum_of_gradients.get(compute, &all_exact);
  return sums.at(static_cast<std::size_t>(k - 1)) / k;
}

const std::vector<BatchCondition>& ExpectationsView::batch_conditions(int k) const {
  // Also where the conditions are known: what they rest on belongs to the provenance.
  trajectory(*asked_, Quantity::second_moment);
  const auto& before = asked_->evaluation.state()
                           .batch_conditions.at(asked_->reading())
                           .get([&] { return conditions_before_each(*asked_); }, &are_exact);
  return before.at(static_cast<std::size_t>(k - 1));
}

}  // namespace graddiv
