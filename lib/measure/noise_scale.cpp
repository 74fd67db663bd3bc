#include "measure/noise_scale.h"

#include <limits>
#include <numeric>
#include <stdexcept>

#include "measure/random.h"
#include "measure/sgd.h"

namespace graddiv::measure {
namespace {

Audited held_against(double estimate, double value) {
  return {estimate, estimate == value ? 0 : estimate / value - 1};
}

}  // namespace

template <class T>
Audited two_batch_estimate(const Model<T>& model, std::span<const T> w, double batch_size_bound,
                           const AuditOptions& options) {
  if (options.small_batch < 1 || options.small_batch >= options.large_batch) {
    throw std::invalid_argument("two batches of different sizes, the small one first");
  }
  const CounterRandom random(options.seed, Purpose::subsample, 0x7477'6f00U);
  std::uint64_t drawn = 0;
  const auto mean_squared_norm = [&](std::int64_t batch) {
    double sum = 0;
    std::vector<std::int64_t> list(static_cast<std::size_t>(batch));
    for (int r = 0; r < options.repetitions; ++r) {
      for (auto& i : list) i = random.below(model.size(), drawn++);
      const auto size = static_cast<double>(batch);
      sum += totals<T>(model, Selection::of(list), w, {1, false, false}).squared_norm_of_sum() /
             (size * size);
    }
    return sum / options.repetitions;
  };
  const auto b = static_cast<double>(options.small_batch);
  const auto B = static_cast<double>(options.large_batch);
  const double small = mean_squared_norm(options.small_batch);
  const double large = mean_squared_norm(options.large_batch);
  const double norm2 = (B * large - b * small) / (B - b);
  const double trace = (small - large) / (1 / b - 1 / B);
  return held_against(norm2 > 0 ? 1 + trace / norm2 : std::numeric_limits<double>::infinity(),
                      batch_size_bound);
}

template <class T>
Audited moving_estimate(const Model<T>& model, std::span<const T> w, double batch_size_bound,
                        const AuditOptions& options) {
  Sgd<T> run(model, {w.begin(), w.end()},
             {options.epoch_step, options.epoch_batch, options.seed, 0x6d6f'7665U, 1});
  run.keep_norms(true);
  Totals sum;
  while (run.gradients() < model.size()) {
    run.step();
    if (sum.count == 0) {
      sum = run.last_sums();
    } else {
      sum.add(run.last_sums());
    }
  }
  return held_against(sum.batch_size_bound(), batch_size_bound);
}

template Audited two_batch_estimate(const Model<double>&, std::span<const double>, double,
                                    const AuditOptions&);
template Audited two_batch_estimate(const Model<float>&, std::span<const float>, double,
                                    const AuditOptions&);
template Audited moving_estimate(const Model<double>&, std::span<const double>, double,
                                 const AuditOptions&);
template Audited moving_estimate(const Model<float>&, std::span<const float>, double,
                                 const AuditOptions&);

}  // namespace graddiv::measure
