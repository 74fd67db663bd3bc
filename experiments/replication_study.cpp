#include "experiments/replication_study.h"

#include <fmt/format.h>

#include <numeric>

#include "experiments/run.h"

namespace graddiv::experiments::replication {
namespace {

/// The n functions of one repetition, and the different ones among them.
struct Sample {
  std::unique_ptr<const Model> all;
  std::unique_ptr<const Model> distinct;
};

Sample sample(const Study& s, std::int64_t factor, std::uint64_t repetition) {
  const std::int64_t count = s.examples / factor;
  const auto rows = drawn_rows(s.task.train_rows, count, s.seed, repetition);
  return {selected(s.task.train, replicated(rows, s.examples)), selected(s.task.train, rows)};
}

RunOptions run_options(const Study& s, std::int64_t batch, double step, std::uint64_t repetition) {
  return {step, batch, s.passes, s.looks, s.seed, repetition};
}

double mean_after_start(const std::vector<double>& losses) {
  return std::accumulate(losses.begin() + 1, losses.end(), 0.0) /
         static_cast<double>(losses.size() - 1);
}

// A step of about 1/(β B) is a sensible one wherever the batch is beyond B_S.
StepSearch step_search(const Study& s) {
  return {.first = s.model == "logistic" ? -6 : -7, .least = -24, .most = 4, .at_least = 2};
}

Unit unit(const Study& s, std::int64_t factor, std::int64_t batch) {
  return {fmt::format("{} r={} B={}", s.model, factor, batch),
          cost_of_run(*s.task.train, s.examples, run_options(s, batch, 0, 0), s.examples / factor)};
}
/// Part of a unit's name.
std::string of_repetition(const char* what, std::uint64_t repetition) {
  return fmt::format(" {} k={}", what, repetition);
}

TunedStep tuned(const Study& s, const Cell& cell, Work& work) {
  return tune_step(step_search(s), s.search_repetitions, unit(s, cell.factor, cell.batch), work,
                   [&](double step, std::uint64_t repetition) {
                     const Sample data = sample(s, cell.factor, repetition);
                     const auto options = run_options(s, cell.batch, step, repetition);
                     return mean_after_start(losses_along(*data.all, *data.distinct, options));
                   });
}

}  // namespace

void announce(const Study& s, Work& work) {
  for (const auto factor : s.factors) {
    for (const auto batch : s.batches) {
      work.expect(least_tries(step_search(s)) * s.search_repetitions + s.repetitions,
                  unit(s, factor, batch).cost);
    }
    work.expect(2 * s.repetitions, unit(s, factor, 1).cost);  // both kinds of bounds
  }
}

Found find(const Study& s, Work& work) {
  Found found;
  for (const auto factor : s.factors) {
    for (const auto batch : s.batches) found.cells.push_back({factor, batch, {}, {}});
  }
  const std::int64_t cells = std::ssize(found.cells);
  work.each(cells, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i)];
    cell.tuned = tuned(s, cell, work);
    cell.losses.resize(static_cast<std::size_t>(s.repetitions));
  });
  const std::vector<std::vector<double>> none(static_cast<std::size_t>(s.repetitions));
  found.own_bounds.assign(s.factors.size(), none);
  found.common_bounds.assign(s.factors.size(), none);
  work.each(cells * s.repetitions, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i / s.repetitions)];
    const auto repetition = static_cast<std::uint64_t>(i % s.repetitions);
    const auto options = run_options(s, cell.batch, cell.tuned.step, repetition);
    const auto [name, cost] = unit(s, cell.factor, cell.batch);
    cell.losses[repetition] = work.numbers({name + of_repetition("losses", repetition), cost}, [&] {
      const Sample data = sample(s, cell.factor, repetition);
      return losses_along(*data.all, *data.distinct, options);
    });
    if (cell.batch != 1) return;
    const auto factor = static_cast<std::size_t>(i / s.repetitions) / s.batches.size();
    found.own_bounds[factor][repetition] =
        work.numbers({name + of_repetition("own bounds", repetition), cost}, [&] {
          const Sample data = sample(s, cell.factor, repetition);
          return bounds_along(*data.all, *data.distinct, options);
        });
  });
  // The points of serial SGD on the least replicated data, for all: the same points.
  work.each(std::ssize(s.factors) * s.repetitions, [&](std::int64_t i) {
    const auto factor = static_cast<std::size_t>(i / s.repetitions);
    const auto repetition = static_cast<std::uint64_t>(i % s.repetitions);
    const auto [name, cost] = unit(s, s.factors[factor], 1);
    found.common_bounds[factor][repetition] =
        work.numbers({name + of_repetition("common bounds", repetition), cost}, [&] {
          const Cell& first = found.cells.front();
          const Sample runs = sample(s, first.factor, repetition);
          const Sample data = sample(s, s.factors[factor], repetition);
          return bounds_along(*runs.all, *data.distinct,
                              run_options(s, 1, first.tuned.step, repetition));
        });
  });
  return found;
}

}  // namespace graddiv::experiments::replication
