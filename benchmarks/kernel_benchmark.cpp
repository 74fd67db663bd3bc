#include <benchmark/benchmark.h>

#include <cmath>
#include <random>
#include <vector>

#include "problem/kernel.h"

// The logistic kernel (values, squared norms, sum of gradients) on 2,000 rows of 784 numbers, the
// size of an image, beside the loop that one would write by hand for this loss alone.
namespace {

using namespace graddiv;

constexpr int rows = 2000;
constexpr int dimension = 784;

template <class T>
struct Data {
  std::vector<T> X, y, norms, w, values, squared_norms, gradient;

  Data()
      : X(rows * dimension),
        y(rows),
        norms(rows),
        w(dimension),
        values(rows),
        squared_norms(rows),
        gradient(dimension) {
    std::mt19937 random(1);
    std::uniform_real_distribution<T> uniform(0, 1);
    for (T& x : X) x = uniform(random);
    for (T& x : w) x = (uniform(random) - T(0.5)) / dimension;
    for (std::size_t i = 0; i < y.size(); ++i) {
      y[i] = i % 2 == 0 ? T(1) : T(-1);
      for (int j = 0; j < dimension; ++j) {
        const T x = X[i * dimension + static_cast<std::size_t>(j)];
        norms[i] += x * x;
      }
    }
  }
};

template <class T>
void kernel(benchmark::State& state) {
  Data<T> data;
  for (auto _ : state) {
    value_and_gradient<T>(Loss::logistic, 1, {data.X, data.y, data.norms}, data.w,
                          {data.values, data.squared_norms, data.gradient});
    benchmark::DoNotOptimize(data.gradient.data());
  }
  state.SetItemsProcessed(state.iterations() * rows);
}

template <class T>
void by_hand(benchmark::State& state) {
  Data<T> data;
  for (auto _ : state) {
    for (std::size_t i = 0; i < rows; ++i) {
      const T* x = &data.X[i * dimension];
      T z = 0;
      for (int j = 0; j < dimension; ++j) z += x[j] * data.w[static_cast<std::size_t>(j)];
      const T m = -data.y[i] * z;
      data.values[i] = std::max(m, T(0)) + std::log1p(std::exp(-std::abs(m)));
      const T slope = -data.y[i] / (1 + std::exp(-m));
      data.squared_norms[i] = slope * slope * data.norms[i];
      for (int j = 0; j < dimension; ++j)
        data.gradient[static_cast<std::size_t>(j)] += slope * x[j];
    }
    benchmark::DoNotOptimize(data.gradient.data());
  }
  state.SetItemsProcessed(state.iterations() * rows);
}

BENCHMARK(kernel<double>);
BENCHMARK(by_hand<double>);
BENCHMARK(kernel<float>);
BENCHMARK(by_hand<float>);

}  // namespace
