#include "experiments/speedup_study.h"

#include <algorithm>

#include "experiments/run.h"
#include "experiments/workers.h"

namespace graddiv::experiments::speedup {
namespace {

constexpr std::int64_t looks_at_bound = 4;

std::unique_ptr<const Model> sample(const Study& s, std::uint64_t repetition) {
  return selected(s.task.train, drawn_rows(s.task.train_rows, s.examples, s.seed, repetition));
}

RunOptions run_options(const Study& s, const Cell& cell, double step, std::uint64_t repetition,
                       std::int64_t looks = 1) {
  return {step, cell.batch, 1, looks, s.seed, repetition};
}

constexpr StepSearch step_search{.first = -6, .least = -24, .most = 4, .at_least = 2};

TunedStep tuned(const Study& s, const Cell& cell, Work& work) {
  const auto objective = [&](double step) {
    double sum = 0;
    for (std::int64_t k = 0; k < s.search_repetitions; ++k) {
      const auto repetition = search_repetition + static_cast<std::uint64_t>(k);
      const auto model = sample(s, repetition);
      sum += losses_along(*model, *model, run_options(s, cell, step, repetition), work).back();
    }
    return sum;
  };
  return tune_step(step_search, objective, [&] { work.did(s.search_repetitions); });
}

}  // namespace

std::int64_t units(const Study& s) {
  const std::int64_t timed = std::ssize(s.batches);
  const std::int64_t cells = 1 + std::ssize(s.small_batches) + timed;
  return cells * (least_tries(step_search) * s.search_repetitions + s.repetitions) +
         timed * std::ssize(s.workers);
}

Found find(const Study& s, Work& work) {
  Found found;
  found.cells.push_back({1, {}, {}, {}});
  for (const auto batch : s.small_batches) found.cells.push_back({batch, {}, {}, {}});
  for (const auto batch : s.batches) found.cells.push_back({batch, {}, {}, {}});
  // One after the other, and nothing else at the same time.
  for (std::size_t b = 0; b < s.batches.size(); ++b) {
    Cell& cell = found.cells[1 + s.small_batches.size() + b];
    for (const int workers : s.workers) {
      work.check();
      const TimedRun run{s.task.train.get(), s.arguments, cell.batch, workers, s.timings, s.seed};
      cell.seconds.push_back(s.processes ? seconds_on_processes(run, work)
                                         : seconds_on_threads(run, work));
      work.did();
    }
  }
  const std::int64_t cells = std::ssize(found.cells);
  work.each(cells, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i)];
    cell.tuned = tuned(s, cell, work);
    cell.losses.resize(static_cast<std::size_t>(s.repetitions));
  });
  found.bounds.resize(static_cast<std::size_t>(s.repetitions));
  work.each(cells * s.repetitions, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i / s.repetitions)];
    const auto k = static_cast<std::uint64_t>(i % s.repetitions);
    const auto model = sample(s, k);
    const double step = cell.tuned.step;
    cell.losses[k] = losses_along(*model, *model, run_options(s, cell, step, k), work).back();
    if (cell.batch == 1) {
      const auto options = run_options(s, cell, step, k, looks_at_bound);
      found.bounds[k] = bounds_along(*model, *model, options, work);
    }
    work.did();
  });
  return found;
}

std::vector<TimedPass> timed_passes(const Study& s, const Found& found, std::size_t number) {
  std::vector<TimedPass> passes;
  for (const Cell& cell : found.cells) {
    for (std::size_t p = 0; p < cell.seconds.size(); ++p) {
      passes.push_back({number, static_cast<double>(s.task.train->parameters()),
                        s.task.train->size(), cell.batch, s.workers[p],
                        *std::ranges::min_element(cell.seconds[p])});
    }
  }
  return passes;
}

}  // namespace graddiv::experiments::speedup
