#include "experiments/noisy_sgd.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "measure/compensated_sum.h"
#include "measure/random.h"

namespace graddiv::experiments {
namespace {

using measure::CounterRandom;
using measure::Purpose;

double squared_norm(std::span<const float> g) {
  double sum = 0;
  for (const float x : g) sum += static_cast<double>(x) * static_cast<double>(x);
  return sum;
}

// E‖Q(g) − g‖²: dropout (1/p − 1)‖g‖², langevin dσ², quantization ‖g‖‖g‖_1 − ‖g‖².
double variance(const NoiseOptions& noise, std::span<const float> g) {
  switch (noise.kind) {
    case MechanismKind::none:
      return 0;
    case MechanismKind::dropout:
      return (1 / noise.parameter - 1) * squared_norm(g);
    case MechanismKind::langevin:
      return static_cast<double>(g.size()) * noise.parameter * noise.parameter;
    case MechanismKind::quantization: {
      double l1 = 0;
      for (const float x : g) l1 += std::abs(static_cast<double>(x));
      const double norm2 = squared_norm(g);
      return std::sqrt(norm2) * l1 - norm2;
    }
  }
  throw std::logic_error("a mechanism without a variance");
}

// Numbers of 32 bits, eight of them from each call of the generator.
class Words {
 public:
  Words(std::uint64_t seed, std::uint64_t repetition, std::uint64_t number)
      : random_(seed, Purpose::noise, repetition), next_(number << 24U) {}
  std::uint32_t operator()() {
    if (left_ == 0) {
      words_ = random_.bits(next_++);
      left_ = 8;
    }
    --left_;
    return static_cast<std::uint32_t>(words_[left_ / 2U] >> (32U * (left_ % 2U)));
  }

 private:
  CounterRandom random_;
  std::uint64_t next_;
  std::array<std::uint64_t, 4> words_{};
  unsigned left_ = 0;
};

/// True with the probability p, up to 2^−32.
bool happens(Words& words, double p) { return static_cast<double>(words()) < p * 0x1p32; }

void add_langevin(double sigma, std::int64_t batch, const CounterRandom& random,
                  std::uint64_t number, std::span<double> sum) {
  // The noise of B draws is one normal number of variance Bσ² a coordinate.
  const double deviation = sigma * std::sqrt(static_cast<double>(batch));
  for (std::size_t j = 0; j < sum.size(); ++j) {
    sum[j] += deviation * random.normal((number << 24U) + j);
  }
}

void gradient_of(const Model& model, std::int64_t i, std::span<const float> w,
                 std::vector<float>& gradient) {
  std::fill(gradient.begin(), gradient.end(), 0.0F);
  measure::BlockOutput<float> output;
  output.gradient = gradient;
  model.add_block({i, 1, nullptr}, w, output);
}

}  // namespace

const std::vector<std::string>& mechanism_names() {
  static const std::vector<std::string> names = {"none", "dropout", "langevin", "quantization"};
  return names;
}

double MechanismSums::mechanism_diversity() const {
  // Without noise, the ratio itself: ∞ where D = 0.
  return D + V > 0 ? (A + V) / (D + V) : std::numeric_limits<double>::infinity();
}
double MechanismSums::bound() const {
  return D > 0 ? static_cast<double>(count) * (A / D) : std::numeric_limits<double>::infinity();
}
double MechanismSums::mechanism_bound() const {
  return static_cast<double>(count) * mechanism_diversity();
}

MechanismSums mechanism_sums(const Model& model, std::span<const float> w,
                             const NoiseOptions& noise) {
  measure::CompensatedSum A;
  measure::CompensatedSum V;
  std::vector<float> gradient(w.size());
  std::vector<double> sum(w.size());
  for (std::int64_t i = 0; i < model.size(); ++i) {
    gradient_of(model, i, w, gradient);
    A.add(squared_norm(gradient));
    V.add(variance(noise, gradient));
    for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += static_cast<double>(gradient[j]);
  }
  measure::CompensatedSum D;
  for (const double x : sum) D.add(x * x);
  return {model.size(), A.value(), D.value(), V.value()};
}

void add_noisy(const NoiseOptions& noise, std::span<const float> g, std::uint64_t seed,
               std::uint64_t repetition, std::uint64_t number, std::span<double> sum) {
  if (noise.kind == MechanismKind::none) {
    for (std::size_t j = 0; j < g.size(); ++j) sum[j] += static_cast<double>(g[j]);
    return;
  }
  // Q(0) = 0 for both: zeros need no random number.
  Words words(seed, repetition, number);
  if (noise.kind == MechanismKind::dropout) {
    const double p = noise.parameter;
    for (std::size_t j = 0; j < g.size(); ++j) {
      if (g[j] != 0 && happens(words, p)) sum[j] += static_cast<double>(g[j]) / p;
    }
  } else if (noise.kind == MechanismKind::quantization) {
    const double norm = std::sqrt(squared_norm(g));
    for (std::size_t j = 0; j < g.size(); ++j) {
      const auto x = static_cast<double>(g[j]);
      if (x != 0 && happens(words, std::abs(x) / norm)) sum[j] += std::copysign(norm, x);
    }
  } else {
    throw std::invalid_argument("the noise of langevin belongs to a whole batch");
  }
}

void run_with_mechanism(const Model& model, const RunOptions& options, const NoiseOptions& noise,
                        const std::function<bool(std::int64_t, std::span<const float>)>& look) {
  std::vector<float> w = model.start(options.seed + options.repetition);
  std::vector<float> gradient(w.size());
  std::vector<double> sum(w.size());
  const CounterRandom draws(options.seed, Purpose::draws, options.repetition);
  const CounterRandom normals(options.seed, Purpose::noise, options.repetition);
  const bool is_langevin = noise.kind == MechanismKind::langevin;
  const NoiseOptions of_one = is_langevin ? NoiseOptions{} : noise;
  std::uint64_t T = 0;
  const auto iterate = [&] {
    std::fill(sum.begin(), sum.end(), 0.0);
    const std::uint64_t first = T;
    for (std::int64_t l = 0; l < options.batch; ++l, ++T) {
      gradient_of(model, draws.below(model.size(), T), w, gradient);
      add_noisy(of_one, gradient, options.seed, options.repetition, T, sum);
    }
    if (is_langevin) add_langevin(noise.parameter, options.batch, normals, first, sum);
    for (std::size_t j = 0; j < w.size(); ++j) {
      w[j] -= static_cast<float>(options.step * sum[j]);
    }
  };
  for (std::int64_t j = 0; j <= options.passes * options.looks; ++j) {
    while (static_cast<std::int64_t>(T) * options.looks < j * model.size()) iterate();
    if (!look(j, w)) return;
  }
}

}  // namespace graddiv::experiments
