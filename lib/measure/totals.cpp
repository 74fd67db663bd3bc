#include "measure/totals.h"

#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace graddiv::measure {
namespace {

double ratio(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : std::numeric_limits<double>::infinity();
}

// Blocks add up in T, and what they give in doubles, before rounding in T could tell.
template <class T>
Totals leaf(const Model<T>& model, const Selection& examples, std::span<const T> w,
            const PassOptions& options) {
  constexpr std::int64_t block = Model<T>::largest_block;
  constexpr std::int64_t blocks_before_doubles = 4;
  const std::size_t layers = model.layers().size();
  Totals sum;
  sum.count = examples.count;
  sum.squared_norms.resize(layers);
  sum.gradient.resize(w.size());
  std::vector<T> losses(options.with_losses ? block : 0);
  std::vector<T> norms(options.with_norms ? layers * block : 0);
  std::vector<T> gradient(w.size());
  std::int64_t done = 0;
  for (std::int64_t number = 1; done < examples.count; ++number) {
    const std::int64_t m = std::min(block, examples.count - done);
    const auto size = static_cast<std::size_t>(m);
    BlockOutput<T> output;
    if (options.with_losses) output.losses = {losses.data(), size};
    if (options.with_norms) output.squared_norms = {norms.data(), layers * size};
    if (options.with_gradient) output.gradient = gradient;
    output.correct = &sum.correct;
    model.add_block(examples.part(done, m), w, output);
    for (const T loss : output.losses) sum.losses.add(static_cast<double>(loss));
    for (std::size_t k = 0; k < output.squared_norms.size(); ++k) {
      sum.squared_norms[k / size].add(static_cast<double>(norms[k]));
    }
    done += m;
    if (number % blocks_before_doubles == 0 || done == examples.count) {
      for (std::size_t j = 0; j < gradient.size(); ++j) {
        sum.gradient[j] += static_cast<double>(gradient[j]);
      }
      std::fill(gradient.begin(), gradient.end(), T(0));
    }
  }
  return sum;
}

template <class T>
Totals node(const Model<T>& model, const Selection& examples, std::span<const T> w,
            const PassOptions& options) {
  if (examples.count <= options.leaf) return leaf(model, examples, w, options);
  const std::int64_t left = left_part(examples.count, options.leaf);
  Totals sum;
  Totals rest;
  const auto take_left = [&] { sum = node(model, examples.part(0, left), w, options); };
  const auto take_right = [&] {
    rest = node(model, examples.part(left, examples.count - left), w, options);
  };
  if (options.threads > 1) {
    tbb::parallel_invoke(take_left, take_right);
  } else {
    take_left();
    take_right();
  }
  sum.add(rest);
  return sum;
}

}  // namespace

std::int64_t left_part(std::int64_t count, std::int64_t leaf) {
  const std::int64_t leaves = (count + leaf - 1) / leaf;
  return leaves / 2 * leaf;
}

void Totals::add(const Totals& other) {
  count += other.count;
  correct += other.correct;
  losses.add(other.losses);
  for (std::size_t l = 0; l < squared_norms.size(); ++l) {
    squared_norms[l].add(other.squared_norms[l]);
  }
  for (std::size_t j = 0; j < gradient.size(); ++j) gradient[j] += other.gradient[j];
}

double Totals::sum_of_squared_norms() const {
  CompensatedSum sum;
  for (const auto& layer : squared_norms) sum.add(layer);
  return sum.value();
}

double Totals::squared_norm_of_sum() const { return compensated_squared_norm(gradient); }

double Totals::gradient_diversity() const {
  return ratio(sum_of_squared_norms(), squared_norm_of_sum());
}

double Totals::batch_size_bound() const {
  return static_cast<double>(count) * gradient_diversity();
}

Totals part_of(const Totals& totals, const Layer& layer, std::size_t number) {
  Totals part = totals;
  part.squared_norms = {totals.squared_norms[number]};
  part.gradient.assign(totals.gradient.begin() + layer.first,
                       totals.gradient.begin() + layer.first + layer.count);
  return part;
}

template <class T>
Totals totals(const Model<T>& model, const Selection& examples, std::span<const T> w,
              const PassOptions& options) {
  if (options.leaf < 1) throw std::invalid_argument("a leaf has at least one example");
  if (options.threads == 1) return node(model, examples, w, options);
  Totals result;
  tbb::task_arena arena(options.threads);
  arena.execute([&] { result = node(model, examples, w, options); });
  return result;
}

template Totals totals(const Model<double>&, const Selection&, std::span<const double>,
                       const PassOptions&);
template Totals totals(const Model<float>&, const Selection&, std::span<const float>,
                       const PassOptions&);

}  // namespace graddiv::measure
