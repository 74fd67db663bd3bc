#include <algorithm>
#include <cmath>
#include <utility>

#include "diversity/mechanism.h"
#include "instances/recipes/recipes.h"
#include "number/exact.h"
#include "problem/problem.h"

namespace graddiv::recipes {
namespace {

Rational step(Choices choices) {
  const Rational numerator = choices.positive();
  return numerator / choices.one_of<Rational>({1, 2, 4, 8, 16});
}

long batch(Choices& choices) { return several(choices, 6); }

// How often n fits into `sequences` as a factor: the draws that can be afforded.
long affordable_draws(int n, long sequences) {
  if (n == 1) return 1000;
  long draws = 0;
  for (long product = n; product <= sequences; product *= n) ++draws;
  return draws;
}

}  // namespace

long several(Choices& choices, long most) {
  const bool is_one = choices.rarely(24);
  return is_one || most < 2 ? 1 : choices.between(2, most);
}

Vector<Rational> somewhere(Choices choices, Eigen::Index d) {
  const bool may_vanish = choices.rarely(20);
  Vector<Rational> v = choices.vector(d);
  if (!may_vanish && v.isZero()) v(0) = 1;
  return v;
}

Run shortened(Run run, int n, long sequences) {
  long draws = affordable_draws(n, sequences);
  for (long& B : run.batches) B = std::min(B, draws);
  int k = 0;
  while (k < run.iterations && run.batch(k) <= draws) draws -= run.batch(k++);
  run.iterations = k;
  // Lists of no entry would not say what the run does.
  const auto entries = static_cast<std::size_t>(std::max(k, 1));
  if (run.steps.size() > 1) run.steps.resize(entries);
  if (run.batches.size() > 1) run.batches.resize(entries);
  return run;
}

Run short_run(Choices choices, int n, Vector<Rational> start, long sequences) {
  const long K = choices.once_in(20) ? 0 : choices.between(1, 4);
  const long B = batch(choices);
  const Rational gamma = step(choices);
  return shortened({std::move(start), {gamma}, {B}, static_cast<int>(K)}, n, sequences);
}

Run varying_short_run(Choices choices, int n, Vector<Rational> start, long sequences) {
  Run run{std::move(start), {}, {}, static_cast<int>(choices.between(1, 4))};
  const bool steps_vary = choices.once_in(2);
  const bool batches_vary = !steps_vary || choices.once_in(2);
  for (int k = 0; k < run.iterations; ++k) {
    const Rational gamma = step(choices);
    const long B = batch(choices);
    if (steps_vary || k == 0) run.steps.push_back(gamma);
    if (batches_vary || k == 0) run.batches.push_back(B);
  }
  return shortened(std::move(run), n, sequences);
}

double Outlook::one_plus_delta(long B) const {
  return second_moment > 0 ? 1 + static_cast<double>(B - 1) * gradient2 / second_moment : 1;
}

Outlook outlook_from(const Problem& problem, const Run& run) {
  const auto g = gradients(problem, enclose(run.start));
  Vector<Enclosure> sum = Vector<Enclosure>::Zero(problem.dimension());
  Enclosure squares = run.mechanism.mean_variance(g);
  for (const Vector<Enclosure>& each : g) {
    sum += each;
    squares += each.squaredNorm() / problem.size();
  }
  const double n = problem.size();
  return {squares.approximate(), sum.squaredNorm().approximate() / (n * n)};
}

// (1 + δ/2)ε is below the start then, and (1+δ)γ²BM² takes back less than 2γB(F(w) − F*) gives.
double largest_share(double one_plus_delta) { return 2 / (1 + one_plus_delta); }

double share_of_start(Choices& choices, double one_plus_delta) {
  const double share = choices.one_of({0.75, 0.5, 0.9, 0.25});
  return choices.once_in(16) ? 2 * share : share * largest_share(one_plus_delta);
}

LinearRate linear_rate(Choices& choices, double start_over_scale, double one_plus_delta,
                       long most_iterations) {
  if (choices.once_in(16)) return {2, 1};  // breaks s ≤ 1
  const double share = share_of_start(choices, one_plus_delta);
  double s = 1;
  if (start_over_scale > 0 && start_over_scale < 1e9) s = std::min(s, share * start_over_scale);
  if (!(s > 1e-4)) return {1, 1};
  const Rational simple =
      s == 1 ? Rational(1) : simplest_between(rational_from(0.9 * s), rational_from(s));
  const double exact = simple.convert_to<double>();
  const double ratio = std::max(2 * start_over_scale / exact, 1.0);
  const double horizon = std::ceil(std::log(ratio) / exact) + 1;
  if (horizon > static_cast<double>(most_iterations)) return {simple, 1};  // out of reach
  const long K = std::lround(horizon);
  return {simple, choices.once_in(10) ? choices.between(1, K) : K};
}

Domain box_around(Choices choices, const Vector<Rational>& w) {
  Vector<Rational> lower = w;
  Vector<Rational> upper = w;
  if (choices.once_in(24)) return Domain::box(lower, upper);
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    lower(j) -= abs(choices.rational());
    upper(j) += abs(choices.rational());
  }
  return Domain::box(lower, upper);
}

Domain ball_around(Choices choices, const Vector<Rational>& w) {
  if (choices.once_in(24)) return Domain::ball(w, 0);
  // ‖v‖ ≤ ‖v‖_1, which is rational.
  const Vector<Rational> offset = choices.vector(w.size());
  Rational radius = abs(choices.rational());
  for (const Rational& entry : offset) radius += abs(entry);
  return Domain::ball(w + offset, radius);
}

}  // namespace graddiv::recipes
