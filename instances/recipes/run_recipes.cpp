#include <algorithm>
#include <cmath>
#include <utility>

#include "instances/recipes/recipes.h"

namespace graddiv::recipes {
namespace {

Rational step(Choices choices) {
  const Rational numerator = choices.positive();
  return numerator / choices.one_of<Rational>({1, 2, 4, 8, 16});
}

long batch(Choices choices) { return choices.once_in(4) ? 1 : choices.between(1, 6); }

// How often n fits into `sequences` as a factor: the draws that can be afforded.
long affordable_draws(int n, long sequences) {
  if (n == 1) return 1000;
  long draws = 0;
  for (long product = n; product <= sequences; product *= n) ++draws;
  return draws;
}

}  // namespace

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
  const long K = choices.once_in(10) ? 0 : choices.between(1, 4);
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

long linear_rate_horizon(const Rational& s, long B) {
  const double share = s.convert_to<double>();
  return std::lround(std::ceil(std::log(4.0 * static_cast<double>(B) / share) / share));
}

Domain box_around(Choices choices, const Vector<Rational>& w) {
  Vector<Rational> lower = w;
  Vector<Rational> upper = w;
  if (choices.once_in(16)) return Domain::box(lower, upper);
  for (Eigen::Index j = 0; j < w.size(); ++j) {
    lower(j) -= abs(choices.rational());
    upper(j) += abs(choices.rational());
  }
  return Domain::box(lower, upper);
}

Domain ball_around(Choices choices, const Vector<Rational>& w) {
  if (choices.once_in(16)) return Domain::ball(w, 0);
  // ‖v‖ ≤ ‖v‖_1, which is rational.
  const Vector<Rational> offset = choices.vector(w.size());
  Rational radius = abs(choices.rational());
  for (const Rational& entry : offset) radius += abs(entry);
  return Domain::ball(w + offset, radius);
}

}  // namespace graddiv::recipes
