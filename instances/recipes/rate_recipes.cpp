#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "facts/facts.h"
#include "instances/recipes/promises.h"
#include "instances/recipes/recipes.h"

// Instances whose runs reach the horizon of a rate. Step sizes are chosen from approximations;
// whether a horizon is reached is decided by the check.
namespace graddiv::recipes {
namespace {

constexpr double most_sequences = 600;  // of indices, where a run is enumerated
constexpr double most_costly_sequences = 40;

double approximate(const Fact<Enclosure>& fact) {
  return fact.value ? fact.value->approximate() : 0;
}

// A step size between 0.9 x and x, or any where x is 0.
Rational step_below(double x, Choices& choices) {
  if (!(x > 1e-6) || !(x < 1e6)) return choices.positive();
  return simplest_between(rational_from(0.9 * x), rational_from(x));
}

double square_of(double x) { return x * x; }

/// The evaluations of gradients that a run can afford, or the iterations.
struct Cost {
  long evaluations;
  bool counts_iterations = false;
  long evaluations_of(long B) const { return counts_iterations ? evaluations * B : evaluations; }
};

// Moments are cheap; laws are listed, and must be small, above all those of Geman–McClure and of
// transcendental losses, where every step multiplies the digits or costs exponentials.
Cost cost_of(const Instance& instance) {
  const Problem& problem = instance.problem;
  const Mechanism& mechanism = instance.run.mechanism;
  const bool has_moments = mechanism.is_none() || mechanism.coordinate_variance();
  if (problem.sum->facts().is_quadratic() && !problem.domain.is_bounded() && has_moments)
    return {150, true};
  if (!mechanism.is_none()) return {problem.size() * problem.dimension() <= 2 ? 4 : 2};
  const bool grows = !problem.sum->facts().is_rational || !problem.sum->facts(0).curvature.lower ||
                     problem.sum->facts(0).curvature.lower->diagonal().minCoeff() < 0;
  if (problem.size() == 1) return {grows ? 6 : 24};
  const double sequences = grows ? most_costly_sequences : most_sequences;
  return {std::max(
      1L, static_cast<long>(std::log(sequences) / std::log(static_cast<double>(problem.size()))))};
}

/// What a rate asks of a run: T ≥ horizon/ε², with ε = `per_step` γ to be below `start`.
struct Target {
  double start;
  double per_step;
  double horizon;
};

// A start farther away: what stands between it and w* lets M² settle below the target. On a box it
// is mostly the corner uphill: next to its start a run could have w* itself.
void move_away(Choices choices, Instance& instance) {
  const Domain& W = instance.problem.domain;
  Vector<Rational>& start = instance.run.start;
  if (!W.is_bounded()) {
    start *= choices.one_of<Rational>({1, 3, 10});
  } else if (W.kind() == Domain::Kind::box && !choices.once_in(4)) {
    const Vector<double> uphill = full_gradient(instance.problem, to_double(start));
    for (Eigen::Index j = 0; j < start.size(); ++j)
      start(j) = uphill(j) > 0 ? W.upper()(j) : W.lower()(j);
  }
}

// ε is a share of what the start has, mostly, and T = KB evaluations reach the horizon, as far as
// runs can be afforded.
Run run_with(Choices choices, const Instance& instance, const Outlook& outlook,
             const Target& target, long largest_batch) {
  const Cost cost = cost_of(instance);
  long B = several(choices, std::min(largest_batch, cost.evaluations));
  if (!(target.start > 0) || !(target.per_step > 0)) {
    return {instance.run.start, {choices.positive()}, {B}, 1, instance.run.mechanism};
  }
  double epsilon = target.start * share_of_start(choices, outlook.one_plus_delta(B));
  const auto is_affordable = [&] {
    return target.horizon / square_of(epsilon) <= static_cast<double>(cost.evaluations_of(B));
  };
  // The largest accuracy that tells something asks for the fewest evaluations; so does a small B.
  for (; B > 1 && !is_affordable(); --B)
    epsilon = 0.9 * target.start * largest_share(outlook.one_plus_delta(B - 1));
  if (!is_affordable()) epsilon = 0.9 * target.start;
  Rational step = step_below(epsilon / target.per_step, choices);
  epsilon = step.convert_to<double>() * target.per_step;
  const double needed = std::ceil(target.horizon / square_of(epsilon));
  const auto most = static_cast<double>(cost.evaluations_of(B));
  const long T = std::lround(std::clamp(needed, 1.0, most));
  const long longer = choices.once_in(4) ? choices.up_to(3) : 0;
  const long K = std::clamp((T + B - 1) / B + longer, 1L, std::max(cost.evaluations_of(B) / B, 1L));
  if (choices.once_in(16)) step /= 2;  // misses the horizon
  return {instance.run.start, {step}, {B}, static_cast<int>(K), instance.run.mechanism};
}

double gap_of_start(const Instance& instance, const Facts& facts) {
  const double gap =
      objective(instance.problem, to_double(instance.run.start)) - approximate(facts.optimum());
  return std::max(gap, 0.0);
}

// T ≥ M²D₀/ε² with ε = γM², from F(w_0) − F*.
Instance to_the_convex_horizon(Choices choices, Instance instance, long largest_batch) {
  Choices run = choices.part(part::run);
  move_away(run, instance);
  const Facts facts(instance.problem);
  const Vector<Rational>& start = instance.run.start;
  double distance = 0;
  if (const auto& w = facts.minimizer().value) {
    for (Eigen::Index j = 0; j < start.size(); ++j)
      distance += square_of((*w)(j).approximate() - start(j).convert_to<double>());
  }
  const Outlook outlook = outlook_from(instance.problem, instance.run);
  const double moment = outlook.second_moment;
  instance.run = run_with(
      run, instance, outlook,
      {.start = gap_of_start(instance, facts), .per_step = moment, .horizon = moment * distance},
      largest_batch);
  return instance;
}

// T ≥ 2βM²(F(w_0)−F*)/ε² with ε = γβM², from ‖∇F(w_0)‖².
Instance to_the_smooth_horizon(Choices choices, Instance instance, long largest_batch) {
  const Facts facts(instance.problem);
  const double beta = facts.smoothness().value ? facts.smoothness().value->convert_to<double>() : 0;
  const Outlook outlook = outlook_from(instance.problem, instance.run);
  const double moment = outlook.second_moment;
  instance.run = run_with(choices.part(part::run), instance, outlook,
                          {.start = outlook.gradient2,
                           .per_step = beta * moment,
                           .horizon = 2 * beta * moment * gap_of_start(instance, facts)},
                          largest_batch);
  return instance;
}

// s = 2γμB ≤ 1, and ε = sβM²/(4μ²B) a share of F(w_0) − F*: K ≥ log(2(F(w_0)−F*)/ε)/s.
Instance to_the_pl_horizon(Choices choices, Instance instance, long largest_batch) {
  Choices run = choices.part(part::run);
  move_away(run, instance);
  const Facts facts(instance.problem);
  const auto mu = facts.pl_constant().value;
  const auto beta = facts.smoothness().value;
  if (!mu || !beta) return instance;
  const Cost cost = cost_of(instance);
  const long B = several(run, std::min(largest_batch, cost.evaluations));
  const Outlook outlook = outlook_from(instance.problem, instance.run);
  const double scale = beta->convert_to<double>() * outlook.second_moment /
                       (4 * square_of(mu->convert_to<double>()) * static_cast<double>(B));
  const double ratio = scale > 0 ? gap_of_start(instance, facts) / scale : 0;
  const auto [s, K] =
      linear_rate(run, ratio, outlook.one_plus_delta(B), cost.evaluations_of(B) / B);
  instance.run.steps = {s / (2 * *mu * B)};
  instance.run.batches = {B};
  instance.run.iterations = static_cast<int>(K);
  return instance;
}

Instance huber(Choices choices) { return one_loss(choices, Loss::huber); }
Instance geman_mcclure(Choices choices) { return one_loss(choices, Loss::geman_mcclure); }
Instance sine(Choices choices) { return one_loss(choices, Loss::sine); }
Instance logistic(Choices choices) { return one_loss(choices, Loss::logistic); }

Instance on_a_box(Choices choices, Instance instance) {
  instance.problem.domain = box_around(choices.part(part::domain), instance.run.start);
  return instance;
}
Instance linear_on_a_box(Choices choices) { return on_a_box(choices, linear(choices)); }
Instance convex_on_a_box(Choices choices) { return on_a_box(choices, convex(choices)); }
Instance logistic_on_a_box(Choices choices) { return on_a_box(choices, logistic(choices)); }
Instance maxima_on_a_box(Choices choices) { return on_a_box(choices, maxima(choices)); }

using Family = Instance (*)(Choices);

Instance convex_within(Choices choices, long largest_batch) {
  return promising(choices, Rate::convex, [&] {
    const auto family = choices.one_of<Family>(
        {convex, least_squares, rank_deficient, indefinite_parts, huber, linear_on_a_box,
         convex_on_a_box, logistic, logistic_on_a_box, maxima, maxima_on_a_box});
    return to_the_convex_horizon(choices, family(choices), largest_batch);
  });
}

Instance smooth_within(Choices choices, long largest_batch) {
  return promising(choices, Rate::smooth, [&] {
    const auto family = choices.one_of<Family>(
        {convex, rank_deficient, indefinite_parts, huber, geman_mcclure, sine, logistic});
    return to_the_smooth_horizon(choices, family(choices), largest_batch);
  });
}

// r² + 3 sin² r of independent rows: PL, not convex.
Instance sine_of_independent_rows(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 2));
  const int n = static_cast<int>(several(choices, d));
  Choices spectrum = choices.part(part::spectrum);
  const Matrix<Rational> Q = orthogonal(spectrum, d);
  Matrix<Rational> X = Q.topRows(n);
  for (int i = 0; i < n; ++i) X.row(i) *= spectrum.positive();
  if (n == 2 && spectrum.once_in(2)) X.row(1) += X.row(0);
  const Vector<Rational> y = choices.part(part::function).vector(n);
  return {{graddiv::generalized_linear(X, y, Loss::sine), Domain::all()},
          {somewhere(choices.part(part::start), d), {1}, {1}, 1}};
}

