#include "sampling/sampled_trajectory.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <random>
#include <string>

#include "benchmarks/plain_sgd.h"
#include "expectation/expect.h"
#include "facts/facts.h"
#include "number/exact.h"
#include "problem/families.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

// Least squares, n = 1000, d = 20, B = 8, K = 2000, 1000 runs, one thread, random numbers included:
// E‖w_k − w*‖² for all k by the sampling engine, with all that its bounds take, by a plain loop
// over Eigen with the same flags and with -O3 -march=native, and by NumPy, vectorised over the
// runs. The engine's enclosures must contain the exact values before its time counts.
namespace graddiv {
namespace {

constexpr int n = 1000;
constexpr int d = 20;
constexpr long B = 8;
constexpr int K = 2000;
constexpr std::int64_t runs = 1000;
constexpr double flops = 4.0 * d * B * K * runs;  // of dot products and sums of rows

struct Task {
  Matrix<Rational> X{n, d};
  Vector<Rational> y{n};
  Problem problem;
  graddiv::Run run;
  Reference reference;
};

const Task& task() {
  static const Task made = [] {
    Task t;
    std::mt19937_64 random(1);
    std::uniform_int_distribution<int> entries(-8, 8);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < d; ++j) t.X(i, j) = Rational(entries(random), 8);
      t.y(i) = Rational(entries(random), 8);
    }
    t.problem = {least_squares(t.X, t.y), Domain::all()};
    t.run = {Vector<Rational>::Constant(d, 1), {Rational(1, 512)}, {B}, K};
    const Facts facts(t.problem);
    t.reference.minimizer = facts.minimizer().value;
    return t;
  }();
  return made;
}

Trajectory by_engine() {
  SamplingOptions options;
  options.quantities = {Quantity::distance};
  options.runs = runs;
  return sample_trajectory(task().problem, task().run, task().reference, options);
}

void engine(benchmark::State& state) {
  Trajectory sampled;
  for (auto _ : state) sampled = by_engine();
  ExpectationOptions options;
  options.quantities = {Quantity::distance};
  options.arithmetic = Arithmetic::interval;
  const Trajectory exact = expect(task().problem, task().run, task().reference, options);
  for (int k = 0; k <= K; ++k) {
    const Enclosure& truth = exact.at(Quantity::distance, k);
    const Enclosure& guess = sampled.at(Quantity::distance, k);
    if ((guess.lower() > truth).truth() == Truth::yes ||
        (guess.upper() < truth).truth() == Truth::yes)
      return state.SkipWithError("an enclosure misses the exact value");
  }
  state.counters["flops"] =
      benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["width"] = sampled.at(Quantity::distance, K).width();
}

void plain_loop(benchmark::State& state) {
  const plain_sgd::RowMajor X = to_double(task().X);
  const Vector<double> y = to_double(task().y);
  const Vector<double> minimizer =
      task().reference.minimizer->unaryExpr([](const Enclosure& x) { return x.approximate(); });
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        plain_sgd::sums_of_distances<n, d, B, K, runs>(X, y, minimizer).data());
  }
  state.counters["flops"] =
      benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}

/// Time that a program prints.
void program(benchmark::State& state, const std::string& command) {
  for (auto _ : state) {
    std::FILE* pipe = popen(command.c_str(), "r");
    double seconds = 0;
    const bool is_read = pipe != nullptr && std::fscanf(pipe, "%lf", &seconds) == 1;
    if (pipe == nullptr || pclose(pipe) != 0 || !is_read)
      return state.SkipWithError("the program does not run");
    state.SetIterationTime(seconds);
  }
  state.counters["flops"] =
      benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}

#ifdef __x86_64__
/// The least time in which the processor can do so many: fused multiplications and additions of
/// numbers in registers, four at a time, with more on the way than it takes to wait for none.
__attribute__((target("avx2,fma"))) void peak(benchmark::State& state) {
  constexpr int chains = 10;
  constexpr auto rounds = static_cast<long>(flops / 8 / chains);
  __m256d sums[chains];
  for (__m256d& sum : sums) sum = _mm256_set1_pd(1);
  __m256d total = _mm256_setzero_pd();
  const __m256d factor = _mm256_set1_pd(0.999);
  const __m256d term = _mm256_set1_pd(1e-3);
  for (auto _ : state) {
    for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 16  // or else the sums would wait in memory
      for (int c = 0; c < chains; ++c) sums[c] = _mm256_fmadd_pd(sums[c], factor, term);
    }
    for (const __m256d& sum : sums) total = _mm256_add_pd(total, sum);
  }
  benchmark::DoNotOptimize(total);
  state.counters["flops"] =
      benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}
#endif

BENCHMARK(engine)->Name("sampling/by:engine")->Unit(benchmark::kMillisecond);
#ifdef __x86_64__
BENCHMARK(peak)->Name("sampling/by:peak")->Unit(benchmark::kMillisecond);
#endif
BENCHMARK(plain_loop)->Name("sampling/by:eigen")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(program, native, GRADDIV_SAMPLING_LOOP)
    ->Name("sampling/by:eigen-native")
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
#ifdef GRADDIV_PYTHON
BENCHMARK_CAPTURE(program, numpy, std::string(GRADDIV_PYTHON) + " " + GRADDIV_SAMPLING_SCRIPT)
    ->Name("sampling/by:numpy")
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
#endif

}  // namespace
}  // namespace graddiv
