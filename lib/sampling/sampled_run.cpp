#include "sampling/sampled_run.h"

#include <algorithm>
#include <utility>

namespace graddiv {
namespace {

constexpr int few = 32;  // functions that are looked at one by one

using Padded = RowDraws::Padded;

std::span<const double> view(const Vector<double>& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}
std::span<double> view(Vector<double>& x) { return {x.data(), static_cast<std::size_t>(x.size())}; }

/// f_i(w) and ‖∇f_i(w)‖²; adds ∇f_i(w) to the gradient.
struct OneFunction {
  double value = 0;
  double squared_norm = 0;
};
OneFunction add_function(const Kernel<double>& kernel, std::size_t i, std::span<const double> w,
                         std::span<double> gradient) {
  OneFunction one;
  kernel.value_and_gradient(static_cast<int>(i), w,
                            {{&one.value, 1}, {&one.squared_norm, 1}, gradient});
  return one;
}

}  // namespace

/// The runs that are made side by side: their vectors one after another, each with zeros up to the
/// dimension that the kernel wants.
struct SampledRun::Runs {
  Runs(const RunName& first, std::size_t n, const Vector<double>& start, std::size_t padded_size,
       std::size_t room)
      : count(n),
        d(start.size()),
        padded(padded_size),
        stride(room),
        random(first),
        w(n * padded),
        moves(w),
        others(w),
        past(n, Vector<double>::Zero(d)),
        gradient(d),
        total(d),
        indices(n * stride),
        residuals(n * stride),
        seen(n) {
    for (std::size_t r = 0; r < n; ++r) of(w, r) = start;
  }

  using Part = Eigen::Map<Vector<double>>;
  Part of(Padded& vectors, std::size_t r) const { return {vectors.data() + r * padded, d}; }
  std::span<const double> point(std::size_t r) const {
    return std::span(w).subspan(r * padded, static_cast<std::size_t>(d));
  }

  // From sums over m draws of f_i(w) − f_i(reference), ‖∇f_i(w)‖² and, in total, ∇f_i(w).
  void see(std::size_t r, const OneFunction& sum, std::size_t draws) {
    const auto m = static_cast<double>(draws);
    seen[r].value_above_reference = sum.value / m;
    seen[r].second_moment = sum.squared_norm / m;
    seen[r].squared_gradient = (total.squaredNorm() - sum.squared_norm) / (m * (m - 1));
  }