Instance pl_within(Choices choices, long largest_batch) {
  return promising(choices, Rate::pl, [&] {
    const auto family = choices.once_in(8)
                            ? sine_of_independent_rows
                            : choices.one_of<Family>({convex, rank_deficient, indefinite_parts});
    return to_the_pl_horizon(choices, family(choices), largest_batch);
  });
}

// Noise of a mechanism: any of closed moments for quadratic functions on R^d, else dropout, whose
// values can be listed.
Instance with_noise(Choices choices, Instance instance) {
  Choices own = choices.part(part::mechanism);
  const auto sharing = own.once_in(3) ? Mechanism::Sharing::shared : Mechanism::Sharing::fresh;
  const bool is_silent = own.rarely(12);
  const Problem& problem = instance.problem;
  const bool has_moments = problem.sum->facts().is_quadratic() && !problem.domain.is_bounded();
  if (has_moments && own.once_in(2)) {
    const auto variance = own.one_of<Rational>({1, Rational(1, 4), Rational(1, 100), 4});
    instance.run.mechanism = Mechanism::langevin(is_silent ? Rational(0) : variance, sharing);
  } else {
    const auto keep = own.one_of<Rational>({Rational(1, 2), Rational(3, 4), Rational(9, 10)});
    instance.run.mechanism = Mechanism::dropout(is_silent ? Rational(1) : keep, sharing);
  }
  return instance;
}

