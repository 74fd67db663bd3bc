#include "experiments/mechanisms_study.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "measure/totals.h"

namespace graddiv::experiments::mechanisms {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::unique_ptr<const Model> sample(const Study& s, std::uint64_t repetition) {
  return selected(s.task.train, drawn_rows(s.task.train_rows, s.examples, s.seed, repetition));
}

struct Reached {
  double passes = infinity;
  double loss = infinity;  // the last one seen
};

RunOptions run_options(const Study& s, std::int64_t batch, double step, std::uint64_t repetition) {
  return {step, batch, s.passes, s.looks, s.seed, repetition};
}

Reached reach(const Study& s, const Cell& cell, double step, std::uint64_t repetition) {
  const auto model = sample(s, repetition);
  const RunOptions options = run_options(s, cell.batch, step, repetition);
  Reached reached;
  run_with_mechanism(*model, options, s.mechanisms[cell.mechanism].noise,
                     [&](std::int64_t j, std::span<const float> w) {
                       const auto sums =
                           measure::totals<float>(*model, {0, model->size()}, w,
                                                  {.with_norms = false, .with_gradient = false});
                       const auto count = static_cast<double>(sums.count);
                       reached.loss = sums.loss_sum() / count;
                       if (!std::isfinite(reached.loss)) return false;
                       if (static_cast<double>(sums.correct) < s.target * count) return true;
                       reached.passes = static_cast<double>(j) / static_cast<double>(s.looks);
                       return false;
                     });
  return reached;
}

// Passes to the target; where it is not reached, more than any that does, by the loss.
double objective(const Study& s, const Reached& reached) {
  return std::isfinite(reached.passes) ? reached.passes
                                       : static_cast<double>(s.passes) + 1 + reached.loss;
}

// About 1/(βB) for large batches.
StepSearch step_search(std::int64_t batch) {
  return {.first = batch > 64 ? -10 : -7, .least = -26, .most = 4, .at_least = 1};
}

/// At most: a run ends at the target. Its gradients are formed one by one.
Unit unit(const Study& s, std::size_t mechanism, std::int64_t batch) {
  return {fmt::format("{} {} B={}", s.model, s.mechanisms[mechanism].name, batch),
          cost_of_run(*s.task.train, s.examples, run_options(s, 1, 0, 0), s.examples)};
}
TunedStep tuned(const Study& s, const Cell& cell, Work& work) {
  return tune_step(step_search(cell.batch), s.search_repetitions,
                   unit(s, cell.mechanism, cell.batch), work,
                   [&](double step, std::uint64_t repetition) {
                     return objective(s, reach(s, cell, step, repetition));
                   });
}

/// A plain run with the smallest batch.
RunOptions plain(const Study& s, double step, std::uint64_t repetition) {
  return {step, s.batches.front(), s.passes, 1, s.seed, repetition};
}

Unit diversity_unit(const Study& s, std::uint64_t repetition) {
  const Model& model = *s.task.train;
  const auto of_looks = static_cast<double>(s.passes) *
                        cost_of_gradients(model, s.examples * std::ssize(s.mechanisms), 1);
  return {fmt::format("{} diversity k={}", s.model, repetition),
          cost_of_run(model, s.examples, plain(s, 0, repetition), 0) + of_looks};
}

/// At its looks: Δ_S, and Δ^Q_S of the mechanisms.
Numbers diversity_along(const Study& s, double step, std::uint64_t repetition) {
  const auto model = sample(s, repetition);
  Numbers numbers;
  run_sgd(*model, plain(s, step, repetition), [&](std::int64_t, std::span<const float> w) {
    for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
      const MechanismSums sums = mechanism_sums(*model, w, s.mechanisms[m].noise);
      if (m == 0) numbers.push_back(sums.bound() / static_cast<double>(sums.count));
      numbers.push_back(sums.mechanism_diversity());
    }
    return true;
  });
  return numbers;
}

std::vector<DiversityLook> looks_of(const Study& s, const Numbers& numbers) {
  std::vector<DiversityLook> looks;
  const std::ptrdiff_t mechanisms = std::ssize(s.mechanisms);
  for (auto at = numbers.begin(); at < numbers.end(); at += 1 + mechanisms) {
    looks.push_back({*at, {at + 1, at + 1 + mechanisms}});
  }
  return looks;
}

}  // namespace

void announce(const Study& s, Work& work) {
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    for (const auto batch : s.batches) {
      work.expect(least_tries(step_search(batch)) * s.search_repetitions + s.repetitions,
                  unit(s, m, batch).cost);
    }
  }
  work.expect(s.repetitions, diversity_unit(s, 0).cost);
}

Found find(const Study& s, Work& work) {
  Found found;
  for (std::size_t m = 0; m < s.mechanisms.size(); ++m) {
    for (const auto batch : s.batches) found.cells.push_back({m, batch, {}, {}});
  }
  work.each(std::ssize(found.cells), [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i)];
    cell.tuned = tuned(s, cell, work);
    cell.passes.resize(static_cast<std::size_t>(s.repetitions));
  });
  work.each(std::ssize(found.cells) * s.repetitions, [&](std::int64_t i) {
    Cell& cell = found.cells[static_cast<std::size_t>(i / s.repetitions)];
    const auto repetition = static_cast<std::uint64_t>(i % s.repetitions);
    Unit run = unit(s, cell.mechanism, cell.batch);
    run.name += fmt::format(" passes k={}", repetition);
    cell.passes[repetition] =
        work.numbers(run,
                     [&] { return Numbers{reach(s, cell, cell.tuned.step, repetition).passes}; })
            .front();
  });
  found.diversity.resize(static_cast<std::size_t>(s.repetitions));
  work.each(s.repetitions, [&](std::int64_t i) {
    const auto repetition = static_cast<std::uint64_t>(i);
    found.diversity[repetition] = looks_of(s, work.numbers(diversity_unit(s, repetition), [&] {
      return diversity_along(s, found.cells.front().tuned.step, repetition);
    }));
  });
  return found;
}

}  // namespace graddiv::experiments::mechanisms
