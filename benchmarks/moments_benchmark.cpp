#include <benchmark/benchmark.h>

#include "benchmarks/tasks.h"
#include "expectation/moments.h"
#include "number/exact.h"
#include "number/fraction_printer.h"

// One task, one thread, one process: the exact moments of graddiv, and three straightforward ways
// to the same numbers. Every way is compared with the engine, value by value, before its time
// counts.
namespace graddiv::benchmarks {
namespace {

Trajectory engine(const Task& task) {
  const Reference reference{enclose(task.minimizer), std::nullopt, "", ""};
  return moments::expect(task.problem, task.run, reference, {Quantity::distance},
                         Arithmetic::rational);
}

std::vector<Rational> rationals(std::vector<Rational> values) { return values; }
std::vector<Rational> rationals(const Trajectory& t) {
  std::vector<Rational> values;
  for (const Enclosure& x : t.values.at(Quantity::distance)) values.push_back(exact_value(x));
  return values;
}

/// A way from a task to its reduced fractions, in whatever holds them there.
template <class Result>
void measure(benchmark::State& state, const Task& task, Result (*way)(const Task&)) {
  Result result;
  for (auto _ : state) result = way(task);
  const std::vector<Rational> values = rationals(result);
  if (values != rationals(engine(task))) state.SkipWithError("its values differ from the engine's");
  state.counters["bits"] = static_cast<double>(bit_size(values.back()));
}

void measure_python(benchmark::State& state, const Task& task) {
  Measured measured;
  for (auto _ : state) {
    measured = python_fractions(task);
    state.SetIterationTime(measured.seconds);
  }
  if (measured.values != rationals(engine(task)))
    state.SkipWithError("its values differ from the engine's");
}

/// Every distance as text, "p/q".
void measure_printing(benchmark::State& state, const Task& task) {
  std::size_t characters = 0;
  for (auto _ : state) {
    characters = 0;
    FractionPrinter print;
    for (const Rational& x : rationals(engine(task))) characters += print(x).size();
  }
  state.counters["characters"] = static_cast<double>(characters);
}

void add_engine(const std::string& name, const Task& task) {
  benchmark::RegisterBenchmark((name + "/by:engine").c_str(), measure_printing, task)
      ->Unit(benchmark::kMillisecond);
}

void add(const std::string& name, const Task& task) {
  const auto one_way = [&]<class Result>(const std::string& way, Result (*function)(const Task&)) {
    benchmark::RegisterBenchmark((name + "/by:" + way).c_str(), measure<Result>, task, function)
        ->Unit(benchmark::kMillisecond);
  };
  one_way("engine", engine);
#ifdef GRADDIV_HAS_FLINT
  one_way("flint_fmpq_mat", flint_loop);
#endif
  one_way("mpq_loop", rational_loop);
#ifdef GRADDIV_PYTHON
  benchmark::RegisterBenchmark((name + "/by:python_fractions").c_str(), measure_python, task)
      ->Unit(benchmark::kMillisecond)
      ->UseManualTime()
      ->Iterations(1);
#endif
}

}  // namespace
}  // namespace graddiv::benchmarks

int main(int argc, char** argv) {
  using namespace graddiv::benchmarks;
  add("moments/d=4/n=8/B=4/K=60", small_rationals(4, 8, 4, 60));
  add("moments/d=8/n=16/B=4/K=60", small_rationals(8, 16, 4, 60));
  add_engine("moments_printed/d=4/n=8/B=4/K=3000", small_rationals(4, 8, 4, 3000));
  add_engine("moments_printed/rows/d=49/n=200/B=64/K=100", integer_rows(49, 200, 64, 100));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
