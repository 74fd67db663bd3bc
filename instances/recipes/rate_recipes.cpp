#include <cmath>
#include <optional>
#include <utility>

#include "facts/facts.h"
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

// M²(w_0), or M_Q²(w_0) for a run with a mechanism.
double second_moment(const Instance& instance) {
  const auto g = gradients(instance.problem, enclose(instance.run.start));
  Enclosure sum = instance.run.mechanism.mean_variance(g);
  for (const Vector<Enclosure>& each : g) sum += each.squaredNorm() / instance.problem.size();
  return sum.approximate();
}

// A step size between x and 1.2 x, or any where x is 0.
Rational step_above(double x, Choices& choices) {
  if (!(x > 1e-6) || !(x < 1e6)) return choices.positive();
  return simplest_between(rational_from(x), rational_from(1.2 * x));
}

// Moments are cheap; laws are listed, and must be small, above all those of Geman–McClure and of
// transcendental losses, where every step multiplies the digits or costs exponentials.
long affordable(const Instance& instance) {
  const Problem& problem = instance.problem;
  const Mechanism& mechanism = instance.run.mechanism;
  const bool has_moments = mechanism.is_none() || mechanism.coordinate_variance();
  if (problem.sum->facts().is_quadratic() && !problem.domain.is_bounded() && has_moments) return 60;
  if (!mechanism.is_none()) return problem.size() * problem.dimension() <= 2 ? 4 : 2;
  const bool grows = !problem.sum->facts().is_rational || !problem.sum->facts(0).curvature.lower ||
                     problem.sum->facts(0).curvature.lower->diagonal().minCoeff() < 0;
  if (problem.size() == 1) return grows ? 6 : 24;
  const double sequences = grows ? most_costly_sequences : most_sequences;
  return static_cast<long>(std::log(sequences) / std::log(static_cast<double>(problem.size())));
}

// With T = KB evaluations, γ² T ≥ needed reaches the horizon of a rate whose ε is proportional to
// γ.
Run run_with(Choices choices, const Instance& instance, double needed, long largest_batch) {
  const long most = std::max(affordable(instance), 1L);
  const long B = choices.once_in(3) ? 1 : choices.between(1, std::min(largest_batch, most));
  const long K = std::max(1L, choices.between(1, most / B));
  const double gamma = std::sqrt(needed / static_cast<double>(K * B));
  Rational step = step_above(gamma, choices);
  if (choices.once_in(16)) step /= 2;  // misses the horizon
  return {instance.run.start, {step}, {B}, static_cast<int>(K), instance.run.mechanism};
}

// T ≥ M²D₀/ε² with ε = γM².
Instance to_the_convex_horizon(Choices choices, Instance instance, long largest_batch) {
  const Facts facts(instance.problem);
  const Vector<Rational> start = instance.run.start;
  double distance = 0;
  if (const auto& w = facts.minimizer().value) {
    for (Eigen::Index j = 0; j < start.size(); ++j)
      distance += std::pow((*w)(j).approximate() - start(j).convert_to<double>(), 2);
  }
  const double moment = second_moment(instance);
  instance.run = run_with(choices.part(part::run), instance, moment > 0 ? distance / moment : 0,
                          largest_batch);
  return instance;
}

// T ≥ 2βM²(F(w_0)−F*)/ε² with ε = γβM².
Instance to_the_smooth_horizon(Choices choices, Instance instance, long largest_batch) {
  const Facts facts(instance.problem);
  const Vector<Rational> start = instance.run.start;
  const double gap = objective(instance.problem, to_double(start)) - approximate(facts.optimum());
  const double beta = facts.smoothness().value ? facts.smoothness().value->convert_to<double>() : 0;
  const double moment = second_moment(instance);
  const double needed = moment * beta > 0 ? 2 * std::max(gap, 0.0) / (beta * moment) : 0;
  instance.run = run_with(choices.part(part::run), instance, needed, largest_batch);
  return instance;
}

