#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <limits>
#include <vector>

#include "data/read_dataset.h"
#include "measure/large_pages.h"
#include "measure/model_choice.h"
#include "measure/totals.h"

// Passes over the training set of Fashion-MNIST on one thread: with norms beside without,
// beside just reading the bytes, and the first one, before which ‖x_i‖² are found. What is
// compared runs by turns, and of each the shortest CPU time counts: other work on the machine
// only ever adds to it. two_products.py makes the same pass with NumPy.
namespace {

using namespace graddiv;
using measure::Examples;
using measure::Model;

std::shared_ptr<const Dataset> bytes() {
  static const auto data = std::make_shared<const Dataset>(read_dataset(GRADDIV_FASHION_MNIST));
  return data;
}

/// The same numbers as double, of which Examples<float> makes float.
std::shared_ptr<const Dataset> numbers() {
  static const auto data = [] {
    Dataset copy = *bytes();
    const auto& from = std::get<DenseBytes>(copy.features).values;
    DenseNumbers to;
    to.values.assign(from.begin(), from.end());
    copy.features = std::move(to);
    return std::make_shared<const Dataset>(std::move(copy));
  }();
  return data;
}

template <class T>
std::unique_ptr<const Model<T>> model(const std::string& name, bool as_bytes) {
  const auto choice = measure::parse_model(name);
  measure::Preparation preparation;
  preparation.scale = 1.0 / 255;
  preparation.target = choice.target();
  if (name == "logistic") preparation.positive = {5, 6, 7, 8, 9};
  return measure::make_model<T>(
      choice, std::make_shared<const Examples<T>>(as_bytes ? bytes() : numbers(), preparation));
}

template <class T>
std::vector<T> some_point(const Model<T>& model) {
  auto w = model.start(1);
  for (std::size_t j = 0; j < w.size(); ++j) w[j] += static_cast<T>(1e-3) * static_cast<T>(j % 7);
  return w;
}

/// The shortest time of each of two ways, which run by turns.
class Race {
 public:
  template <class First, class Second>
  void run(benchmark::State& state, First&& first, Second&& second) {
    for (auto _ : state) {
      const double a = seconds(first);
      const double b = seconds(second);
      first_ = std::min(first_, a);
      second_ = std::min(second_, b);
      state.SetIterationTime(a + b);
    }
  }
  void report(benchmark::State& state, const char* first, const char* second) const {
    state.counters[first] = 1e3 * first_;
    state.counters[second] = 1e3 * second_;
    state.counters["ratio"] = second_ / first_;
  }

 private:
  template <class Way>
  static double seconds(Way&& way) {
    const std::clock_t begin = std::clock();
    way();
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  double first_ = std::numeric_limits<double>::infinity();
  double second_ = std::numeric_limits<double>::infinity();
};

template <class T>
void norms(benchmark::State& state, const std::string& name) {
  const auto m = model<T>(name, true);
  const auto w = some_point(*m);
  const auto pass = [&](bool with_norms) {
    benchmark::DoNotOptimize(
        measure::totals<T>(*m, {0, m->size()}, w, {1, with_norms, true}).gradient.data());
  };
  Race race;
  race.run(
      state, [&] { pass(false); }, [&] { pass(true); });
  race.report(state, "gradient_ms", "norms_ms");
}

/// Every byte once, in registers as wide as the machine's.
std::uint64_t read_all(const void* from, std::size_t size) {
  using Register [[gnu::vector_size(64)]] = std::uint64_t;
  Register sums[4] = {};
  const auto* at = static_cast<const char*>(from);
  for (std::size_t k = 0; k + sizeof(sums) <= size; k += sizeof(sums)) {
    for (std::size_t r = 0; r < 4; ++r) {
      Register x;
      std::memcpy(&x, at + k + r * sizeof(x), sizeof(x));
      sums[r] ^= x;
    }
  }
  const Register all = sums[0] ^ sums[1] ^ sums[2] ^ sums[3];
  std::uint64_t result = 0;
  for (int k = 0; k < 8; ++k) result ^= all[k];
  return result;
}

void beside_reading(benchmark::State& state, bool as_bytes) {
  const auto m = model<float>("logistic", as_bytes);
  const auto w = some_point(*m);
  const auto& values = std::get<DenseBytes>(bytes()->features).values;
  std::vector<float> floats;
  if (!as_bytes) {  // in memory like that of the examples
    floats.reserve(values.size());
    measure::ask_for_large_pages(floats.data(), floats.capacity() * sizeof(float));
    floats.assign(values.begin(), values.end());
  }
  Race race;
  race.run(
      state,
      [&] {
        benchmark::DoNotOptimize(as_bytes ? read_all(values.data(), values.size())
                                          : read_all(floats.data(), floats.size() * sizeof(float)));
      },
      [&] {
        benchmark::DoNotOptimize(measure::totals<float>(*m, {0, m->size()}, w, {}).gradient.data());
      });
  race.report(state, "reading_ms", "pass_ms");
}

/// A pass, and all that who measures once does after reading: examples with their squared norms
/// and signs, then a pass.
void measured_once(benchmark::State& state) {
  const auto m = model<float>("logistic", true);
  const auto w = some_point(*m);
  const auto pass = [&](const Model<float>& of) {
    benchmark::DoNotOptimize(measure::totals<float>(of, {0, of.size()}, w, {}).gradient.data());
  };
  Race race;
  race.run(
      state, [&] { pass(*m); }, [&] { pass(*model<float>("logistic", true)); });
  race.report(state, "pass_ms", "once_ms");
}

void norms_in_double(benchmark::State& state, const std::string& name) {
  norms<double>(state, name);
}
void norms_in_float(benchmark::State& state, const std::string& name) { norms<float>(state, name); }

#define GRADDIV_NORMS(ID, NAME)                \
  BENCHMARK_CAPTURE(norms_in_double, ID, NAME) \
      ->Name("norms/" NAME "/double")          \
      ->UseManualTime()                        \
      ->Unit(benchmark::kMillisecond);         \
  BENCHMARK_CAPTURE(norms_in_float, ID, NAME)  \
      ->Name("norms/" NAME "/single")          \
      ->UseManualTime()                        \
      ->Unit(benchmark::kMillisecond)

GRADDIV_NORMS(logistic, "logistic");
GRADDIV_NORMS(softmax, "softmax");
GRADDIV_NORMS(network, "mlp:128");
BENCHMARK_CAPTURE(beside_reading, floats, false)
    ->Name("reading/logistic/floats")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(beside_reading, bytes, true)
    ->Name("reading/logistic/bytes")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(measured_once)
    ->Name("once/logistic/bytes")
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
