#include "sampling/sampled_run.h"

#include <algorithm>
#include <utility>

namespace graddiv {
namespace {

constexpr int few = 32;  // functions that are looked at one by one

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

struct SampledRun::State {
  Vector<double> w, past;  // w_k, and w_0 + … + w_{k−1}
  Vector<double> moves;  // the sum of the gradients, or what the mechanism made of them, of a step
  Vector<double> gradient, total;
  std::vector<std::uint32_t> indices;
  RowDraws::Padded point, sum_of_rows;
  // What is known of iteration k:
  double value_above_reference = 0, average_above_reference = 0;
  double squared_gradient = 0, second_moment = 0, variance = 0;
};

SampledRun::SampledRun(const Problem& problem, const Run& run, std::vector<Quantity> quantities,
                       const Vector<double>& minimizer, const Vector<double>& reference)
    : problem_(problem),
      run_(run),
      quantities_(std::move(quantities)),
      kernel_(make_kernel<double>(*problem.sum)),
      start_(to_double(run.start)),
      minimizer_(minimizer),
      wants_more_than_distances_(
          std::ranges::any_of(quantities_, [](Quantity q) { return q != Quantity::distance; })) {
  for (int k = 0; k < run.iterations; ++k) steps_.push_back(static_cast<double>(run.step(k)));
  if (run.mechanism.is_none()) rows_ = RowDraws::of(*problem.sum);
  Vector<double> unused = Vector<double>::Zero(problem.dimension());
  for (int i = 0; i < problem.size(); ++i) {
    at_reference_.push_back(
        add_function(*kernel_, static_cast<std::size_t>(i), view(reference), view(unused)).value);
  }
}

std::size_t SampledRun::numbers() const {
  return quantities_.size() * static_cast<std::size_t>(run_.iterations + 1);
}

bool SampledRun::wants(Quantity q) const {
  return std::ranges::find(quantities_, q) != quantities_.end();
}

bool SampledRun::looks_at_all() const { return problem_.size() <= few; }

long SampledRun::draws(int k) const {
  const long batch = run_.iterations == 0 ? 1 : run_.batch(std::min(k, run_.iterations - 1));
  return std::max(2L, batch);
}

void SampledRun::look_at_all(State& state, std::span<const double> w) const {
  state.total.setZero();
  double value = 0;
  double squares = 0;
  const auto n = static_cast<double>(problem_.size());
  for (std::size_t i = 0; i < at_reference_.size(); ++i) {
    const OneFunction one = add_function(*kernel_, i, w, view(state.total));
    value += one.value - at_reference_[i];
    squares += one.squared_norm;
  }
  state.value_above_reference = value / n;
  state.second_moment = squares / n;
  state.squared_gradient = state.total.squaredNorm() / (n * n);
}

// The draws of the step, then those that are only looked at.
void SampledRun::draw_rows(State& state, std::size_t batch) const {
  const std::span<const std::uint32_t> all = state.indices;
  std::ranges::copy(state.w, state.point.begin());
  std::ranges::fill(state.sum_of_rows, 0);
  const Eigen::Map<const Vector<double>> sum(state.sum_of_rows.data(), state.w.size());
  RowDraws::Drawn drawn =
      rows_->add_gradients(all.first(batch), state.point.data(), state.sum_of_rows.data());
  state.moves = sum;
  if (!wants_more_than_distances_) return;
  if (batch < all.size()) {
    const auto more =
        rows_->add_gradients(all.subspan(batch), state.point.data(), state.sum_of_rows.data());
    drawn.squares += more.squares;
    drawn.twice_values += more.twice_values;
  }
  double at_reference = 0;
  for (const std::size_t i : all) at_reference += at_reference_[i];
  const auto m = static_cast<double>(all.size());
  state.value_above_reference = (drawn.twice_values / 2 - at_reference) / m;
  state.second_moment = drawn.squares / m;
  state.squared_gradient = (sum.squaredNorm() - drawn.squares) / (m * (m - 1));
}

void SampledRun::draw(State& state, int k, const RunRandom& random) const {
  const auto batch = k < run_.iterations ? static_cast<std::size_t>(run_.batch(k)) : 0;
  const auto m = static_cast<std::size_t>(draws(k));
  state.indices.resize(m);
  random.indices(DrawnFor::step, k, static_cast<std::uint32_t>(problem_.size()), state.indices);
  const auto w = view(std::as_const(state.w));
  if (rows_) {
    draw_rows(state, batch);
    if (looks_at_all() && wants_more_than_distances_) look_at_all(state, w);
    return;
  }
  const bool is_plain = run_.mechanism.is_none();
  const bool is_shared = run_.mechanism.sharing() == Mechanism::Sharing::shared;
  state.total.setZero();
  state.moves.setZero();
  double value = 0;
  double squares = 0;
  double changes = 0;
  for (std::size_t l = 0; l < m; ++l) {
    const std::size_t i = state.indices[l];
    state.gradient.setZero();
    const OneFunction one = add_function(*kernel_, i, w, view(state.gradient));
    value += one.value - at_reference_[i];
    squares += one.squared_norm;
    state.total += state.gradient;
    if (is_plain) {
      if (l < batch) state.moves += state.gradient;
      continue;
    }
    // Noise that is shared belongs to the index, other noise to the draw.
    constexpr unsigned room = 32;  // for the numbers that one gradient takes
    std::uint64_t number = static_cast<std::uint64_t>(is_shared ? i : l) << room;
    const Vector<double> noisy = run_.mechanism.sample(
        state.gradient, [&] { return random.uniform(DrawnFor::mechanism, k, number++); });
    changes += (noisy - state.gradient).squaredNorm();
    if (l < batch) state.moves += noisy;
  }
  const auto count = static_cast<double>(m);
  state.variance = changes / count;
  if (looks_at_all()) {
    if (wants_more_than_distances_) look_at_all(state, w);
    return;
  }
  state.value_above_reference = value / count;
  state.second_moment = squares / count;
  state.squared_gradient = (state.total.squaredNorm() - squares) / (count * (count - 1));
}

double SampledRun::mean_value_above_reference(State& state, std::span<const double> w, int k,
                                              const RunRandom& random) const {
  if (looks_at_all()) {
    look_at_all(state, w);
    return state.value_above_reference;
  }
  state.indices.resize(static_cast<std::size_t>(draws(k)));
  random.indices(DrawnFor::average, k, static_cast<std::uint32_t>(problem_.size()), state.indices);
  double value = 0;
  for (const std::size_t i : state.indices)
    value += add_function(*kernel_, i, w, view(state.gradient)).value - at_reference_[i];
  return value / static_cast<double>(state.indices.size());
}

void SampledRun::record(const State& state, int k, std::span<double> recorded) const {
  const std::size_t stride = static_cast<std::size_t>(run_.iterations) + 1;
  for (std::size_t q = 0; q < quantities_.size(); ++q) {
    double& x = recorded[q * stride + static_cast<std::size_t>(k)];
    switch (quantities_[q]) {
      case Quantity::distance:
        x = (state.w - minimizer_).squaredNorm();
        break;
      case Quantity::suboptimality:
        x = state.value_above_reference;
        break;
      case Quantity::average_suboptimality:
        x = state.average_above_reference;
        break;
      case Quantity::gradient_norm:
        x = state.squared_gradient;
        break;
      case Quantity::second_moment:
        x = state.second_moment;
        break;
      case Quantity::mechanism_variance:
        x = state.variance;
        break;
    }
  }
}

// w_{k+1} = Π_W(w_k − γ_k Σ_ℓ Q(∇f_{s_ℓ}(w_k)))
void SampledRun::make(const RunName& name, std::span<double> recorded) const {
  const RunRandom random(name);
  const Eigen::Index d = start_.size();
  State state;
  if (rows_) {
    state.point.resize(rows_->padded_dimension());
    state.sum_of_rows.resize(rows_->padded_dimension());
  }
  state.w = start_;
  state.past = state.moves = state.gradient = state.total = Vector<double>::Zero(d);
  const bool wants_average = wants(Quantity::average_suboptimality);
  for (int k = 0; k <= run_.iterations; ++k) {
    if (wants_average && k > 0) {
      const Vector<double> average = state.past / static_cast<double>(k);
      state.average_above_reference = mean_value_above_reference(state, view(average), k, random);
    }
    draw(state, k, random);
    record(state, k, recorded);
    if (k == run_.iterations) return;
    if (wants_average) state.past += state.w;
    state.w -= steps_[static_cast<std::size_t>(k)] * state.moves;
    if (problem_.domain.is_bounded()) state.w = problem_.domain.project(state.w);
  }
}

}  // namespace graddiv