// s = 2γμB ≤ 1, and K ≥ log(4B/s)/s as for strongly convex functions, since F(w_0) − F* ≤ M²/(2μ).
Instance to_the_pl_horizon(Choices choices, Instance instance, long largest_batch) {
  const std::optional<Rational> mu = Facts(instance.problem).pl_constant().value;
  if (!mu) return instance;
  Choices run = choices.part(part::run);
  const long most = std::max(affordable(instance), 1L);
  const long B = run.once_in(3) ? 1 : run.between(1, std::min(largest_batch, most));
  const Rational s = run.once_in(16) ? Rational(2)  // breaks 2γμB ≤ 1
                                     : run.one_of<Rational>({1, Rational(1, 2), Rational(3, 4)});
  const long horizon = linear_rate_horizon(s, B);
  instance.run.steps = {s / (2 * *mu * B)};
  instance.run.batches = {B};
  instance.run.iterations = static_cast<int>(std::max(1L, std::min(horizon, most / B)));
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
  const auto family = choices.one_of<Family>(
      {convex, least_squares, rank_deficient, indefinite_parts, huber, linear_on_a_box,
       convex_on_a_box, logistic, logistic_on_a_box, maxima, maxima_on_a_box});
  return to_the_convex_horizon(choices, family(choices), largest_batch);
}

Instance smooth_within(Choices choices, long largest_batch) {
  const auto family = choices.one_of<Family>(
      {convex, rank_deficient, indefinite_parts, huber, geman_mcclure, sine, logistic});
  return to_the_smooth_horizon(choices, family(choices), largest_batch);
}

// r² + 3 sin² r of independent rows: PL, not convex.
Instance sine_of_independent_rows(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 2));
  const int n = static_cast<int>(choices.between(1, d));
  Choices spectrum = choices.part(part::spectrum);
  const Matrix<Rational> Q = orthogonal(spectrum, d);
  Matrix<Rational> X = Q.topRows(n);
  for (int i = 0; i < n; ++i) X.row(i) *= spectrum.positive();
  if (n == 2 && spectrum.once_in(2)) X.row(1) += X.row(0);
  const Vector<Rational> y = choices.part(part::function).vector(n);
  return {{graddiv::generalized_linear(X, y, Loss::sine), Domain::all()},
          {choices.part(part::start).vector(d), {1}, {1}, 1}};
}

Instance pl_within(Choices choices, long largest_batch) {
  const auto family =
      choices.one_of<Family>({convex, rank_deficient, indefinite_parts, sine_of_independent_rows});
  return to_the_pl_horizon(choices, family(choices), largest_batch);
}

// Noise of a mechanism: any of closed moments for quadratic functions on R^d, else dropout, whose
// values can be listed.
Instance with_noise(Choices choices, Instance instance) {
  Choices own = choices.part(part::mechanism);
  const auto sharing = own.once_in(3) ? Mechanism::Sharing::shared : Mechanism::Sharing::fresh;
  const Problem& problem = instance.problem;
  const bool has_moments = problem.sum->facts().is_quadratic() && !problem.domain.is_bounded();
  if (has_moments && own.once_in(2)) {
    const auto variance = own.one_of<Rational>({1, Rational(1, 4), Rational(1, 100), 4, 0});
    instance.run.mechanism = Mechanism::langevin(variance, sharing);
  } else {
    const auto keep = own.one_of<Rational>({Rational(1, 2), Rational(3, 4), Rational(9, 10), 1});
    instance.run.mechanism = Mechanism::dropout(keep, sharing);
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
  return with_noise(choices, strongly_convex(choices));
}
Instance mechanism_convex(Choices choices) {
  const auto family =
      choices.one_of<Family>({convex, least_squares, rank_deficient, indefinite_parts, small_huber,
                              small_linear_on_a_box});
  return to_the_convex_horizon(choices, with_noise(choices, family(choices)), mini_batches);
}
Instance mechanism_smooth(Choices choices) {
  const auto family = choices.one_of<Family>(
      {convex, rank_deficient, indefinite_parts, small_huber, small_geman_mcclure});
  return to_the_smooth_horizon(choices, with_noise(choices, family(choices)), mini_batches);
}
Instance mechanism_pl(Choices choices) {
  const auto family = choices.one_of<Family>({convex, rank_deficient, indefinite_parts});
  return to_the_pl_horizon(choices, with_noise(choices, family(choices)), mini_batches);
}

}  // namespace graddiv::recipes