  std::size_t count;
  Eigen::Index d;
  std::size_t padded, stride;  // of vectors and draws
  RunRandom random;
  Padded w;                          // w_k
  Padded moves;                      // Σ ∇f_s, or what the mechanism made of them, of the step
  Padded others;                     // of the draws that are only looked at
  std::vector<Vector<double>> past;  // w_0 + … + w_{k−1}
  Vector<double> gradient, total;    // of one run at a time
  std::vector<std::uint32_t> indices;
  std::vector<double> residuals;
  struct Seen {
    double value_above_reference = 0, average_above_reference = 0;
    double squared_gradient = 0, second_moment = 0, variance = 0;
  };
  std::vector<Seen> seen;  // at iteration k
};

SampledRun::SampledRun(const Problem& problem, const Run& run, std::vector<Quantity> quantities,
                       const Vector<double>& minimizer, const Vector<double>& reference)
    : problem_(problem),
      run_(run),
      quantities_(std::move(quantities)),
      start_(to_double(run.start)),
      wants_more_than_distances_(
          std::ranges::any_of(quantities_, [](Quantity q) { return q != Quantity::distance; })) {
  for (int k = 0; k < run.iterations; ++k) {
    if (k > 0 && run.goes_on(k))
      steps_.push_back(steps_.back());
    else
      steps_.push_back(run.has_irrational_steps() ? run.gamma(k).approximate()
                                                  : static_cast<double>(run.step(k)));
  }
  if (run.mechanism.is_none()) rows_ = RowDraws::of(*problem.sum);
  minimizer_.resize(rows_ ? rows_->padded_dimension() : static_cast<std::size_t>(start_.size()));
  std::ranges::copy(minimizer, minimizer_.begin());
  if (rows_ && !wants_more_than_distances_) return;
  kernel_ = make_kernel<double>(*problem.sum);
  Vector<double> unused = Vector<double>::Zero(problem.dimension());
  for (int i = 0; i < problem.size(); ++i) {
    at_reference_.push_back(
        add_function(*kernel_, static_cast<std::size_t>(i), view(reference), view(unused)).value);
  }
}

std::size_t SampledRun::numbers() const {
  return quantities_.size() * static_cast<std::size_t>(run_.iterations + 1);
}

bool SampledRun::looks_at_all() const { return problem_.size() <= few; }

long SampledRun::draws(int k) const {
  const long batch = run_.iterations == 0 ? 1 : run_.batch(std::min(k, run_.iterations - 1));
  return std::max(2L, batch);
}

void SampledRun::draw(Runs& runs, DrawnFor purpose, int k) const {
  runs.random.indices(purpose, k, static_cast<std::uint32_t>(problem_.size()),
                      static_cast<std::size_t>(draws(k)), runs.stride, runs.indices);
}

void SampledRun::look_at_all(Runs& runs, std::size_t r, std::span<const double> w) const {
  runs.total.setZero();
  double value = 0;
  double squares = 0;
  const auto n = static_cast<double>(problem_.size());
  for (std::size_t i = 0; i < at_reference_.size(); ++i) {
    const OneFunction one = add_function(*kernel_, i, w, view(runs.total));
    value += one.value - at_reference_[i];
    squares += one.squared_norm;
  }
  Runs::Seen& seen = runs.seen[r];
  seen.value_above_reference = value / n;
  seen.second_moment = squares / n;
  seen.squared_gradient = runs.total.squaredNorm() / (n * n);
}

// The draws of the step, then those that are only looked at. f_i = r_i²/2, ‖∇f_i‖² = r_i² ‖x_i‖².
void SampledRun::look_at_rows(Runs& runs, std::size_t batch, std::size_t m) const {
  const std::uint32_t* const indices = runs.indices.data();
  double* const residuals = runs.residuals.data();
  rows_->gradients({runs.count, indices, runs.stride, batch}, runs.w.data(), residuals,
                   runs.moves.data());
  if (!wants_more_than_distances_) return;
  rows_->gradients({runs.count, indices + batch, runs.stride, m - batch}, runs.w.data(),
                   residuals + batch, runs.others.data());
  for (std::size_t r = 0; r < runs.count; ++r) {
    OneFunction sum;
    for (std::size_t l = r * runs.stride; l < r * runs.stride + m; ++l) {
      const double square = residuals[l] * residuals[l];
      sum.value += square / 2 - at_reference_[indices[l]];
      sum.squared_norm += square * rows_->squared_norm(indices[l]);
    }
    runs.total = runs.of(runs.moves, r) + runs.of(runs.others, r);
    runs.see(r, sum, m);
  }
}

void SampledRun::look_at_functions(Runs& runs, int k, std::size_t r, std::size_t batch,
                                   std::size_t m) const {
  const bool is_plain = run_.mechanism.is_none();
  const bool is_shared = run_.mechanism.sharing() == Mechanism::Sharing::shared;
  auto moves = runs.of(runs.moves, r);
  moves.setZero();
  runs.total.setZero();
  OneFunction sum;
  double changes = 0;
  for (std::size_t l = 0; l < m; ++l) {
    const std::size_t i = runs.indices[r * runs.stride + l];
    runs.gradient.setZero();
    const OneFunction one = add_function(*kernel_, i, runs.point(r), view(runs.gradient));
    sum.value += one.value - at_reference_[i];
    sum.squared_norm += one.squared_norm;
    runs.total += runs.gradient;
    if (is_plain) {
      if (l < batch) moves += runs.gradient;
      continue;
    }
    // Noise that is shared belongs to the index, other noise to the draw.
    constexpr unsigned room = 32;  // for the numbers that one gradient takes
    std::uint64_t number = static_cast<std::uint64_t>(is_shared ? i : l) << room;
    const Vector<double> noisy = run_.mechanism.sample(
        runs.gradient, [&] { return runs.random.uniform(r, DrawnFor::mechanism, k, number++); });
    changes += (noisy - runs.gradient).squaredNorm();
    if (l < batch) moves += noisy;
  }
  runs.seen[r].variance = changes / static_cast<double>(m);
  runs.see(r, sum, m);
}

void SampledRun::look(Runs& runs, int k) const {
  const auto batch = k < run_.iterations ? static_cast<std::size_t>(run_.batch(k)) : 0;
  const auto m = static_cast<std::size_t>(draws(k));
  draw(runs, DrawnFor::step, k);
  if (rows_) {
    look_at_rows(runs, batch, m);
  } else {
    for (std::size_t r = 0; r < runs.count; ++r) look_at_functions(runs, k, r, batch, m);
  }
  if (!looks_at_all() || !wants_more_than_distances_) return;
  for (std::size_t r = 0; r < runs.count; ++r) look_at_all(runs, r, runs.point(r));
}

void SampledRun::look_at_averages(Runs& runs, int k) const {
  if (!looks_at_all()) draw(runs, DrawnFor::average, k);
  for (std::size_t r = 0; r < runs.count; ++r) {
    const Vector<double> average = runs.past[r] / static_cast<double>(k);
    double& above_reference = runs.seen[r].average_above_reference;
    if (looks_at_all()) {
      look_at_all(runs, r, view(average));
      above_reference = runs.seen[r].value_above_reference;
      continue;
    }
    above_reference = 0;
    const auto m = static_cast<std::size_t>(draws(k));
    for (const std::size_t i : std::span(runs.indices).subspan(r * runs.stride, m)) {
      above_reference +=
          add_function(*kernel_, i, view(average), view(runs.gradient)).value - at_reference_[i];
    }
    above_reference /= static_cast<double>(m);
  }
}

void SampledRun::record(Runs& runs, Quantity q, double* recorded) const {
  if (q == Quantity::distance && rows_)
    return rows_->squared_distances(runs.count, runs.w.data(), minimizer_.data(), recorded);
  const Eigen::Map<const Vector<double>> minimizer(minimizer_.data(), runs.d);
  for (std::size_t r = 0; r < runs.count; ++r) {
    const Runs::Seen& seen = runs.seen[r];
    switch (q) {
      case Quantity::distance:
        recorded[r] = (runs.of(runs.w, r) - minimizer).squaredNorm();
        break;
      case Quantity::suboptimality:
        recorded[r] = seen.value_above_reference;
        break;
      case Quantity::average_suboptimality:
        recorded[r] = seen.average_above_reference;
        break;
      case Quantity::gradient_norm:
        recorded[r] = seen.squared_gradient;
        break;
      case Quantity::second_moment:
        recorded[r] = seen.second_moment;
        break;
      case Quantity::mechanism_variance:
        recorded[r] = seen.variance;
        break;
    }
  }
}

// w_{k+1} = Π_W(w_k − γ_k Σ_ℓ Q(∇f_{s_ℓ}(w_k)))
void SampledRun::step(Runs& runs, double step) const {
  if (rows_) rows_->move(runs.count, step, runs.moves.data(), runs.w.data());
  if (rows_ && !problem_.domain.is_bounded()) return;
  for (std::size_t r = 0; r < runs.count; ++r) {
    auto w = runs.of(runs.w, r);
    if (!rows_) w -= step * runs.of(runs.moves, r);
    w = problem_.domain.project(Vector<double>(w));
  }
}

// Distances from the rows alone, by one pass an iteration.
void SampledRun::make_distances(Runs& runs, double* recorded) const {
  rows_->squared_distances(runs.count, runs.w.data(), minimizer_.data(), recorded);
  for (int k = 0; k < run_.iterations; ++k) {
    draw(runs, DrawnFor::step, k);
    recorded += runs.count;
    rows_->step(
        {runs.count, runs.indices.data(), runs.stride, static_cast<std::size_t>(run_.batch(k))},
        {steps_[static_cast<std::size_t>(k)], runs.w.data(), minimizer_.data(), recorded},
        runs.residuals.data(), runs.moves.data());
  }
}

// Each pass goes over all runs: the processor finds work in the next one where one has to wait.
void SampledRun::make(const RunName& first, std::size_t count, std::span<double> recorded) const {
  constexpr std::size_t few_draws = 8;
  long most_draws = 0;
  for (int k = 0; k <= run_.iterations; ++k) most_draws = std::max(most_draws, draws(k));
  const std::size_t stride = (static_cast<std::size_t>(most_draws) / few_draws + 2) * few_draws;
  Runs runs(first, count, start_, minimizer_.size(), stride);
  const bool is_of_distances = quantities_ == std::vector{Quantity::distance};
  if (rows_ && is_of_distances && !problem_.domain.is_bounded())
    return make_distances(runs, recorded.data());
  const bool wants_average =
      std::ranges::find(quantities_, Quantity::average_suboptimality) != quantities_.end();
  for (int k = 0; k <= run_.iterations; ++k) {
    if (wants_average && k > 0) look_at_averages(runs, k);
    look(runs, k);
    for (std::size_t q = 0; q < quantities_.size(); ++q) {
      const std::size_t number =
          q * static_cast<std::size_t>(run_.iterations + 1) + static_cast<std::size_t>(k);
      record(runs, quantities_[q], &recorded[number * count]);
    }
    if (k == run_.iterations) return;
    for (std::size_t r = 0; wants_average && r < count; ++r) runs.past[r] += runs.of(runs.w, r);
    step(runs, steps_[static_cast<std::size_t>(k)]);
  }
}

}  // namespace graddiv
