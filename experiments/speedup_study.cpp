#include "experiments/speedup_study.h"

#include <fmt/format.h>

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

Unit unit(const Study& s, const Cell& cell, std::int64_t looks = 1) {
  return {fmt::format("{} B={}", s.model, cell.batch),
          cost_of_run(*s.task.train, s.examples, run_options(s, cell, 0, 0, looks), s.examples)};
}
/// Passes over all data.
Unit timed_unit(const Study& s, std::int64_t batch, int workers) {
  return {fmt::format("{} B={} seconds on {} {}", s.model, batch, workers,
                      s.processes ? "processes" : "threads"),
          static_cast<double>(s.timings) *
              cost_of_gradients(*s.task.train, s.task.train->size(), batch)};
}

TunedStep tuned(const Study& s, const Cell& cell, Work& work) {
  return tune_step(step_search, s.search_repetitions, unit(s, cell), work,
                   [&](double step, std::uint64_t repetition) {
                     const auto model = sample(s, repetition);
                     const auto options = run_options(s, cell, step, repetition);
                     return losses_along(*model, *model, options).back();
                   });
}

std::vector<Cell> cells_of(const Study& s) {
  std::vector<Cell> cells = {{1, {}, {}, {}}};
  for (const auto batch : s.small_batches) cells.push_back({batch, {}, {}, {}});
  for (const auto batch : s.batches) cells.push_back({batch, {}, {}, {}});
  return cells;
}

}  // namespace

void announce(const Study& s, Work& work) {
  for (const Cell& cell : cells_of(s)) {
    work.expect(least_tries(step_search) * s.search_repetitions + s.repetitions,
                unit(s, cell).cost);
    if (cell.batch == 1) work.expect(s.repetitions, unit(s, cell, looks_at_bound).cost);
  }
  for (const auto batch : s.batches) {
    for (const int workers : s.workers) work.expect(1, timed_unit(s, batch, workers).cost);
  }
}

Found find(const Study& s, Work& work) {
  Found found;
  found.cells = cells_of(s);
  // One after the other, and nothing else at the same time.
  for (std::size_t b = 0; b < s.batches.size(); ++b) {
    Cell& cell = found.cells[1 + s.small_batches.size() + b];
    for (const int workers : s.workers) {
      cell.seconds.push_back(work.numbers(timed_unit(s, cell.batch, workers), [&] {
        const TimedRun run{s.task.train.get(), s.arguments, cell.batch, workers, s.timings, s.seed};
        return s.processes ? seconds_on_processes(run, work) : seconds_on_threads(run);
      }));
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
    const double step = cell.tuned.step;
    Unit run = unit(s, cell);
    run.name += fmt::format(" loss k={}", k);
    cell.losses[k] = work.numbers(run,
                                  [&] {
                                    const auto model = sample(s, k);
                                    const auto options = run_options(s, cell, step, k);
                                    return Numbers{losses_along(*model, *model, options).back()};
                                  })
                         .front();
    if (cell.batch != 1) return;
    run = unit(s, cell, looks_at_bound);
    run.name += fmt::format(" bounds k={}", k);
    found.bounds[k] = work.numbers(run, [&] {
      const auto model = sample(s, k);
      return bounds_along(*model, *model, run_options(s, cell, step, k, looks_at_bound));
    });
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