Instance small(Choices choices, Family family) {
  Instance instance = family(choices);
  if (instance.problem.size() > 2) instance.problem.sum = select(instance.problem.sum, {0, 1});
  return instance;
}
Instance small_huber(Choices choices) { return small(choices, huber); }
Instance small_geman_mcclure(Choices choices) { return small(choices, geman_mcclure); }
Instance small_linear_on_a_box(Choices choices) { return small(choices, linear_on_a_box); }

constexpr long mini_batches = 6;
constexpr long serial = 1;

}  // namespace

Instance convex_runs(Choices choices) { return convex_within(choices, mini_batches); }
Instance convex_serial(Choices choices) { return convex_within(choices, serial); }
Instance smooth_runs(Choices choices) { return smooth_within(choices, mini_batches); }
Instance smooth_serial(Choices choices) { return smooth_within(choices, serial); }
Instance pl(Choices choices) { return pl_within(choices, mini_batches); }
Instance pl_serial(Choices choices) { return pl_within(choices, serial); }

Instance mechanism_strongly_convex(Choices choices) {
  return promising(choices, Rate::strongly_convex,
                   [&] { return strongly_convex_with_noise(choices, with_noise); });
}
Instance mechanism_convex(Choices choices) {
  return promising(choices, Rate::convex, [&] {
    const auto family =
        choices.one_of<Family>({convex, least_squares, rank_deficient, indefinite_parts,
                                small_huber, small_linear_on_a_box});
    return to_the_convex_horizon(choices, with_noise(choices, family(choices)), mini_batches);
  });
}
Instance mechanism_smooth(Choices choices) {
  return promising(choices, Rate::smooth, [&] {
    const auto family = choices.one_of<Family>(
        {convex, rank_deficient, indefinite_parts, small_huber, small_geman_mcclure});
    return to_the_smooth_horizon(choices, with_noise(choices, family(choices)), mini_batches);
  });
}
Instance mechanism_pl(Choices choices) {
  return promising(choices, Rate::pl, [&] {
    const auto family = choices.one_of<Family>({convex, rank_deficient, indefinite_parts});
    return to_the_pl_horizon(choices, with_noise(choices, family(choices)), mini_batches);
  });
}

}  // namespace graddiv::recipes
